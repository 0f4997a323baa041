"""Words whose change is critical, and words that are known to be words.

Kept by hand. Forms follow KBBI (Kamus Besar Bahasa Indonesia) and the affixes of EYD
edisi V (Ejaan yang Disempurnakan, Badan Bahasa, 2022), chapter "Penulisan Kata". The
short forms of chats are in too, since forwarded texts are compared as well.
"""

import re
from functools import lru_cache


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WEEKDAYS = _set("senin selasa rabu kamis jumat jum'at sabtu minggu ahad")
MONTHS = _set(
    """
    januari februari pebruari maret april mei juni juli agustus september oktober
    november nopember desember
    """
)
NEGATIONS = _set(
    """
    tidak tak bukan belum jangan tanpa tiada nir non anti kontra enggak nggak gak ga
    kagak ndak nda tdk bkn blm jgn tnp pantang batal gagal
    """
)
_NEGATED = re.compile(
    r"(?:ke|men|di)?tidak\w*|(?:non|anti|nir)-.+|(?:di|me)?nonaktif\w*|nirlaba"
    r"|antikorupsi|antihoaks|antipolitik|antidemokrasi|nonpartisan|nonpemerintah"
    r"|nonformal|nonblok|nonpemilih"
)
QUALIFIERS = _set(
    """
    hanya cuma sekadar saja wajib diwajibkan harus diharuskan mesti dapat bisa boleh
    diperbolehkan dilarang akan sementara semua seluruh segenap segala setiap tiap
    sebagian beberapa mayoritas minoritas sudah telah sedang masih pernah paling
    lambat cepat selambat-lambatnya sekurang-kurangnya sebanyak-banyaknya setidaknya
    setidak-tidaknya minimal maksimal minimum maksimum hampir sekitar kira-kira
    kurang lebih kecuali jika bila apabila asal asalkan mungkin kemungkinan diduga
    terduga dugaan disangka konon kabarnya selalu sering jarang kadang resmi sah
    final tetap langsung mutlak khusus tentatif rencananya sdh hrs hny
    """
)
# What says of other words that they are untrue: taken away, those words stand as true.
REFUTATIONS = _set(
    """
    hoaks hoax hoak bohong palsu keliru fitnah disinformasi misinformasi dusta rekayasa
    membantah dibantah bantah bantahan menepis ditepis menyangkal disangkal sangkalan
    menampik klarifikasi mengklarifikasi diklarifikasi menyesatkan sesat dipalsukan
    pelesetan parodi satire penipuan
    """
)
# Those qualifiers that narrow a statement, so that it says more without them.
RESTRICTIONS = _set(
    """
    hanya cuma sekadar sementara kecuali jika bila apabila asal asalkan diduga dugaan
    terduga disangka konon kabarnya mungkin kemungkinan rencananya tentatif sebagian
    paling maksimal minimal maksimum minimum selambat-lambatnya hampir pernah kabar
    isu klaim rumor gosip desas-desus beredar dikabarkan diisukan diklaim disebut-sebut
    agar supaya kalau andai andaikan seandainya meski meskipun walau walaupun sebelum
    rencana usul usulan wacana diusulkan direncanakan diharapkan berharap seolah-olah
    seakan-akan seolah seakan
    """
)
OFFICES = _set(
    """
    ketua wakil anggota sekretaris bendahara kepala komisioner kasubag kasubbag
    kabag kabid kasi kordiv koordinator direktur rektor bupati gubernur walikota
    camat lurah kades menteri presiden hakim jaksa kapolres kapolda dandim plt pjs
    plh mantan eks calon
    """
)
HONORIFICS = _set("bapak ibu bpk sdr saudara saudari haji hajah kang teh")

_ONES = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas"
_NUMBER_WORD = re.compile(
    rf"(?:ke|ber|per|seper)?(?:{_ONES}|puluh|ratus|ribu|juta|miliar|milyar|triliun)"
    r"|(?:puluh|ratus|ribu|juta|miliar|milyar|triliun|belas|lusin)(?:an)?"
    r"|se(?:ratus|ribu|juta|miliar|milyar|triliun|lusin|belas|tengah|paruh|paro)"
    r"|nol|pertama|persen|prosen|permil|rupiah|ganda|tunggal"
)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")

