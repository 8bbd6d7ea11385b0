"""An example shift: 8 agencies, stations in the kelurahan that the facts name, 24 units with crews.

Not one row is a fact about the real services: names say "contoh", stations stand at kelurahan
centroids, phone numbers begin with 084, which no Indonesian operator has been given.
"""

from __future__ import annotations

from dataclasses import dataclass

AGENCIES = (
    # code, name, kind
    ("DAMKAR", "Pemadam Kebakaran (contoh)", "fire"),
    ("PSC", "PSC 119 / Ambulans (contoh)", "medical"),
    ("POLRES", "Kepolisian Resor (contoh)", "police"),
    ("BPBD", "BPBD (contoh)", "disaster"),
    ("SATPOLPP", "Satpol PP (contoh)", "order"),
    ("DINSOS", "Dinas Sosial (contoh)", "social"),
    ("PLN", "PLN (contoh)", "utility"),
    ("DISHUB", "Dishub (contoh)", "other"),
)

STATIONS = (
    # code, agency, name, kelurahan
    ("DMK-PUSAT", "DAMKAR", "Mako Damkar (contoh)", "12.76.02.1010"),
    ("DMK-BAJENIS", "DAMKAR", "Pos Damkar Bajenis (contoh)", "12.76.04.1003"),
    ("DMK-HULU", "DAMKAR", "Pos Damkar Padang Hulu (contoh)", "12.76.01.1010"),
    ("PSC-PUSAT", "PSC", "Pos PSC pusat (contoh)", "12.76.04.1001"),
    ("PSC-RAMBUTAN", "PSC", "Pos PSC Rambutan (contoh)", "12.76.02.1009"),
    ("PSC-HILIR", "PSC", "Pos PSC Padang Hilir (contoh)", "12.76.03.1007"),
    ("POL-KOTA", "POLRES", "Polsek Kota (contoh)", "12.76.05.1003"),
    ("POL-RAMBUTAN", "POLRES", "Polsek Rambutan (contoh)", "12.76.02.1011"),
    ("POL-HULU", "POLRES", "Polsek Padang Hulu (contoh)", "12.76.01.1012"),
    ("BPBD-PUSAT", "BPBD", "Posko BPBD (contoh)", "12.76.05.1005"),
    ("BPBD-SEI", "BPBD", "Pos perahu (contoh)", "12.76.04.1005"),
    ("SPP-KOTA", "SATPOLPP", "Pos Satpol PP (contoh)", "12.76.05.1006"),
    ("DINSOS-KOTA", "DINSOS", "Kantor Dinsos (contoh)", "12.76.03.1009"),
    ("PLN-KOTA", "PLN", "Pos siaga PLN (contoh)", "12.76.05.1001"),
    ("DISHUB-KOTA", "DISHUB", "Pos Dishub (contoh)", "12.76.01.1007"),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    code: str
    name: str
    station: str
    kind: str
    vehicle_class: str
    capabilities: tuple[str, ...]


UNITS = (
    UnitRow("DMK1", "Damkar 1 (contoh)", "DMK-PUSAT", "engine", "engine", ("fire_engine",)),
    UnitRow("DMK2", "Damkar 2 (contoh)", "DMK-PUSAT", "engine", "engine", ("fire_engine",)),
    UnitRow("DMK3", "Damkar 3 (contoh)", "DMK-BAJENIS", "engine", "engine", ("fire_engine",)),
    UnitRow("DMK4", "Damkar 4 (contoh)", "DMK-HULU", "engine", "engine", ("fire_engine",)),
    UnitRow("RSC1", "Regu penyelamat (contoh)", "DMK-PUSAT", "car", "pickup",
            ("rescue", "animal", "chainsaw")),
    UnitRow("RSC2", "Regu penyelamat 2 (contoh)", "DMK-BAJENIS", "car", "pickup",
            ("rescue", "animal")),
    UnitRow("AMB1", "Ambulans 1 (contoh)", "PSC-PUSAT", "ambulance", "ambulance", ("ambulance",)),
    UnitRow("AMB2", "Ambulans 2 (contoh)", "PSC-RAMBUTAN", "ambulance", "ambulance",
            ("ambulance",)),
    UnitRow("AMB3", "Ambulans 3 (contoh)", "PSC-HILIR", "ambulance", "ambulance", ("ambulance",)),
    UnitRow("AMB4", "Ambulans 4 (contoh)", "PSC-PUSAT", "ambulance", "ambulance",
            ("ambulance", "ambulance_advanced")),
    UnitRow("MTR1", "Motor medis (contoh)", "PSC-PUSAT", "motorbike", "motorbike", ("other",)),
    UnitRow("POL1", "Patroli 1 (contoh)", "POL-KOTA", "car", "car", ("police", "patrol")),
    UnitRow("POL2", "Patroli 2 (contoh)", "POL-RAMBUTAN", "car", "car", ("police", "patrol")),
    UnitRow("POL3", "Patroli 3 (contoh)", "POL-HULU", "car", "car", ("police", "patrol")),
    UnitRow("LLN1", "Laka lantas (contoh)", "POL-KOTA", "motorbike", "motorbike",
            ("police", "traffic")),
    UnitRow("PRH1", "Perahu 1 (contoh)", "BPBD-SEI", "boat", "truck", ("boat", "divers")),
    UnitRow("PRH2", "Perahu 2 (contoh)", "BPBD-PUSAT", "boat", "truck", ("boat",)),
    UnitRow("TRK1", "Truk BPBD (contoh)", "BPBD-PUSAT", "truck", "truck", ("truck", "rescue")),
    UnitRow("TRC1", "Regu reaksi cepat (contoh)", "BPBD-PUSAT", "car", "pickup",
            ("rescue", "chainsaw")),
    UnitRow("SPP1", "Satpol PP 1 (contoh)", "SPP-KOTA", "car", "pickup", ("public_order",)),
    UnitRow("SPP2", "Satpol PP 2 (contoh)", "SPP-KOTA", "car", "car", ("public_order",)),
    UnitRow("SOS1", "Pendamping sosial (contoh)", "DINSOS-KOTA", "car", "car", ("social",)),
    UnitRow("PLN1", "Regu PLN (contoh)", "PLN-KOTA", "car", "pickup", ("utility",)),
    UnitRow("DHB1", "Dishub 1 (contoh)", "DISHUB-KOTA", "car", "car", ("traffic", "chainsaw")),
)  # fmt: skip

CREW_PER_UNIT = 2
ON_CALL = (("DAMKAR", "Danru piket (contoh)"), ("PSC", "Dokter jaga (contoh)"),
           ("BPBD", "Piket posko (contoh)"), ("POLRES", "Pawas (contoh)"))  # fmt: skip


def example_phone(number: int) -> str:
    """The n-th example number, e.g. +6284000000017: 084 is a prefix that is not given out."""
    return f"+6284000{number:06d}"
