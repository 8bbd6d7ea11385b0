"""Labels of codes on the console, as msgids; the page carries them in the caller's language."""

from __future__ import annotations

from typing import Final

from console.konsol.event_labels import EVENT
from core.words import t

TYPE: Final = {
    "fire": "Kebakaran",
    "flood": "Banjir",
    "medical": "Medis",
    "labour": "Melahirkan",
    "traffic_accident": "Kecelakaan lalu lintas",
    "drowning": "Tenggelam",
    "rescue": "Penyelamatan",
    "building_collapse": "Bangunan runtuh",
    "fallen_tree": "Pohon tumbang",
    "utility_hazard": "Bahaya listrik",
    "gas_leak": "Gas bocor",
    "animal": "Hewan",
    "crime": "Kejahatan",
    "domestic_violence": "Kekerasan di rumah",
    "mental_health": "Krisis jiwa",
    "missing_person": "Orang hilang",
    "other": "Lain-lain",
    "none": "Belum jelas",
}
CLASS: Final = {
    "emergency": "Darurat",
    "update": "Kabar tambahan",
    "non_emergency": "Bukan darurat",
    "information": "Informasi",
    "out_of_city": "Luar kota",
    "prank": "Iseng",
    "test": "Uji coba",
    "spam": "Spam",
    "ghost": "Panggilan kosong",
    "silent": "Diam, telepon balik",
    "abandoned": "Terputus, telepon balik",
    "unclear": "Belum jelas",
}
CHANNEL: Final = {
    "app": "aplikasi",
    "web": "web",
    "sms": "SMS",
    "chat": "WhatsApp",
    "phone": "telepon",
    "sensor": "sensor",
}
INCIDENT: Final = {
    "open": "Belum ada unit",
    "assigned": "Unit ditugaskan",
    "active": "Ditangani",
    "controlled": "Terkendali",
    "closed": "Ditutup",
    "cancelled": "Dibatalkan",
    "merged": "Digabung",
}
ASSIGNMENT: Final = {
    "planned": "direncanakan",
    "reserved": "disiapkan",
    "offered": "ditawarkan",
    "accepted": "diterima",
    "en_route": "berangkat",
    "on_scene": "tiba",
    "transporting": "mengantar pasien",
    "at_facility": "di rumah sakit",
    "cleared": "selesai",
    "declined": "menolak",
    "expired": "tidak menjawab",
    "recalled": "ditarik",
    "aborted": "batal",
}
UNIT: Final = {
    "available": "siap",
    "off_duty": "lepas dinas",
    "out_of_service": "tidak siap pakai",
}
DELIVERY: Final = {
    "queued": "disiapkan",
    "sending": "sedang dikirim",
    "sent": "terkirim",
    "delivered": "sampai",
    "read": "dibaca",
    "failed": "GAGAL",
    "unknown": "belum diketahui sampai atau tidak",
    "expired": "kedaluwarsa",
    "cancelled": "dibatalkan",
    "suppressed": "tidak dikirim",
}
HANDOVER: Final = {
    "offered": "ditawarkan",
    "accepted": "diterima",
    "refused": "ditolak",
    "timed_out": "tidak dijawab",
    "returned": "dikembalikan",
}
DISPOSITION: Final = {
    "handled": "Selesai ditangani",
    "deaths": "Selesai, ada yang meninggal",
    "sexual_violence": "Selesai, kekerasan seksual",
    "no_response_needed": "Tidak perlu unit",
    "false_alarm": "Ternyata tidak ada",
    "not_found": "Tidak ditemukan",
    "handed_over": "Diserahkan ke instansi lain",
    "duplicate": "Ganda",
    "test": "Uji coba",
}
CAPABILITY: Final = {
    "fire_engine": "mobil pemadam",
    "water_tanker": "mobil tangki",
    "ladder": "mobil tangga",
    "ambulance": "ambulans",
    "ambulance_advanced": "ambulans gawat darurat",
    "rescue": "regu penyelamat",
    "boat": "perahu",
    "truck": "truk",
    "patrol": "patroli polisi",
    "police": "polisi",
    "traffic": "pengatur lalu lintas",
    "public_order": "Satpol PP",
    "utility": "PLN",
    "social": "pendamping sosial",
    "command": "komando",
    "animal": "penanganan hewan",
    "chainsaw": "gergaji mesin",
    "divers": "penyelam",
    "other": "lain",
}
REASON: Final = {
    "nearest": "terdekat",
    "basis:distance": "waktu dari jarak lurus",
    "basis:road": "waktu lewat jalan",
    "basis:road_example": "waktu lewat jalan (contoh)",
    "basis:router": "waktu dari server rute",
    "basis:cut_off": "jalan terputus",
    "position:estimated": "posisi perkiraan",
    "position:stale": "posisi lama",
    "off_duty": "lepas dinas",
    "out_of_service": "tidak siap pakai",
    "busy": "sedang bertugas",
    "declined": "menolak",
    "no_position": "posisi tidak diketahui",
    "no_answer": "tidak menjawab",
    "breakdown": "mogok",
    "crash": "kecelakaan",
    "ill": "sakit",
    "diverted": "dialihkan",
    "unreachable": "lokasi tak terjangkau",
    "recalled": "ditarik",
    "vehicle": "kendaraan rusak",
    "crew": "awak kurang",
    "too_far": "terlalu jauh",
    "waived": "dikesampingkan",
    "untouched": "belum ada tindakan",
    "aborted": "tugas batal",
    "cleared": "tugas selesai",
    "expired": "tawaran lewat waktu",
    "no_crew": "tidak ada awak bertugas",
    "no_phone": "tanpa nomor",
    "nobody_on_call": "tidak ada petugas piket",
    "too_late": "terlambat",
    "never_taken": "tidak diterima penyedia",
    "lease_lost": "pengirim terputus",
}
PLACE: Final = {
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "lingkungan": "lingkungan",
    "street": "jalan",
    "river": "sungai",
    "landmark": "patokan",
    "hospital": "rumah sakit",
    "clinic": "klinik",
    "pharmacy": "apotek",
    "fire_station": "pos pemadam",
    "police": "kantor polisi",
    "school": "sekolah",
    "worship": "tempat ibadah",
    "market": "pasar",
    "mall": "pusat belanja",
    "shop": "warung atau toko",
    "restaurant": "rumah makan",
    "hotel": "hotel",
    "bank": "bank",
    "office": "kantor",
    "hall": "balai",
    "fuel": "galon (SPBU)",
    "terminal": "terminal",
    "station": "stasiun",
    "airport": "bandara",
    "bridge": "jembatan (titi)",
    "park": "lapangan atau taman",
    "stadium": "stadion",
    "square": "alun-alun",
    "cemetery": "makam",
    "estate": "perumahan",
    "quarter": "kampung",
    "building": "gedung",
}