# Closed classes of words: never names, even where a headline gives them a capital.
FUNCTION = _set(
    """
    yang dan di ke dari pada untuk dengan dalam oleh atau sebagai adalah ialah yaitu
    yakni ini itu tersebut para serta juga agar supaya karena sebab maka namun
    tetapi tapi sedangkan sebelum sebelumnya sesudah setelah sejak hingga sampai
    ketika saat selama selain bagi antara terhadap tentang mengenai terkait melalui
    menurut berdasarkan sesuai secara bahwa seperti bagaimana kemudian selanjutnya
    lalu sehingga meskipun walaupun meski kalau seraya sambil demi guna atas bawah
    luar kepada daripada per adapun adanya ada ia dia mereka kami kita saya kamu
    anda beliau apa siapa mana kapan mengapa dimana di-mana hal demikian begitu sini
    sana situ kini sekarang nanti kelak lagi pun lah kah nya lewat sepanjang
    menjelang seusai usai akibat berkat tanggal hari bulan tahun pukul jam
    """
)

_COMMON = _set(
    """
    acara adil ajak ajar aju akibat aktif akurat alam alami alas alat aman amanah
    amanat ambil ampu anak ancam andal anggap anggar angkat angkut antar anut apik
    arah arsip artikel arti asas asing atur awal awas ayat bab baca badan bagai bagi
    bagian bagus bahan bahas bahasa baik baju bakal baku balas balik bandar banding
    bangga bangku bangsa bangun bantah bantu banyak barang barat baru basis batas
    baur bawa bawah bayar bebas beda bekal bekas bela belah belajar beli benar
    bentang bentuk benda berat beri berita berkas bersih besar betul biasa bicara
    bidang bijak bikin bilang bilik bina bincang bingkai bisik bisnis blok bohong
    bom bongkar buah buang buat buka bukti buku bunuh buru buruk buta butuh cabang
    cabut cacat cair cakap calon cari catat catut cegah cek cela cepat cerita cermat
    ceroboh cetak cipta citra coba coblos corak cuci cukup curang curi daerah daftar
    dalam dalih damai damping dana dapil dasar data datang daulat daya debat dekat
    demokrasi demokratis dengar depan deret desa detail dewan diri diskusi dokumen
    dorong duduk duga dukung dunia edar edisi efektif efisien eksternal elektoral
    elemen emas empu enak erat etik evaluasi faktor fakta fasilitas formal formulir
    fungsi gabung gadai ganggu ganti gantung garis gelap gelar gerak giat golong
    goyah gugat gugur guna gunting guru hadap hadir hak hakim halal halaman halang
    hambat hancur hangat hapus haram harap harga hari harta hasil hasut hemat henti
    hidup hilang himbau himpun hina hingga hitung hoaks hormat hubung hukum huruf
    hutang ibadah ide ijin ikat ikut ilmu imbang imbau indah induk informasi ingat
    ingin inklusif inti institusi integritas internal isi isu izin jabat jaga jajar
    jalan jalin jalur jamin jangka jangkau janji jarak jaring jasa jatuh jauh jawab
    jejak jelang jelas jenis jujur jual juang jumlah jumpa jurnal kabar kabupaten
    kaji kaca kalah kali kampanye kamus kanan kandidat kantor kapal karya kas kasar
    kasus kata kategori kawal kawan keadilan kecam kecamatan kecil kegiatan kejar
    keji keliru keluar keluarga kembali kembang kena kenal kendali kendala kendara
    keras kerja kertas kesempatan ketat kiri kirim kisah kisar klaim klarifikasi
    kolom komisi komitmen komunikasi kondisi konsep kontak koordinasi korban korupsi
    kota kotak kotor kritik kualitas kuasa kuat kuliah kumpul kunci kunjung kurs
    kursi laba lacak lahan lahir lain laju lakon laksana laku lalai lama laman
    lambang lambat lancar landas langgar langkah langsung lanjut lantai lantik
    lapang lapor larang laris lari larut latar latih lawan layak layan layar lebar
    legal lelang lemah lembaga lembar lengkap lepas letak lewat lihat lindung
    lingkung lintas logistik lolos lomba longgar luap luas luka lulus lumpuh lunas
    lupa lurus mahal mahkamah main maju maksud makna malam malas malu mampu mandat
    mandiri manfaat manipulasi masa masalah masuk masyarakat materi mati media
    mekanisme menang mental merah merdeka mesin meter metode milik minat minta minum
    mitra mohon mobil modal mudah mula mulai mulia muncul mundur murah murni mutlak
    mutu naik nama napas narasumber naskah negara netral niat nilai nomor nyata
    nyatakan obat olah opini orang organisasi padam padat padu pagi paham pajak
    pakai paksa palsu pandang pandu panggil pangkat panitia pantau pantas panjang
    papar partai partisipasi partisipatif pasal pasang pasangan pasar pasif pasti
    patuh patut payah pecah pegang pegawai pelihara pemerintah pemilihan pemilu
    pencar penduduk pengaruh penjara penting penuh percaya perintah periksa periode
    perlu permanen pernyataan persepsi pesan peserta peta petik petugas piagam
    pidana pidato pihak pikir pilah pilih pimpin pindah pinggir pinjam pisah pokok
    pola politik positif posisi praktik prinsip produk program proses provinsi
    prosedur publik puji pukul pulang pulih pungut pusat putar putih putus rahasia
    rakyat ragu raih ralat ramai rancang rangkai rapat rapi rasa rawan rawat rebut
    redaksi redam relawan rencana rendah resah resmi responsif retas ribut rilis
    rincian risiko riwayat rombak ruang rubah rugi rukun rumah rumus runtuh runut
    rusak rusuh saat sabar sadar saing sah saham saji sakit saksi salah salam saling
    salin salur sama sambut sambung sampai sandar sandi sangat sangka sangkal sanksi
    santun sapa saran sarana sasar satuan sayang sebar sebut sederhana sedia segera
    sehat sejahtera sejarah selamat selenggara selesai selidik semangat sempat
    sempit sempurna sengaja sengketa sentuh sepakat serah serang serius serta sesal
    seru setia setor setuju siang siap siar sidang sifat sikap siksa silang simpan
    simpul singkat sisa sisip sistem situs soal sosial sosialisasi stabil statistik
    strategi suara suap subjek sudut suka sukar sukses sulit sumbang sumber sumpah
    sunting surat susah sunyi susul susun syarat tabel tahan tahap tahu tajam takut
    tambah tampil tanam tanda tandang tandatangan tangan tangkal tangkap tanggap
    tanggung tanpa tanya target tarik taruh tata tawan tawar tayang tebal tebus
    tegak tegang tegas teguh teknis teknologi teladan telat telepon teliti telusur
    teman tema tempat tempel tempuh temu tenaga tenang tengah tentang tentu tenun
    tepat tepi terang terap terbit terima terjemah terpadu tertib tetap timbang
    timbul timur tindak tinggal tinggi tingkat tinjau tipu titik tokoh tolak tolong
    tonton topik total transparan transparansi tugas tuduh tujuan tujukan tuju tukar
    tulis tulus tumbuh tunda tunduk tunggu tunjuk tuntas tuntun tuntut turun turut
    tutup tutur ubah ujar ujung ukur ulang ulas umum umumkan undang undang-undang
    unduh unggah unggul unit unjuk unsur untung upah upaya urai urus urut usaha usai
    usul usut utama utara utuh utus waktu wajar wali warga warna warta warung
    wawancara webinar wibawa wilayah wujud yakin selatan tenggara ibarat juara
    kursus musyawarah mufakat pelopor perang perangkat pertemuan pemilih pengawas
    pengurus penyelenggara putra putri satu-satunya senang sedih marah bahagia benci
    cinta kasih kawasan pagu pangan papan pasukan pelanggaran perolehan rekap
    rekapitulasi tabulasi gugatan kasasi putusan keputusan peraturan undangan
    tahapan jadwal verifikasi coklit pemutakhiran kuota logis kosong genap ganjil
    pendek tua muda hitam panas dingin basah kering lunak halus tipis intensif
    insentif kompetensi kompetisi komunitas konsultasi konsolidasi prestasi
    presentasi kuantitas independen dependen kooperatif korporatif substansi subsidi
    infrastruktur instruktur interpretasi intervensi konstitusi konstituen adaptasi
    adopsi imigrasi emigrasi migrasi ekspor impor eksklusif implisit eksplisit
    internasional nasional rasional regional ilegal oposisi moral kredibel
    kompetitif kolektif korektif selektif objektif subjektif proporsional
    profesional promosi provokasi mutasi mutilasi rotasi asosiasi apresiasi aspirasi
    inspirasi akuntabel koalisi deklarasi rekomendasi eksekutif legislatif yudikatif
    legislasi legitimasi aklamasi akreditasi aktivasi aktivis alokasi relokasi
    delegasi dedikasi edukasi eliminasi identifikasi klasifikasi kualifikasi
    diskualifikasi indikasi mediasi moderasi mobilisasi normalisasi nominasi
    dominasi operasi koperasi optimal orientasi otoritas prioritas mayoritas
    partisan perspektif prospektif prediksi produksi reduksi proteksi provisi revisi
    rehabilitasi reformasi relevan representasi resolusi revolusi evolusi restorasi
    saksama sensitif spesifik simulasi stimulasi akumulasi sinergi energi solusi
    polusi suspensi transisi transaksi tradisi validasi likuidasi variasi hindar
    kukuh asah unggulan dulang cabul culik copot depak gempur hajar hasrat idam
    ikrar intimidasi kerah kibar kroyok lengser makar makzul nista onar pukau rampas
    rampok rangkul sabot sebal sergap serbu sogok suruh terjang tilap usir
    """
)
WORDS = FUNCTION | _COMMON | NEGATIONS | QUALIFIERS | OFFICES | WEEKDAYS | MONTHS

