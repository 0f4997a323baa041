"""What the site's own role in the database can do, and what it cannot."""

import os
import subprocess

import psycopg
import pytest
from django.db import connection

from news.models import Edition, Publication
from news.models.article import Verb
from news.workflow import perform
from tests.deploy.conftest import DEPLOY

pytestmark = pytest.mark.django_db(transaction=True)

ROLES = ["OWNER=kpuweb_test_owner", "SITE=kpuweb_test_site"]


def sql(name):
    return subprocess.run(  # noqa: S603 - our own script
        [str(DEPLOY / "render"), str(DEPLOY / "postgresql" / name), *ROLES],
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def as_site(transactional_db):
    """Let this process ask the database with the rights of the site's own role."""
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(sql("roles.sql"))
            cursor.execute(sql("grants.sql"))
        cursor.execute("SET ROLE kpuweb_test_site")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("GRANT EXECUTE ON FUNCTION news_erase(bigint) TO PUBLIC")
        cursor.execute("GRANT ALL ON SCHEMA public TO PUBLIC")
        cursor.execute("DROP OWNED BY kpuweb_test_site, kpuweb_test_owner")


def test_the_whole_work_of_a_newsroom_goes_on(
    as_site, publish, change, write, submit, humas, commissioner
):
    article = publish(humas, commissioner, tags=["umum"])
    change(article, humas, commissioner, body="<p>Isi yang lain.</p>")
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    perform(Verb.ERASE, article, commissioner, note="Memuat nomor induk.")
    draft = submit(write(humas, title="Draf"), humas)
    perform(Verb.RETURN, draft, commissioner, note="Perbaiki.")
    perform(Verb.DISCARD, draft, humas)
    assert [line.kind for line in Publication.objects.order_by("sequence")] == [
        *("terbit", "ralat", "tarik", "hapus"),
    ]
    assert Edition.objects.get().erased_at


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE news_publication SET note = 'lain'",
        "DELETE FROM news_publication",
        "TRUNCATE news_publication",
        "ALTER TABLE news_publication DISABLE TRIGGER ALL",
        "UPDATE news_revision SET document = '{}'",
        "TRUNCATE news_revision CASCADE",
        "UPDATE news_approval SET digest = ''",
        "DELETE FROM news_transition",
        "DROP FUNCTION news_erase(bigint)",
        "CREATE TABLE milikku (n integer)",
        "DELETE FROM django_migrations",
        "SET session_replication_role = replica",
    ],
)
def test_what_must_never_change_is_out_of_its_reach(
    as_site, publish, humas, commissioner, statement
):
    publish(humas, commissioner)
    with connection.cursor() as cursor:
        before = told()
        with pytest.raises(Exception, match=r"permission denied|must be owner"):
            cursor.execute(statement)
    assert told() == before


def told():
    return list(Publication.objects.values_list("hash", "note"))


def test_nobody_else_may_erase(as_site):
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    name = connection.settings_dict["NAME"]
    with psycopg.connect(f"{base}/{name}", autocommit=True) as other:
        other.execute("GRANT USAGE ON SCHEMA public TO kpuweb_test_owner")
        other.execute("SET ROLE kpuweb_test_owner")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute("SELECT news_erase(1::bigint)")
