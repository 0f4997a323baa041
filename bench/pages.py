"""How heavy the public pages are on a phone, and whether anything moves on them.

`python -m bench.pages`: ten articles with photographs, read in Chromium at 360 pixels
and two dots a pixel, each page scrolled to its end, with an empty cache. The bytes are
those of the network, headers too.
"""

import sys

from playwright.sync_api import sync_playwright

from bench.photographs import photograph
from bench.site import newsroom, served

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
KILOBYTES = {"Daftar, sepuluh foto": 250, "Naskah dengan sampul": 350}

SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


def write_articles() -> str:
    """Publish ten articles with covers; return the address of the newest."""
    from django.core.files.base import ContentFile

    from bench.people import commissioner, humas
    from news import drafting, images, renditions
    from news.models import Article, Category
    from news.models.article import Verb
    from news.workflow import perform

    author, approver = humas(), commissioner()
    for number in range(10):
        photo = images.store(ContentFile(photograph(number), "foto.jpg"), author)
        renditions.make(photo)
        article = Article.objects.create(
            title=f"Rapat pleno rekapitulasi daftar pemilih, hari ke-{number + 1}",
            lead="Rapat dihadiri perwakilan partai politik dan pengawas pemilu.",
            body="<p>" + "Rapat membahas daftar pemilih di setiap kecamatan. " * 60,
            category=Category.objects.get(slug="siaran-pers"),
            cover=photo,
            cover_alt="Peserta rapat duduk di ruang sidang.",
            cover_caption="Suasana rapat pleno.",
            created_by=author,
        )
        drafting.record(article, author)
        perform(Verb.SUBMIT, article, author)
        perform(Verb.APPROVE, article, approver, digest=article.latest_revision.digest)
    return article.edition.get_absolute_url()


def measure(browser, address: str) -> tuple[float, float]:
    """Return the kilobytes that a page took, and its cumulative layout shift."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )
    page = context.new_page()
    page.add_init_script(SHIFTS)
    received = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.loadingFinished",
        lambda event: received.append(event["encodedDataLength"]),
    )
    page.goto(address, wait_until="load")
    while page.evaluate(
        "() => { const before = scrollY; scrollBy(0, 400); return scrollY > before; }"
    ):
        page.wait_for_timeout(80)
    page.wait_for_load_state("networkidle")
    shown = page.locator("main img").evaluate_all(
        "images => images.every((image) => image.complete && image.naturalWidth > 1)"
    )
    if not shown:
        sys.exit(f"Ada foto yang tidak tampil di {address}.")
    shift = page.evaluate("window.shifted")
    context.close()
    return sum(received) / 1000, shift


def main() -> int:
    with newsroom():
        article = write_articles()
        with served() as origin, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=ARGUMENTS, timeout=60_000
            )
            found = {
                "Daftar, sepuluh foto": measure(browser, f"{origin}/berita/"),
                "Naskah dengan sampul": measure(browser, origin + article),
            }
            browser.close()
    for name, (kilobytes, shift) in found.items():
        print(
            f"{name}: {kilobytes:.0f} kB (batas {KILOBYTES[name]}), "
            f"pergeseran tata letak {shift:.3f}"
        )
    return int(
        any(
            kilobytes >= KILOBYTES[name] or shift > 0
            for name, (kilobytes, shift) in found.items()
        )
    )


if __name__ == "__main__":
    sys.exit(main())
