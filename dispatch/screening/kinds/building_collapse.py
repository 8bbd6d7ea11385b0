"""Buildings, walls, stages, bridges and slopes that fall, and roofs a storm takes."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="building_collapse",
    words="""
    STRUCTURE_FALL: (roboh|rubuh|ambruk|runtuh|ambrol) (rumah|bangunan|tembok|dinding),
        (roboh|rubuh|ambruk|runtuh|ambrol) (atap|panggung|jembatan|titi|tenda), bangunan roboh,
        reruntuhan, puing, keruntuhan, longsor menimpa, rumah longsor, tertimpa tembok,
        ketimpa tembok, tertimpa bangunan, tertimpa plafon, ketimpa plafon, tertimpa atap,
        ketimpa dinding, tertimpa dinding, tertimpa reruntuhan, tertimpa panggung, tertimpa tenda,
        tertimpa besi, kejepit besi
    SLIDE: longsor, tanah longsor, tebing longsor, amblas, ambles, longsoran, tanah bergerak,
        tanah turun, tergerus, terkikis, abrasi, erosi, terban
    CRACK: (mau|hampir|nyaris|takut|takutnya|bisa) (roboh|rubuh|runtuh|ambruk),
        (mau|hampir|nyaris|takut|takutnya|bisa) (tumbang|jatuh|patah|rebah),
        (akan|rawan|terancam) (roboh|rubuh|runtuh|ambruk|tumbang|jatuh|patah|rebah),
        (khawatir|was was|kayak mau|siap) (roboh|rubuh|runtuh|ambruk),
        (khawatir|was was|kayak mau|siap) (tumbang|jatuh|patah|rebah), retak, retakan, miring,
        mau (roboh|rubuh|runtuh|ambruk), hampir (roboh|rubuh|runtuh|ambruk), nyaris roboh, goyang,
        lapuk, rapuh, tinggal nunggu roboh, bergeser, terancam, mulai retak, retak retak, mau jatuh,
        condong, doyong, menggantung
    BLOWN: terbang, diterbangkan angin, beterbangan, copot, kabur dibawa angin, terangkat angin,
        dibawa angin, disapu angin, porak poranda, berterbangan, tercabut, lepas, terangkat
    STORM: angin, puting beliung, putting beliung, angin kencang, angin ribut, angin puting beliung,
        badai, angin topan, puyuh, lisus, topan, alogo
    BRIDGE_ROAD: jembatan, titi, titi gantung, jembatan gantung, badan jalan, jembatan darurat
    CUT: putus, ambruk, amblas, ambles, hanyut, roboh, patah, terputus, runtuh, ambrol
    COLLAPSE_PART: tembok, dinding, batu bata, beton, kaca, lampu gantung, atap, seng, genteng,
        asbes, plafon, baliho, kanopi, tenda, langit langit, papan reklame, atapnya, sengnya,
        gentengnya
    """,
    evidence=evidence(
        (11.5, "STRUCTURE~TOPPLE:4 BURIED"),
        (10.5, "STRUCTURE_FALL"),
        (9.5, "COLLAPSE_PART>FALLS:1"),
        (9.5, "BRIDGE_ROAD~CUT:4"),
        (10, "STRUCTURE~TOPPLE:4 -TREE -POLE -SHORT_CIRCUIT -BEAST"),
        (9.5, "STRUCTURE~TOPPLE:3 -POLE -BEAST"),
        (9.5, "SLIDE~HOUSE:6"),
        (9, "COLLAPSE_PART~BLOWN:4"),
        (9, "STORM~STRUCTURE:6 -TREE -POLE"),
        (8, "STRUCTURE~CRACK:6 -TREE -POLE"),
        (7.5, "SLIDE"),
        (7, "STORM"),
        (7, "STRIKES~STRUCTURE:4 -TREE -POLE -FIRE"),
        (4, "TOPPLE"),
    ),
    default="P2",
    p1=patterns(
        "PINNED",
        "BURIED",
        "TRAPPED",
        "STRIKES~ANYONE:4",
        "UNCON",
        "HURT -MILD",
        "BLOOD",
        "DEAD",
    ),
    p3=patterns(
        "CRACK -FALLEN",
        "!ANYONE_HOME -HURT -BRIDGE_ROAD",
        "CRACK !HURT",
        "EMPTY_HOUSE",
        "RESTRICTED",
    ),
)
