"""Fallen and falling trees."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="fallen_tree",
    words="""
    DOWN: tumbang, roboh, rubuh, rebah, tumbangnya, melintang, melintangi, menutup jalan,
        nutup jalan, menutupi jalan, halangi jalan, menghalangi, patah, jatuh, ambruk, menimpa,
        nimpa, timpa, tertimpa, ketimpa, menindih, tercabut, tumbang di jalan, tumpang, sempal,
        sempol, rumpu, tumba, ropuh, nutupi jalan, terbelah, palang, malang, jatuhan
    LEANING: tinggal jatuhnya, tinggal nunggu jatuh, tinggal jatuh, tinggal tumbangnya,
        (mau|hampir|nyaris|takut|takutnya|bisa) (roboh|rubuh|runtuh|ambruk),
        (mau|hampir|nyaris|takut|takutnya|bisa) (tumbang|jatuh|patah|rebah),
        (akan|rawan|terancam) (roboh|rubuh|runtuh|ambruk|tumbang|jatuh|patah|rebah),
        (khawatir|was was|kayak mau|siap) (roboh|rubuh|runtuh|ambruk),
        (khawatir|was was|kayak mau|siap) (tumbang|jatuh|patah|rebah), miring, condong, doyong,
        mau tumbang, mau roboh, mau rubuh, hampir tumbang, hampir roboh, nyaris tumbang, mau jatuh,
        mau patah, goyang, lapuk, keropos, terancam tumbang, rawan tumbang, mau tumbangnya,
        akarnya sudah, akar terangkat, menggantung, nyangkut di kabel, tinggal nunggu tumbang
    SECURED: ditahan tali, diikat, sudah ditahan, diikat tali, dipasang tali, ditopang, disangga,
        sudah dipinggirkan, dipinggirkan, pinggir jalan saja, sudah digeser, belum jatuh,
        tidak menutup jalan
    PRUNE: pangkas, dipangkas, memangkas, ditebang, tebang, perantingan, dipotong, rimbun,
        terlalu rimbun, tebangkan, penebangan, pemangkasan, rindang
    BLOCKED: jalan tertutup, jalan putus, tidak bisa lewat, tidak bisa dilewati, macet, jalan total,
        tertutup total, tidak bisa dilalui, menutup jalan, nutup jalan, jalan ketutup, melintang
    """,
    evidence=evidence(
        (10.6, "TREE~DOWN:4"),
        (10, "TREE~LEANING:5"),
        (8, "TREE~STRIKES:5"),
        (4, "TREE STORM"),
        (3, "TREE~BLOCKED:9"),
    ),
    default="P2",
    p1=patterns(
        "PINNED~ANYONE:8",
        "STRIKES~ANYONE:3",
        "TRAPPED",
        "HIT_THING INSIDE",
        "HIT_THING~ANYONE:1",
        "UNCON",
        "BLEED_HEAVY",
        "HURT -MILD",
        "DEAD",
        "PINNED VEHICLE INSIDE",
        "CABLE SPARK",
        "STRIKES~HOUSE:4 ANYONE -HEALTHY",
    ),
    p3=patterns("SECURED", "LEANING -DOWN_NOW", "PRUNE -DOWN_NOW", "RESTRICTED"),
)
