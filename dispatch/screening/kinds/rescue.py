"""Rescue: people stuck, locked in, buried or fallen into holes, where nothing burns or floods."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="rescue",
    words="""
    LOCKED: kunci (mobil|motor|kereta|rumah|kamar) (ketinggalan|tertinggal|hilang|patah|jatuh),
        terkunci, kekunci, terkunci dari dalam, terkunci di dalam, kunci patah, kunci hilang,
        kuncinya patah, kunci ketinggalan, kunci macet, gagang copot, gagangnya copot, gagang pintu,
        pintu macet, pintu  pintunya tidak bisa dibuka, tidak bisa buka pintu, tidak bisa dibuka,
        pintu  kunci rusak, kunci pintu, slot rusak, slot pintu, tidak bisa buka,
        kejebak di kamar mandi, terkurung di kamar, kekancing, kekuncian, kunci dalam,
        pintunya macet, pintu rusak, engsel, gagang pintunya, handle pintu
    STUCK: tersangkut, nyangkut, kesangkut, kejepit, terjepit, kecepit, tidak bisa lepas,
        tidak bisa dilepas, tidak bisa dicabut, susah dilepas, macet di jari, macet, terperosok,
        terperangkap, terjebak, kejebak, tidak bisa dikeluarkan, tidak bisa dibuka,
        tidak lepas lepas, cincin, borgol, mogok, mesin mati, terkurung, kejeblos, terjeblos,
        kejebur
    LIFT: lift, elevator, eskalator
    RING: cincin, gelang, panci, ember, toples, teralis, jeruji, terali, pagar, jari, kepala,
        tangan, kaki, gigi, resleting, rantai, kursi, kloset, lubang kloset, pipa, gir, jari jari
    CAR_LOCK: terkunci di (dalam|) mobil, terkunci dalam mobil, di dalam mobil terkunci,
        kekunci di mobil, anak di dalam mobil, terkunci di mobil
    LOST_WILD: tersesat di (hutan|kebun|sawit|perkebunan), hilang di (hutan|kebun|gunung),
        nyasar di (hutan|kebun), tersesat di dalam kebun
    LANDSLIDE: longsor, tanah longsor, longsoran, tebing longsor, tebing runtuh
    CLIMBED: di atas pohon, di atas tiang, di atas tower, di atas pohon kelapa, naik pohon,
        manjat pohon, nyangkut di pohon, di pucuk pohon, di atas bangunan
    CANNOT_DESCEND: tidak bisa turun, tidak berani turun, takut turun, tidak dapat turun
    OLD_WELL: sumur, sumur tua, septic tank, septitank, septik tank, sumur bor, gorong gorong,
        jurang, lubang galian, lubang, parit dalam, lobang
    IN_WELL: di dalam sumur, dalam sumur, di sumur, ke dalam sumur, di dasar sumur,
        dalam septic tank, di septic tank, dalam septitank
    CONFINED: tangki, silo, gorong gorong, palka, bak, sumur, terowongan, septic tank, septitank,
        kontainer, ruang bawah tanah
    NOT_OUT: tidak keluar, tidak keluar keluar, belum keluar, tidak naik, tidak naik naik,
        dipanggil diam, lemas di dalam, pingsan di dalam
    DROPPED: jatuh, terjatuh, masuk, kecebur, tercebur, terperosok, kejeblos, terjeblos, terjun,
        kecemplung, nyemplung, terpeleset, kepleset
    SMALL_OBJECT: hp, dompet, kunci, sandal, cincin, bola, emas, uang, kalung, tas, layangan
    """,
    evidence=evidence(
        (11, "BURIED~ANYONE:6"),
        (10.5, "DROPPED>OLD_WELL:3 ANYONE -VEHICLE -RING -PET"),
        (10.6, "IN_WELL~ANYONE:5 -PET"),
        (10, "CAR_LOCK"),
        (10, "CONFINED NOT_OUT"),
        (10, "LIFT~STUCK:6"),
        (10, "LIFT~TRAPPED:6"),
        (10, "STUCK~RING:4 -CRASH -STRUCTURE_FALL -PET -BEAST"),
        (10, "CLIMBED CANNOT_DESCEND"),
        (9.5, "LOCKED~ANYONE:8"),
        (10.8, "LOST_WILD"),
        (8.5, "LOCKED"),
        (7.5, "PINNED~ANYONE:6"),
        (7, "TRAPPED~ANYONE:6"),
        (7, "STUCK~ANYONE:5"),
        (6, "PINNED"),
        (5.5, "TRAPPED"),
        (5, "BURIED"),
        (4, "HELPER EVACUATE ANYONE"),
    ),
    default="P2",
    p1=patterns(
        "BURIED",
        "PINNED -RING -HEALTHY",
        "PINNED MACHINE",
        "DROPPED>OLD_WELL:3 ANYONE -HEALTHY -RING",
        "IN_WELL ANYONE",
        "UNCON",
        "NOBREATH",
        "BREATHLESS",
        "LOCKED BABY",
        "CAR_LOCK",
        "LOCKED FRAIL",
        "LOCKED SICK",
        "BLEED_HEAVY",
        "FIRE",
        "GRAVE",
        "STOVE LOCKED",
        "LOCKED NO_ANSWER",
        "CONFINED NOT_OUT",
    ),
    p3=patterns(
        "HEALTHY", "RING -BLOOD -CHILD", "LOCKED -CHILD -ELDER", "LOCKED~KEY", "SMALL_OBJECT~STUCK"
    ),
)
