"""Mail is sent here for real: to an SMTP server in a thread, by the real worker."""

import io
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import User
from accounts.roles import KOMISIONER
from kpuweb import tasks
from news import drafting, heads, notifications
from news.models import Article, Publication, Transition
from news.models.article import Release, Verb
from news.workflow import perform
from tests import mail_server

TITLE = "Kenari Rahasia di Kotak Suara"


@pytest.fixture
def server(settings):
    with mail_server.running() as server:
        settings.MAILERS = server.mailers
        yield server


@pytest.fixture
def work(db, monkeypatch):
    """Return a function that does all that is due, as a worker would."""
    # It would close the connection that holds the test's transaction, as Django's own
    # test client knows.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    def drain():
        worker_id = tasks.new_worker_id()
        with tasks.Lease(worker_id) as lease:
            tasks.Worker(lease, worker_id).drain()

    return drain


@pytest.fixture
def mailed(server, work):
    """Return a function that works, and returns who has got which subjects since."""

    def outcome():
        server.messages.clear()
        work()
        return {
            (each["To"].partition("@")[0], each["Subject"]) for each in server.messages
        }

    return outcome


@pytest.fixture
def article(write, humas):
    return write(humas, TITLE)


def approve(article, by):
    article = Article.objects.get(pk=article.pk)
    return perform(Verb.APPROVE, article, by, digest=article.latest_revision.digest)


