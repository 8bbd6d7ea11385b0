"""What fits no other type: suspicious objects, bodies, earthquakes, spills, holes in the road."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="other",
    words="""
    BOMB: bom, bom rakitan, granat, mortir, peluru mortir, bahan peledak, dinamit, amunisi,
        ancaman bom, molotov, bom molotov, bom ikan, ranjau, peluru
    OBJECT: tas, koper, kardus, bungkusan, paket, ransel, kotak, ransel hitam, tas ransel,
        tas hitam, benda, barang, plastik hitam, karung, tabung aneh
    UNATTENDED: ditinggal, ditinggalkan, tertinggal tanpa, tidak ada yang punya, tidak bertuan,
        tanpa pemilik, tidak ada pemiliknya, mencurigakan, ada kabelnya, kabelnya keluar,
        bunyi detak, berdetak, bunyi tik tik, tidak ada yang ngaku, tergeletak, tidak diambil,
        tidak jelas pemiliknya, aneh
    SUSPICIOUS_THING: benda mencurigakan, tas mencurigakan, bungkusan mencurigakan,
        koper mencurigakan, paket mencurigakan, kardus mencurigakan, barang mencurigakan,
        benda asing, benda aneh, karung mencurigakan
    BODY_FOUND: mayat, jasad, (ditemukan|ada|temuan|penemuan|nemu) jenazah,
        jenazah (ditemukan|di|mengapung|tersangkut|hanyut), tulang manusia, tengkorak manusia,
        bau bangkai dari rumah, bau busuk dari kamar, mayat ditemukan, potongan tubuh,
        ditemukan meninggal, ditemukan tewas, ditemukan tidak bernyawa
    QUAKE: gempa, gempa bumi, lindu, goyang gempa, lalo, guncangan
    SPILL: tumpahan oli, oli tumpah, minyak tumpah, solar tumpah, cpo tumpah, tumpahan minyak,
        jalan licin, tumpahan solar, oli di jalan, tumpahan cpo, minyak di jalan, tumpah di jalan,
        ceceran oli, muatan tumpah, muatan jatuh
    HOLE: sumur terbuka, lubang menganga, manhole, tutup parit hilang, tutup got hilang,
        penutup parit, besi parit hilang
    RADIATION: radioaktif, radiasi, wabah, keracunan massal
    """,
    evidence=evidence(
        (10.5, "BOMB"),
        (10.5, "SUSPICIOUS_THING"),
        (10, "OBJECT~UNATTENDED:6"),
        (9, "BODY_FOUND -SWEPT"),
        (10.2, "SPILL -CRASH"),
        (8, "SPILL"),
        (10.2, "QUAKE"),
        (6, "HOLE"),
    ),
    default="P2",
    p1=patterns(
        "BOMB", "SUSPICIOUS_THING", "OBJECT~UNATTENDED:6", "UNCON", "PINNED", "BLEED_HEAVY"
    ),
    p3=patterns("HOLE", "BODY_FOUND YESTERDAY"),
)
