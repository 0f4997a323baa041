"""Names that stand in Indonesian datelines: regencies, cities, seats, provinces.

Regencies and cities by the Ministry of Home Affairs' division; a name that is missing
here costs a doubt, never a wrong reading. Names that are also everyday words are left
out (Puncak, Negara, Sumber, Tanjung).
"""

import re

NAMES = """
Aceh, Aceh Barat, Aceh Barat Daya, Aceh Besar, Aceh Jaya, Aceh Selatan, Aceh Singkil,
Aceh Tamiang, Aceh Tengah, Aceh Tenggara, Aceh Timur, Aceh Utara, Banda Aceh, Bener
Meriah, Bireuen, Blangkejeren, Blangpidie, Calang, Gayo Lues, Idi, Jantho, Kutacane,
Langsa, Lhokseumawe, Lhoksukon, Meulaboh, Nagan Raya, Pidie, Pidie Jaya, Sabang, Sigli,
Simeulue, Sinabang, Singkil, Subulussalam, Takengon, Tapaktuan

Sumatera Utara, Sumut, Asahan, Balige, Batu Bara, Binjai, Dairi, Deli Serdang, Dolok
Sanggul, Gunungsitoli, Humbang Hasundutan, Kabanjahe, Karo, Kisaran, Labuhanbatu,
Labuhanbatu Selatan, Labuhanbatu Utara, Langkat, Lubuk Pakam, Mandailing Natal, Medan,
Nias, Nias Barat, Nias Selatan, Nias Utara, Padang Lawas, Padang Lawas Utara,
Padangsidimpuan, Padang Sidempuan, Pakpak Bharat, Pangururan, Panyabungan,
Pematangsiantar, Rantauprapat, Samosir, Sei Rampah, Serdang Bedagai, Sibolga,
Sidikalang, Simalungun, Stabat, Tanjungbalai, Tapanuli Selatan, Tapanuli Tengah,
Tapanuli Utara, Tarutung, Tebing Tinggi, Toba, Toba Samosir

Sumatera Barat, Sumbar, Agam, Bukittinggi, Dharmasraya, Kepulauan Mentawai, Lima Puluh
Kota, Lubuk Basung, Lubuk Sikaping, Mentawai, Padang, Padang Panjang, Padang Pariaman,
Painan, Pariaman, Pasaman, Pasaman Barat, Payakumbuh, Pesisir Selatan, Sawahlunto,
Sijunjung, Solok, Solok Selatan, Tanah Datar, Batusangkar

Riau, Bangkinang, Bengkalis, Dumai, Indragiri Hilir, Indragiri Hulu, Kampar, Kepulauan
Meranti, Kuantan Singingi, Pekanbaru, Pelalawan, Rengat, Rokan Hilir, Rokan Hulu, Siak,
Tembilahan, Kepulauan Riau, Kepri, Batam, Bintan, Karimun, Kepulauan Anambas, Lingga,
Natuna, Tanjungpinang

Jambi, Batang Hari, Bungo, Kerinci, Merangin, Muaro Jambi, Muara Bulian, Sarolangun,
Sungai Penuh, Tanjung Jabung Barat, Tanjung Jabung Timur, Tebo, Bengkulu, Bengkulu
Selatan, Bengkulu Tengah, Bengkulu Utara, Curup, Kaur, Kepahiang, Lebong, Mukomuko,
Rejang Lebong, Seluma

Sumatera Selatan, Sumsel, Banyuasin, Baturaja, Empat Lawang, Kayuagung, Lahat,
Lubuklinggau, Martapura, Muara Enim, Musi Banyuasin, Musi Rawas, Musi Rawas Utara, Ogan
Ilir, Ogan Komering Ilir, Ogan Komering Ulu, Ogan Komering Ulu Selatan, Ogan Komering
Ulu Timur, Pagar Alam, Palembang, Penukal Abab Lematang Ilir, Prabumulih, Sekayu,
Kepulauan Bangka Belitung, Bangka Belitung, Babel, Bangka, Bangka Barat, Bangka
Selatan, Bangka Tengah, Belitung, Belitung Timur, Pangkalpinang, Sungailiat, Toboali

Lampung, Bandar Lampung, Kalianda, Kotabumi, Lampung Barat, Lampung Selatan, Lampung
Tengah, Lampung Timur, Lampung Utara, Mesuji, Metro, Pesawaran, Pesisir Barat,
Pringsewu, Tanggamus, Tulang Bawang, Tulang Bawang Barat, Way Kanan

Banten, Cilegon, Ciruas, Lebak, Pandeglang, Rangkasbitung, Serang, Tangerang, Tangerang
Selatan, Tangsel, Tigaraksa, DKI Jakarta, Jakarta, Jakarta Barat, Jakarta Pusat, Jakarta
Selatan, Jakarta Timur, Jakarta Utara, Kepulauan Seribu

Jawa Barat, Jabar, Bandung, Bandung Barat, Banjar, Bekasi, Bogor, Ciamis, Cianjur,
Cibinong, Cikarang, Cimahi, Cirebon, Depok, Garut, Indramayu, Karawang, Kuningan,
Majalengka, Pangandaran, Palabuhanratu, Purwakarta, Singaparna, Soreang, Subang,
Sukabumi, Sumedang, Tasikmalaya

Jawa Tengah, Jateng, Banjarnegara, Banyumas, Batang, Blora, Boyolali, Brebes, Cilacap,
Demak, Grobogan, Jepara, Kajen, Karanganyar, Kebumen, Kendal, Klaten, Kudus, Magelang,
Mungkid, Pati, Pekalongan, Pemalang, Purbalingga, Purwodadi, Purwokerto, Purworejo,
Rembang, Salatiga, Semarang, Slawi, Solo, Sragen, Sukoharjo, Surakarta, Tegal,
Temanggung, Ungaran, Wonogiri, Wonosobo, DI Yogyakarta, Daerah Istimewa Yogyakarta, DIY,
Bantul, Gunungkidul, Kulon Progo, Sleman, Wates, Wonosari, Yogyakarta

Jawa Timur, Jatim, Bangil, Bangkalan, Banyuwangi, Batu, Blitar, Bojonegoro, Bondowoso,
Gresik, Jember, Jombang, Kanigoro, Kediri, Kepanjen, Kraksaan, Lamongan, Lumajang,
Madiun, Magetan, Malang, Mojokerto, Nganjuk, Ngawi, Pacitan, Pamekasan, Pasuruan,
Ponorogo, Probolinggo, Sampang, Sidoarjo, Situbondo, Sumenep, Surabaya, Trenggalek,
Tuban, Tulungagung

Bali, Amlapura, Badung, Bangli, Buleleng, Denpasar, Gianyar, Jembrana, Karangasem,
Klungkung, Mangupura, Semarapura, Singaraja, Tabanan, Nusa Tenggara Barat, NTB, Bima,
Dompu, Gerung, Lombok Barat, Lombok Tengah, Lombok Timur, Lombok Utara, Mataram, Praya,
Selong, Sumbawa, Sumbawa Barat, Taliwang

Nusa Tenggara Timur, NTT, Alor, Atambua, Bajawa, Belu, Ende, Flores Timur, Kalabahi,
Kefamenanu, Kupang, Labuan Bajo, Larantuka, Lembata, Malaka, Manggarai, Manggarai Barat,
Manggarai Timur, Maumere, Nagekeo, Ngada, Rote Ndao, Ruteng, Sabu Raijua, Sikka, Soe,
Sumba Barat, Sumba Barat Daya, Sumba Tengah, Sumba Timur, Timor Tengah Selatan, Timor
Tengah Utara, Waingapu

Kalimantan Barat, Kalbar, Bengkayang, Kapuas Hulu, Kayong Utara, Ketapang, Kubu Raya,
Landak, Melawi, Mempawah, Ngabang, Pontianak, Putussibau, Sambas, Sanggau, Sekadau,
Singkawang, Sintang, Sukadana, Kalimantan Tengah, Kalteng, Barito Selatan, Barito Timur,
Barito Utara, Buntok, Gunung Mas, Kapuas, Katingan, Kotawaringin Barat, Kotawaringin
Timur, Kuala Kapuas, Lamandau, Muara Teweh, Murung Raya, Palangka Raya, Pangkalan Bun,
Pulang Pisau, Sampit, Seruyan, Sukamara

Kalimantan Selatan, Kalsel, Balangan, Banjarbaru, Banjarmasin, Barito Kuala, Hulu Sungai
Selatan, Hulu Sungai Tengah, Hulu Sungai Utara, Kandangan, Kotabaru, Pelaihari,
Tabalong, Tanah Bumbu, Tanah Laut, Tanjung Tabalong, Tapin, Kalimantan Timur, Kaltim,
Balikpapan, Berau, Bontang, Kutai Barat, Kutai Kartanegara, Kutai Timur, Mahakam Ulu,
Paser, Penajam, Penajam Paser Utara, Samarinda, Sangatta, Tenggarong, Kalimantan Utara,
Kaltara, Bulungan, Malinau, Nunukan, Tana Tidung, Tanjung Selor, Tarakan

Sulawesi Utara, Sulut, Bitung, Bolaang Mongondow, Bolaang Mongondow Selatan, Bolaang
Mongondow Timur, Bolaang Mongondow Utara, Kepulauan Sangihe, Kepulauan Talaud,
Kotamobagu, Manado, Minahasa, Minahasa Selatan, Minahasa Tenggara, Minahasa Utara,
Sangihe, Sitaro, Talaud, Tomohon, Tondano, Gorontalo, Boalemo, Bone Bolango, Gorontalo
Utara, Pohuwato

Sulawesi Tengah, Sulteng, Banggai, Banggai Kepulauan, Banggai Laut, Buol, Donggala,
Luwuk, Morowali, Morowali Utara, Palu, Parigi, Parigi Moutong, Poso, Sigi, Tojo Una-Una,
Tolitoli, Toli-Toli, Sulawesi Barat, Sulbar, Majene, Mamasa, Mamuju, Mamuju Tengah,
Pasangkayu, Polewali, Polewali Mandar

Sulawesi Selatan, Sulsel, Bantaeng, Barru, Bone, Bulukumba, Enrekang, Gowa, Jeneponto,
Kepulauan Selayar, Luwu, Luwu Timur, Luwu Utara, Makassar, Maros, Masamba, Palopo,
Pangkajene, Pangkep, Parepare, Pinrang, Selayar, Sidenreng Rappang, Sidrap, Sinjai,
Soppeng, Sungguminasa, Takalar, Tana Toraja, Toraja Utara, Wajo, Watampone, Sulawesi
Tenggara, Sultra, Baubau, Bombana, Buton, Buton Selatan, Buton Tengah, Buton Utara,
Kendari, Kolaka, Kolaka Timur, Kolaka Utara, Konawe, Konawe Kepulauan, Konawe Selatan,
Konawe Utara, Muna, Muna Barat, Raha, Unaaha, Wakatobi

Maluku, Ambon, Buru, Buru Selatan, Kepulauan Aru, Kepulauan Tanimbar, Maluku Barat Daya,
Maluku Tengah, Maluku Tenggara, Masohi, Saumlaki, Seram Bagian Barat, Seram Bagian
Timur, Tual, Maluku Utara, Malut, Halmahera Barat, Halmahera Selatan, Halmahera Tengah,
Halmahera Timur, Halmahera Utara, Kepulauan Sula, Morotai, Pulau Morotai, Pulau Taliabu,
Sanana, Sofifi, Ternate, Tidore, Tidore Kepulauan, Tobelo

Papua, Papua Barat, Papua Barat Daya, Papua Pegunungan, Papua Selatan, Papua Tengah,
Asmat, Biak, Biak Numfor, Boven Digoel, Deiyai, Dogiyai, Fakfak, Intan Jaya, Jayapura,
Jayawijaya, Kaimana, Keerom, Kepulauan Yapen, Lanny Jaya, Mamberamo Raya, Mamberamo
Tengah, Manokwari, Manokwari Selatan, Mappi, Maybrat, Merauke, Mimika, Nabire, Nduga,
Paniai, Pegunungan Arfak, Pegunungan Bintang, Puncak Jaya, Raja Ampat, Sarmi, Sentani,
Serui, Sorong, Sorong Selatan, Supiori, Tambrauw, Teluk Bintuni, Teluk Wondama, Timika,
Tolikara, Wamena, Waropen, Yahukimo, Yalimo
"""

RANK = re.compile(
    r"^(?:kabupaten|kab|kota|kecamatan|kec|provinsi|prov)\b\.? ?", re.IGNORECASE
)


def _key(name: str) -> str:
    return re.sub(r"[\s-]+", "", name).casefold()


KNOWN = frozenset(map(_key, re.split(r",\s|\n\n", NAMES.strip())))


def is_place(name: str) -> bool:
    """Return whether `name`, with or without its rank ("Kab.", "Kota"), is known.

    Case, hyphens and spaces do not count: "GUNUNG KIDUL" is "Gunungkidul".
    """
    return _key(RANK.sub("", name.strip())) in KNOWN


def has_rank(name: str) -> bool:
    """Return whether `name` says that it is a place: "Kab. Serang", "Kota Batu"."""
    ranked = RANK.match(name.strip())
    return ranked is not None and ranked.end() < len(name.strip())
