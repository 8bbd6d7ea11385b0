"""Small concepts that only tell priorities and near neighbours apart."""

MARKS = """
PUT_OUT: dijinakkan, bisa dijinakkan, pendinginan, tinggal pendinginan, bekas kebakaran,
    sisa kebakaran, (kami|saya|warga|bisa|berhasil) padamkan, sudah (kami|saya|warga) padamkan,
    dipadamkan warga, kami siram, padam, sudah padam, dipadamkan, mati apinya,
    api (sudah|) (mati|padam), apinya (sudah|) (mati|padam), apinya mati, terkendali,
    berhasil dipadamkan, api kecil sudah, tidak ada api lagi, sudah tidak ada api, wis mati, mintop,
    nunga mintop, tinggal asap
NOT_YET: belum (sampai|kena|nyambar|merembet), hampir, mau, takut, takutnya, khawatir, nyaris,
    dekat, arah, mendekati, ke arah, mengarah
FAR: jauh, dari jauh, kejauhan, arah, kelihatan dari, di kejauhan
SMALL_FIRE: kecil, sedikit, belum besar, api kecil, kecil saja
SMALL_WATER: sedikit, becek, sejengkal, cuma, hanya, kecil, tipis
MINOR_ILL: pusing, pening, batuk, pilek, flu, gatal, gatal gatal, sakit gigi, keseleo, terkilir,
    lecet, memar, bisul, masuk angin, demam ringan, mimisan, keram, kram, kena paku, terpijak paku,
    mag, maag, asam lambung, meriang, luka kecil, lecet lecet, keinjek paku, bengkak, goresan,
    mata merah
PLANNED: besok, lusa, jadwal, kontrol, rencana, minggu depan, nanti sore, nanti malam, bulan depan,
    rawat jalan, kontrol ke, cuci darah rutin, hari senin, hari selasa, hari rabu, hari kamis,
    hari jumat, pulang dari rumah sakit, antar pulang, antar jenazah, mobil jenazah,
    ambulans jenazah, rujukan, ada ambulans gratis, nanti
LECET: lecet, lecet lecet, memar, luka kecil, goresan, luka ringan saja, benjol, luka sedikit,
    lecet saja, bibir pecah
HURT_REAL: patah, luka parah, luka berat, berdarah, kepala, luka robek, tidak bisa jalan,
    tidak bisa berdiri, kritis, luka luka, darah, pingsan, sesak
BUS: bus, bis, angkot, sudako, odong odong, minibus, kereta api, truk penumpang, mopen
INTENDS: mau lompat, mau loncat, hendak, mengancam, ancam, ngancam, ingin, pengen, mau terjun,
    mau melompat, niat
MACHINE: mesin, gilingan, press, conveyor, pabrik, gerigi, penggilingan, mixer, molen, ekskavator,
    beko, blower, mesin padi, gilingan padi
MANY_HURT: banyak korban, korban banyak,
    banyak (yang|) (luka|terluka|mati|meninggal|tertimpa|berdarah),
    belasan (orang|korban|warga|penumpang), puluhan (orang|korban|warga|penumpang), bergelimpangan,
    berjatuhan, korban berjatuhan
NO_ANSWER: tidak menyahut, tidak nyahut, dipanggil tidak, tidak ada jawaban, tidak jawab,
    tidak menjawab, tidak ada suara, diam saja, tidak nyaut, dipanggil panggil
KEY: kunci, gagang, gagangnya, kuncinya, handle, slot, pintu
FALLEN: roboh, rubuh, ambruk, runtuh, tumbang, jatuh, menimpa, timpa, tertimpa, ketimpa, ambrol,
    sudah roboh, jebol
ANYONE_HOME: orang, penghuni, orangnya, isinya, orang di dalam
EMPTY_HOUSE: tidak ada orang di dalam, tidak ada orang di dalamnya, tidak ada orangnya,
    rumah kosong, tidak berpenghuni, bangunan kosong, tidak ada orang, tidak ada penghuni,
    gudang kosong, bangunan tua, bangunan lama, gedung kosong, tidak dihuni, tidak ditempati,
    rumah tua, tidak ada korban, tidak ada yang luka, kosong
RESTRICTED: sudah dipasang, dipasang garis, garis polisi, sudah dijauhi, sudah diamankan,
    sudah ditutup, tidak mengganggu, tidak ada korban
DOWN_NOW: tumbang, roboh, rubuh, rebah, melintang, menutup jalan, nutup jalan, menimpa, timpa,
    tertimpa, ketimpa, patah, ambruk, menghalangi, sudah tumbang, sempal, menutupi jalan
INSIDE: di dalam, di dalamnya, dalam mobil, ada orang, isinya, supirnya, sopirnya, penumpangnya,
    orangnya
CABLE_LIES: putus, jatuh, melintang, tergeletak, di aspal, di jalan, ke jalan, di tanah, ke tanah,
    di air, ke air, terendam, kena air, di genangan, ke genangan, kerendam, setinggi leher, pedot,
    nempel, nyangkut, tersangkut, di atap, di pagar, lepas, putus satu, di atas atap, di atas mobil,
    kebawah
POWER_OFF: sudah dimatikan, sudah padam, sudah dipadamkan, sudah mati arus, tidak ada arus,
    pln sudah, sudah diputus, listrik sudah dimatikan, mcb sudah turun, mcb sudah dimatikan,
    listrik sudah padam, sudah aman
LOW: rendah, kendor, kendur, menjuntai, terjuntai, hampir kena, setinggi kepala, turun, menggantung,
    semrawut, ngelewer
STRONG: menyengat, kuat, keras, kencang, pekat, tajam, menyebar, pusing, mual, penuh, besar, banyak,
    makin
COILED: melilit, dililit, terlilit, lilit, membelit, dibelit, menelan, ditelan, nelan
CROCODILE: buaya, buaya muara
TIGER: harimau, macan, beruang, gajah, babiat, hewan buas, binatang buas
ATTACKS: menyerang, nyerang, diserang, serang, ngamuk, mengamuk, disengat, menyengat, nyengat,
    mengejar, ngejar, dikejar, digigit, menggigit, gigit, diseruduk, nyeruduk, nanduk, ditanduk,
    menyeruduk, mengganas, dientup, gigiti, cakar, dicakar
ANYONE_HURT: digigit, dicakar, luka, berdarah, bengkak
NEST: sarang, sarangnya, bersarang, sarang tawon, sarang lebah, sarang naning, sarang penyengat,
    nempel, di atap, di pohon, di plafon
MONITOR: biawak, monyet, kera, kucing, musang, burung, kambing, lembu, ayam, biyawak, beruk
CAUGHT: sudah ditangkap, sudah kami tangkap, sudah dikurung, sudah diikat, sudah kami kurung,
    sudah masuk karung, dalam karung, sudah mati, ditangkap warga, sudah dapat, sudah tertangkap,
    dimasukkan karung, sudah kami ikat, sudah dimasukkan, dalam ember, sudah ditutup ember,
    di dalam kandang, dalam jerigen
CATTLE: lembu, kerbau, kambing, sapi, kuda, babi, bebek, sapi kurban, lembu kurban, ternak
GONE: sudah pergi, sudah keluar, sudah lari, sudah kabur, tidak nampak lagi, hilang, masuk semak,
    sudah tidak nampak, tidak kelihatan lagi, sudah pigi
THREATENS: ngancam, mengancam, ancam, diancam, ancaman, acung, mengacungkan, acungkan, ngacung,
    ngacungkan, ngejar, mengejar, dikejar, kejar, todong, menodong, ditodong, nodong, ngamuk,
    mengamuk, bawa, membawa, pegang, memegang, pakai, pake, ayun, mengayunkan, nunjukkan, ngasah,
    tunjuk, mau bunuh, mau bacok, bawak, nyari, mencari, cari, nenteng, megang, gowo, nggowo, maboan
DONE: kemarin, semalam, tadi malam, sudah hilang, hilang, sudah lari, sudah kabur, pelaku sudah,
    pelaku kabur, pelaku lari, pelakunya sudah, pelakunya kabur, pelakunya lari, sudah pergi,
    mau lapor, buat laporan, bikin laporan, kehilangan, minggu lalu, tadi pagi, tadi subuh,
    baru sadar, baru tahu, baru ketahuan, sudah tidak ada, raib, dua hari lalu, pas bangun,
    bangun tidur, kecurian, kemalingan, kecopetan, tadi siang, dicuri orang, dibobol, tadi sore,
    ketika bangun, waktu bangun, pagi ini sudah, sudah selesai, sudah bubar, sudah dilerai,
    sudah damai, digondol, diambil orang
GANG: geng motor, genk motor, gang motor, tawuran, tauran, massa, ramai ramai, rame rame, puluhan,
    kelompok, bentrok, saling serang, gengster, gangster, keroyok, dikeroyok
TOOL: obeng, kayu, batu, tangan kosong, tali pinggang, rotan, sapu, botol kosong, mainan
INSIDE_NOW: masih di dalam, ada di dalam, di dalam rumah, masih ada, lagi di dalam, di dalam,
    masih di dalam rumah, masuk rumah, ada orang masuk, ada maling masuk, di lantai bawah,
    di atas plafon
CAUGHT_MOB: ditangkap warga, dimassa, diamuk massa, dihakimi, diamankan warga, tertangkap,
    ditangkap massa, ketangkap, digebuki warga, sudah ditangkap, dikepung warga, dikepung
NEIGHBOUR: tetangga, sebelah, sebelah rumah, rumah sebelah, samping rumah, kos sebelah,
    kontrakan sebelah, depan rumah, rumah depan, tonggo, seberang rumah, kamar sebelah,
    belakang rumah
CEKCOK_ONLY: ribut suami istri, suami istri ribut, suami istri berantem, berantem suami istri,
    suami istri kelahi, cekcok, bertengkar, pertengkaran, adu mulut, ribut mulut, ribut,
    berantem mulut
NOT_SUICIDE: film, sinetron, drama, lagu, cerita, game
ATTACKS_PEOPLE: nyerang, menyerang, ngamuk bawa, mukuli, memukuli, mukul, ngejar, mengejar,
    lempari orang, melempari, melempari rumah, lempar batu, lempari rumah, cekik, mencekik, gigit,
    membakar, bakar rumah, mau bakar, bahayakan, membahayakan
CALM_ODGJ: tidak ganggu, tidak mengganggu, tidak ngamuk, diam saja, tidak menyerang,
    tidak membahayakan, cuma jalan, cuma duduk, jinak
VEHICLE_LOST: kereta hilang, motor hilang, mobil hilang, hp hilang, dompet hilang, sepeda hilang
SEARCH: cari, mencari, dicari, nyari, tolong cari, belum ketemu, sudah dicari, bantu cari,
    mohon bantu, pencarian, carikan
HYPOTHETICAL: kalau, jika, bila, apabila, andai, seandainya, misalnya, semisal, jangan sampai,
    rawan, menghindari, mencegah, mengantisipasi, pencegahan
NOT_HYPOTHETICAL: kalau bisa, kalau boleh, kalau dari, kalau tidak salah, kalau tidak cepat,
    kalau lambat, kalau sempat, kalau tidak segera
"""

