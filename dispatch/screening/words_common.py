"""Concepts that several types share: people, things, places, states of a body.

Tables are read by :func:`dispatch.screening.phrases.read_table`. Words stand in the spelling
that :mod:`geo.words` gives; Javanese and Batak ones beside the Indonesian they mean.
"""

PEOPLE = """
PERSON: orang, seorang, warga, tetangga, korban, penumpang, pengendara, pengemudi, penghuni,
    (s|)(u|o)pir, perempuan, wanita, cewek, cowok, laki laki, lelaki, pria, pemuda, pemudi, remaja,
    gadis, janda, pekerja, tukang, buruh, karyawan, pegawai, satpam, murid, siswa, siswi, pelajar,
    guru, santri, mahasiswa, pasien, pedagang, penjual, pembeli, penumpangnya, pejalan kaki, polisi,
    pemancing, petani, pemulung, wong, halak, jolma, dongan, kawan, teman, berdua, bertiga,
    berempat, suami istri, sekeluarga, satu keluarga, keluarga, pengantin, tamu, jemaah, jamaah
KIN: bapak, ibu, mamak, mama, ayah, papa, emak, umi, abi, anakku, anak saya, suami, istri, bini,
    laki saya, abang, kakak, adik, kakek, nenek, nek, opung, ompung, oppung, atok, atuk, nenekku,
    mbah, simbah, embah, mertua, menantu, cucu, keponakan, ponakan, sepupu, paman, tante, bibi,
    bude, pakde, bulek, paklek, bibik, uwak, tulang saya, inang, amang, inong, orang tua, wong tuwo,
    wong tuwek, ortu, anggi, boru, eyang, uci, nantulang, namboru, amangboru, inanguda, bou
CHILD: anak, anak anak, anakku, bocah, lare, dakdanak, anak kecil, murid, siswa, keponakan, cucu,
    anak sd, anak tk, anak sekolah, anak umur, anak gadis, adikku, adik
BABY: bayi, balita, orok, baby, newborn, anak bayi, bayinya, bayi merah, anak kecil, anak umur,
    dua balita, bocah, bayek
ELDER: kakek, nenek, nek, opung, ompung, oppung, atok, mbah, simbah, lansia, jompo, manula, sepuh,
    orang tua, wong tuwo, wong tuwek, bapak tua, ibu tua, kakek kakek, nenek nenek, uzur, eyang,
    bapak bapak tua, tua renta, pikun
FRAIL: autis, berkebutuhan khusus, down syndrome, keterbelakangan, patah kaki, habis kecelakaan,
    lumpuh, stroke, kursi roda, cuci darah, hemodialisa, dialisis, disabilitas, difabel, cacat,
    tuna netra, tunanetra, buta, tidak bisa (jalan|berjalan|bergerak|bangun|mlaku), sakit keras,
    terbaring, di tempat tidur, oksigen, jompo, lansia, uzur, sakit sakitan, pasca operasi,
    habis operasi, baru operasi, baru melahirkan, habis melahirkan, pakai selang,
    tidak sanggup jalan, tidak kuat jalan, orang sakit, sedang sakit, lagi sakit, pasien, sendirian,
    sebatang kara, tinggal sendiri, tidak bisa apa apa
PREGNANT: hamil, mengandung, bumil, meteng, hamil tua, bunting
SELF: saya, aku, awak, kami, kita, gue, gua, gw, hami, ahu, au, kulo, ane, ambo, ku
HE: dia, suami, suamiku, laki saya, lakik, lakikku, mantan, pacar, bapak tiri, ayah tiri, bapak,
    ayah, ayahku, bapakku, papa, bojoku
PRONOUN: dia, ia
ABUSER: suami, suaminya, laki saya, lakik, lakikku, lakinya, mantan suami, pacar, pacarnya,
    bapak tiri, ayah tiri, ibu tiri, mamak tiri, bojo, mertua, mantan pacar, suami saya, bapaknya,
    ayahnya, ibunya, mamaknya, orang tuanya, ayah kandung, bapak kandung, anak kandung, ipar,
    abang ipar, laki ku
WIFE: istri, istrinya, bini, bininya, ibu rumah tangga, anak istri, anak dan istri, bojone,
    pacarnya, anaknya, anak tiri, mamaknya, ibunya, mamak kami, mamakku, ibuku, pembantu, art
"""

