"""The number of hurt, sick, dead, swept away or buried people that a text states.

Only stated numbers count (figures or number words); trapped and evacuated people, houses, cars
and ages do not. "Tidak ada korban" states nought. Several groups are added ("2 luka 1 tewas"),
except a group that is part of another ("6 luka, 2 di antaranya parah").
"""

from dispatch.screening.phrases import NEGATIONS
from dispatch.screening.reading import Hit, Reading

NUMBERS = {
    "satu": 1, "seorang": 1, "sebatang": 1, "dua": 2, "berdua": 2, "keduanya": 2, "tiga": 3,
    "bertiga": 3, "empat": 4, "berempat": 4, "lima": 5, "berlima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "lapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "selusin": 12,
    "siji": 1, "loro": 2, "telu": 3, "papat": 4, "limo": 5, "sada": 1, "tolu": 3, "opat": 4,
}  # fmt: skip
"""Number words that may stand alone; "loro" and "lima" count only beside people."""

LARGEST = 999
"""Above this a figure is a price, a year or a phone, never a toll."""

_HARM = (
    "HURT", "UNCON", "NOBREATH", "DEAD", "BURIED", "SWEPT", "SICK", "STAB", "BITTEN", "SHOCKED",
    "DEAD_BARE", "BLOOD", "BLEED_HEAVY", "SCALD", "CASUALTY", "SEIZURE", "BREATHLESS", "BEAT",
    "INTO_WATER",
)  # fmt: skip
_TOLL = ("HURT", "DEAD", "DEAD_BARE", "SWEPT", "BURIED", "CASUALTY", "UNCON")
_COUNTED = frozenset(
    """
    orang korban anak bayi balita warga penumpang siswa siswi murid pelajar pekerja karyawan
    perempuan wanita laki pria pemuda remaja santri penghuni pengendara jiwa lansia bocah jamaah
    buruh pemancing dewasa wong halak jolma pegawai petani tamu tetangga polisi
    """.split()  # noqa: SIM905 - a table
)
_NOT_PEOPLE = frozenset(
    """
    rumah unit mobil motor kereta kk ruko kios toko pohon tiang meter cm km jam menit hari tahun
    bulan minggu kali lingkungan rt rw nomor titik buah kios truk lantai ekor juta ribu rp kamar
    keluarga liter kilo kg persen bus hektar ha batang malam kilometer derajat celcius jt rb
    """.split()  # noqa: SIM905 - a table
)
_PLACE_BEFORE = frozenset(
    "lingkungan nomor rt rw km gang blok jam pukul umur usia lantai jalan simpang kelas tiap".split()  # noqa: SIM905
)
_PART = frozenset("antaranya antara termasuk".split())  # noqa: SIM905
_REACH = 4


def count(reading: Reading) -> int | None:
    """The stated number, or None where no number of victims is stated."""
    if reading.mentions("NO_VICTIM"):
        return 0
    harms = sorted(
        (hit for name in _HARM for hit in reading.hits.get(name, ()) if hit.meant),
        key=lambda hit: hit.start,
    )
    if not harms:
        return None
    total: int | None = None
    spent: set[int] = set()
    for at, word in enumerate(reading.words):
        number = _number(word)
        if number is None or not _of_people(reading, at):
            continue
        harm = _harm_of(reading, harms, at, spent)
        if harm is None:
            continue
        spent.update(range(harm.start, harm.end))
        if total is not None and _is_part(reading, at):
            continue
        total = number if total is None else total + number
    return total


def _number(word: str) -> int | None:
    if word.isdigit():
        value = int(word) if len(word) <= 4 else LARGEST + 1
        return value if 0 < value <= LARGEST else None
    return NUMBERS.get(word)


def _of_people(reading: Reading, at: int) -> bool:
    """The number at ``at`` may count people: no age, clock, address or thing."""
    words = reading.words
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if before in _PLACE_BEFORE or before in NEGATIONS or after in _NOT_PEOPLE:
        return False
    if before in _COUNTED and before != "korban" and not words[at].isdigit():
        return after in _COUNTED or _touches_harm(reading, at + 1)
    return True


def _touches_harm(reading: Reading, at: int) -> bool:
    return any(hit.start == at for name in _HARM for hit in reading.hits.get(name, ()) if hit.meant)


def _harm_of(reading: Reading, harms: list[Hit], at: int, spent: set[int]) -> Hit | None:
    """The harm the number belongs to: after it ("6 orang luka"), else before ("luka 6 orang")."""
    words = reading.words
    counted = at + 1 < len(words) and words[at + 1] in _COUNTED
    reach = _REACH if counted else 2
    for hit in harms:
        if hit.start in spent or not 0 < hit.start - at <= reach:
            continue
        if (counted or not _ailing(reading, hit)) and _free(reading, at, hit.start):
            return hit
    for hit in harms:
        if hit.start in spent or not 0 <= at - hit.end <= 2:
            continue
        if counted or (at == hit.end and _tolls(reading, hit)):
            return hit
    return None


def _ailing(reading: Reading, harm: Hit) -> bool:
    """Harms whose numbers are measures more often than people ("tensi 200 pusing")."""
    return any(harm in reading.hits.get(name, ()) for name in ("SICK", "BREATHLESS", "SEIZURE"))


def _tolls(reading: Reading, harm: Hit) -> bool:
    """Harms that are counted bare ("luka 3, tewas 1"); "tensi 200" and "tembakan 3x" are not."""
    return any(harm in reading.hits.get(name, ()) for name in _TOLL)


def _free(reading: Reading, at: int, until: int) -> bool:
    """No other number stands between, and no new sentence begins."""
    if reading.sentence[at] != reading.sentence[until]:
        return False
    return all(_number(word) is None for word in reading.words[at + 1 : until])


def _is_part(reading: Reading, at: int) -> bool:
    return any(word in _PART for word in reading.words[max(0, at - 1) : at + 4])