_CLITIC = re.compile(r"(?<=\w{3})(?:lah|kah|tah|pun|nya)$")

# A prefix with what it may have taken the first letter of: men + tulis is menulis.
_PREFIXES = (
    *(("menge", ""), ("penge", ""), ("meng", "k"), ("meng", ""), ("peng", "k")),
    *(("peng", ""), ("meny", "s"), ("peny", "s"), ("mem", "p"), ("mem", "")),
    *(("pem", "p"), ("pem", ""), ("men", "t"), ("men", ""), ("pen", "t"), ("pen", "")),
    *(("me", ""), ("pe", ""), ("ber", ""), ("be", ""), ("ter", ""), ("te", "")),
    *(("per", ""), ("di", ""), ("ke", ""), ("se", "")),
)
_SUFFIXES = ("kan", "an", "i", "nya", "lah", "kah", "pun", "ku", "mu")
_SHORTEST_STEM = 3


def stems(word: str) -> frozenset[str]:
    """Return what `word` (folded) may be made of: itself and its parts without affixes.

    Two rounds of prefixes (memper-, keber-, diper-) and of suffixes (-annya, -kannya).
    It guesses too much rather than too little: whoever asks is looking for a reason to
    refuse.
    """
    found, fresh = {word}, {word}
    for _ in range(2):
        fresh = {part for known in fresh for part in _stripped(known)} - found
        found |= fresh
    return frozenset(found)


