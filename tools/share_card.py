"""Draw the card of links that have none of their own: static/img/bagikan.jpg.

Run from the checkout: .venv/bin/python -m tools.share_card
"""

from pathlib import Path

from news import cards

WORDS = cards.Words(
    title="Kabar resmi penyelenggara pemilu",
    kicker="Berita dan keterangan",
    office="Komisi Pemilihan Umum",
)

if __name__ == "__main__":
    target = Path(__file__).parent.parent / "static/img/bagikan.jpg"
    target.write_bytes(cards.encode(cards.of_title(WORDS)))