NO_VICTIM = """
NO_VICTIM: tidak ada (yang|) korban, tidak ada korban jiwa, belum ada korban,
    korban (tidak ada|nihil|kosong), nihil korban, tanpa korban, korban jiwa (tidak ada|nihil),
    tidak ada (yang|) (luka|terluka|luka luka|cedera|meninggal),
    tidak ada (yang|) (sakit|kena|celaka|disengat|digigit|tersengat),
    belum ada (yang|) (luka|terluka|cedera|disengat|digigit|kena|tersengat),
    korban luka (tidak ada|nihil), (0|nol) korban, korban (0|nol), tidak sampai ada korban,
    tidak menimbulkan korban, tidak memakan korban
"""

MORE = """
CASUALTY: korban, korban luka, korban jiwa, korban meninggal, korban tewas, korban jatuh
AFFECTED: korban banjir, korban kebakaran, korban bencana, korban angin
BORN: lahir selamat, sudah lahir, sudah melahirkan, bayi sudah lahir, lahir, melahirkan selamat
FIRE_CREW: damkar, pemadam, mobil pemadam, pemadam kebakaran, mobil damkar
FLOOD_CREW: bpbd, perahu karet, tagana, basarnas, tim sar, posko
POLICE: polisi, polsek, polres, patroli, pelaku, pelakunya, tersangka, brimob
FOUND_AGAIN: ketemu, ditemukan, sudah pulang, jumpa, dijemput keluarga, kembali
HEAD_OR_BACK: kepala, kepalanya, punggung, tulang belakang, leher, pinggang, tulang punggung
LEVEL_ROSE: naik (semeter|1 meter|satu meter|setengah meter|2 meter|dua meter),
    naiknya (semeter|1 meter|satu meter), tinggi air sungai, semeter lebih dari biasa,
    (semeter|1 meter|satu meter) (di atas|lebih dari|dari) (normal|biasa|biasanya)
FACE: muka, wajah, mata, mukanya, matanya, wajahnya, seluruh badan, sekujur
SERIOUS: guling guling, alergi, gatal semua, bengkak semua, muka bengkak, mukanya bengkak,
    tidak mau (nyusu|menyusu|minum), kuning, tidak nangis, muntah, muntah muntah, lemas, lemes,
    pucat, darah tinggi, diare, mencret, muntaber, panas tinggi, drop, tidak berhenti,
    tidak mau berhenti, demam tinggi, gula, kejang, dehidrasi, tidak mau makan, sesak, pingsan,
    darah, patah, hamil, nyeri, kesakitan, menggigil, dbd, tipes, dalam, tembus, robek
ORDINARY: biasa, demam biasa, biasa saja, batuk biasa
NO_RIDE: tidak ada (kendaraan|mobil|yang antar|transport|yang bawa|bawa), butuh diantar,
    minta diantar, minta antar, tidak punya kendaraan, tidak punya mobil, antarkan, tolong antar
TOWER: tower, menara, odgj, orangnya turun, turun dari (tower|jembatan|titi|atap|gedung)
HIT_THING: (kena|nimpa|timpa) (becak|mobil|kereta|motor|angkot|orang),
    (menimpa|nindih|hantam|menghantam) (becak|mobil|kereta|motor|angkot|orang),
    (kena|nimpa|timpa) (pengendara|pejalan kaki|anak|ibu|bapak|penumpang),
    (menimpa|nindih|hantam|menghantam) (pengendara|pejalan kaki|anak),
    (menimpa|nindih|hantam|menghantam) (ibu|bapak|penumpang)
ABOUT_TO: (mau|akan|rencana|siap|hendak) (tawuran|tauran|kelahi|berkelahi),
    (mau|akan|rencana|siap|hendak) (berantem|bentrok|serang|nyerang), mulai kumpul, baru kumpul,
    sudah kumpul
ENGINE_OFF: (mesin|lampu|ac|hp|motor|mobil|kereta) mati, mati mesin, mati total
FATAL: maut, tabrakan maut, kecelakaan maut, nyawa melayang
OUT_NOW: sudah keluar, sudah keluar semua, sudah (bisa|berhasil) keluar, sudah dikeluarkan,
    sudah lepas, sudah bisa dilepas, sudah turun
AID: (bantuan|bansos|sembako) (banjir|kebakaran|bencana) (kemarin|belum|tidak|lalu)
LIKE_DYING: (kayak|seperti|rasa|rasanya|macam|hampir) mau mati, hampir mati
DISTANT: (meter|m|km) dari (rumah|perumahan|pemukiman), dekat rumah, belakang (rumah|perumahan),
    ke (perumahan|arah rumah|pemukiman), arah (rumah|perumahan),
    belum (sampai|dekat) (rumah|ke rumah), jauh dari rumah, mendekati rumah,
    hampir (sampai|ke|kena) rumah
DIED: sudah mati, sudah padam, mati sendiri, padam sendiri, sempat nyala, sempat terbakar
BODY_PART: kaki, tangan, kepala, mata, perut, dada, leher, pinggang, lutut, jari, punggung, rusuk,
    badan, muka, wajah, telinga, hidung, mulut, gigi, kulit, paha, betis, bahu, lengan, dahi, jidat,
    pipi, dagu, jahitan, luka operasi
SORRY: maaf, mohon maaf, maaf ganggu, maaf merepotkan
HABIT: tiap hujan, setiap hujan, kalau hujan, asal hujan, tiap kali hujan, tiap malam, setiap malam,
    tiap hari, setiap hari, sering, tiap sore, setiap sore, tiap tahun, setiap tahun, langganan,
    dari dulu, tiap pagi, setiap pagi, selalu, tiap minggu, tiap bulan, hujan sedikit,
    tiap turun hujan, hari hari, terus terusan, sudah bertahun tahun, bertahun tahun, musim hujan
DRILL_SURE: simulasi (kebakaran|bencana|banjir|gempa|evakuasi),
    bukan (kejadian|kebakaran) (sebenarnya|sungguhan|beneran|nyata), bukan kejadian sebenarnya,
    bukan kejadian nyata, bukan sungguhan, bukan beneran, hanya (simulasi|latihan),
    cuma (simulasi|latihan),
    latihan (evakuasi|kebakaran|gabungan|bersama|rutin|penanggulangan|tanggap), gladi resik
HOME_AGAIN: sudah sadar, sudah siuman, sudah baikan, sudah pulih, sudah mendingan, sudah membaik
"""

