"""Hostile words in every box of the newsroom: no page runs a script of theirs."""

import io
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from news import richtext
from news.models import Article, Category, Edition, Photo
from news.models.article import Verb

ADD = "/admin/news/article/add/"
RUN = "window.ran=1"

# One string for each way of getting code into a page.
STRINGS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<script/x>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script src=data:,{RUN}></script>",
    f"<svg><script>{RUN}</script></svg>",
    "<svg><script>window&#46;ran&#61;1</script></svg>",
    f"<svg onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a><set attributeName=href to=javascript:{RUN}></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x><script>{RUN}</script></svg>#x'>",
    f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<math><mi><p><style><!--</style><img src=x onerror={RUN}>-->",
    f"<math><a xlink:href=javascript:{RUN}>x</a></math>",
    f"<form><math><mtext></form><form><mglyph><svg><mtext><img src=x onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<template><img src=x onerror={RUN}></template>",
    f"<select><template shadowrootmode=open><img src=x onerror={RUN}>",
    f"<textarea></textarea><img src=x onerror={RUN}></textarea>",
    f"<title></title><img src=x onerror={RUN}></title>",
    f"<xmp></xmp><img src=x onerror={RUN}></xmp>",
    f"<noembed></noembed><img src=x onerror={RUN}>",
    f"<iframe></iframe><img src=x onerror={RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<!-- --!><img src=x onerror={RUN}>-->",
    f"<![CDATA[><img src=x onerror={RUN}>]]>",
    f"]]><script>{RUN}</script>",
    f"<?xml ><img src=x onerror={RUN}>?>",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}//",
    f"<img src=x\tonerror\n=\n{RUN}>",
    f"<img src=x a='>' onerror={RUN}>",
    f"<img src=`x`onerror={RUN}>",
    f'<img alt="x" src="x" ""onerror="{RUN}">',
    f"<image src=x onerror={RUN}>",
    f"<img src=x onerror&#61;{RUN}>",
    f"<picture><source srcset=x><img src=x onerror={RUN}></picture>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<p style='animation:x' onanimationstart={RUN}>x</p>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='java&#10;script&colon;{RUN}'>x</a>",
    f"<a href=' \x01javascript:{RUN}'>x</a>",
    f"<a href='data:text/html,<script>{RUN}</script>'>x</a>",
    f"<base href='javascript:{RUN}//'><a href=x>x</a>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<link rel=stylesheet href='data:text/css,*{color:red}'>",
    "<style>@import 'data:text/css,*{color:red}'</style>",
    f"\"'><img src=x onerror={RUN}>",
    f'" autofocus onfocus={RUN} x="',
    f"' autofocus onfocus={RUN} x='",
    f"javascript:{RUN}//'/\"/`/*</script><img src=x onerror={RUN}>*/",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"<\u0130mg src=x onerror={RUN}><\u017fcript>{RUN}</\u017fcript>",
    f"<im\x01g src=x onerr\u200bor={RUN}>",
    "<p title='x' lang='x' id=location name=body class='x' tabindex=1>x</p>",
    f"{{{{7|add:7}}}}{{% debug %}}${{{RUN}}}<%={RUN}%>",
]


def words(start, most):
    """Return as many of the strings, from one of them on, as a box of a size takes."""
    taken = ""
    for string in STRINGS[start:] + STRINGS[:start]:
        if len(taken) + len(string) < most:
            taken += f"{string} "
    return taken.strip()


def form(**fields):
    return {
        "title": words(0, 300),
        "lead": words(5, 500),
        "body": "".join(f"<p>{string}</p>" for string in STRINGS),
        "category": Category.objects.get(slug="opini").pk,
        "tags": ", ".join(string[:60] for string in STRINGS[::4]),
        "cover_alt": words(10, 200),
        "cover_caption": words(15, 300),
        "cover_credit": words(20, 120),
        "dateline": words(35, 80),
        "byline_name": words(40, 150),
        "byline_office": words(45, 150),
        "credit": words(50, 150),
        "source_name": words(55, 120),
        "_save": "Simpan dan tinjau",
        **fields,
    }


def posted(client, address, data):
    """Send a form; every answer but a redirect to what was saved fails the test."""
    response = client.post(address, data)
    said = re.findall("errorlist.*|refusal.*", response.content.decode())
    assert response.status_code == 302, said
    return response


