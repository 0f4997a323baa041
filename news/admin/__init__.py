"""The staff's side: one module for each screen."""

from news.admin import article, photo, review, taxonomy

__all__ = ["article", "photo", "review", "taxonomy"]
