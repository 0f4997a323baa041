import pytest
from django.db import connection
from django.tasks import TaskResultStatus
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from kpuweb import tasks
from news.admin import background  # noqa: F401 - registers the page
from news.models.article import Verb
from news.workflow import perform

TITLE = "Kenari Rahasia"


@pytest.fixture
def given_up(write, humas, commissioner):
    perform(Verb.SUBMIT, write(humas, TITLE), humas)
    row = DBTaskResult.objects.get()
    row.worker_ids = ["pekerja"] * tasks.ATTEMPTS
    row.set_failed(OSError("server surat tidak menjawab"))
    row.save()
    return row


@pytest.fixture
def address(db):
    return reverse("admin:django_tasks_database_dbtaskresult_changelist")


def test_pengelola_sees_what_was_given_up_and_no_title(
    browser_of, pengelola, commissioner, given_up, address
):
    page = browser_of(pengelola).get(address).content.decode()
    for text in (
        *("Surat pemberitahuan", commissioner.name, "gagal, tidak dicoba lagi"),
        *("6 dari 6", "OSError: server surat tidak menjawab"),
    ):
        assert text in page
    assert TITLE not in page


def test_pengelola_can_have_it_tried_again(browser_of, pengelola, given_up, address):
    browser_of(pengelola).post(
        address, {"action": "try_again", "_selected_action": [str(given_up.pk)]}
    )
    given_up.refresh_from_db()
    assert (given_up.status, given_up.worker_ids) == (TaskResultStatus.READY, [])
    assert list(tasks.given_up()) == []


@pytest.mark.parametrize("name", ["humas", "commissioner", "outsider"])
def test_nobody_else_sees_it(request, browser_of, given_up, address, name):
    response = browser_of(request.getfixturevalue(name)).get(address)
    assert response.status_code in {302, 403}


def test_the_number_of_queries_does_not_grow(
    browser_of, pengelola, write, humas, commissioner, commissioner_two, address
):
    browser = browser_of(pengelola)
    counts = []
    for number in (1, 3):
        for each in range(number):
            perform(Verb.SUBMIT, write(humas, f"Naskah {number} {each}"), humas)
        counts.append(queries_of(browser, address))
    assert counts[0] == counts[1]


def queries_of(browser, address):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)
