"""Fire: buildings and vehicles burn for life (P1); grass and rubbish near houses come second."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="fire",
    words="""
    FIRE: sudah nyala, sudah menyala, menyala besar, nyala besar, kebakaran, kebakar, (ter|ke)bakar,
        terbakar, dibakar, bakaran, api, si jago merah, kobaran, kobaran api, berkobar, dilalap,
        lalap, hangus, ludes, kobongan, kobong, kobar, diobong, geni, murub, tartutung, tutung,
        marluhut, api na, titi api, gosong, nyala api, api besar, jilat, njilat, dijilat api, fire,
        terbakaran, disambar api, kebakar habis, dibakarnya, lidah api, marsigorgor, kobonge,
        terbaka, mombakar
    EXPLODE: meledak, ledakan, meletus, mledak, mletus, dentuman, mabugar
    SMOKE: keluar asap, berasap asap, asap, berasap, ngebul, mengepul, kepulan, kepulan asap,
        asap tebal, asap hitam, kebul, bau asap, timus, asapnya, bau gosong, bau hangus,
        bau terbakar, bau kebakar, bau sangit, sangit
    BURN_SMELL: bau (kabel|plastik|karet|kayu|) (terbakar|kebakar|gosong|hangus|sangit)
    THICK: tebal, hitam, pekat, membubung, mengepul, ngepul, hitam pekat
    STOVE: kompor, kompor gas, kompor meledak, tabung gas, tabung, elpiji, kompor minyak, regulator,
        minyak goreng, wajan, kuali, lilin, obat nyamuk, rice cooker, setrika, dispenser, kipas,
        charger, cas hp, powerbank, colokan, stop kontak, kulkas, mesin cuci, ac
    FLARES: nyambar, menyambar, menyala, nyala, membesar, membakar, menjilat, nyamber, nyala besar
    VEGETATION: lahan, semak, semak semak, ilalang, alang alang, lalang, rumput, kebun, sawit,
        hutan, ladang, jerami, sekam, pelepah, daun kering, gambut, lapangan, tanah kosong,
        lahan kosong, sampah, tumpukan sampah, tpa, tong sampah, bak sampah, tumpukan ban,
        ban bekas, tempat sampah, serbuk kayu, serbuk gergaji, limbah, tunggul, belukar, bambu
    BURNING_TRASH: (bakar|membakar|mbakar|bakari|dibakar|bakar bakar) sampah, bakar bakar sampah,
        sampah dibakar, pembakaran sampah, asap sampah, bakar ban, bakar jerami, asap pabrik,
        asap bakaran, asap pembakaran, asap kendaraan, asap sate, asap rokok, asap knalpot,
        bau asap pabrik, bakar daun, bakar plastik, bakar kabel
    NOT_FIRE: kembang api, api unggun, gunung api, bumi hangus, berapi api, kartu api, api asmara,
        kayu bakar, korek api, ikan bakar, ayam bakar, roti bakar, bahan bakar, jagung bakar,
        bakar ikan, bakar sate, bakar ayam, bakar jagung, dibakar hidup, api cinta, bakar uang,
        pisang bakar, obral hangus, kuota hangus, poin hangus, pulsa hangus, saldo hangus,
        tiket hangus, bakar lemak, api dalam sekam, sate bakar, tanggul bakar, dibakar cemburu,
        mercon, petasan, alat pemadam, apar, alat pemadam api, pelatihan pemadam, nasi bakar,
        cumi bakar, bakar batu, hidran, hydrant, panas api
    BURN_WOUND: luka bakar, tersiram, kesiram, ketumpahan, melepuh, kena minyak panas,
        kena air panas, tersiram air panas, kena api, terbakar wajahnya, terbakar mukanya,
        terbakar tangannya, terbakar badannya, terbakar kakinya, terbakar di muka,
        terbakar di tangan, luka kebakar
    REACHED_HOUSE: (nyambar|menyambar|sampai|sampai ke|kena) (rumah|dapur|atap|dinding),
        (nyambar|menyambar|sampai|sampai ke|kena) (kandang|gudang|warung|ruko),
        (mengenai|merembet ke|menjalar ke|merambat ke|ke) (rumah|dapur|atap|dinding),
        (mengenai|merembet ke|menjalar ke|merambat ke|ke) (kandang|gudang|warung|ruko)
    REIGNITE: menyala lagi, nyala lagi, hidup lagi, muncul lagi, api lagi, terbakar lagi,
        belum padam, belum mati apinya, berkobar lagi, api hidup lagi, bara, masih berasap,
        masih ada bara, masih ngebul, titik api, masih ada titik api, masih ada api, masih menyala,
        tidak padam, tidak padam padam
    """,
    evidence=evidence(
        (10, "FIRE~HOUSE:6"),
        (10, "FIRE~VEHICLE:6"),
        (10, "FIRE~GROWING:3"),
        (9, "FIRE"),
        (9, "STOVE~EXPLODE"),
        (8, "STOVE~FLARES:3"),
        (8, "REIGNITE"),
        (8, "EXPLODE~FIRE:8"),
        (9.2, "SMOKE~THICK:2"),
        (8, "SMOKE~VEHICLE:5"),
        (7, "SMOKE~HOUSE:7"),
        (8, "BURN_SMELL"),
        (6, "EXPLODE"),
        (5, "SMOKE"),
    ),
    default="P1",
    p1=patterns(
        "HOUSE>FIRE:2 -BURNING_TRASH -DISTANT -DIED -PUT_OUT",
        "FIRE~HOUSE:8 -VEGETATION -BURNING_TRASH -DIED -PUT_OUT",
        "FIRE VEGETATION REACHED_HOUSE -NOT_YET",
        "FIRE~TRAPPED:12",
        "FIRE~VEHICLE",
        "FIRE STOVE",
        "EXPLODE STOVE",
        "TRAPPED FIRE",
        "BURN_WOUND FIRE",
        "SMOKE THICK HOUSE -VEGETATION",
        "SMOKE THICK HURT",
    ),
    p3=patterns(
        "PUT_OUT -REIGNITE",
        "DIED -REIGNITE -GROWING",
        "YESTERDAY PUT_OUT -REIGNITE",
        "SMOKE FAR -FIRE",
    ),
    p2=patterns(
        "VEGETATION",
        "BURNING_TRASH",
        "SMOKE -FIRE",
        "BURN_SMELL -FIRE",
        "REIGNITE PUT_OUT",
        "FIRE SMALL_FIRE",
    ),
)
