"""What a search knows of Indonesian: the one table, used by queries alone.

Nothing here is in the index, so a line can be added without building it again. Write
words as `news.search.fold` does: lower case, no accents, "/" and "-" as spaces.
"""

# Words that mean the same to whoever looks for them. Also forms of one word that the
# stemmer takes for words of their own; a name of several words is found in this order.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("hoaks", "hoax", "hoak"),
    ("disinformasi", "dis informasi"),
    ("pemilu", "pemilihan umum"),
    ("pilkada", "pemilukada", "pemilihan serentak", "pemilihan kepala daerah"),
    ("pilpres", "pemilihan presiden"),
    ("pileg", "pemilihan legislatif"),
    ("pilgub", "pemilihan gubernur"),
    ("pilbup", "pemilihan bupati"),
    ("kpu", "komisi pemilihan umum"),
    ("bawaslu", "badan pengawas pemilihan umum", "badan pengawas pemilu"),
    ("dkpp", "dewan kehormatan penyelenggara pemilu"),
    ("tps", "tempat pemungutan suara"),
    ("dpt", "daftar pemilih tetap"),
    ("dps", "daftar pemilih sementara"),
    ("dpb", "daftar pemilih berkelanjutan", "data pemilih berkelanjutan"),
    ("ppk", "panitia pemilihan kecamatan"),
    ("pps", "panitia pemungutan suara"),
    ("kpps", "kelompok penyelenggara pemungutan suara"),
    ("pantarlih", "petugas pemutakhiran data pemilih"),
    ("coklit", "pencocokan dan penelitian"),
    ("parpol", "partai politik"),
    ("lakip", "laporan akuntabilitas kinerja"),
    ("bakohumas", "bako humas", "badan koordinasi kehumasan"),
    ("ppid", "pejabat pengelola informasi dan dokumentasi"),
    ("jdih", "jaringan dokumentasi dan informasi hukum"),
    ("diskominfo", "diskominfosatik", "dinas komunikasi"),
    ("kab", "kabupaten"),
    ("prov", "provinsi", "propinsi"),
    ("wa", "whatsapp"),
    ("medsos", "media sosial"),
    ("pengumuman", "mengumumkan", "diumumkan", "umumkan"),
    ("menyerang", "diserang", "serangan", "penyerangan", "penyerang"),
    ("peserta", "pesertanya", "kepesertaan"),
    ("ketua", "ketuanya", "mengetuai", "diketuai"),
    ("media", "medianya"),
    ("kawal", "mengawal", "dikawal", "pengawalan"),
    ("perempuan", "wanita"),
    ("partai", "partainya"),
    ("pengadilan", "peradilan"),
    ("memulai", "dimulai", "mulai", "bermula"),
)

# Stems that the stemmer gives to words that are no kin, so that a stem says nothing:
# a word with one of them is found as it is written, and by its group above.
WHOLE: frozenset[str] = frozenset(
    {
        "serang",  # the regency; menyerang, diserang
        "umum",  # pengumuman, mengumumkan
        "pilu",  # pemilu; memilukan
        "serta",  # "and"; peserta
        "tua",  # ketua
        "dia",  # "he"; media
        "anda",  # "you"; penanda, menandai
        "adil",  # pengadilan
        "empu",  # perempuan
        "parta",  # partai
        "pada",  # "at"; kepada, memadai
        "pula",  # "also"; memulai
        "lalu",  # "then"; melalui
        "urut",  # menurut
        "alam",  # pengalaman, mengalami
        "angkat",  # perangkat, berangkat
        "hati",  # memperhatikan
        "sama",  # bersama
        "apa",  # berapa, mengapa
        "aku",  # mengakui
        "mana",  # dimana
        "luar",  # keluar
        "atas",  # atasan
        "ada",  # adalah
        "dalam",  # mendalami
        "kanan",  # pekanan
        "berta",  # bertanya, bertamu
        "ata",  # menata, mengatakan
        "sampa",  # sampai
        "teri",  # menteri
        "awal",  # "beginning"; pengawalan
    }
)

# Roots in t and k, which lose that letter after men-, pen-, meng-, peng-; the stemmer
# does not know it, and gives "angkal" for menangkal but "tangkal" for ditangkal. Only
# those of which the rest is no word (mengaman, taman).
CLIPPED: tuple[str, ...] = (
    *("tangkal", "tetap", "tambah", "tandatangan", "tegas", "teliti", "temu", "tempuh"),
    *("terima", "terus", "tingkat", "tinggal", "tolak", "tugas", "tulis", "tutup"),
    *("tentu", "tunda", "tuntut", "tunjuk", "tayang", "tanggap", "tindak", "teguh"),
    *("kelola", "kembang", "kenal", "ketahu", "kirim", "kumpul", "kukuh", "kaji"),
    *("koordinasi", "kampanye", "klarifikasi", "konfirmasi", "kendali", "kuasa"),
)

# What else the stemmer gets wrong: its answers, and the stem that they all mean.
MENDED: dict[str, str] = {
    "putakhir": "mutakhir",  # pemutakhiran, memutakhirkan
    "sinformasi": "disinformasi",  # never informasi
    "sabilitas": "disabilitas",
    "stribusi": "distribusi",
    "skominfo": "diskominfo",
    "skusi": "diskusi",
    "ekam": "rekam",  # perekaman
    "ngumpul": "kumpul",
}


def roots() -> dict[str, list[str]]:
    """Return, for each stem that is not to be believed, the stems it stands for."""
    table: dict[str, list[str]] = {stem: [] for stem in sorted(WHOLE)}
    for root in CLIPPED:
        table[root] = table[root[1:]] = [root, root[1:]]
    for wrong, root in MENDED.items():
        table[wrong] = table[root] = [root, wrong]
    return table


ROOTS = roots()