THINGS = """
HOUSE: rumah, kos, kosan, kost, kontrakan, ruko, toko, warung, kede, kedai, gudang, pabrik, kios,
    bangunan, gedung, asrama, hotel, losmen, bengkel, jabu, omah, griya, kilang, lapak, grosir,
    swalayan, panglong, perumahan, rumah makan, restoran, kantin, sekolahan, masjid, musala,
    mushola, musholla, gereja, vihara, kelenteng, klenteng, wihara, apotek, spbu, pom bensin,
    pertamina, mall, plaza, minimarket, alfamart, indomaret, rumah warga, pemukiman, permukiman,
    komplek, kompleks, rusun, lantai dua, dapur, kamar, plafon, kilang padi, pasar, pajak,
    rumah sakit, sekolah, kantor, pesantren, madrasah, salon, cafe, kafe, warnet, rumah kosong,
    panti, omahe, jabu na
VEHICLE: mio, aerox, pcx, jupiter, revo, crf, klx, hilux, pajero, fortuner, brio, jazz, terios,
    sigra, calya, agya, ayla, granmax, gran max, panther, ertiga, apv, mobil tangki, truk tangki,
    truk sawit, motor gede, roda dua, roda empat, ojol, gojek, ojek, rbt, mobil, truk, truck,
    tronton, trailer, treler, bus, bis, angkot, sudako, pikap, pickup, pick up, fuso, colt, minibus,
    taksi, avanza, innova, xenia, carry, tangki, dump truk, l300, kijang, mopen, odong odong,
    ekskavator, beko, traktor, mobil pribadi, sedan, ambulans desa, motor, kereta, sepeda motor,
    honda, yamaha, vario, beat, supra, scoopy, nmax, becak, betor, bentor, vespa, motornya,
    keretanya
MOTORBIKE: motor, kereta, sepeda motor, honda, yamaha, vario, beat, supra, scoopy, nmax, becak,
    betor, vespa, bentor
TRAIN: kereta api, ka, lokomotif, railbus, kereta barang, kereta penumpang, kereta api barang
RAIL: rel, perlintasan, palang pintu, palang kereta, rel kereta, rel kereta api, bantalan rel
ROAD: jalan, aspal, simpang, gang, jalan raya, lintas, jalinsum, tol, bahu jalan, trotoar,
    pasar hitam, badan jalan, dalan, ringroad, gerbang tol
RIVER: sungai, bendungan, bendung, parit, selokan, kanal, danau, waduk, embung, irigasi, binanga,
    arus, sunge, kolam, sumur, paret, got, riol, rawa, sei, aek godang, titi, bekas galian, galian,
    septic tank, septitank, septik tank, gorong gorong, muara, laut, bondar, lubuk, pemandian
WELL: sumur, sumur bor, septic tank, septitank, septik tank, lubang, sumur tua, gorong gorong,
    jurang, lobang, galian, wc lama
BRIDGE: jembatan, titi, fly over, flyover, jembatan layang, titi gantung, rel, bendungan, menara,
    tower, lantai 2, lantai 3, lantai dua, lantai tiga, lantai 4, atap, atap gedung, gedung, genteng
TREE: pohon, pokok, batang, dahan, ranting, wit, hau, wit witan, pohonnya, ranting pohon,
    dahan pohon, pohon besar, batang pohon, beringin, trembesi, mahoni, batang kelapa, pohon kelapa,
    wite, cabang pohon, pohon sawit, batang sawit, pohon pinang, pohon durian, bambu, rumpun bambu
STRUCTURE: rumah, bangunan, gedung, tembok, dinding, atap, plafon, pagar, ruko, panggung, tenda,
    tower, menara, jembatan, titi, baliho, papan reklame, billboard, kanopi, teras, balkon, tribun,
    sekolah, kelas, ruang kelas, lantai, tiang penyangga, pondasi, fondasi, steling, scaffolding,
    perancah, gapura, tangga, seng, genteng, asbes, langit langit, kios, lapak, warung, toko,
    gudang, kandang, gardu, pos ronda, masjid, kubah, gereja, turap, beronjong, bronjong, crane,
    teratak, taratak, tratak, pilar, dapur, kamar mandi, omah, jabu, temboknya, atapnya, lantai dua,
    kontrakan, kos
POLE: tiang, tiang listrik, tiang telepon, tiang lampu, tiang pln, tiang beton, tiang wifi,
    tiang internet
WEAPON: pisau, parang, golok, celurit, clurit, klewang, kelewang, samurai, pistol, senjata, senpi,
    senjata tajam, senjata api, sajam, badik, belati, kapak, kampak, egrek, dodos, linggis, gancu,
    tombak, panah, senapan, airsoft, balok, broti, beroti, besi panjang, arit, sabit, air keras,
    rantai besi, botol pecah, pecahan botol, broken botol, pedang, lading, gobang, tojok,
    senapan angin, bedil
HEIGHT: pohon, atap, genteng, tangga, lantai 2, lantai 3, lantai dua, lantai tiga, steling,
    scaffolding, tower, plafon, ketinggian, loteng, batang kelapa, pohon kelapa, pokok, perancah,
    tembok, panjatan, seng, balkon, jembatan, bangunan, tiang, menara, gedung
"""

