from news.models.article import (
    Approval,
    Article,
    ArticleTag,
    Revision,
    Transition,
)
from news.models.attachment import ArticleAttachment, Attachment
from news.models.edition import Edition
from news.models.imported import Imported
from news.models.photo import Photo
from news.models.publication import Publication
from news.models.search import EditionSearch, SearchTerm
from news.models.tally import Tally
from news.models.taxonomy import Category, Series

__all__ = [
    "Approval",
    "Article",
    "ArticleAttachment",
    "ArticleTag",
    "Attachment",
    "Category",
    "Edition",
    "EditionSearch",
    "Imported",
    "Photo",
    "Publication",
    "Revision",
    "SearchTerm",
    "Series",
    "Tally",
    "Transition",
]