CLOSURE: Final = {
    "closed": "Jalan ditutup",
    "flood": "Banjir",
}

VEHICLE: Final = {
    "motorbike": "sepeda motor",
    "car": "mobil",
    "ambulance": "ambulans",
    "pickup": "mobil bak",
    "engine": "mobil pemadam",
    "truck": "truk",
    "boat": "perahu",
    "foot": "jalan kaki",
}

UNMASK: Final = {
    "call_back": "Menelepon balik",
    "dispatch": "Memandu petugas ke lokasi",
    "handover": "Serah terima ke instansi lain",
    "follow_up": "Tindak lanjut setelah kejadian",
    "complaint": "Menjawab keluhan",
}

OUTCOME: Final = {
    "reported": "Laporan sudah diisi",
    "silent": "Diam, telepon balik",
    "abandoned": "Terputus, telepon balik",
    "information": "Minta informasi",
    "wrong_number": "Salah sambung",
    "prank": "Iseng",
    "test": "Uji coba",
}

LABELS: Final = {
    "type": TYPE,
    "class": CLASS,
    "channel": CHANNEL,
    "incident": INCIDENT,
    "assignment": ASSIGNMENT,
    "unit": UNIT,
    "delivery": DELIVERY,
    "handover": HANDOVER,
    "disposition": DISPOSITION,
    "capability": CAPABILITY,
    "reason": REASON,
    "event": EVENT,
    "place": PLACE,
    "closure": CLOSURE,
    "vehicle": VEHICLE,
    "unmask": UNMASK,
    "outcome": OUTCOME,
}


def labels(lang: str) -> dict[str, dict[str, str]]:
    """Every label in `lang`, by kind and code."""
    return {
        kind: {code: t(msgid, lang) for code, msgid in known.items()}
        for kind, known in LABELS.items()
    }
