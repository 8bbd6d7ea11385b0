"""The import files of the registry: one table of columns each. `SHEETS` lists them in load order."""

from __future__ import annotations

from registry.cells import (
    code,
    day,
    kelurahan,
    latitude,
    longitude,
    metres,
    nik,
    one_of,
    phone,
    public_phone,
    several,
    whole,
    words,
    yes_no,
)
from registry.save import (
    save_agency,
    save_hospital,
    save_house,
    save_resident,
    save_shelter,
    save_staff,
    save_station,
)
from registry.sheet import Column, Sheet

AGENCY_KINDS = ("fire", "medical", "police", "disaster", "order", "social", "utility", "other")
STAFF_ROLES = ("petugas", "operator", "supervisor", "opd", "kepling", "lurah", "admin", "auditor")
VULNERABILITIES = (
    "bedridden",
    "infant",
    "pregnant",
    "dialysis",
    "oxygen",
    "disabled",
    "elderly",
    "mental",
)
VULNERABILITY_WORDS = {
    "tirah_baring": "bedridden",
    "tidak_bisa_bangun": "bedridden",
    "bayi": "infant",
    "hamil": "pregnant",
    "cuci_darah": "dialysis",
    "oksigen": "oxygen",
    "difabel": "disabled",
    "disabilitas": "disabled",
    "lansia": "elderly",
    "odgj": "mental",
}
CAPABILITIES = (
    "er",
    "icu",
    "surgery",
    "childbirth",
    "dialysis",
    "burns",
    "blood_bank",
    "inpatient",
)
CAPABILITY_WORDS = {
    "igd": "er",
    "ugd": "er",
    "bedah": "surgery",
    "ponek": "childbirth",
    "bersalin": "childbirth",
    "hemodialisa": "dialysis",
    "cuci_darah": "dialysis",
    "luka_bakar": "burns",
    "bank_darah": "blood_bank",
    "rawat_inap": "inpatient",
}

CODE = Column("code", code, "kode singkat yang tetap", ("kode",), required=True)
NAME = Column("name", words, "nama", ("nama",), required=True)
ADDRESS = Column("address", words, "alamat", ("alamat",))
LAT = Column("lat", latitude, "lintang, derajat", ("lintang", "latitude"))
LON = Column("lon", longitude, "bujur, derajat", ("bujur", "lng", "longitude"))
KELURAHAN = Column(
    "kelurahan_code", kelurahan, "kode Kemendagri kelurahan", ("kode_kelurahan", "kelurahan")
)
KELURAHAN_MUST = Column(
    KELURAHAN.name, kelurahan, KELURAHAN.about, KELURAHAN.aliases, required=True
)
LK = Column("lingkungan", words, "nomor lingkungan", ("lk",))
AGENCY = Column("agency", code, "kode OPD", ("opd", "instansi", "kode_opd"), required=True)
PUBLIC_PHONE = Column("phone_public", public_phone, "telepon umum", ("telepon", "telepon_umum"))
PHONE = Column(
    "phone", phone, "nomor telepon", ("telepon", "no_hp", "hp", "nomor_telepon"), private=True
)
NIK = Column("nik", nik, "NIK 16 angka", private=True)

SHEETS: dict[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "agencies",
            "OPD dan instansi yang menjawab panggilan",
            (
                CODE,
                NAME,
                Column("kind", one_of(*AGENCY_KINDS), "jenis", ("jenis",), required=True),
                PUBLIC_PHONE,
            ),
            ("code",),
            save_agency,
        ),
        Sheet(
            "stations",
            "pos tempat unit berada",
            (CODE, NAME, AGENCY, ADDRESS, LAT, LON, KELURAHAN),
            ("code",),
            save_station,
        ),
        Sheet(
            "staff",
            "petugas dan pegawai",
            (
                AGENCY,
                CODE,
                NAME,
                Column("role", one_of(*STAFF_ROLES), "peran", ("peran",), required=True),
                Column("station", code, "kode pos", ("pos", "kode_pos")),
                PHONE,
                NIK,
                Column("active", yes_no, "masih bertugas", ("aktif",), cleared=False),
            ),
            ("agency", "code"),
            save_staff,
        ),
        Sheet(
            "houses",
            "rumah dan cara mencapainya",
            (
                CODE,
                KELURAHAN_MUST,
                LK,
                Column("address", words, "alamat", ("alamat",), private=True),
                LAT,
                LON,
                Column("width_m", metres, "lebar jalan tersempit, meter", ("lebar", "lebar_m")),
                Column("stairs", yes_no, "ada tangga", ("tangga",), cleared=False),
                Column("gate", yes_no, "ada portal", ("portal",), cleared=False),
                Column("floods", yes_no, "pernah banjir", ("banjir",), cleared=False),
                Column("access", words, "catatan akses", ("akses", "catatan"), private=True),
            ),
            ("code",),
            save_house,
        ),
        Sheet(
            "residents",
            "warga, dengan izinnya",
            (
                CODE,
                Column("name", words, "nama", ("nama",), private=True),
                PHONE,
                NIK,
                Column("birth_date", day, "tanggal lahir", ("tanggal_lahir",), private=True),
                Column("house", code, "kode rumah", ("rumah", "kode_rumah")),
                KELURAHAN_MUST,
                LK,
                Column(
                    "vulnerability",
                    several(*VULNERABILITIES, aliases=VULNERABILITY_WORDS),
                    "kerentanan, dipisah tanda |",
                    ("kerentanan", "rentan"),
                    private=True,
                    cleared=[],
                ),
                Column("consent_alert", yes_no, "izin dikirimi peringatan", ("izin_peringatan",)),
                Column("consent_survey", yes_no, "izin disurvei", ("izin_survei",)),
                Column(
                    "consent_rescue_register",
                    yes_no,
                    "izin pendataan untuk penyelamatan",
                    ("izin_pendataan",),
                ),
                Column(
                    "consent_caller_lookup",
                    yes_no,
                    "izin dikenali saat menelepon",
                    ("izin_dikenali",),
                ),
            ),
            ("code",),
            save_resident,
        ),
        Sheet(
            "shelters",
            "posko dan tempat pengungsian",
            (
                CODE,
                NAME,
                ADDRESS,
                LAT,
                LON,
                KELURAHAN,
                Column("capacity", whole, "daya tampung, jiwa", ("kapasitas",), required=True),
                Column("facilities", several(), "fasilitas, dipisah |", ("fasilitas",), cleared=[]),
                Column("open", yes_no, "sedang dibuka", ("buka",), cleared=False),
            ),
            ("code",),
            save_shelter,
        ),
        Sheet(
            "hospitals",
            "rumah sakit dan kemampuannya",
            (
                CODE,
                NAME,
                ADDRESS,
                PUBLIC_PHONE,
                LAT,
                LON,
                KELURAHAN,
                Column(
                    "capabilities",
                    several(*CAPABILITIES, aliases=CAPABILITY_WORDS),
                    "kemampuan, dipisah |",
                    ("kemampuan",),
                    cleared=[],
                ),
            ),
            ("code",),
            save_hospital,
        ),
    )
}
