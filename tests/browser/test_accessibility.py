"""What axe-core finds on each public page, and what it cannot see: keys, zoom, rest.

`axe.min.js` beside this file is Deque's own, unchanged, under its MPL-2.0.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from news import attachments, drafting, images, ranking, renditions
from news.counting import roll_up
from news.models import Edition, Series, Tally, UrgentNotice
from news.models.article import Verb
from news.workflow import perform

AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
RUN = """
async only => {
  const rules = {"target-size": {enabled: true}};
  const {violations} = await axe.run(document, only ? {runOnly: only} : {rules});
  return violations.map(({id, nodes}) => [id, nodes.map(({html}) => html).slice(0, 3)]);
}
"""
# All that another colour scheme can break.
COLOURS = ["color-contrast", "link-in-text-block"]
WIDTHS = (360, 1280)

BODY = """
<p>Jumlah pemilih 74.290 orang, menurut <a href="https://www.kpu.go.id/">KPU</a>.</p>
<h2>Menurut kecamatan</h2>
<figure class="table"><table><caption>Pemilih</caption><thead><tr>
<th scope="col">Kecamatan</th><th scope="col">Laki-laki</th>
<th scope="col">Perempuan</th><th scope="col">Pemilih seluruhnya</th></tr></thead>
<tbody><tr><th scope="row">Ciruas</th><td>12.480</td><td>12.611</td><td>25.091</td>
</tr></tbody></table></figure>
<blockquote><p>Semua boleh hadir.</p></blockquote>
<figure class="media"><oembed url="https://www.youtube.com/watch?v=aqz-KE-bpKQ">
</oembed></figure>
<figure class="image"><img src="/media/PHOTO" alt="Aula yang penuh"><figcaption>Aula
</figcaption></figure><p>Bersambung.</p>
"""


@pytest.fixture
def style_guide(monkeypatch):
    """Give the site, if asked for before it, the demo's page of all parts."""
    monkeypatch.setenv("STYLE_GUIDE", "1")


@pytest.fixture
def illustrated(write, submit, humas, commissioner, picture, pdf):
    """Return a public article with all that an article can have but a correction."""
    photo = images.store(SimpleUploadedFile("a.jpg", picture()), humas)
    renditions.make(photo)
    series = Series.objects.create(slug="pendidikan", name="Pendidikan pemilih")
    article = write(
        humas,
        "Rapat pleno menetapkan daftar pemilih",
        category="opini",
        tags=["daftar pemilih"],
        lead="Rapat dihadiri perwakilan partai politik.",
        body=BODY.replace("PHOTO", photo.file.name),
        cover=photo,
        cover_alt="Peserta rapat di aula",
        cover_caption="Suasana rapat.",
        byline_name="Redaksi",
        dateline="Ciruas",
        credit="Disunting redaksi",
        series=series,
        series_part=1,
    )
    sheet = attachments.store(SimpleUploadedFile("x.pdf", pdf()), humas)
    attachments.attach(article, [(sheet, "Berita acara")])
    drafting.record(article, humas)
    submit(article, humas)
    digest = article.latest_revision.digest
    return perform(Verb.APPROVE, article, commissioner, digest=digest)


@pytest.fixture
def newsroom(publish, archived, illustrated, change, humas, commissioner):
    """Fill the site with an article of each kind; return every address by name."""
    for number in range(12):
        archived(f"Naskah lama {number}", "2022-01-28T05:00Z", baseline=78)
    popular = [publish(humas, commissioner, f"Siaran pers {n}") for n in range(5)]
    change(
        illustrated, humas, commissioner, body=illustrated.body.replace("74.2", "47.2")
    )
    gone = publish(humas, commissioner, "Naskah yang ditarik")
    perform(Verb.WITHDRAW, gone, commissioner, note="Data belum final.")
    for article in popular:
        Tally.objects.create(
            edition_id=article.pk, day=localdate(), slot=0, readings=30
        )
    roll_up()
    ranking.rank()
    UrgentNotice.objects.create(
        text="Pelayanan dialihkan ke aula.",
        link="https://www.kpu.go.id/",
        until=now() + timedelta(days=1),
        raised_by=commissioner,
    )
    edition = Edition.objects.get(pk=illustrated.pk)
    return {
        "home": "/",
        "list": "/berita/",
        "second page": "/berita/?page=2",
        "category": "/kategori/opini/",
        "empty category": "/kategori/laporan-webinar/",
        "topic": "/topik/daftar-pemilih/",
        "series": "/seri/pendidikan/",
        "archive": "/arsip/",
        "month": "/arsip/2022/1/",
        "article": edition.get_absolute_url(),
        "old article": Edition.objects.earliest("pk").get_absolute_url(),
        "version": f"/berita/{edition.pk}/versi/1/",
        "withdrawn": f"/berita/{gone.pk}/naskah-yang-ditarik/",
        "missing": "/tidak-ada/",
        "former": "/index.php/tentang",
        "check": "/cek-keaslian/",
        "search": "/cari/",
        "hits": "/cari/?q=pemilih&kategori=opini",
        "no hits": "/cari/?q=zzqx",
        "suggestion": "/cari/?q=pemlih",
        "statistics": "/statistik/",
        "counting": "/cara-kami-menghitung/",
        "sign-in": "/akun/masuk/",
        "parts": "/gaya/",
    }