STATES = """
FALLS: jatuh, terjatuh, terjun, terperosok, terpelosok, tergelincir, terpeleset, kepleset, tibo,
    madabu, terpelanting, tercampak, kecampak, jatoh, terjengkang, kepeleset, ambruk
TOPPLE: tumbang, roboh, rubuh, (a|)mbruk, runtuh, ambrol, tumpang, ambruk, marumbak, rumpu,
    tarumbak, ropuh, condong, doyong, jebol, ambles, amblas, anjlok
STRIKES: (me|ni|)timpa, (ter|ke|ke|di|ke)timpa, timpa, menimpa, nimpa, ketiban, ditimpa, nindih,
    menindih, (ter|di|ke)tindih, menghantam, hantam, ngantam
PINNED: (ter|ke|di)jepit, kejepit, kegencet, tergencet, (ter|ke)timpa, tertindih, ketindih, ketiban,
    terhimpit, terimpit, kehimpit, terjepit, di bawahnya, di bawah pohon, di bawah reruntuhan,
    kejepet, terlindas
BURIED: menimbun, nimbun, (di|)timbun tanah, tertimbun tanah, ditimbun, tertimbun, ketimbun,
    terkubur, tertanam, terbenam lumpur, kurugan, keurug, kena longsor, di bawah reruntuhan,
    dalam reruntuhan
TRAPPED: (megang|memegang|pegang) (di|ke|pada|sama|) (tiang|pohon|pagar|dahan|kayu|tali),
    (pegangan|berpegangan|bergantung) (di|ke|pada|sama|) (tiang|pohon|pagar),
    (pegangan|berpegangan|bergantung) (di|ke|pada|sama|) (dahan|kayu|tali),
    bertahan di (atap|pohon|tiang), terjebak, kejebak, terkurung, kekurung, terperangkap, terkepung,
    terisolir, terisolasi, tidak bisa (keluar|lari|turun|nyelamatkan diri), tidak dapat keluar,
    tidak sempat keluar, tidak berani (keluar|turun),
    (masih|isih) (ada|) (orang|anak|ibu|bapak) (di|neng|nang) (dalam|njero),
    (masih|isih) (ada|) (nenek|kakek|penghuni|mamak) (di|neng|nang) (dalam|njero), masih di dalam,
    masih ada di dalam, isih neng njero, isih nang njero, ada orang di dalam, ada di dalam rumah,
    ada anak di dalam, belum keluar, di (loteng|atap|genteng|seng),
    (atas|naik|ke) (loteng|atap|genteng|plafon|seng|lemari|meja),
    naik ke (loteng|atap|genteng|plafon|seng|lantai 2|lantai dua|atas lemari),
    di atas (atap|genteng|lemari|meja|plafon|seng), di lantai 2, di lantai dua, lantai atas,
    naikkan ke meja, naik meja, tidak bisa evakuasi, terkunci dari luar, belum dievakuasi,
    belum dijemput, tidak bisa kemana mana, tidak bisa ke mana mana, tersangkut di pohon,
    di bagas dope, di dalam dope, tidak bisa metu, ora iso metu, orangnya di dalam,
    ada yang di dalam, masih ada orang, masih ada penghuni, orang di dalam, terkurung api,
    di dalam rumah masih ada
EVACUATE: evakuasi, dievakuasi, jemput, dijemput, diungsikan, ungsikan, mengungsi, ngungsi, perahu,
    perahu karet, sampan, rubber boat, pelampung, diselamatkan, dikeluarkan, tidak bisa ngungsi
HURT: tidak bisa (digerakkan|gerakkan|diangkat), tepar, terkapar,
    (tangan|kaki|tulang|leher|bahu|rusuk|pinggul) patah,
    (lengan|jari|paha|betis|gigi|hidung|pinggang) patah,
    patah (tulang|kaki|tangan|leher|bahu|rusuk|pinggul|lengan|jari|paha|betis|pinggang),
    patah patah, luka, luka luka, terluka, kluka, cedera, cidera, patah tulang, patah kaki,
    patah tangan, retak tulang, luka bakar, luka robek, luka parah, luka berat, luka ringan,
    luka serius, tatu, bengkak, memar, lecet, robek, melepuh, kepala bocor, bocor kepala,
    bocor kepalanya, kepalanya bocor, bonyok, babak belur, benjol, terkilir, keseleo, sobek, kritis,
    sekarat, kena bacok, ada korban, jatuh korban, mabugang, bugang, kesakitan, kaki patah,
    tangan patah, sakit, lebam, pecah bibir, bibir pecah, bibirnya pecah, gigi patah, pincang,
    bibir jontor
BLOOD: darah, berdarah, berdarah darah, getih, getihen, mudar, berlumuran, mengucur, bedarah,
    darahnya
BLEED_HEAVY: darah keluar (banyak|terus|deras), keluar darah (banyak|terus|deras),
    darahnya (deras|muncrat|ngucur|mengucur),
    (telinga|telinganya|kuping|kupingnya) (keluar|) (darah|berdarah),
    darah (dari|keluar dari) (telinga|mulut|kuping), (telinga|kuping) keluar darah, kepala pecah,
    kepalanya pecah, pecah kepala, pecah kepalanya, otak keluar, usus keluar, ususnya keluar,
    darah banyak, banyak darah, darahnya banyak, berdarah banyak, darah (tidak|gak) berhenti,
    darah tidak mau berhenti, darah terus, berdarah terus, darah mengucur, darah muncrat,
    bersimbah darah, berlumuran darah, berdarah darah, darah deras, kehabisan darah,
    kehilangan darah, (pen|per)darahan hebat, pendarahan, perdarahan, mudar godang,
    darah keluar terus, banjir darah, darah segar, putus jari, jari putus, jarinya putus,
    tangan putus, kaki putus, putus tangan, putus kaki, urat putus, kepala bocor, kepalanya bocor,
    muntah darah, batuk darah, darah di mana mana, terpotong, nyembur darah, darah nyembur
UNCON: tidak (ngomong|bersuara|bicara) lagi, tidak ngomong, tidak bersuara, tidak bicara,
    tidak bisa diajak (ngomong|bicara|komunikasi), tidak nyambung diajak, tidak nyahut,
    tidak menyahut, pingsan, tidak sadar, tidak sadarkan diri, hilang kesadaran,
    tidak bangun bangun, tidak bangun, semaput, susah dibangunkan, sulit dibangunkan,
    tidak bisa dibangunkan, dibangunkan tidak (bangun|mau), tidak merespon, tidak respon, koma,
    kolaps, tidak bergerak, tidak gerak, tidak sadar lagi, belum sadar, tidak menjawab dipanggil,
    dipanggil tidak (menyahut|jawab|menjawab|nyaut), setengah sadar, ora sadar, ora tangi,
    tergeletak, terkapar, tidak sadar sadar, ngorok tidak bangun, tidak nyaut,
    dibangunin tidak bangun, diam saja tidak gerak, lemas tidak sadar, antara sadar, belum siuman,
    hurang sadar, matanya terbalik, mata terbalik, mata ke atas
NOBREATH: (bayi|bayinya) tidak (nangis|menangis), tinggal satu satu,
    tidak (bernafas|bernapas|nafas|napas), tidak ada (nafas|napas),
    berhenti (nafas|napas|bernafas|bernapas), henti (nafas|napas|jantung), nafas berhenti,
    nafasnya berhenti, megap megap, tidak ada denyut, nadi tidak ada, ora ambegan, nafas satu satu,
    nafas tinggal satu satu, nafasnya satu satu, jantung berhenti, jantungnya berhenti, bibir biru,
    bibirnya biru, bibir kebiruan, bibir membiru, membiru, kebiruan, mukanya biru, muka biru,
    wajah biru, badan biru, wajahnya membiru, bibir e biru, kuku biru
DEAD: orang mati, mati orang, ada yang mati, sudah mati orangnya, ditemukan mati, hampir mati,
    meninggal, tewas, meninggal dunia, mati di tempat, mayat, jenazah, jasad, mate, tidak bernyawa,
    modar, wafat, wes mati, bangkai manusia, tidak tertolong, md, meninggal di tempat
DEAD_BARE: mati, tewas, meninggal, modar, mate
HEALTHY: sehat, baik baik saja, aman, selamat, masih sadar, sadar, bisa jalan, masih bisa jalan,
    bisa ngomong, tenang, masih bisa bicara, masih bisa ngomong, bisa bicara, bisa berdiri,
    masih kuat, tidak apa apa, tidak kenapa kenapa, tidak parah, cuma kaget, tidak luka,
    sehat sehat, sehat walafiat, masih bisa berdiri, masih bisa duduk, syok saja
MILD: plester, betadine, obat merah, perban, hansaplast, ringan, sedikit, lecet, cuma, hanya,
    luka ringan, tidak parah, kecil, tidak terlalu, sedikit saja, tergores, lecet lecet, luka kecil,
    ringan saja, tidak serius, memar, keseleo, terkilir, kesleo, goresan
GRAVE: gepeng, remuk, hancur kepalanya, sakit berat, berat sekali, sangat berat, parah, kritis,
    gawat, luka berat, luka parah, sekarat, serius, hebat, nyawa, kritis sekali, parah sekali,
    tidak tertolong, hampir mati, gawat darurat, antara hidup mati, luka serius
ALREADY: sudah, telah, tadi, kemarin, semalam, barusan, wes, wis, nunga, dungi, nungga
YESTERDAY: kemarin, semalam, tadi malam, minggu lalu, bulan lalu, kemarin malam, dua hari lalu,
    2 hari lalu, hari lalu, tadi pagi, tadi subuh, tadi siang, kemarin sore, sudah lama, baru sadar,
    baru tahu, tadi sore
NOW: sekarang, sedang, lagi, masih, barusan, baru saja, tengah, saiki, nuaeng, isih, dope
GROWING: makin, semakin, tambah, mulai, makin besar, membesar, merembet, menjalar, merambat, meluas,
    nyambar, menyambar, besar, hampir, mau, nyaris, terus, naik terus, bertambah, gede, godang,
    nyebar, menyebar, merembes, sampai ke
CHANCE: kalau, andai, seandainya, misalnya, jika, semisal, bila, apabila, takutnya, takut, khawatir,
    kuatir, was was
"""

