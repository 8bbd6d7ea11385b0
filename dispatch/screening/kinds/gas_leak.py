"""Gas and chemical leaks: a strong smell is for life; a bottle carried outside is urgent."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="gas_leak",
    words="""
    GAS: gas, elpiji, lpg, tabung, tabung gas, tabung melon, gas melon, gas 3 kg, gas 12 kg,
        regulator, selang gas, tabung 3 kg, tabung 12 kg, gase, kompor gas, pipa gas, tabung elpiji,
        tabung lpg
    CHEMICAL: amonia, amoniak, klorin, kaporit, bahan kimia, bau kimia, zat kimia, cairan kimia,
        tangki bbm, bensin tumpah, bbm tumpah, bau bensin, bocor bbm, tumpahan kimia, solar tumpah,
        asam sulfat, bau menyengat, cairan berbahaya, limbah kimia, bau amonia, gas beracun,
        karbon monoksida, bau bbm, minyak tumpah
    LEAK: bocor, bocoran, kebocoran, rembes, mendesis, ngeses, ngesos, desis, bunyi desis, nyembur,
        menyembur, keluar gas, lepas, tidak bisa ditutup, bocor halus, ngowos, mbocor, bocore,
        mendesus, bunyi ssss, ndesis, tumpah, semburan, bocornya, keluar terus, bocor terus
    SMELL: bau, tercium, kecium, menyengat, mambu, bau menyengat, bauk, baunya, hogi
    CONTROLLED: (kami|saya|sudah|warga) taruh (di|) luar, taruh luar, kami keluarkan, sudah di luar,
        sudah dibawa keluar, dibawa keluar, sudah ditutup, sudah dicabut, sudah dilepas,
        dikeluarkan, regulator dicabut, sudah kami keluarkan, sudah dimatikan, sudah di halaman,
        sudah dipindah, dicabut regulatornya, ditaruh di luar, di luar rumah, dibuang keluar,
        direndam, cabut regulator
    FAINT: sedikit, samar, tipis, samar samar, sikit, halus, hilang timbul, pelan, lemah,
        kadang kadang
    NOT_GAS: tancap gas, gas air mata, gas habis, beli gas, gas langka, jual gas, antar gas,
        harga gas, gas kosong, gas polisi, agen gas, pangkalan gas, tukang gas, gas melon langka,
        gas susah, gaspol, isi gas, pesan gas, gas mahal, stok gas, tabung oksigen
    """,
    evidence=evidence(
        (10.3, "GAS~LEAK:4"),
        (10.3, "SMELL~GAS:3 -BURNING_TRASH"),
        (9, "CHEMICAL~LEAK:6"),
        (8.5, "CHEMICAL~SMELL:5 -NOT_WATER"),
        (7.5, "CHEMICAL -NOT_WATER"),
        (3, "GAS"),
    ),
    default="P1",
    p1=patterns("UNCON", "NOBREATH", "SICK ANYONE -CONTROLLED", "BREATHLESS", "STRONG -CONTROLLED"),
    p3=patterns(
        "CONTROLLED !SMELL",
    ),
    p2=patterns("CONTROLLED", "FAINT"),
)
