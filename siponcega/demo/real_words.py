"""Parts of what people say when something has happened, by kind of incident. All made up (contoh).

`told`: what happened; `more`: what they add; both with `{slots}` of SLOTS. `weight`: how often the
kind comes, in the spirit of the city's own figures (fire service 2022: animals and wasps as often as
fires; ambulances and accidents far more often than either).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """How one type of incident is told. `seen`: many people see it, so several will report it."""

    type: str
    weight: int
    told: tuple[str, ...]
    more: tuple[str, ...]
    seen: float = 0.0


SLOTS: dict[str, tuple[str, ...]] = {
    "kin": ("bapak saya", "mamak saya", "opung saya", "istri saya", "kakek saya", "nenek saya",
            "abang saya", "uwak saya", "tetangga kami", "mertua saya"),
    "age": ("47", "52", "58", "63", "66", "71", "74", "80"),
    "n": ("2", "3", "dua", "tiga"),
    "ride": ("kereta", "sepeda motor", "honda beat", "betor", "motor matic"),
    "car": ("mobil pickup", "truk sawit", "angkot", "mobil avanza", "truk fuso"),
    "house": ("rumah papan", "rumah warga", "rumah kosong", "warung nasi", "kedai sampah",
              "gudang barang bekas", "dapur rumah makan"),
    "snake": ("ular sanca besar", "ular kobra", "ular hitam", "ular piton"),
    "room": ("kamar mandi", "dapur", "kamar tidur anak", "gudang"),
}  # fmt: skip

KINDS: tuple[Kind, ...] = (
    Kind("medical", 30, (
        "{kin} tiba-tiba pingsan tidak sadar", "{kin} sesak nafas berat",
        "{kin} kejang-kejang tidak berhenti", "{kin} sakit dada sebelah kiri keringat dingin",
        "{kin} mulutnya mencong bicara pelo, kayaknya stroke",
        "{kin} jatuh di kamar mandi kepalanya bocor", "{kin} muntah darah",
    ), (
        "umurnya {age}", "punya sakit jantung", "gulanya tinggi", "masih bernafas tapi lemas",
        "tidak kuat kami angkat", "tidak ada kendaraan", "sudah dikompres tidak bangun juga",
    )),
    Kind("traffic_accident", 22, (
        "ada tabrakan {ride} sama {car}", "{ride} ditabrak {car}", "{ride} jatuh digilas {car}",
        "kecelakaan {ride} lawan {ride}", "{car} nabrak {ride}",
    ), (
        "{n} orang luka", "yang bawa {ride} tidak sadar", "kakinya patah", "darahnya banyak",
        "jalan jadi macet", "korban masih tergeletak di jalan",
    ), 0.4),
    Kind("fire", 10, (
        "ada kebakaran {house}", "{house} terbakar", "api dari dapur sudah naik ke atap {house}",
        "{house} kebakaran api sudah besar",
    ), (
        "api sudah besar", "anginnya kencang", "rumahnya rapat-rapat takut merembet",
        "masih ada orang tua di dalam", "gangnya sempit", "tabung gasnya masih di dalam",
    ), 0.7),
    Kind("animal", 12, (
        "ada {snake} masuk {room}", "{snake} masuk ke rumah di {room}",
        "sarang tawon besar di atap rumah", "tawon vespa bersarang di plafon rumah",
        "ada monyet liar masuk rumah menggigit orang",
    ), (
        "anak-anak takut", "panjangnya kira-kira 3 meter", "sudah ada yang disengat",
        "tidak ada yang berani tangkap", "rumahnya ada bayi",
    )),
    Kind("fallen_tree", 7, (
        "pohon besar tumbang menutup jalan", "pohon tumbang menimpa kabel listrik",
        "pohon tumbang menimpa atap rumah", "dahan besar patah menutup jalan",
    ), (
        "kendaraan tidak bisa lewat", "tidak ada korban", "hujan masih deras",
        "takut ada kabel yang putus",
    ), 0.4),
    Kind("crime", 8, (
        "ada maling masuk rumah", "tas saya dijambret dua orang naik {ride}",
        "{ride} saya dibegal", "ada tawuran anak muda lempar batu",
        "ada orang bawa parang mengancam warga",
    ), (
        "orangnya masih di sini", "lari ke arah simpang", "mukanya ditutup helm",
        "warga sudah ramai", "bawa senjata tajam",
    )),
    Kind("utility_hazard", 5, (
        "kabel listrik putus menjuntai ke jalan", "tiang listrik miring mau roboh",
        "trafo meledak keluar percikan api", "kabel listrik percik api di tiang",
    ), (
        "takut kena orang lewat", "anak-anak main di dekatnya", "lampu satu gang mati",
        "sudah kami pagari pakai bangku",
    ), 0.3),
    Kind("rescue", 4, (
        "cincin di jari anak saya tidak bisa lepas sudah bengkak biru",
        "anak kecil terkunci di dalam {room}", "ada orang terjepit mesin kilang padi",
        "tukang sumur terjebak di dalam sumur",
    ), (
        "anaknya menangis terus", "sudah dicoba pakai minyak tidak bisa", "masih bisa bicara",
    )),
    Kind("labour", 4, (
        "istri saya mau melahirkan ketuban sudah pecah", "kakak saya mau melahirkan sudah mulas",
        "istri saya hamil 9 bulan keluar darah",
    ), (
        "bidannya tidak ada di tempat", "anak kedua", "tidak ada mobil", "sudah tidak kuat jalan",
    )),
    Kind("gas_leak", 3, (
        "bau gas elpiji menyengat tabungnya bocor", "tabung gas bocor berdesis di {room}",
    ), (
        "kami sudah keluar rumah", "belum berani dekat", "tetangga masak di sebelah",
    )),
    Kind("missing_person", 2, (
        "anak umur 5 tahun hilang dari tadi sore", "opung kami pikun belum pulang dari pagi",
    ), (
        "pakai baju merah", "terakhir dilihat dekat simpang", "pakai sarung dan peci",
    )),
)  # fmt: skip

BY_TYPE = {kind.type: kind for kind in KINDS}

# For one who sees it from outside: the same event in other words.
SEEN_TOO = {
    "fire": ("asap hitam tebal dari rumah orang, ada api", "kebakaran, rumah orang habis terbakar",
             "api besar sekali nampak dari sini, ada rumah kebakaran"),
    "traffic_accident": ("ada kecelakaan lalu lintas, korbannya luka",
                         "tabrakan di jalan, orangnya luka berdarah"),
    "fallen_tree": ("jalan tertutup pohon tumbang", "pohon tumbang di jalan belum ada yang angkat"),
    "utility_hazard": ("ada kabel listrik putus di jalan", "kabel PLN menjuntai ke jalan bahaya"),
}  # fmt: skip

OPENINGS = ("tolong", "tolong pak", "min tolong", "halo 112", "bang", "pak", "bu", "lapor",
            "darurat", "assalamualaikum", "horas", "mohon bantuan", "tolonglah", "")  # fmt: skip
PLEAS = ("cepat ya", "tolong cepat", "kirim petugas", "mohon dibantu", "cepatlah pak",
         "segera ya", "tolonglah bang", "")  # fmt: skip
