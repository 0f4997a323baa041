"""What `/gaya/` says where a newsroom would have written something."""

from datetime import UTC, datetime

from news.models.replies import Reply
from news.presenting import Correction, LedgerPlace, Notice

EMPTY = {
    **dict.fromkeys(("lead", "dateline", "byline_name", "byline_office"), ""),
    **dict.fromkeys(("credit", "source_name", "event_date_basis"), ""),
    **dict.fromkeys(("event_date", "source_date", "series", "series_part"), None),
    **{"change_class": "", "change_note": "", "category": "siaran-pers"},
    **{"tags": [], "cover": None, "attachments": []},
}

SHORT = EMPTY | {
    "title": "Data pemilih berkelanjutan dimutakhirkan setiap bulan",
    "lead": "Data pemilih diperiksa setiap bulan bersama Disdukcapil, lalu diumumkan "
    "di kantor dan di situs ini agar warga dapat menanggapinya.",
    "body": "<p>Isi naskah contoh.</p>",
}

BODY = """
<p>Paragraf pertama dengan <strong>huruf tebal</strong>, <em>huruf miring</em>,
<a href="/berita/">tautan ke situs ini</a>, dan
<a href="https://www.kpu.go.id/">tautan ke situs lain</a>. Nomor <code>542/2022</code>
ditulis apa adanya.</p>
<h2>Judul bagian</h2>
<p>Daftar berurut menyebut langkah, daftar berbutir menyebut hal yang setara.</p>
<ol><li>Datang ke kantor.</li><li>Tunjukkan KTP-el.</li></ol>
<ul><li>Senin sampai Kamis<ul><li>pukul 08.00 sampai 16.00</li></ul></li>
<li>Jumat</li></ul>
<h3>Judul kecil</h3>
<blockquote><p>Kedaulatan berada di tangan rakyat.</p></blockquote>
<figure class="table"><table><caption>Pemilih menurut kecamatan</caption>
<thead><tr><th scope="col">Kecamatan</th><th scope="col">Laki-laki</th>
<th scope="col">Perempuan</th><th scope="col">Jumlah</th></tr></thead>
<tbody><tr><th scope="row">Ciruas</th><td>12.480</td><td>12.611</td><td>25.091</td></tr>
<tr><th scope="row">Kramatwatu</th><td>11.902</td><td>12.034</td><td>23.936</td></tr>
</tbody></table></figure>
<figure class="media"><oembed url="https://www.youtube.com/watch?v=aqz-KE-bpKQ">
</oembed></figure>
<h4>Judul terkecil</h4>
<pre>Baris yang susunannya dijaga.</pre>
<hr><p>Bersambung.</p>
"""

PICTURE = (
    '<figure class="image"><img src="/media/{}" alt="Gambar yang sama dengan sampul">'
    "<figcaption>Keterangan gambar di dalam naskah.</figcaption></figure>"
)

ARTICLE = EMPTY | {
    "title": "Rapat pleno terbuka menetapkan daftar pemilih tetap",
    "lead": "Rapat dihadiri perwakilan partai politik, pengawas pemilu, dan pemantau.",
    "body": BODY,
    "category": "opini",
    "tags": ["daftar pemilih", "rapat pleno"],
    "byline_name": "Redaksi",
    "byline_office": "Subbagian Teknis dan Hupmas",
    "credit": "Disunting oleh redaksi",
    "source_name": "Banten Pos",
    "source_date": "2026-01-19",
    "event_date": "2026-01-27",
    "event_date_basis": "tanpa-tahun",
    "dateline": "Ciruas",
    "attachments": [
        {"file": "", "name": name, "sha256": digit * 64, "size": size}
        for name, digit, size in (
            ("Berita acara rapat pleno", "a", 1_258_291),
            ("Lampiran keputusan nomor 542", "b", 85_000),
        )
    ],
}

REPLY = SHORT | {
    "title": "Tanggapan atas pemutakhiran data pemilih",
    "byline_name": "Sri Wahyuni",
    "byline_office": "Ketua Forum Warga",
    "reply_to": 1,
}

REPLIES = [
    Reply(name, office, "/berita/", datetime(2026, 1, day, 9, 30, tzinfo=UTC))
    for name, office, day in (
        ("Sri Wahyuni", "Ketua Forum Warga", 29),
        ("Bagas Nugroho", "", 30),
    )
]

URGENT = {
    "text": "Pemungutan suara ulang di TPS 4 Ciruas dimulai pukul 08.00 WIB.",
    "link": "https://www.kpu.go.id/",
}

FROM_ARCHIVE = Notice(
    "arsip", "Dari situs lama", "Naskah ini berasal dari situs lama kantor ini."
)

CORRECTIONS = [
    Correction(
        kind=kind,
        kind_label=label,
        at_iso="2026-01-28T12:00:00+07:00",
        at_text="28 Januari 2026 pukul 12.00 WIB",
        note=note,
        before_url=address,
    )
    for kind, label, note, address in (
        ("ralat", "Ralat", "Jumlah pemilih tertukar.", "/berita/0/versi/2/"),
        ("pembaruan", "Pembaruan", "Hasil rapat ditambahkan.", "/berita/0/versi/1/"),
        ("salah ketik", "Salah ketik", "", ""),
    )
]

LEDGER = LedgerPlace(128, "28 Januari 2026 pukul 12.00 WIB", "4d5e6f70" * 8)

BEFORE = SHORT | {
    "body": "<p>Jumlah pemilih 74.290 orang.</p><p>Rapat dibuka pagi hari.</p>"
}
AFTER = SHORT | {
    "body": "<p>Jumlah pemilih 47.290 orang.</p><p>Rapat dibuka pagi hari.</p>"
}