def act(client, article, verb, **more):
    latest = article.latest_revision.digest
    data = {"verb": verb, "digest": latest, "note": words(25, 1500), **more}
    posted(client, f"/admin/news/article/{article.pk}/tindakan/", data)


def imported(string):
    """Return an item of the old site's page; one full of markup would be refused."""
    return (
        f"12\n\nKabar {string} dari Serang\n\nSerang, (28/1) – KPU membuka pleno. "
        f"{string} Semua hadir.\n\n(Humas)\n\nSelengkapnya"
    )


@pytest.fixture
def newsroom(browser_of, humas, commissioner, pengelola, picture, pdf, tmp_path):
    """Fill every box there is, by the addresses that the pages post to."""
    writer, approver = browser_of(humas), browser_of(commissioner)
    keeper = browser_of(pengelola)
    for person in (humas, commissioner, pengelola):
        posted(
            keeper,
            f"/admin/accounts/user/{person.pk}/change/",
            {
                "username": person.username,
                "name": words(person.pk, 150),
                "office": words(person.pk + 7, 150),
                "email": person.email,
                "is_active": "on",
                "groups": [group.pk for group in person.groups.all()],
            },
        )
    category = Category.objects.get(slug="opini")
    posted(
        keeper,
        f"/admin/news/category/{category.pk}/change/",
        {"name": words(51, 60), "description": words(60, 200), "position": 1},
    )
    posted(
        writer, "/admin/news/series/add/", {"name": words(12, 300), "slug": "seri-uji"}
    )
    cover = SimpleUploadedFile(f"{STRINGS[35]}.jpg", picture())
    paper = SimpleUploadedFile(f"{STRINGS[0]}.pdf", pdf())
    posted(
        writer,
        ADD,
        form(
            **{"attachment-new-1-file": paper, "attachment-new-1-name": words(60, 150)},
            cover_upload=cover,
        ),
    )
    first = Article.objects.get()
    photo = Photo.objects.get()
    posted(
        writer,
        f"/admin/news/photo/{photo.pk}/change/",
        {
            "description": words(30, 200),
            "caption": words(33, 300),
            "credit": words(36, 120),
            "focal_x": 50,
            "focal_y": 35,
        },
    )
    act(writer, first, Verb.SUBMIT)
    act(approver, first, Verb.RETURN)
    act(writer, first, Verb.SUBMIT)
    act(approver, first, Verb.APPROVE)
    # A correction of what is public, and its words beside those it replaces.
    act(writer, first, Verb.REVISE)
    posted(
        writer,
        f"/admin/news/article/{first.pk}/change/",
        form(
            base_revision=first.latest_revision.number,
            title=words(3, 300),
            body="".join(f"<li>{string}</li>" for string in reversed(STRINGS)),
            cover=photo.pk,
            change_class="ralat",
            change_note=words(28, 500),
        ),
    )
    act(writer, first, Verb.SUBMIT)
    act(approver, first, Verb.APPROVE)
    for title in (words(9, 300), words(19, 300)):
        posted(writer, ADD, form(title=title))
        act(writer, Article.objects.order_by("pk").last(), Verb.RELEASE)
    act(approver, Article.objects.order_by("pk").last(), Verb.WITHDRAW)
    posted(writer, ADD, form(title=words(29, 300)))
    until = timezone.localtime() + timedelta(hours=1)
    posted(
        approver,
        "/admin/news/urgentnotice/add/",
        {"text": words(1, 200), "link": "", "until": f"{until:%Y-%m-%dT%H:%M}"},
    )
    page = tmp_path / "halaman.txt"
    page.write_text("\n\n".join(map(imported, STRINGS[:36:9])), "utf-8")
    call_command("import_feed", str(page), stdout=io.StringIO())
    return first


