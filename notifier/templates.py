"""Every text this system sends, in Bahasa. One SMS each, whatever fills the fields.

A template states how many septets each field may take; the sum is checked when the module loads,
so a message can neither overflow nor be split. Fields are codes, published names and numbers:
never what a reporter typed (see `gsm7.name`).
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from notifier import gsm7

CODE = 20
CODE_OF_INCIDENT = 12
LINK = 100


@dataclass(frozen=True, slots=True)
class Template:
    """`text` with `{fields}`; `limits` in septets for each; `raw` fields are taken as they are."""

    name: str
    text: str
    limits: Mapping[str, int] = field(default_factory=dict)
    raw: frozenset[str] = frozenset()

    def worst(self) -> int:
        """Septets of the longest message this template can make."""
        fixed = "".join(part[0] for part in string.Formatter().parse(self.text))
        return gsm7.septets(fixed) + sum(self.limits[name] for name in self.fields())

    def fields(self) -> list[str]:
        return [part[1] for part in string.Formatter().parse(self.text) if part[1] is not None]

    def fill(self, values: Mapping[str, object]) -> str:
        """The finished message. Raises KeyError when a field is missing, ValueError when a raw one
        (a link, a code) is longer than its limit: those may not be cut."""
        filled: dict[str, str] = {}
        for name in self.fields():
            value = str(values[name])
            if name in self.raw:
                if gsm7.septets(value) > self.limits[name]:
                    raise ValueError(f"{self.name}: {name} is longer than {self.limits[name]}")
                filled[name] = value
            else:
                filled[name] = gsm7.fit(gsm7.name(value), self.limits[name])
        return " ".join(self.text.format_map(filled).split())


def _t(template: str, text: str, *, raw: tuple[str, ...] = ("code",), **limits: int) -> Template:
    used = frozenset(raw) & {part[1] for part in string.Formatter().parse(text)}
    return Template(template, text, limits, used)


_ALL = (
    # To the crew of a unit.
    _t(
        "offer",
        "TUGAS ({code}) {unit}: {type}, {place}. {way} Balas 1 terima 2 tolak",
        code=CODE,
        unit=10,
        type=18,
        place=56,
        way=18,
    ),
    _t(
        "offer_covert",
        "TUGAS ({code}) {unit}: tugas khusus, datang TENANG tanpa sirene. "
        "Alamat di aplikasi petugas atau tanya pusat. Balas 1 terima 2 tolak",
        code=CODE,
        unit=10,
    ),
    _t(
        "moved",
        "LOKASI PINDAH ({code}) {unit}: sekarang {place}. Cek aplikasi petugas atau tanya pusat.",
        code=CODE,
        unit=10,
        place=60,
    ),
    _t(
        "moved_covert",
        "LOKASI PINDAH ({code}) {unit}: lihat aplikasi petugas atau tanya pusat.",
        code=CODE,
        unit=10,
    ),
    _t(
        "recalled",
        "BATAL ({code}) {unit}: tugas ditarik. Tidak perlu berangkat, tetap siaga.",
        code=CODE,
        unit=10,
    ),
    _t(
        "aborted",
        "DIHENTIKAN ({code}) {unit}: tugas dihentikan oleh pusat. Hubungi pusat, tetap siaga.",
        code=CODE,
        unit=10,
    ),
    # Answers to a crew's digit.
    _t(
        "accepted",
        "DITERIMA ({code}). Balas 3 berangkat, 4 tiba, 5 selesai, 9 butuh bantuan.",
        code=CODE,
    ),
    _t("declined", "Penolakan ({code}) dicatat. Terima kasih, tetap siaga.", code=CODE),
    _t("en_route", "BERANGKAT ({code}) dicatat. Balas 4 saat tiba. Hati-hati.", code=CODE),
    _t("arrived", "TIBA ({code}) dicatat. Balas 5 saat selesai, 9 butuh bantuan.", code=CODE),
    _t("cleared", "SELESAI ({code}) dicatat. Terima kasih.", code=CODE),
    _t(
        "help_raised",
        "BANTUAN ({code}): permintaan Anda berbunyi di pusat. Bila bisa, panggil lewat radio juga.",
        code=CODE,
    ),
    _t("replaced", "Sudah digantikan {unit}, tetap siaga. ({code})", code=CODE, unit=20),
    _t("no_longer", "Tugas ({code}) sudah tidak berlaku, tetap siaga.", code=CODE),
    _t(
        "not_now",
        "({code}) sekarang {state}; balasan itu tidak cocok. "
        "1 terima 2 tolak 3 berangkat 4 tiba 5 selesai 9 bantuan",
        code=CODE,
        state=24,
    ),
    _t(
        "which",
        "Tugas yang mana? Balas angka dan kode, mis. {digit} {code}. Terbuka: {codes}",
        raw=("code", "digit"),
        digit=1,
        code=CODE,
        codes=66,
    ),
    _t(
        "digits",
        "Balas 1 terima, 2 tolak, 3 berangkat, 4 tiba, 5 selesai, 9 butuh bantuan; "
        "bila perlu dengan kode tugas, mis. 1 {code}",
        code=CODE,
    ),
    _t("no_assignment", "Tidak ada tugas terbuka untuk unit Anda. Bila darurat, telepon pusat."),
    # To people on call and supervisors.
    _t(
        "on_call",
        "BUTUH PETUGAS ({code}): {type}, {place}. Belum ada unit. "
        "Balas 1 {code} = saya ambil, atau telepon pusat.",
        code=CODE_OF_INCIDENT,
        type=18,
        place=30,
    ),
    _t(
        "on_call_covert",
        "BUTUH PETUGAS ({code}): tugas khusus, belum ada unit. "
        "Balas 1 {code} = saya ambil, atau telepon pusat.",
        code=CODE_OF_INCIDENT,
    ),
    _t(
        "on_call_taken",
        "({code}) dicatat: ANDA yang menangani. Segera hubungi pusat untuk alamat dan unit.",
        code=CODE,
    ),
    _t(
        "on_call_late",
        "({code}) sudah diambil {who}. Terima kasih, tetap siaga.",
        code=CODE,
        who=40,
    ),
    _t(
        "on_call_over", "({code}) sudah selesai atau ditutup. Terima kasih, tetap siaga.", code=CODE
    ),
    _t(
        "handover_refused",
        "SERAH TERIMA ({code}) kedua kalinya tidak diterima, terakhir oleh {to}. "
        "Putuskan lewat konsol atau telepon pusat.",
        code=CODE,
        to=36,
    ),
    _t(
        "desk_unattended",
        "MEJA 112 KOSONG: {waiting} laporan atau kejadian menunggu lebih dari 2 menit tanpa operator. "
        "Buka konsol atau telepon pusat.",
        raw=("waiting",),
        waiting=6,
    ),
    # To the reporter.
    _t(
        "receipt",
        "Laporan {code} diterima. Pantau: {link}",
        raw=("code", "link"),
        code=CODE,
        link=LINK,
    ),
    _t(
        "receipt_bare",
        "Laporan {code} diterima dan dibaca petugas. Bahaya? Telepon 112.",
        code=CODE,
    ),
    _t("receipt_covert", "Pesan {code} sudah masuk. Terima kasih.", code=CODE),
    _t(
        "departed",
        "Laporan {code}: petugas berangkat. Jaga diri, beri jalan, HP tetap aktif.",
        code=CODE,
    ),
    _t("departed_covert", "Pesan {code} sedang diproses.", code=CODE),
    _t(
        "noted",
        "Pesan untuk laporan {code} diteruskan ke petugas. Bantuan TIDAK dibatalkan. "
        "Bahaya? Telepon 112.",
        code=CODE,
    ),
    _t("stopped", "Pesan informasi dihentikan. Pesan tentang laporan darurat Anda tetap dikirim."),
    # Others.
    _t(
        "survey_quick",
        "Nilai layanan 112: waktu, sikap, hasil; 1 buruk 4 sangat baik. Balas mis. 4 4 3. "
        "STOP=henti. {link}",
        raw=("link",),
        link=62,
    ),
    _t("gateway_test", "Uji gateway {name} sistem darurat kota. Abaikan pesan ini.", name=20),
)

TEMPLATES: dict[str, Template] = {template.name: template for template in _ALL}

for _template in _ALL:
    if _template.worst() > gsm7.SINGLE:
        raise ValueError(f"{_template.name} can take {_template.worst()} septets")


def render(name: str, /, **values: object) -> str:
    """The message of a template; KeyError for an unknown name or a missing field."""
    return TEMPLATES[name].fill(values)