TABLES = (MARKS, NO_VICTIM, MORE)

UNIONS = {
    "ANYONE": ("PERSON", "KIN", "CHILD", "BABY", "ELDER", "WIFE", "SELF"),
    "FOLK": ("PERSON", "KIN", "CHILD", "BABY", "ELDER", "WIFE"),
    "RAGE": ("MENACE", "BESIDE_HIMSELF"),
    "HIDES": ("HIDDEN", "SMALL_ROOM"),
    "MISHAP": ("FALLS", "FALL_FROM", "FROM_BIKE", "CRASH", "COLLAPSED"),
    "INJURY": ("HURT", "BLOOD", "BLEED_HEAVY", "UNCON", "CANNOT_MOVE"),
    "STRUCK_DOWN": ("UNCON", "NOBREATH", "BREATHLESS", "SEIZURE", "STROKE", "HEART"),
}
"""A concept that holds wherever one of these does."""

CLOSED = frozenset(
    """
    NOT_FIRE BURNING_TRASH NOT_WATER NOT_SICK NOT_CRASH DAMAGE_ONLY NOT_GAS NOT_BEAST NOT_MAD
    HELPER TRAIN GREETING WALKING AMBULANCE BURN_WOUND SUNK_THINGS SWEPT_GOODS SUICIDE OUTAGE
    METAPHOR PLAIN_CABLE FROM_BIKE THANKS EXAM NO_VICTIM NOBODY_STUNG BREATHLESS BIRTHMARK SPARK
    NOT_HYPOTHETICAL BLEED_HEAVY KDRT SHOCKED OVERDOSE BIRTH LOAN_SURE GAMBLE_SURE SCAM_SURE
    TEST CHOKE VERIFY SPILL BODY_FOUND OXYGEN DRILL DRILL_SURE HEALTHY UNCON NOBREATH NOCALL
    CRACK AID AD_PHRASE WANTS_MENDED WANTS_SURE NOT_THEFT INQUIRE BURN_SMELL LIKE_DYING
    FALL_FROM NOT_BIRTH SCALD LEVEL_ROSE LEANING POLE_LEAN
    """.split()  # noqa: SIM905 - a table
)
"""Concepts whose phrases use up their words: inside "kembang api" there is no fire.

Phrases that begin with a negation are closed too; all others leave their words to be read again.
"""