# What must be there for the rules to be tried on, so that no page is passed for empty.
PARTS = {
    "home": (".notice-penting", ".popular li"),
    "second page": (".pages-previous",),
    "article": (
        *(".corrections", ".attachments", ".series", ".topics", ".prose .table"),
        *(".video", ".cover img", ".prose img"),
    ),
    "version": (".comparison del",),
    "hits": ("mark",),
    "suggestion": (".search-instead",),
    "statistics": (".chart .rect",),
    "parts": (".guide",),
}


def test_axe_finds_nothing_in_any_scheme_or_width(style_guide, site, opened, newsroom):
    page = opened()
    missing, found = [], {}
    for name, path in newsroom.items():
        page.goto(site + path)
        missing += [
            part for part in PARTS.get(name, ()) if not page.query_selector(part)
        ]
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme, only in (("light", None), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)
                if violations := page.evaluate(RUN, only):
                    found[name, width, scheme] = violations
    assert missing == []
    assert found == {}


def test_axe_finds_nothing_in_an_answer_of_cek_keaslian(site, opened, newsroom):
    page = opened()
    page.goto(site + newsroom["article"])
    whole = page.locator("[itemprop=articleBody]").inner_text()
    sentence = max(whole.splitlines(), key=len)
    altered = f"{sentence} Warga diminta membayar lima puluh ribu rupiah."
    found, said = {}, set()
    for pasted in (
        sentence,
        altered,
        "pemilih",
        "Bukan kata dari naskah mana pun. " * 3,
    ):
        page.goto(f"{site}/cek-keaslian/")
        page.get_by_label("Teks, tautan").fill(pasted)
        page.get_by_role("button", name="Cek", exact=True).click()
        said.add(page.locator("#putusan").inner_text())
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme, only in (("light", None), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)
                if violations := page.evaluate(RUN, only):
                    found[pasted, width, scheme] = violations
    assert found == {}
    assert len(said) == 4


def test_no_page_scrolls_sideways(style_guide, site, opened, newsroom):
    """At 320 px, as 1280 px magnified four times; and with letters twice as large."""
    page = opened()
    wide = {}
    for name, path in newsroom.items():
        page.goto(site + path)
        for width, size in ((320, "100%"), (640, "200%")):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(
                """size => {
                  document.documentElement.style.fontSize = size;
                  return document.documentElement.scrollWidth;
                }""",
                size,
            )
            if found > width:
                wide[name, size] = found
    assert wide == {}


STOP = """
() => {
  const node = document.activeElement;
  const {outlineStyle, outlineWidth} = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  return {
    html: node === document.body ? "" : node.outerHTML.slice(0, 120),
    ring: outlineStyle === "none" ? 0 : parseFloat(outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}
"""


def stops(page):
    """Press Tab to the end of the page; return all that was reached."""
    found = []
    while True:
        page.keyboard.press("Tab")
        found.append(page.evaluate(STOP))
        if not found[-1]["html"]:
            return found[:-1]


def test_whatever_the_keyboard_reaches_is_in_view_and_outlined(site, opened, newsroom):
    page = opened()
    for name in ("home", "article", "hits", "statistics"):
        page.goto(site + newsroom[name])
        reached = stops(page)
        assert "#isi" in reached[0]["html"]
        assert len(reached) > 10
        assert [one for one in reached if one["ring"] < 3 or not one["seen"]] == []


def test_nothing_moves_for_those_who_asked_for_rest(
    style_guide, site, opened, newsroom
):
    page = opened(reduced_motion="reduce")
    for name in ("home", "article", "hits", "statistics", "parts"):
        page.goto(site + newsroom[name])
        moving = page.evaluate(
            """[...document.querySelectorAll("*")].filter((node) => {
              const style = getComputedStyle(node);
              return style.animationName !== "none" ||
                style.scrollBehavior !== "auto" ||
                style.transitionDuration.split(", ").some((time) => time !== "0s");
            }).map((node) => node.outerHTML.slice(0, 80))"""
        )
        assert moving == [], name


def test_a_reader_without_javascript_misses_only_copying_and_counting(
    site, opened, newsroom
):
    page = opened(java_script_enabled=False)
    page.goto(f"{site}/")
    page.locator(".menu-switch summary").click()
    page.get_by_role("link", name="Cari", exact=True).click()
    page.get_by_label("Kata, nama, atau nomor keputusan").fill("pemilih")
    page.get_by_text("Saring dan urutkan").click()
    page.get_by_label("Kategori").select_option(label="Kolom Opini")
    page.get_by_role("button", name="Cari", exact=True).click()
    page.locator("article h2 a").first.click()
    assert page.get_by_role("link", name="Buka videonya").is_visible()
    assert page.locator(".prose img").is_visible()
    page.get_by_text("Tentang naskah ini").click()
    assert page.get_by_text("Sidik naskah (SHA-256)").is_visible()
    page.get_by_role("link", name="Naskah sebelum perubahan ini").click()
    assert page.get_by_role("heading", name="Yang berubah sejak versi ini").is_visible()
    page.goto(f"{site}/berita/")
    page.get_by_role("link", name="Berikutnya").click()
    assert page.locator(".page-number").is_visible()
    page.goto(f"{site}/statistik/")
    page.get_by_label("Periode").select_option("90")
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**/statistik/?periode=90")
