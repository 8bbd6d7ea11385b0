"""Parts of what reaches an emergency desk though nothing has happened. All made up (contoh).

The desk's own years: 62 of about 6 100 calls were real. Each line is class, weight, channel mix and
patterns; `ghost` and `abandoned` are calls without words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chatter:
    """`spoken`: the share that comes as telephone calls."""

    class_: str
    weight: int
    spoken: float
    patterns: tuple[str, ...] = ()


SLOTS: dict[str, tuple[str, ...]] = {
    "food": ("nasi goreng", "mie gomak", "martabak", "bakso", "sate padang", "es teh"),
    "love": ("mantan", "gebetan", "pacar", "jodoh"),
    "ghost": ("pocong", "kuntilanak", "tuyul", "genderuwo", "begu ganjang"),
    "sum": ("5 juta", "10 juta", "25 juta", "50 juta", "100 juta"),
    "shop": ("shopee", "brimo", "tokopedia", "m banking"),
    "office": ("kantor camat", "disdukcapil", "puskesmas", "samsat", "kantor lurah"),
    "paper": ("KTP", "kartu keluarga", "BPJS", "akta lahir", "surat pindah"),
    "broken": ("lampu jalan", "lampu merah simpang", "penerangan gang"),
    "days": ("dua hari", "tiga hari", "seminggu", "sebulan"),
}  # fmt: skip

CHATTER: tuple[Chatter, ...] = (
    Chatter("prank", 30, 0.7, (
        "pesan {food} dua porsi antar ya wkwk", "tolong ada {ghost} di kamar aku hahaha",
        "wkwkwk iseng aja bang jangan marah", "min minta nomor {love} dong wkwk",
        "hatiku terbakar gara-gara {love} tolong padamkan haha",
        "kangen {love} bang tolong jemputkan wkwk", "hahaha cuma prank jangan serius kali",
        "laper min, ada {food} gak wkwkwk",
    )),
    Chatter("test", 14, 0.5, (
        "tes", "tes 123", "cek nomor ini aktif gak", "test sms masuk gak ya", "uji coba abaikan",
        "tes aja min abaikan ya", "cuma coba aplikasi",
    )),
    Chatter("spam", 16, 0.0, (
        "Dana cepat cair {sum} tanpa jaminan bunga rendah hub WA admin",
        "Selamat anda pemenang undian {sum} klaim hadiah klik link",
        "Slot gacor maxwin hari ini bonus new member deposit 10 ribu daftar sekarang",
        "Yth nasabah {shop} tarif transaksi berubah konfirmasi kode OTP klik link",
        "Pinjaman online {sum} langsung cair tanpa agunan chat WA sekarang",
    )),
    Chatter("ghost", 24, 1.0),
    Chatter("abandoned", 3, 1.0),
    Chatter("information", 8, 0.6, (
        "nomor {office} berapa ya", "{office} buka jam berapa hari ini min",
        "mau tanya urus {paper} di mana ya syaratnya apa", "pendaftaran {paper} online alamatnya apa",
        "besok {office} libur gak ya", "jadwal vaksin di puskesmas hari apa ya",
    )),
    Chatter("non_emergency", 5, 0.4, (
        "{broken} mati sudah {days} belum diperbaiki", "sampah menumpuk sudah {days} tidak diangkut",
        "jalan berlubang sudah {days} mohon diperbaiki", "parit tersumbat bau sudah {days}",
        "air PDAM mati sudah {days} kapan hidup",
    )),
)  # fmt: skip