def pages_of(article):
    """Return the address of every kind of page: public, missing, staff's, keeper's."""
    editions = Edition.objects.filter(withdrawn_at=None)
    gone = Edition.objects.exclude(withdrawn_at=None).get()
    topics = Edition.objects.get(pk=article.pk).topics
    asked = [quote(string, safe="") for string in STRINGS[::9]]
    public = [
        *("/", "/berita/", "/kategori/opini/", "/arsip/", "/statistik/"),
        *(edition.get_absolute_url() for edition in editions),
        *(f"/berita/{article.pk}/versi/1/", f"/topik/{topics[0]}/"),
        *("/umpan/rss/", "/umpan/atom/", "/umpan/json/", "/sitemap.xml"),
        *("/statistik.json", "/sitemap-naskah-1.xml", "/akun/masuk/"),
        *("/cari/?q=script", "/cari/?q=onerror+ran&urut=sesuai"),
        *(f"/cari/?q={one}&kategori={one}&tahun={one}&urut={one}" for one in asked),
    ]
    missing = [
        *(gone.get_absolute_url(), f"/berita/?page={asked[0]}"),
        *(f"/{asked[1]}", f"/index.php/blog/read/1_{asked[4]}"),
    ]
    desk = "/admin/news/article/"
    numbers = Article.objects.order_by("pk").values_list("pk", flat=True)
    draft = Article.objects.get(state="draf")
    photo = Photo.objects.get()
    staff = [
        *("/admin/", desk, f"{desk}?q={asked[0]}", f"{desk}{draft.pk}/change/"),
        *(f"{desk}{number}/tinjau/" for number in numbers),
        f"{desk}{article.pk}/riwayat/?dari=1&ke=2",
        f"{desk}{article.pk}/revisi/1/",
        *("/admin/news/photo/", f"/admin/news/photo/?q={asked[1]}"),
        f"/admin/news/photo/{photo.pk}/change/",
        f"/admin/news/photo/kata/?foto={photo.pk}",
        *("/admin/statistik/", f"/admin/statistik/naskah/{article.pk}/"),
        *("/admin/news/urgentnotice/", "/admin/news/series/"),
    ]
    keeper = [
        *("/admin/accounts/user/", "/admin/news/category/"),
        f"/admin/accounts/user/{draft.created_by_id}/change/",
        f"/admin/news/category/{draft.category_id}/change/",
    ]
    return public, missing, staff, keeper


def watched(page, happened):
    """Note whatever shows that code of the strings ran, or that a page broke."""
    page.add_init_script(
        "Object.defineProperty(window, 'ran', {set() { console.error('ran'); }})"
    )
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.accept()))
    page.on("pageerror", lambda error: happened.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            happened.append(f"{page.url}: {message.text}")
            if message.type == "error" and "Failed to load" not in message.text
            else None
        ),
    )
    page.on("popup", lambda other: happened.append(f"{page.url}: {other.url}"))
    return page


# What no page of ours has, and the strings would put there.
THEIRS = ",".join(
    [
        *("[onerror]", "[onload]", "[onfocus]", "[srcdoc]", "base", "iframe", "math"),
        *('a[href^="javascript:" i]', 'a[href^="data:" i]', 'script[src^="data" i]'),
    ]
)


def test_no_page_runs_what_was_typed(
    site, signed_in, opened, newsroom, humas, pengelola
):
    public, missing, staff, keeper = pages_of(newsroom)
    # Without the Content-Security-Policy: what is stored and escaped must do alone.
    reader = opened(bypass_csp=True)
    writer, keeps = (
        signed_in(User.objects.get(pk=person.pk), bypass_csp=True)
        for person in (humas, pengelola)
    )
    happened = []
    for page in (reader, writer, keeps):
        watched(page, happened)
    for page, addresses, answered in (
        (reader, public, {200}),
        (reader, missing, {404, 410}),
        (writer, staff, {200}),
        (keeps, keeper, {200}),
    ):
        for address in addresses:
            status = page.goto(site + address).status
            if status not in answered or page.locator(THEIRS).count():
                happened.append(f"{status} {address}")
    assert happened == []


def test_what_is_stored_reads_the_same_however_often_a_browser_writes_it(opened):
    bodies = [richtext.clean(f"<p>{one}</p>") for one in STRINGS]
    bodies += [richtext.clean(f"<table><td>{one}</td></table>") for one in STRINGS]
    page = watched(opened(), happened := [])
    page.goto("about:blank")
    written = page.evaluate(
        """bodies => bodies.map(body => {
          const box = document.createElement("div");
          document.body.append(box);
          for (let round = 0; round < 3; round++) box.innerHTML = round
            ? box.innerHTML : body;
          return box.innerHTML;
        })""",
        bodies,
    )
    assert [richtext.clean(one) for one in written] == bodies
    assert happened == []
