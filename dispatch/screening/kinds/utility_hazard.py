"""Power lines, poles, transformers: live wires for life, sparks urgent. A mere outage is none."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="utility_hazard",
    words="""
    CABLE: kabel, kabel listrik, kabel pln, kawat listrik, kabel tegangan, jaringan listrik, sutet,
        kabele, kawat, kabel besar, kabel induk, kabel tiang, sr pln, kabel tegangan tinggi,
        kabel listriknya
    PLAIN_CABLE: kabel wifi, kabel internet, kabel telkom, kabel telepon, kabel indihome,
        kabel optik, kabel fiber, kabel tv, kabel fo
    POWER: listrik, trafo, gardu, meteran, mcb, panel, panel listrik, meteran listrik, kwh,
        kwh meter, genset, travo, transformator, arus listrik, instalasi, sekring, stop kontak,
        colokan, saklar, kotak listrik, box listrik, lampu jalan, tiang listrik, kilometer listrik,
        colokan listrik, stop kontak listrik
    CABLE_DOWN: putus, jatuh, melintang, menjuntai, terjuntai, kendor, kendur, rendah, terkelupas,
        terkupas, lepas, nyangkut, tergeletak, di aspal, di jalan, ke jalan, di tanah, nempel,
        terendam, menjulur, di air, kena air, kerendam, ke tanah, ke genangan, turun, ngelewer,
        nglewer, semrawut hampir, menggantung, hampir kena, tersangkut, terurai, kebawah, ke bawah,
        pedot, setinggi kepala, setinggi leher, ketarik, tertarik
    HUMS: berdengung, mendengung, dengung, bunyi, berbunyi
    SPARK: keluar api kecil, (api|apinya) kecil kecil,
        api kecil dari (kabel|tiang|colokan|stop kontak|meteran), percikan, percikan api, memercik,
        bunga api, mercik, korslet, konslet, koslet, korsleting, konsleting, hubungan pendek,
        hubungan arus pendek, letupan, meletup, meletup letup, bunyi ledakan, nyala nyala,
        kembang api kabel, nyetrum, kesetrum, menyetrum, bergelepak, cetar cetar, jedar jedar,
        percik, bau gosong, bau hangus, berasap, ngebul, meledak, memercikkan api, keluar percikan,
        keluar asap, kortsleting, nyentrum, kontslet, kosleting, letusan
    SHORT_CIRCUIT: korslet, konslet, koslet, korsleting, konsleting, hubungan pendek,
        hubungan arus pendek, kortsleting, kontslet, kosleting, arus pendek
    ELECTRIC_TOUCH:
        (kalau|bila|pas|ketika|saat) (dipegang|disentuh|kena|kepegang) (nyetrum|nyentrum),
        (kalau|bila|pas|ketika|saat) (dipegang|disentuh|kena|kepegang) (kesetrum|ada setrum),
        ada arus, kesetrum, tersetrum, nyetrum, kena setrum, menyetrum, strom,
        nyetrum kalau dipegang, berarus, bertegangan, masih hidup, masih nyala, masih aktif,
        masih ada arus, nyala apinya, ada arusnya, ada setrum, beraliran listrik, ada listriknya,
        masih berarus, masih bertegangan, masih ada listrik, nyentrum
    POLE_DOWN: tumbang, roboh, rubuh, patah, jatuh, menimpa, timpa, ambruk, rebah, ditabrak,
        tertabrak, hampir tumbang
    POLE_LEAN: (mau|hampir|nyaris|takut|takutnya|bisa) (roboh|rubuh|runtuh|ambruk),
        (mau|hampir|nyaris|takut|takutnya|bisa) (tumbang|jatuh|patah|rebah),
        (akan|rawan|terancam) (roboh|rubuh|runtuh|ambruk|tumbang|jatuh|patah|rebah),
        (khawatir|was was|kayak mau|siap) (roboh|rubuh|runtuh|ambruk),
        (khawatir|was was|kayak mau|siap) (tumbang|jatuh|patah|rebah), miring, condong, doyong,
        mau tumbang, mau roboh, mau rubuh, hampir roboh, hampir tumbang, lapuk, keropos, retak,
        goyang, karatan, berkarat, mau jatuh, mau patah
    TRAFO: trafo, gardu, travo, transformator, trafo pln, gardu listrik
    PIPE: pipa pdam pecah, pipa bocor besar, pipa gas, pipa induk, semburan air, pipa meledak,
        pipa pdam meledak
    OUTAGE: (lampu jalan|lampu merah|lampu taman|lampu lapangan|lampu) (padam|mati), mati lampu,
        lampu mati, listrik (mati|padam), pemadaman, mati listrik, padam listrik,
        listrik (tidak|belum) (hidup|nyala), lampu padam, listrik mati, byar pet,
        lampu (tidak|belum) (hidup|nyala), mati lampunya, listriknya mati, listrik turun naik,
        tegangan turun, voltase, lampu kedap kedip, kedap kedip, lampu kedip kedip, redup, pln mati,
        listrik belum dipadamkan, mati arus
    """,
    evidence=evidence(
        (10.7, "TRAFO~SPARK:5"),
        (10.7, "TRAFO~FIRE:5 -HOUSE"),
        (11, "POLE~POLE_DOWN:3 CABLE~CABLE_LIES:3"),
        (10.2, "CABLE~CABLE_DOWN:5"),
        (10.2, "CABLE~SPARK:6"),
        (10.2, "CABLE~ELECTRIC_TOUCH:6"),
        (10, "POWER~SPARK:5"),
        (10, "POLE~POLE_DOWN:3 -CRASH"),
        (9.5, "POLE~POLE_LEAN:4"),
        (9, "POLE~SPARK:5"),
        (8.5, "POWER~ELECTRIC_TOUCH:5"),
        (9, "SHORT_CIRCUIT"),
        (8.5, "ELECTRIC_TOUCH CABLE"),
        (8, "ELECTRIC_TOUCH STRUCTURE -FIRE"),
        (8, "PLAIN_CABLE~CABLE_DOWN:6"),
        (8, "POWER~HUMS:3"),
        (8, "PIPE"),
        (7, "SPARK POLE"),
        (6, "CABLE~FALLS:4"),
        (6, "SPARK -CRASH -STOVE -VEHICLE"),
        (3, "CABLE"),
    ),
    default="P2",
    p1=patterns(
        "CABLE~CABLE_LIES:5 -PLAIN_CABLE",
        "CABLE~ELECTRIC_TOUCH:8",
        "SHOCKED ANYONE",
        "POWER ELECTRIC_TOUCH FLOOD",
        "ELECTRIC_TOUCH~HOUSE:6",
        "ELECTRIC_TOUCH STRUCTURE",
        "POLE~POLE_DOWN:3 CABLE",
        "UNCON",
        "PINNED",
        "CABLE FLOOD",
        "POWER~EXPLODE:3 FIRE",
    ),
    p3=patterns(
        "PLAIN_CABLE",
        "POLE~POLE_LEAN:4 -CABLE",
        "POWER_OFF",
        "CABLE LOW -SPARK",
    ),
)
