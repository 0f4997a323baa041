"""The staff's side: one module for each screen."""

from news.admin import article, background, photo, review, taxonomy, urgent

__all__ = ["article", "background", "photo", "review", "taxonomy", "urgent"]
