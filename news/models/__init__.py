from news.models.approval import Approval, Transition
from news.models.article import Article, ArticleTag, Revision
from news.models.attachment import ArticleAttachment, Attachment
from news.models.edition import Edition
from news.models.fingerprint import Fingerprint
from news.models.imported import Imported
from news.models.limit import RequestCount
from news.models.photo import Photo
from news.models.publication import Publication
from news.models.search import EditionAbout, EditionSearch, Relative, SearchTerm
from news.models.tally import (
    ReadingDay,
    ReadingKey,
    ReadingSalt,
    ReadingTop,
    ReadingTotal,
    Tally,
)
from news.models.taxonomy import Category, Series
from news.models.urgent import UrgentNotice

__all__ = [
    "Approval",
    "Article",
    "ArticleAttachment",
    "ArticleTag",
    "Attachment",
    "Category",
    "Edition",
    "EditionAbout",
    "EditionSearch",
    "Fingerprint",
    "Imported",
    "Photo",
    "Publication",
    "ReadingDay",
    "ReadingKey",
    "ReadingSalt",
    "ReadingTop",
    "ReadingTotal",
    "Relative",
    "RequestCount",
    "Revision",
    "SearchTerm",
    "Series",
    "Tally",
    "Transition",
    "UrgentNotice",
]