def _stripped(word: str) -> set[str]:
    starts = {
        first + word[len(prefix) :]
        for prefix, first in _PREFIXES
        if word.startswith(prefix)
    }
    bare = {
        start.removesuffix(suffix)
        for start in starts | {word}
        for suffix in ("", *_SUFFIXES)
    }
    return {part for part in bare if len(part) >= _SHORTEST_STEM}


def is_known(word: str) -> bool:
    """Return whether `word` (folded) is one of the known words, or made of one."""
    return not WORDS.isdisjoint(stems(word))


def without_clitic(word: str) -> str:
    """Return "tidakkah" as "tidak"; words of three letters and less stay whole."""
    return _CLITIC.sub("", word)


def is_negation(word: str) -> bool:
    return (
        word in NEGATIONS
        or without_clitic(word) in NEGATIONS
        or _NEGATED.fullmatch(word) is not None
    )


def is_qualifier(word: str) -> bool:
    return word in QUALIFIERS or without_clitic(word) in QUALIFIERS


@lru_cache(16384)
def is_refutation(word: str) -> bool:
    """Return whether `word` (folded) says that others are untrue: "kekeliruan"."""
    return not REFUTATIONS.isdisjoint(stems(word))


@lru_cache(16384)
def is_reversal(word: str) -> bool:
    """Return whether `word` (folded) undoes something: "membatalkan", "kekeliruan"."""
    return not (NEGATIONS | REFUTATIONS).isdisjoint(stems(word))


def reverses(word: str) -> bool:
    """Return whether a statement that loses `word` (folded) can say its opposite."""
    return (
        is_negation(word)
        or is_refutation(word)
        or not {word, without_clitic(word)}.isdisjoint(RESTRICTIONS)
    )


def is_number_word(word: str) -> bool:
    """Return whether `word` (folded) is a number, as "kedua" and "satu-satunya" are."""
    return any(
        _NUMBER_WORD.fullmatch(without_clitic(part)) is not None
        for part in word.split("-")
    )


def is_roman(text: str) -> bool:
    """Return whether `text` as written is a Roman numeral of 1 to 39."""
    return bool(text) and _ROMAN.fullmatch(text) is not None


ABBREVIATIONS = frozenset(
    (
        "dr",
        "drs",
        "dra",
        "prof",
        "ir",
        "h",
        "hj",
        "no",
        "nomor",
        "jl",
        "kab",
        "kec",
        "prov",
        "kel",
        "tgl",
        "bpk",
        "sdr",
        "yth",
        "dll",
        "dsb",
        "dkk",
        "ttd",
        "pkl",
        "rp",
        "st",
        "gg",
    )
)