PLEAS = """
PLEA: (kirim|kirimkan|turunkan) (ambulans|polisi|damkar|petugas|bantuan),
    (kirim|kirimkan|turunkan) (pemadam|mobil|perahu|tim|orang),
    (minta|butuh|mohon|perlu) pertolongan, (minta|butuh|mohon|perlu|kirim) bantuan,
    (tolong|cepat|segera|mohon|ayo) datang, datang cepat, datang segera, tolong, bantu, help, sos,
    darurat, emergency, urgent, gawat, cepat, segera, buruan, urupi, urupi hami, tulung, tulungi,
    minta tolong, mohon bantuan, butuh bantuan, selamatkan, toloong, penolong, gawat darurat,
    cepatlah, cepetan, lekas, panik, ayo cepat, butuh, perlu bantuan, ke sini, datanglah, rene,
    mayday, please, pls, plis, plisss, tolongin, ro pe, ro ma, rene cepet, age, ndang
CRY: tolong, minta tolong, bantu, help, sos, selamatkan, urupi, tulung, darurat
DESPAIR: takut, sekarat, mau mati, nyawa, bahaya, berbahaya, celaka, ngeri, nyawa saya, nyawa kami,
    diancam
HELPER: ambulans, ambulan, pemadam, damkar, pemadam kebakaran, mobil pemadam, polisi, bpbd, petugas,
    tim sar, sar, basarnas, perahu karet, tim penyelamat, satpol pp, pmi, bidan, dokter, perawat,
    petugas medis, medis, tagana, puskesmas, pawang, polsek, polres, patroli, babinsa, brimob, tni,
    relawan, rescue, tim rescue, mobil tangga, mobil damkar
ADDRESS: lingkungan, jalan, gang, simpang, nomor, rt, rw, kelurahan, kecamatan, blok, komplek,
    perumahan, titik, koordinat, shareloc, share lok, share loc, sharelok, alamat, lokasi, posisi,
    dekat, depan, samping, belakang, sebelah, seberang, dusun, desa, terminal, stasiun
"""

TABLES = (PEOPLE, THINGS, STATES, PLEAS)
