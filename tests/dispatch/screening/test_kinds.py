"""The tables of the types: complete, in order, and urgent where the labels say so."""

import pytest

from dispatch.screening import screen
from dispatch.screening.kinds import BY_TYPE, KINDS
from dispatch.screening.lexicon import LEXICON

TYPES = """
fire flood medical labour traffic_accident drowning rescue building_collapse fallen_tree
utility_hazard gas_leak animal crime domestic_violence mental_health missing_person other
"""


def test_every_type_of_the_design_has_its_file() -> None:
    assert sorted(BY_TYPE) == sorted(TYPES.split())
    assert len(KINDS) == len(BY_TYPE)


def test_patterns_speak_of_known_concepts() -> None:
    for kind in KINDS:
        rules = [rule for _, rule in kind.evidence] + [*kind.p1, *kind.p2, *kind.p3]
        for rule in rules:
            assert rule.concepts() <= LEXICON.concepts, (kind.type, rule.source)


@pytest.mark.parametrize(
    ("text", "type_", "priority"),
    [
        ("ruko terbakar", "fire", "P1"),
        ("rumput terbakar di lahan kosong", "fire", "P2"),
        ("air masuk rumah", "flood", "P2"),
        ("air masuk rumah, ada bayi", "flood", "P1"),
        ("jalan tergenang, rumah aman", "flood", "P3"),
        ("bapak tidak sadar", "medical", "P1"),
        ("ibu demam tinggi dan lemas", "medical", "P2"),
        ("anak lututnya lecet jatuh", "medical", "P3"),
        ("ketuban sudah pecah", "labour", "P1"),
        ("hamil 9 bulan baru mules", "labour", "P2"),
        ("motor tabrakan, orangnya luka", "traffic_accident", "P2"),
        ("truk tabrak motor, orangnya terjepit", "traffic_accident", "P1"),
        ("mobil senggolan cuma penyok", "traffic_accident", "P3"),
        ("anak hanyut di sungai", "drowning", "P1"),
        ("terjebak di lift", "rescue", "P2"),
        ("terkunci di kamar, sehat saja", "rescue", "P3"),
        ("tukang tertimbun tanah", "rescue", "P1"),
        ("tembok roboh menimpa orang", "building_collapse", "P1"),
        ("dinding rumah retak", "building_collapse", "P3"),
        ("pohon tumbang menutup jalan", "fallen_tree", "P2"),
        ("pohon miring mau tumbang", "fallen_tree", "P3"),
        ("kabel listrik putus di jalan", "utility_hazard", "P1"),
        ("trafo mengeluarkan percikan", "utility_hazard", "P2"),
        ("bau gas menyengat", "gas_leak", "P1"),
        ("ular masuk kamar", "animal", "P2"),
        ("sarang tawon di pohon", "animal", "P3"),
        ("orang dibacok", "crime", "P1"),
        ("motor saya hilang dicuri semalam", "crime", "P3"),
        ("istri dipukuli suaminya", "domestic_violence", "P1"),
        ("orang mau bunuh diri", "mental_health", "P1"),
        ("odgj teriak teriak di pasar", "mental_health", "P2"),
        ("anak hilang belum pulang", "missing_person", "P2"),
        ("ada tas mencurigakan ditinggal", "other", "P1"),
    ],
)
def test_type_and_priority(text: str, type_: str, priority: str) -> None:
    said = screen(text)
    assert (said.class_, said.type, said.priority) == ("emergency", type_, priority), said.reasons


BATHROOM = "tolong bapak saya jatuh di kamar mandi kepalanya bocor di lk i kelurahan bagelen"


@pytest.mark.parametrize(
    "text",
    [
        BATHROOM,
        "tolong suami saya terpeleset di wc kepalanya luka",
        "ayah saya jatuh mabuk kepalanya bocor",
        "bapak saya jatuh kepalanya bocor, teriak teriak kesakitan",
        "tetangga menjerit, istrinya jatuh di kamar mandi kepala bocor",
        "tolong bapak pingsan di kamar mandi",
    ],
)
def test_a_fall_with_an_injury_is_medical_and_its_reporter_is_answered(text: str) -> None:
    said = screen(text)
    assert (said.type, said.silent) == ("medical", False), said.reasons


@pytest.mark.parametrize(
    "text",
    [
        "tolong suami saya pukul saya sampai jatuh, kepala saya bocor, saya di kamar mandi",
        "suami saya dorong saya sampai jatuh, kepala saya bocor",
        "mamak ditolak bapak sampai jatuh, kepalanya bocor",
        "suami saya ngamuk, saya jatuh kepala bocor, tolong",
        "tolong suami saya mabuk, saya di kamar mandi",
        "tolong dia di luar, saya sembunyi di kamar mandi",
    ],
)
def test_a_fall_that_a_person_is_said_to_have_done_is_violence(text: str) -> None:
    said = screen(text)
    assert said.type == "domestic_violence", said.reasons
