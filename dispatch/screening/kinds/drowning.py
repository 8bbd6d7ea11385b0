"""Drowning: a person in the water. Things that float away belong to the flood."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="drowning",
    words="""
    SWEPT: tidak timbul, tidak timbul timbul, tidak muncul, tidak naik naik, belum naik naik,
        dibawa hanyut, hilang terseret, tenggelam, tenggelem, hanyut, hayut, anyut, dihanyutkan,
        terseret arus, terbawa arus, kebawa arus, diseret arus, dibawa arus, keseret arus,
        hanyut dibawa, timbul tenggelam, kelelep, klelep, kelem, maup, mayup, maninggalhon,
        tercebur, kecebur, kejebur, nyebur, nyemplung, kecemplung, kintir, keli, terseret air,
        terbawa air, dibawa air, hilang di sungai, terbawa banjir, terseret banjir, dibawa banjir,
        kebawa banjir, kebawa air, tenggalam, masuk ke pusaran, ditelan arus, tidak timbul lagi,
        tidak muncul muncul, tidak nongol, belum nongol, belum muncul, belum timbul,
        tidak muncul lagi, terperosok ke sungai
    INTO_WATER:
        (jatuh|terjatuh|terpeleset|tergelincir) (ke|ke dalam|di|dalam|) (sungai|kolam|parit),
        (jatuh|terjatuh) (ke|ke dalam|di|dalam|) (bendungan|danau|waduk|selokan),
        (terpeleset|tergelincir) (ke|ke dalam|di|dalam|) (bendungan|danau|waduk|selokan),
        (terjun|lompat|masuk|jatuhnya|kepleset) (ke|ke dalam|di|dalam|) (sungai|kolam|parit),
        (terjun|lompat) (ke|ke dalam|di|dalam|) (bendungan|danau|waduk|selokan),
        (masuk|jatuhnya|kepleset) (ke|ke dalam|di|dalam|) (bendungan|danau|waduk|selokan),
        (jatuh|terjatuh) (ke|ke dalam|di|dalam|) (sei padang|sei|laut),
        (terpeleset|tergelincir) (ke|ke dalam|di|dalam|) (sei padang|sei|laut),
        (jatuh|terjatuh) (ke|ke dalam|di|dalam|) (galian|rawa|kanal|irigasi),
        (terpeleset|tergelincir) (ke|ke dalam|di|dalam|) (galian|rawa|kanal|irigasi),
        (terjun|lompat) (ke|ke dalam|di|dalam|) (sei padang|sei|laut),
        (masuk|jatuhnya|kepleset) (ke|ke dalam|di|dalam|) (sei padang|sei|laut),
        (terjun|lompat) (ke|ke dalam|di|dalam|) (galian|rawa|kanal|irigasi),
        (masuk|jatuhnya|kepleset) (ke|ke dalam|di|dalam|) (galian|rawa|kanal|irigasi),
        (jatuh|terjun) (dari|) (titi|jembatan|bendungan) ke (sungai|air|bawah),
        (lompat|terpeleset|masuk) (dari|) (titi|jembatan|bendungan) ke (sungai|air|bawah),
        jatuh ke kali, lompat ke kali, masuk ke air, mandi di (sungai|bendungan|kolam),
        mandi mandi di sungai, berenang di sungai, berenang, mandi sungai
    BODY_IN_WATER: mayat di sungai, mayat ngapung, mayat mengapung, mengapung, mengambang, ngapung,
        ngambang, jenazah di sungai, mayat hanyut
    JUMPED: lompat, loncat, melompat, meloncat, terjun, menceburkan diri, nyeburin diri
    SINKS: terbalik, kebalik, bocor, karam, tenggelam, pecah, hanyut, oleng, terguling,
        kemasukan air, mogok
    BATHED: mandi, berenang, mancing, memancing, main di sungai, main di pinggir sungai, mandi mandi
    ABSENT: anaknya tidak ada, orangnya tidak ada, tidak ada orangnya, tidak nampak,
        tidak kelihatan, belum ketemu, hilang, belum nampak, tidak balik, belum balik
    POOL: kolam renang, kolam, waterpark, pemandian, kolam ikan, bak mandi, ember, bak air
    BOAT: sampan, perahu, perahu karet, rakit, getek, boat
    SUNK_THINGS: rumah tenggelam, rumah sudah tenggelam, matahari tenggelam, jalan tenggelam,
        motor hanyut, kereta hanyut, mobil hanyut, barang hanyut, sandal hanyut, hp tenggelam,
        sampah hanyut, sawah tenggelam, kayu hanyut, bola hanyut, hp kecebur, hp masuk sumur,
        sandal kecebur, dompet hanyut, ayam hanyut, barang barang hanyut, kasur hanyut, rumah hanyut
    """,
    evidence=evidence(
        (12, "SWEPT~ANYONE:7"),
        (11, "JUMPED>RIVER:6 -INTENDS -WELL -VEHICLE"),
        (11, "INTO_WATER~ANYONE:6 -VEHICLE"),
        (11, "BODY_IN_WATER"),
        (10.4, "BODY_FOUND~RIVER:6"),
        (10.4, "BODY_FOUND~BRIDGE:6"),
        (10, "SWEPT~RIVER:6 -PET"),
        (10.5, "BOAT~SINKS:3"),
        (10.5, "POOL UNCON -CRASH"),
        (10.5, "POOL NOBREATH"),
        (9.8, "BATHED ABSENT RIVER"),
        (9, "SWEPT -PET"),
        (8, "INTO_WATER"),
    ),
    default="P1",
    p3=patterns("FOUND_SAFE", "BODY_IN_WATER YESTERDAY"),
    p2=patterns("BODY_IN_WATER", "BODY_FOUND"),
)
