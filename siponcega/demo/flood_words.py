"""The flood night in parts: who says what, as the water comes. All made up (contoh).

Order and names follow how such nights went: rain at Sipispis and the Bah Bolon rising about three
hours ahead, the weir Bajayu higher than usual, water in houses along the rivers from two in the
morning, people trapped, and many who ask.
"""

from __future__ import annotations

# Number of seven reported floods 2017 to 2025 that name the kelurahan (press; partial, so 0 is no
# promise). Those most often named are hit first and hardest here.
NAMED_IN_FLOODS = {
    "12.76.05.1004": 6, "12.76.05.1005": 6, "12.76.01.1006": 5, "12.76.02.1011": 5,
    "12.76.03.1008": 5, "12.76.04.1004": 5, "12.76.04.1005": 5, "12.76.05.1007": 5,
    "12.76.03.1006": 4, "12.76.05.1002": 4, "12.76.01.1001": 3, "12.76.01.1010": 3,
    "12.76.01.1002": 2, "12.76.01.1011": 2, "12.76.02.1012": 2, "12.76.04.1003": 2,
    "12.76.04.1006": 2, "12.76.04.1007": 2, "12.76.05.1001": 2, "12.76.05.1003": 2,
}  # fmt: skip

UPSTREAM = (
    "Info hulu (contoh): hujan sangat lebat di Sipispis sejak sore, Bah Bolon naik 1 meter. "
    "Air diperkirakan sampai kota sekitar 3 jam lagi",
    "Penjaga PDA Bah Sumbu (contoh): muka air naik cepat, 30 cm dalam satu jam",
)
WEIR = ("Penjaga bendung Bajayu (contoh): muka air 13.60 naik terus, semua pintu sudah dibuka",)

SLOTS: dict[str, tuple[str, ...]] = {
    "low": ("semata kaki", "selutut", "sebetis"),
    "high": ("sepinggang", "sedada", "1 meter", "satu setengah meter", "seleher"),
    "n": ("3", "4", "5", "6", "tiga", "empat", "lima"),
    "frail": ("opung stroke tidak bisa jalan", "bayi 2 bulan", "ibu hamil 8 bulan",
              "nenek umur 80 terbaring sakit", "anak-anak kecil", "orang sakit cuci darah"),
    "on": ("di atap rumah", "di lantai dua", "di atas meja", "di plafon", "di atas lemari"),
}  # fmt: skip

RISING = (
    "air sungai sudah masuk rumah {low} di {place}", "banjir di {place} air sudah {low} naik terus",
    "air naik cepat di {place} sudah {low}, warga mulai angkat barang",
    "banjir masuk rumah di {place}, air {low}",
)  # fmt: skip
TRAPPED = (
    "tolong kami terjebak banjir di {place}, air {high}, {n} orang {on}",
    "terjebak banjir di {place} air sudah {high}, ada {frail}",
    "tolong jemput pakai perahu di {place}, air {high}, ada {frail} tidak bisa keluar",
    "banjir {high} di {place}, kami {n} orang {on} tidak bisa keluar",
    "air sudah {high} di {place} arus deras, masih ada {n} orang {on} tolong evakuasi",
)  # fmt: skip
AGAIN = (
    "ini yang tadi di {place}, air makin tinggi sudah {high}, belum ada perahu, kami masih {on}",
    "lapor lagi banjir di {place} air sudah {high}, tolong cepat perahunya",
)  # fmt: skip
AROUND = (
    "kabel listrik putus jatuh ke air banjir di {place}",
    "pohon tumbang menutup jalan di {place} banjir",
    "bapak saya sesak nafas berat di {place}, jalan banjir tidak bisa lewat",
)  # fmt: skip
ASKING = (
    "posko pengungsian banjir di mana ya", "jalan ke medan masih bisa lewat gak ya min",
    "kapan air surut min", "listrik padam kapan hidup ya",
)  # fmt: skip
