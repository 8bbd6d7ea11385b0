"""Flood: water in houses is urgent; who cannot leave alone, or stands chest-deep, is for life."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="flood",
    words="""
    FLOOD: (tenggelamin|menenggelamkan|nenggelamin|tenggelam) rumah,
        rumah (mau|hampir|sudah) tenggelam, banjir, kebanjiran, kebanjirin, (te|di|ke|me|)rendam,
        terendam, kerendam, kelebu, kelem, (me|)luap, luapan, meluber, banjir bandang, air bah,
        air kiriman, banjir kiriman, banyu munggah, banyune munggah, banyu mlebu, banyune mlebu,
        aek naik, aek masuk, banjire, terkepung air, terkepung banjir, dikepung air, kepung banjir,
        air kepung, luberan, banjiran, bajir, aek magodang, kena banjir, debit air naik, limpasan,
        rob, flood, air besar masuk, air lagi naik, magodang aek, aek nunga, rumah tenggelam,
        sudah tenggelam rumah, rumah kami tenggelam, rumah sudah tenggelam, rumah hampir tenggelam
    POOLED: tergenang, genangan, digenangi, menggenang, menggenangi, genang, tergenangi
    WATER: air, banyu, aek, airnya, air sungai, air parit, sungai, debit, arus, permukaan air,
        banyune, ketinggian air, tinggi air, tma, air sei, muka air, volume air
    NOT_WATER: air (tidak|belum) pernah, air jarang, air macet, air kecil, air cuma, air hidupnya,
        token air, air ngalir, air pam, air pdam, pdam, air minum, air mata, air panas, air keras,
        air galon, air ketuban, air kencing, kantong air, mata air, air putih, air leding,
        air ledeng, air bersih, isi ulang, air gula, tukang air, air raksa, air mandi, air kelapa,
        air susu, air seni, air liur, air ludah, air aki, air radiator, air comberan, air kolam,
        air sumur, air keran, air kran, buang air, buang air besar, tangki air, bak air, pipa air,
        meteran air, tagihan air, air mati, air tidak (hidup|jalan|mengalir|keluar), rekening air,
        kran air
    RISES: kuat, kencang, menggenang, meluber, muncrat, naik, munggah, meninggi, tinggi, masuk,
        mlebu, deras, bertambah, tambah tinggi, tambah naik, makin dalam, makin naik, makin tinggi,
        melimpah, tumpah, meluap, melimpas, merembes, menggila, dalam, magodang, besar, cepat naik,
        deres, ngalir ke rumah, sudah sampai, menyentuh, lewat tanggul, di atas tanggul,
        bibir tanggul, sejengkal lagi, mau masuk, di halaman, ke halaman, sudah di teras,
        sampai teras, di teras, mepet, mencapai, setinggi, masuki, memasuki, ke kamar, ke dapur,
        dalam rumah, bagas, tu jabu, ke rumah
    DEPTH: selutut, sedengkul, sebetis, (se|)mata kaki, semata kaki, sepaha, setengah badan,
        selangkang, sepantat, sebokong, (sa|se)dengkul, selutut orang dewasa, dalamnya,
        selutut dewasa, satolot, sejengkal, setinggi lutut
    DEEP: di perut, di dada, di pinggang, di leher, sampai perut, ke perut, sudah perut,
        sampai bahu, tu dada, tu leher, tu gonting, tu abara, sepinggang, seperut, sedada, sedodo,
        sepundak, sebahu, seleher, sekepala, seatap, seplafon, satu meter, setinggi dada,
        setinggi pinggang, setinggi leher, setinggi perut, sudah dada, sudah pinggang, sudah leher,
        sampai dada, sampai pinggang, sampai leher, sampai atap, sampai plafon, semeter,
        satu setengah meter, se dada, se pinggang, se leher, se pundak, sapinggang, ke pinggang,
        ke dada, setinggi orang, melebihi kepala, se atap, sepuser, nembus plafon, setinggi meja,
        setinggi kasur, setinggi jendela, setinggi pintu, sampai jendela, setinggi atap, sudah atap,
        ke leher
    MEASURE: cm, centi, senti, meter, sentimeter
    DIKE: tembok sungai, tembok banjir, tebing sungai, dinding sungai, benteng, tanggul, bronjong,
        beronjong, turap, benteng sungai, bibir sungai, tanggule, pintu air, bendungan,
        pintu bendungan, bantaran
    OVERTOPS: (lewat|melewati|di atas|sampai|mencapai|sudah lewat|menyentuh) (bibir|) tanggul,
        melimpas, melewati turap, lewat tembok penahan, sungai (penuh|sudah penuh), sei penuh
    BREACH: jebol, pecah, bocor, putus, longsor, ambrol, roboh, runtuh, retak, jebolan, ambles,
        hancur, bobol, merembes, terkikis, tergerus, ambruk, rusak, mau jebol, kritis
    STREET_ONLY: rumah belum (masuk|kena), belum masuk rumah, rumah tidak (masuk|kena),
        tidak masuk rumah, belum sampai rumah, masih di jalan, di jalan saja, cuma di jalan,
        jalan saja, rumah aman, belum ke rumah, tidak sampai rumah, hanya jalan, tidak sampai masuk,
        rumah masih aman, masih bisa dilewati, masih bisa lewat, belum sampai ke rumah, rumah belum,
        belum masuk ke rumah, tidak masuk ke rumah, air di jalan, belum mlebu omah
    YARD: halaman, pekarangan, teras, depan pintu, parkiran, pintu rumah, garasi, latar
    RECEDED: tidak banjir lagi, sudah tidak banjir, sudah tidak tergenang, sudah kering,
        kering semua, mulai kering, surut, mulai surut, berangsur surut, sudah turun, mulai turun,
        susut, surutnya, asat, air turun, tinggal lumpur, tinggal bersih bersih, bersih bersih,
        menyurut, nyurut, tinggal becek, air sudah turun
    UPSTAIRS: di lantai 2, di lantai dua, lantai atas, di loteng, loteng, di atap, atap, di atas,
        plafon, atas seng, tingkat dua
    SWEPT_GOODS: motor hanyut, kereta hanyut, mobil hanyut, barang hanyut, rumah hanyut,
        ayam hanyut, ternak hanyut, lembu hanyut, perabot hanyut, hanyut semua barang, kasur hanyut,
        jembatan hanyut, titi hanyut, sandal hanyut, kambing hanyut
    CHILDREN: anak anak, anak kecil, bocah, balita, anak masih kecil, dakdanak, anak anak kecil,
        cah cilik
    """,
    evidence=evidence(
        (10, "FLOOD"),
        (11, "DIKE~BREACH:3"),
        (10.5, "WATER>RISES:4 TRAPPED"),
        (9.6, "WATER>RISES:4"),
        (9.6, "RISES>WATER:1 -BRIDGE"),
        (9, "OVERTOPS"),
        (8.5, "WATER~MEASURE:4"),
        (9, "WATER~DEPTH:6"),
        (10.5, "WATER~DEEP:6"),
        (8, "WATER~YARD:6 RISES"),
        (7, "POOLED"),
        (7, "DEPTH"),
        (7, "SWEPT_GOODS"),
        (7, "RECEDED~WATER:6"),
        (6, "EVACUATE~WATER:12"),
        (5, "RECEDED"),
    ),
    default="P2",
    p1=patterns(
        "DEEP -RECEDED",
        "TRAPPED -RECEDED",
        "UPSTAIRS SELF -RECEDED",
        "UPSTAIRS ANYONE -RECEDED",
        "BABY -RECEDED",
        "FRAIL -RECEDED",
        "PREGNANT -RECEDED",
        "NOT_BIRTH -RECEDED",
        "CHILDREN -RECEDED",
        "ELDER -RECEDED",
        "SICK~FOLK:4 -RECEDED",
        "DIKE~BREACH:3 -RECEDED -STREET_ONLY -CRACK",
        "SWEPT ANYONE -RECEDED",
        "UNCON",
    ),
    p3=patterns(
        "STREET_ONLY -RISES",
        "STREET_ONLY ROAD -YARD",
        "RECEDED",
        "POOLED -HOUSE",
        "POOLED~ROAD:3 -RISES",
        "POOLED STREET_ONLY",
        "ROAD DEPTH -HOUSE",
        "POOLED SMALL_WATER",
    ),
)
