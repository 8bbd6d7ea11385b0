"""Words of the pages: names of types, and what the scripts may say, as msgids.

Scripts hold no sentence of their own: a page carries its words in the caller's language as one
JSON block, with `{named}` fields that the script fills in (hence rendered without parameters).
"""

from __future__ import annotations

from typing import Final

from core.words import t

# The nine with an icon first; the order is the order on the form.
TYPES: Final = (
    ("fire", "Kebakaran"),
    ("medical", "Sakit atau tidak sadar"),
    ("traffic_accident", "Kecelakaan"),
    ("flood", "Banjir"),
    ("drowning", "Tenggelam, hanyut"),
    ("labour", "Melahirkan"),
    ("crime", "Kejahatan"),
    ("utility_hazard", "Listrik, kabel"),
    ("animal", "Ular, hewan"),
    ("gas_leak", "Bau gas"),
    ("rescue", "Terjebak, terjepit"),
    ("building_collapse", "Bangunan runtuh"),
    ("fallen_tree", "Pohon tumbang"),
    ("domestic_violence", "Kekerasan di rumah"),
    ("mental_health", "Krisis jiwa"),
    ("missing_person", "Orang hilang"),
    ("other", "Lainnya"),
)
TYPE_LABELS: Final = {**dict(TYPES), "none": "Belum jelas"}

LAPOR: Final = {
    "sending": "Mengirim laporan…",
    "queued": "Tidak ada jaringan. Laporan tersimpan di HP ini dan terkirim sendiri "
    "begitu tersambung.",
    "trying": "Belum sampai. Jaringan lambat; terus dicoba.",
    "busy": "Server sibuk; terus dicoba.",
    "refused": "Laporan tidak dapat diterima.",
    "left_over": "Laporan sebelumnya masih menunggu jaringan dan sedang dikirim.",
    "left_sent": "Laporan sebelumnya sudah terkirim.",
    "gps_wait": "Mencari lokasi… tidak perlu ditunggu.",
    "gps_fix": "Lokasi HP: ±{m} m, {s} detik lalu",
    "gps_rough": "Lokasi HP kurang teliti: ±{m} m, {s} detik lalu. Tulis patokan.",
    "gps_denied": "Izin lokasi ditolak. Pilih kelurahan dan tulis patokan.",
    "gps_none": "Lokasi tidak didapat. Pilih kelurahan dan tulis patokan.",
    "sms_head": "DARURAT",
}
LACAK: Final = {
    "eta": "Perkiraan tiba {lo}–{hi} menit lagi.",
    "age": "Diperiksa {s} detik lalu.",
    "stale": "Sambungan terputus. Keadaan ini sudah {m} menit yang lalu.",
    "done": "sudah",
    "sending": "Mengirim…",
    "added": "Terkirim.",
    "failed": "Belum terkirim. Coba lagi.",
    "gps_wait": "Mencari lokasi…",
    "gps_none": "Lokasi tidak didapat. Tulis patokan.",
}
STEPS: Final = {
    "accept": "Terima",
    "decline": "Tolak",
    "en-route": "Berangkat",
    "arrive": "Tiba",
    "transport": "Antar pasien",
    "at-facility": "Tiba di RS",
    "clear": "Selesai",
    "help": "Butuh bantuan",
}
DUTY: Final = {
    "available": "siaga",
    "off_duty": "tidak berdinas",
    "out_of_service": "tidak siap pakai",
    "ending": "lepas dinas setelah tugas ini",
}
PETUGAS: Final = {
    "title": "Petugas",
    "refused": 'Langkah "{step}" tidak berlaku lagi. {detail}',
    "login": "Sesi berakhir. Masuk lagi; langkah yang belum terkirim tetap tersimpan.",
    "no_place": "Tempat belum jelas",
    "about": "perkiraan ±{m} m",
    "unverified": "belum diverifikasi",
    "casualties": "{n} korban",
    "others": "Bersama {units}",
    "sure": "{step}: tekan sekali lagi",
    "waiting": "antre ·",
    "help_waiting": "Permintaan bantuan menunggu jaringan",
    "help_sent": "Permintaan bantuan sampai ke operator.",
    "replaced": "Sudah digantikan {unit}, tetap siaga.",
    "not_needed": "Tugas ini tidak memerlukan unit lagi, tetap siaga.",
    "answer_in": "Jawab dalam {s} detik",
    "link_ok": "Tersambung",
    "link_stale": "Luring",
    "link_pending": "{n} langkah menunggu",
    "no_unit": "Tidak terdaftar pada unit sekarang",
    "go_on": "Mulai dinas",
    "go_off": "Lepas dinas",
    "no_net": "Tidak ada jaringan.",
    "sharing": "Terkirim tiap 10 detik, ±{m} m.",
    "gps_denied": "Izin lokasi ditolak.",
    "gps_none": "Lokasi belum didapat.",
}
DECLINE_REASONS: Final = (
    ("busy", "Sedang menangani tugas lain"),
    ("vehicle", "Kendaraan rusak"),
    ("crew", "Awak kurang"),
    ("too_far", "Terlalu jauh"),
    ("ill", "Sakit"),
    ("other", "Alasan lain"),
)
HP: Final = {
    "new": "{n} baru",
    "unknown": "Nomor tidak terdaftar",
    "failed": "Tidak terkirim.",
}
HP_ROLES: Final = {
    "petugas": "Petugas",
    "operator": "Operator",
    "supervisor": "Supervisor",
    "opd": "OPD",
    "kepling": "Kepling",
    "lurah": "Lurah",
    "resident": "Warga",
    "warga": "Warga",
}
HP_CHANNELS: Final = {
    "sms": "SMS",
    "whatsapp": "WhatsApp",
    "chat": "WhatsApp",
    "voice": "Panggilan suara",
    "push": "Notifikasi",
}
HP_DIGITS: Final = {
    "1": "terima",
    "2": "tolak",
    "3": "berangkat",
    "4": "tiba",
    "5": "selesai",
    "9": "bantuan",
}


def script_words(words: dict[str, str], lang: str) -> dict[str, str]:
    """The same keys with every sentence in `lang`, fields left open."""
    return {key: t(msgid, lang) for key, msgid in words.items()}
