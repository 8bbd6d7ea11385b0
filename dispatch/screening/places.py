"""A hint that the place lies outside the city, for when the geocoder has not said so.

The names are those of the regencies, cities and neighbouring districts of North Sumatra around
Tebing Tinggi; another city passes its own to :func:`outside`. A road named after a town ("jalan
Medan"), a traveller ("bus dari Medan") and a fruit are not places, so a bare name counts only
where nothing says "to" or "from" before it.
"""

NEIGHBOURS = frozenset(
    """
    medan binjai siantar pematangsiantar sergai bedagai rampah perbaungan sipispis batubara
    kisaran asahan simalungun langkat stabat belawan berastagi brastagi kabanjahe karo parapat
    balige toba tapanuli sibolga rantauprapat labuhanbatu tanjungbalai dolok pegajahan serbajadi
    silinda kotarih indrapura limapuluh serbelawan serbalawan pakam deliserdang kualanamu
    percut batangkuis galang dairi sidikalang samosir humbang nias padangsidempuan sidimpuan
    aceh langsa pekanbaru padangsidimpuan syahbandar bandarkhalipah khalipah masihul merawan
    jakarta
    """.split()  # noqa: SIM905 - a table
)
PAIRS = frozenset(
    {
        ("serdang", "bedagai"), ("sei", "rampah"), ("sungai", "rampah"), ("sei", "bamban"),
        ("sungai", "bamban"), ("pantai", "cermin"), ("bandar", "khalipah"), ("batu", "bara"),
        ("tanjung", "morawa"), ("lubuk", "pakam"), ("deli", "serdang"), ("tanjung", "beringin"),
        ("teluk", "mengkudu"), ("tebing", "syahbandar"), ("dolok", "masihul"),
        ("dolok", "merawan"), ("bintang", "bayu"), ("pematang", "siantar"), ("lima", "puluh"),
        ("paya", "pinang"), ("laut", "tador"), ("gunung", "pamela"), ("kuta", "baru"),
        ("paya", "lombang"), ("naga", "kesiangan"), ("bandar", "kalipah"), ("sei", "suka"),
        ("rantau", "prapat"), ("tanjung", "balai"), ("padang", "sidempuan"), ("labuhan", "batu"),
        ("kampung", "pon"), ("bah", "sumbu"), ("bah", "bolon"), ("tanah", "karo"),
        ("pangkalan", "budiman"), ("firdaus", "rampah"),
    }
)  # fmt: skip

_NOT_THERE = frozenset(
    """
    jalan ke arah dari menuju jurusan tujuan bus bis orang plat lintas jalinsum tol asal rujuk
    dirujuk travel gerbang simpang rambutan bika durian soto nomor kereta mobil truk anak logat
    universitas harga gang kerja merantau kuliah rantau hotel toko warung bakso rs kopi mandailing
    rumah sekolah terusan antar pulang sampai pt bank horas
    """.split()  # noqa: SIM905 - a table
)
_THERE = frozenset(
    "di daerah desa kecamatan kabupaten kota neng nang wilayah seputaran sekitar i dusun".split()  # noqa: SIM905
)
_SPEAKER = frozenset("kami saya aku informasi lapor laporan kabar awak warga".split())  # noqa: SIM905


def outside(words: tuple[str, ...], names: frozenset[str] = NEIGHBOURS) -> str | None:
    """The neighbouring place named as the place of the event, or None."""
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        pair = (word, after) in PAIRS
        if not pair and word not in names:
            continue
        before = words[at - 1] if at else ""
        earlier = words[at - 2] if at > 1 else ""
        name = f"{word} {after}" if pair else word
        if before in _THERE and earlier not in {"bukan"}:
            return name
        if before == "dari" and earlier in _SPEAKER:
            return name
        if before in names and earlier not in names and (earlier, before) not in PAIRS:
            return name  # "kisaran asahan", town and regency
        if before in _NOT_THERE or _road_between(words, at):
            continue
        if pair and word == "lima":
            continue  # a number more often than the town
        return name
    return None


def _road_between(words: tuple[str, ...], at: int) -> bool:
    """ "tol medan tebing", "lintas siantar": a stretch of road, not the town."""
    return any(
        word in {"tol", "lintas", "jalinsum", "arah", "menuju"}
        for word in words[max(0, at - 3) : at]
    )
