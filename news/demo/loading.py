"""Load the demo as its people would: archive by import, the rest by the workflow."""

import hashlib
import re
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from accounts.models import User
from accounts.roles import HUMAS, KOMISIONER, PENGELOLA
from news import attachments, drafting, images, richtext
from news.demo.printing import sheet
from news.importing.archive import Entry, take_over
from news.models import Article, Category, Edition, Series
from news.models.article import DateBasis, Release, Verb
from news.models.shown import slug_of
from news.workflow import perform

HERE = Path(__file__).parent

PEOPLE = {
    "humas": ("Laras Wening", "Staf Humas", HUMAS),
    "humas2": ("Bima Pratama", "Kasubag Teknis dan Hupmas", HUMAS),
    "komisioner": ("Sekar Kinasih", "Kordiv Sosdiklih Parmas", KOMISIONER),
    "komisioner2": ("Galih Wibawa", "Ketua", KOMISIONER),
    "pengelola": ("Tirta Mahendra", "Pengelola situs", PENGELOLA),
}

# Fields of an article that a file may give as they are.
FIELDS = (
    *("title", "lead", "dateline", "event_date", "event_date_basis", "byline_name"),
    *("byline_office", "credit", "source_name", "source_date", "series_part"),
)

_ILLUSTRATION = re.compile(r'src="ILLUSTRATION:([a-z-]+)"')


@transaction.atomic
def make_people(password):
    """Return the demo's people by user name, made if need be, all with one password."""
    people = {}
    for username, (name, office, role) in PEOPLE.items():
        user, _ = User.objects.get_or_create(
            username=username,
            defaults={
                "name": name,
                "office": office,
                "email": f"{username}@contoh.invalid",
            },
        )
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        user.groups.set([Group.objects.get(name=role)])
        people[username] = user
    return people


@transaction.atomic
def load_articles(people):
    """Load every article file into a newsroom that has none; return how many."""
    if Article.objects.exists():
        return 0
    files = sorted((HERE / "articles").glob("*.toml"))
    rows = [tomllib.loads(file.read_text("utf-8")) for file in files]
    loaded = {}
    for position, (file, row) in enumerate(zip(files, rows, strict=True)):
        fields = fields_of(row, people["humas"])
        if row["path"] == "arsip":
            article = take_over(entry_of(file, row, fields, position))
        else:
            if "reply_to" in row:
                replied = loaded[row["reply_to"]]
                fields["reply_to"] = Edition.objects.get(pk=replied.pk)
            article = play(row, fields, people)
        loaded[file.stem] = article
    return len(rows)


def fields_of(row, by):
    """Return the article's fields, with its pictures stored by the pipeline."""
    fields = {name: row[name] for name in FIELDS if name in row}
    if "event_date" in fields:
        fields.setdefault("event_date_basis", DateBasis.EXPLICIT)
    change = row.get("change")
    body = row["body"]
    if change:
        # As it stood before it was corrected.
        body = body.replace(change["after"], change["before"])
    fields["body"] = richtext.clean(
        _ILLUSTRATION.sub(
            lambda found: f'src="{illustration(found[1], by).file.url}"', body
        )
    )
    cover = row.get("cover")
    if cover:
        fields |= {
            "cover": illustration(cover["illustration"], by, cover["alt"]),
            "cover_alt": cover["alt"],
            "cover_caption": cover.get("caption", ""),
            "cover_credit": cover.get("credit", ""),
        }
    return fields


def illustration(name, by, description=""):
    path = HERE / "illustrations" / f"{name}.jpg"
    with path.open("rb") as file:
        return images.store(File(file, name=path.name), by, description)


def entry_of(file, row, fields, position):
    day = row.get("published_on") or row.get("event_date") or row.get("source_date")
    raw = file.read_text("utf-8")
    moment = datetime.combine(day, time(8), get_default_timezone())
    return Entry(
        raw=raw,
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        fields=fields,
        category=row["category"],
        series=row.get("series", ""),
        tags=tuple(row.get("tags", ())),
        publish_at=moment - timedelta(seconds=position),
        published_on=row.get("published_on"),
        baseline=row.get("baseline"),
    )


def play(row, fields, people):
    """Write an article, bring it to its state, each step by whose it is; return it."""
    author, approver = people[row["author"]], people[row.get("approver", "komisioner")]
    series = None
    if row.get("series"):
        series, _ = Series.objects.get_or_create(
            slug=slug_of(row["series"]), defaults={"name": row["series"]}
        )
    article = Article.objects.create(
        **fields,
        category=Category.objects.get(slug=row["category"]),
        series=series,
        created_by=author,
    )
    article.tags.add(*row.get("tags", ()))
    attachments.attach(
        article, [attachment(one, author) for one in row.get("sheets", ())]
    )
    revision = drafting.record(article, author)
    for verb, by, asks in steps(row, author, approver):
        perform(verb, article, by, digest=revision.digest, **asks)
    if row["path"] == "ralat":
        change(row["change"], article, author, approver)
    return article


def attachment(row, by):
    """Return a sheet that goes with an article, stored, and its name there."""
    file = ContentFile(sheet(row["name"], row["lines"]), "lembar.pdf")
    return attachments.store(file, by, row["name"]), row["name"]


def change(how, article, author, approver):
    """Correct a public text as its author would, and have it approved."""
    perform(Verb.REVISE, article, author)
    article.refresh_from_db()
    article.body = article.body.replace(how["before"], how["after"])
    article.change_class, article.change_note = how["class"], how["note"]
    article.save()
    revision = drafting.record(article, author)
    perform(Verb.SUBMIT, article, author)
    perform(Verb.APPROVE, article, approver, digest=revision.digest)


def steps(row, author, approver):
    """Return the acts that lead from a draft to the state that a file asks for."""
    by_author = {"release": Release.BY_AUTHOR}
    tomorrow = datetime.combine(localdate(), time(9), get_default_timezone())
    at_time = {
        "release": Release.AT_TIME,
        "publish_at": tomorrow + timedelta(days=1),
    }
    submit = (Verb.SUBMIT, author, {})
    approve = (Verb.APPROVE, approver, {})
    return {
        "draf": [],
        "diajukan": [submit],
        "dikembalikan": [submit, (Verb.RETURN, approver, {"note": row.get("note")})],
        "disetujui": [(Verb.SUBMIT, author, by_author), approve],
        "tayang": [submit, approve],
        "ralat": [submit, approve],
        "terjadwal": [(Verb.SUBMIT, author, at_time), approve],
        "darurat": [(Verb.RELEASE, author, {"note": row.get("note")})],
        "ditarik": [
            submit,
            approve,
            (Verb.WITHDRAW, approver, {"note": row.get("reason")}),
        ],
    }[row["path"]]
