import pytest

from news import drafting
from news.models.article import Verb
from news.workflow import perform


@pytest.fixture
def change():
    """Return a function that publishes another version of a public article."""

    def make(article, by, approver, kind="ralat", verb=Verb.REVISE, **fields):
        perform(verb, article, by)
        article.refresh_from_db()
        article.change_class, article.change_note = kind, "Angka tertukar."
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()
        drafting.record(article, by)
        perform(Verb.SUBMIT, article, by)
        return perform(
            Verb.APPROVE, article, approver, digest=article.latest_revision.digest
        )

    return make
