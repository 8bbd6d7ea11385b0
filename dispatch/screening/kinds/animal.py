"""Animals that endanger people, or are themselves stuck. Indoors is urgent, outdoors can wait."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="animal",
    words="""
    SNAKE: ular, kobra, cobra, king kobra, king cobra, sanca, piton, phyton, python, ulo, ulok,
        ular sawah, ular piton, ular kobra, ular sanca, ular sendok, ular hijau, ular belang,
        ular tanah, ular weling, ular welang, ulone, viper, ular besar, anak ular, ular berbisa,
        ular cabe
    STINGER: sarang vespa, vespa afinis, sarang  tawon besar, tawon, lebah, naning, penyengat,
        penyongot, tabuhan, vespa affinis, tawon vespa, sarang tawon, sarang lebah, tawon ndas,
        tawon endas, sarang naning, kalajengking, lipan, kelabang, tawon gung, loba,
        sarang penyengat, tawone, ulat bulu, serangga, tomcat
    BEAST: buaya, biawak, monyet, beruk, kera, lutung, babi hutan, babi, celeng, harimau, macan,
        beruang, musang, anjing gila, anjing rabies, anjing galak, anjing, lembu, kerbau, kambing,
        sapi, kuda, bodat, babiat, asu, guk guk, luwak, biyawak, ayam, trenggiling, buaya muara,
        orang utan, siamang, hewan buas, hewan liar, binatang buas, binatang, hewan, berang berang,
        tikus, sapi qurban, sapi kurban, lembu kurban, gajah, kukang, burung hantu, burung, elang,
        kelelawar, tupai
    PET: kucing, anak kucing, meong, kucingnya, kucingku, anak anjing, kelinci, kura kura, hamster,
        burung
    NUISANCE: masuk, (me|)nyerang, diserang, ngamuk, mengamuk, mengejar, ngejar, dikejar, lepas,
        galak, di (dalam|) (rumah|kamar|dapur|kamar mandi|wc|kasur),
        di (dalam|) (lemari|plafon|atap|sekolah|kelas|mobil|jok), dalam rumah, melilit, lilit,
        di bawah kasur, nongol, muncul, menggigit, gigit, nggigit, gigiti, di kolong, di wc,
        di kloset, nampak, melintas, mendesis, di halaman, di teras, di parit, di kandang,
        bersarang, sarang, berkeliaran, keliaran, ada, mlebu, sembunyi, masuk ke, di pohon,
        makan ayam, nelan ayam, memangsa, di plafon, menyengat, nyengat, di mesin, di motor,
        di kereta, di gudang, di kos, di bagas, gila, rabies, buas, nongkrong, cokot, nyakot,
        melingkar, berjemur, di bawah, di atas, nyelip, merusak, hilang kendali, turun ke kampung,
        masuk kampung, masuk pemukiman
    PET_STUCK: kecemplung, nyemplung, hanyut, kejebur, terjerat, nyusruk, tersangkut, nyangkut,
        terjebak, kejebak, jatuh, masuk, tercebur, terjepit, di atas pohon, tidak bisa turun,
        di sumur, di plafon, terperosok, di atap, di talang, terperangkap, kecebur, di dalam sumur,
        masuk sumur, masuk parit, kejepit, kesangkut, di atas genteng, di mesin mobil, di dalam kap
    INDOORS: masuk rumah, di dalam, dalam rumah, di kamar, masuk kamar, di rumah, masuk ke rumah,
        masuk ke, masuk dapur, di dapur, di kamar mandi, di wc, di bawah kasur, dalam kamar,
        di lemari, di kloset, masuk warung, masuk toko, masuk kelas, di kelas, di ruang,
        di dalam rumah, masuk kos, di kos, masuk wc, masuk kamar mandi, di sekolah, masuk sekolah,
        di kolong, di plafon, di bawah tempat tidur, masuk bagas, di bagas, mlebu omah, neng omah,
        masuk kantor, di kantor, di ruko, di ruang tamu, di bawah lemari, di belakang kulkas,
        di bawah meja, di tempat tidur, di mobil, masuk mobil, di jok, di motor, di warung,
        di belakang lemari, masuk omah, tu jabu, tu bagas
    OUTDOORS: di halaman, di pohon, di kebun, di parit, di kandang, di luar, di belakang rumah,
        di pinggir, di semak, di atap, di jalan, di selokan, di teras luar, di sungai,
        di tepi sungai, sarang, di pagar, di lapangan, di ladang, di pekarangan, di sawah
    NOT_BEAST: (jadi|menjadi) sarang (nyamuk|ular|tikus|hantu), sarang nyamuk,
        sarang nyamuk dan ular, buaya darat, ular tangga, kambing hitam, ular naga, anjing lu,
        anjing kau, dasar anjing, monyet lu, monyet kau, babi kau, babi lu, dasar monyet,
        dasar babi, kumpul kebo, kupu kupu malam, adu kambing, laga kambing, sate kambing,
        daging babi, tikus kantor, ternak, mulut buaya, harga ayam, ayam penyet, ayam geprek,
        daging sapi, susu sapi, ayam goreng, nasi ayam, sop kambing, lembu kurban, kayak anjing,
        kayak monyet, ayam kampung, kuda lumping, kuda kepang, babi panggang, jual ayam, bakso sapi,
        sapi perah, vaksin rabies, vaksin anjing, kotoran lembu, kotoran ayam, bangkai ayam,
        bangkai anjing, bangkai, taik lembu, bau kandang, kandang ayam, kandang babi,
        peternakan ayam, ternak babi, kotoran, anjing mati, suara ayam, ayam tetangga
    NOBODY_STUNG: belum ada yang disengat, tidak ada yang disengat, belum menyengat,
        belum ada korban, belum ada yang kena, tidak ada yang kena, belum pernah menyengat,
        belum ganggu, tidak ada yang tersengat, belum ada yang tersengat
    """,
    evidence=evidence(
        (10, "SNAKE"),
        (10, "STINGER"),
        (9, "BEAST~NUISANCE:3"),
        (9, "PET~PET_STUCK:5"),
        (9, "BEAST~PET_STUCK:3"),
        (8, "BITTEN BEAST"),
        (6, "BEAST~ANYONE:3 BITTEN"),
    ),
    default="P2",
    p1=patterns(
        "UNCON",
        "BREATHLESS",
        "NOBREATH",
        "SNAKE~COILED:4 ANYONE",
        "BITTEN~SNAKE:3",
        "CROCODILE ANYONE BITTEN",
        "STINGER~ATTACKS:4 ANYONE GRAVE",
        "BITTEN GRAVE",
        "BLEED_HEAVY",
        "TIGER",
        "BABY SNAKE INDOORS",
    ),
    p3=patterns(
        "NOBODY_STUNG",
        "STINGER !BITTEN",
        "PET -ANYONE_HURT",
        "STINGER NEST -BITTEN -ATTACKS",
        "SNAKE OUTDOORS -INDOORS -BITTEN",
        "MONITOR -INDOORS -ATTACKS -BITTEN",
        "CAUGHT",
        "CATTLE -ATTACKS -BITTEN",
        "SNAKE GONE",
    ),
)
