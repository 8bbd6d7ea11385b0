"""Words of the survey form: the nine elements, the four answers of each, the coarse profile.

The regulation fixes the elements; the order of U8 and U9 differs between sources, so answers are
stored by code and printed in the city's order (option `element_order`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """An element, what it is called, what is asked, and the answers from 1 to 4."""

    code: str
    element: str
    text: str
    answers: tuple[str, str, str, str]


QUESTIONS = (
    Question(
        "U1",
        "Persyaratan",
        "Bagaimana kesesuaian persyaratan dengan jenis pelayanannya?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    Question(
        "U2",
        "Sistem, mekanisme, dan prosedur",
        "Bagaimana kemudahan prosedur pelayanan di unit ini?",
        ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ),
    Question(
        "U3",
        "Waktu penyelesaian",
        "Bagaimana kecepatan waktu pelayanan?",
        ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ),
    Question(
        "U4",
        "Biaya/tarif",
        "Bagaimana kewajaran biaya pelayanan?",
        ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ),
    Question(
        "U5",
        "Produk spesifikasi jenis pelayanan",
        "Bagaimana kesesuaian hasil pelayanan dengan yang dijanjikan?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    Question(
        "U6",
        "Kompetensi pelaksana",
        "Bagaimana kemampuan petugas dalam melayani?",
        ("Tidak mampu", "Kurang mampu", "Mampu", "Sangat mampu"),
    ),
    Question(
        "U7",
        "Perilaku pelaksana",
        "Bagaimana kesopanan dan keramahan petugas?",
        (
            "Tidak sopan dan ramah",
            "Kurang sopan dan ramah",
            "Sopan dan ramah",
            "Sangat sopan dan ramah",
        ),
    ),
    Question(
        "U8",
        "Penanganan pengaduan, saran, dan masukan",
        "Bagaimana penanganan pengaduan di unit ini?",
        (
            "Tidak ada",
            "Ada tetapi tidak berfungsi",
            "Berfungsi kurang maksimal",
            "Dikelola dengan baik",
        ),
    ),
    Question(
        "U9",
        "Sarana dan prasarana",
        "Bagaimana sarana dan prasarana pelayanan?",
        ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ),
)

BY_CODE = {question.code: question for question in QUESTIONS}

PROFILE: dict[str, tuple[str, dict[str, str]]] = {
    "sex": ("Jenis kelamin", {"f": "Perempuan", "m": "Laki-laki"}),
    "age_band": (
        "Umur",
        {
            "18-25": "18-25 tahun",
            "26-35": "26-35 tahun",
            "36-45": "36-45 tahun",
            "46-60": "46-60 tahun",
            "61+": "61 tahun ke atas",
        },
    ),
    "education": (
        "Pendidikan terakhir",
        {
            "sd": "SD ke bawah",
            "smp": "SMP",
            "sma": "SMA/SMK",
            "d": "Diploma",
            "s1": "S1",
            "s2": "S2 ke atas",
        },
    ),
    "job": (
        "Pekerjaan",
        {
            "asn": "ASN",
            "tni_polri": "TNI/Polri",
            "private": "Swasta",
            "business": "Wirausaha",
            "student": "Pelajar/mahasiswa",
            "home": "Mengurus rumah tangga",
            "other": "Lainnya",
        },
    ),
}

SOURCES = {
    "counter": "formulir terbuka di loket atau lewat QR",
    "ticket": "tiket sekali pakai",
    "link": "tautan SMS setelah kejadian",
    "paper": "formulir kertas",
}