def colleague(username, role, **more):
    user = User.objects.create_user(
        username,
        more.pop("email", f"{username}@contoh.invalid"),
        name=username.title(),
        **more,
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def let_time_pass():
    """Make every task due that waits for its time."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    waiting.exclude(run_after=get_date_max()).update(
        run_after=timezone.now() - timedelta(seconds=1)
    )


# Who gets what


def test_a_submission_reaches_those_who_may_approve_it_and_nobody_else(
    mailed, article, humas, humas_two, commissioner, commissioner_two, pengelola
):
    colleague("pensiun", KOMISIONER, is_active=False)
    colleague("tanpa_surel", KOMISIONER, email="")
    # Who has written a part of the text may not approve it.
    article.body = "<p>Diubah komisioner.</p>"
    article.save()
    drafting.record(article, commissioner_two)
    perform(Verb.SUBMIT, article, humas)
    assert mailed() == {
        (
            "commissioner",
            f"Meja redaksi: naskah {article.pk} menunggu persetujuan Anda",
        )
    }


def test_a_return_reaches_the_author_and_the_submitter_with_the_note(
    mailed, server, article, humas, humas_two, commissioner, commissioner_two
):
    perform(Verb.SUBMIT, article, humas_two)
    assert len(mailed()) == 2
    perform(Verb.RETURN, article, commissioner, note="Tanggalnya <keliru> & janggal.")
    subject = f"Meja redaksi: naskah {article.pk} dikembalikan kepada Anda"
    assert mailed() == {("humas", subject), ("humas_two", subject)}
    for message in server.messages:
        assert "Tanggalnya <keliru> & janggal." in message.get_content()
        assert TITLE in message.get_content()


def test_the_author_hears_of_the_quorum_and_not_of_a_part_of_it(
    settings, mailed, article, humas, commissioner, commissioner_two
):
    settings.APPROVAL_QUORUM = 2
    perform(Verb.SUBMIT, article, humas, release=Release.BY_AUTHOR)
    mailed()
    approve(article, commissioner)
    assert mailed() == set()
    approve(article, commissioner_two)
    assert mailed() == {("humas", f"Meja redaksi: naskah {article.pk} disetujui")}


def test_the_author_hears_that_an_approval_published(
    mailed, article, humas, commissioner
):
    perform(Verb.SUBMIT, article, humas)
    mailed()
    approve(article, commissioner)
    assert mailed() == {("humas", f"Meja redaksi: naskah {article.pk} sudah tayang")}


def test_the_author_hears_when_an_approval_has_set_a_time(
    mailed, server, article, humas, commissioner
):
    at = timezone.now() + timedelta(days=2)
    perform(Verb.SUBMIT, article, humas, release=Release.AT_TIME, publish_at=at)
    mailed()
    approve(article, commissioner)
    subject = f"Meja redaksi: naskah {article.pk} dijadwalkan terbit"
    assert mailed() == {("humas", subject)}
    assert (
        timezone.localtime(at).strftime("%H.%M WIB") in server.messages[0].get_content()
    )


@pytest.mark.parametrize(("publisher", "told"), [("humas", 0), ("humas_two", 1)])
def test_the_author_hears_of_a_publication_by_somebody_else(
    publisher, told, request, mailed, article, humas, humas_two, commissioner
):
    perform(Verb.SUBMIT, article, humas, release=Release.BY_AUTHOR)
    approve(article, commissioner)
    mailed()
    perform(Verb.PUBLISH, article, request.getfixturevalue(publisher))
    assert len(mailed()) == told


def test_a_release_alerts_every_commissioner_with_its_reason(
    mailed, server, article, humas, commissioner, commissioner_two
):
    perform(Verb.RELEASE, article, humas, note="Banjir; TPS 4 pindah malam ini.")
    subject = f"Meja redaksi: siaran darurat, naskah {article.pk} perlu Anda baca"
    assert mailed() == {("commissioner", subject), ("commissioner_two", subject)}
    assert "Banjir; TPS 4 pindah malam ini." in server.messages[0].get_content()


def test_a_withdrawal_reaches_the_author_and_the_other_commissioners(
    mailed, publish, humas, humas_two, commissioner, commissioner_two
):
    article = publish(humas, commissioner, TITLE)
    mailed()
    perform(Verb.WITHDRAW, article, commissioner, note="Angkanya keliru.")
    subject = f"Meja redaksi: naskah {article.pk} ditarik dari publik"
    assert mailed() == {("humas", subject), ("commissioner_two", subject)}


def test_an_erasure_reaches_the_other_commissioners_without_what_was_erased(
    mailed, server, publish, humas, commissioner, commissioner_two
):
    article = publish(humas, commissioner, TITLE)
    mailed()
    perform(Verb.ERASE, article, commissioner, note="Memuat nomor identitas.")
    subject = f"Meja redaksi: isi naskah {article.pk} dihapus"
    assert mailed() == {("commissioner_two", subject)}
    assert TITLE not in server.messages[0].as_string()
    assert "Memuat nomor identitas." in server.messages[0].get_content()


def test_other_acts_send_nothing(mailed, article, humas, commissioner):
    perform(Verb.SUBMIT, article, humas)
    mailed()
    perform(Verb.RECALL, article, humas)
    perform(Verb.DISCARD, article, humas)
    assert mailed() == set()


def test_nobody_is_called_to_an_article_that_was_recalled_meanwhile(
    mailed, article, humas, commissioner
):
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.RECALL, article, humas)
    assert mailed() == set()


def test_who_leaves_before_the_mail_is_sent_does_not_get_it(
    mailed, article, humas, commissioner, commissioner_two
):
    perform(Verb.SUBMIT, article, humas)
    User.objects.filter(pk=commissioner.pk).update(is_active=False)
    commissioner_two.groups.clear()
    assert mailed() == set()


def test_a_commissioner_who_also_writes_gets_one_mail(
    mailed, publish, humas, commissioner, commissioner_two
):
    humas.groups.add(Group.objects.get(name=KOMISIONER))
    article = publish(humas, commissioner, TITLE)
    mailed()
    perform(Verb.WITHDRAW, article, commissioner_two, note="Angkanya keliru.")
    assert sorted(name for name, _ in mailed()) == ["commissioner", "humas"]


# What it holds


def test_no_subject_holds_a_title_and_each_body_has_the_fixed_address(
    server, work, publish, write, humas, humas_two, commissioner, commissioner_two
):
    returned = write(humas, TITLE)
    perform(Verb.SUBMIT, returned, humas_two)
    work()
    perform(Verb.RETURN, returned, commissioner, note="Lihat lagi.")
    public = publish(humas, commissioner, TITLE)
    perform(Verb.WITHDRAW, public, commissioner, note="Angkanya keliru.")
    perform(Verb.RELEASE, write(humas, TITLE), humas, note="Mendesak.")
    work()
    assert len(server.messages) >= 9
    for message in server.messages:
        outside = " ".join(f"{name}: {value}" for name, value in message.items())
        assert TITLE.split()[0] not in outside
        assert "\nhttp://127.0.0.1:8000/admin/" in message.get_content()
        assert message["From"].addresses[0].addr_spec == "meja-redaksi@localhost"
        assert message["Auto-Submitted"] == "auto-generated"


def test_a_forged_host_changes_no_link(
    server, work, browser_of, article, humas, commissioner
):
    browser_of(humas).post(
        reverse("admin:news_article_act", args=[article.pk]),
        {"verb": Verb.SUBMIT, "release": Release.ON_APPROVAL},
        headers={"host": "localhost:81", "x-forwarded-host": "jahat.example"},
    )
    work()
    (message,) = server.messages
    assert f"http://127.0.0.1:8000{article.desk_url}" in message.get_content()
    assert "localhost" not in message.get_content()
    assert "jahat" not in message.as_string()


def test_names_titles_and_notes_cannot_add_a_header(
    server, work, article, humas, commissioner
):
    evil = "Jahat\r\nBcc: korban@contoh.invalid\r\n\r\nSubject: palsu"
    User.objects.update(name=evil[:150])
    Article.objects.filter(pk=article.pk).update(title=evil)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.RETURN, article, commissioner, note=evil)
    work()
    (message,) = server.messages
    assert message["To"] == "humas@contoh.invalid"
    assert message["Bcc"] is None
    assert message.get_all("Subject") == [
        f"Meja redaksi: naskah {article.pk} dikembalikan kepada Anda"
    ]


def test_an_address_that_would_add_a_header_gets_nothing(
    server, work, article, humas, commissioner
):
    User.objects.filter(pk=commissioner.pk).update(
        email="a@contoh.invalid\nBcc: korban@contoh.invalid"
    )
    perform(Verb.SUBMIT, article, humas)
    work()
    assert server.messages == []
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_a_very_long_note_arrives_whole(server, work, article, humas, commissioner):
    note = "Perbaiki “angka” ini — " * 80
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.RETURN, article, commissioner, note=note)
    work()
    (message,) = server.messages
    assert note.strip() in message.get_content().replace("\r\n", "\n")


def test_the_whatsapp_reminder_has_the_link_and_no_title(article):
    url = urlsplit(notifications.whatsapp_reminder_url(article))
    assert (url.scheme, url.netloc, url.path) == ("https", "wa.me", "/")
    assert parse_qs(url.query) == {
        "text": [
            "Ada naskah yang menunggu persetujuan Anda di Meja redaksi "
            f"KPU Kabupaten Serang: http://127.0.0.1:8000{article.desk_url}"
        ]
    }


# Once, and whatever happens


def test_an_act_that_is_rolled_back_sends_nothing(mailed, article, humas, commissioner):
    class Undo(Exception):  # noqa: N818 - not an error
        pass

    with pytest.raises(Undo), transaction.atomic():
        perform(Verb.SUBMIT, article, humas)
        assert DBTaskResult.objects.count() == 1
        raise Undo
    assert DBTaskResult.objects.count() == 0
    assert mailed() == set()


def test_announcing_twice_sends_once(mailed, server, article, humas, commissioner):
    perform(Verb.SUBMIT, article, humas)
    transition = Transition.objects.get()
    notifications.announce(transition)
    assert len(mailed()) == len(server.messages) == 1
    notifications.announce(transition)
    assert mailed() == set()


def test_announcing_costs_the_same_for_one_and_for_many(
    django_assert_num_queries, article, humas, commissioner
):
    perform(Verb.SUBMIT, article, humas)
    transition = Transition.objects.get()
    for number in range(5):
        colleague(f"komisioner{number}", KOMISIONER)
    with django_assert_num_queries(6):
        notifications.announce(transition)
    assert DBTaskResult.objects.count() == 6


def test_an_act_does_not_wait_for_the_mail_server_and_the_mail_arrives_later(
    server, work, article, humas, commissioner
):
    server.stop()
    begun = time.monotonic()
    perform(Verb.SUBMIT, article, humas)
    assert time.monotonic() - begun < 1
    work()
    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.READY, 1)
    assert row.run_after - row.finished_at == timedelta(minutes=1)
    assert "ConnectionRefusedError" in row.traceback
    server.start()
    work()
    assert server.messages == []  # a minute has not passed
    let_time_pass()
    work()
    work()
    assert [each["To"] for each in server.messages] == [commissioner.email]


def test_without_a_mail_server_mail_is_given_up_and_not_lost(
    settings, work, article, humas, commissioner, server
):
    settings.MAILERS = {"default": {"BACKEND": "kpuweb.mailing.NowhereBackend"}}
    perform(Verb.SUBMIT, article, humas)
    pauses = []
    for _ in range(8):
        work()
        row = DBTaskResult.objects.get()
        if row.status == TaskResultStatus.READY:
            pauses.append(row.run_after - row.finished_at)
        let_time_pass()
    assert tuple(pauses) == tasks.BACKOFF
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, 6)
    assert "EMAIL_URL belum diisi" in row.traceback
    assert list(tasks.given_up()) == [row]


# Reminders


def age(article, **ago):
    """Move an article's history into the past, which its triggers would refuse."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Transition.objects.filter(article=article.pk).update(
            at=timezone.now() - timedelta(**ago)
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_reminders_say_what_waits_too_long_once_a_day(
    server, work, write, humas, humas_two, commissioner, commissioner_two
):
    waits, fresh, returned = (write(humas, f"Judul {name}") for name in "ABC")
    for article in (waits, fresh, returned):
        perform(Verb.SUBMIT, article, humas_two)
    perform(Verb.RETURN, returned, commissioner, note="Lihat lagi.")
    age(waits, hours=25)
    age(returned, days=3, hours=1)
    work()
    server.messages.clear()
    for _ in range(2):
        call_command("remind", stdout=io.StringIO())
    work()
    assert sorted(each["To"].partition("@")[0] for each in server.messages) == [
        *("commissioner", "commissioner_two", "humas", "humas_two")
    ]
    (to_approve,) = server.to(commissioner)
    assert to_approve["Subject"] == "Meja redaksi: ada naskah yang menunggu Anda"
    assert "Judul A" in to_approve.get_content()
    assert f"http://127.0.0.1:8000{waits.desk_url}" in to_approve.get_content()
    assert "Judul B" not in to_approve.get_content()
    assert "Judul C" not in to_approve.get_content()
    (to_mend,) = server.to(humas)
    assert "Judul C" in to_mend.get_content()
    assert "Judul A" not in to_mend.get_content()


def test_a_dry_run_tells_whom_it_would_remind_and_does_not(
    capsys, article, humas, commissioner
):
    perform(Verb.SUBMIT, article, humas)
    age(article, hours=25)
    before = DBTaskResult.objects.count()
    call_command("remind", "--dry-run")
    assert capsys.readouterr().out == (
        "commissioner: 1 menunggu persetujuan, 0 perlu diperbaiki\n"
        "Tidak ada yang dikirim (--dry-run).\n"
    )
    assert DBTaskResult.objects.count() == before


def test_nobody_is_reminded_of_what_they_may_not_approve(
    capsys, article, humas, commissioner
):
    article.body = "<p>Diubah komisioner.</p>"
    article.save()
    drafting.record(article, commissioner)
    perform(Verb.SUBMIT, article, humas)
    age(article, hours=25)
    call_command("remind", "--dry-run")
    assert capsys.readouterr().out == "Tidak ada yang dikirim (--dry-run).\n"


# The head of each day


def test_commissioners_and_pengelola_get_the_head_of_a_day_once(
    publish, humas, commissioner, pengelola, mailed, server
):
    publish(humas, commissioner)
    mailed()
    head = Publication.objects.head()
    tomorrow = timezone.localdate() + timedelta(days=1)
    for day in (tomorrow, tomorrow, tomorrow + timedelta(days=1)):
        with transaction.atomic():
            heads.announce(day)
    subject = f"Catatan publikasi: kepala {date_format(timezone.localdate())}"
    assert mailed() == {("commissioner", subject), ("pengelola", subject)}
    assert len(server.messages) == 2
    for each in server.messages:
        text = each.get_content()
        assert f"{head.sequence}:{head.hash}" in text
        assert f"{settings.SITE_ORIGIN}/catatan-publikasi/" in text
        assert "boleh diteruskan" in text


def test_a_day_that_has_not_ended_has_no_head_to_send(
    publish, humas, commissioner, mailed
):
    publish(humas, commissioner)
    mailed()
    call_command("remind", stdout=io.StringIO())
    assert mailed() == set()


def test_who_left_gets_no_head(publish, humas, commissioner, pengelola, mailed):
    publish(humas, commissioner)
    mailed()
    heads.announce(timezone.localdate() + timedelta(days=1))
    pengelola.groups.clear()
    commissioner.is_active = False
    commissioner.save()
    assert mailed() == set()
