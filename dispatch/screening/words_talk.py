"""Concepts that decide what kind of contact a text is: news, questions, complaints."""

NEWS = """
THANKS: terima kasih, terima kasih banyak,
    terima kasih (atas|untuk|kepada) (bantuan|pertolongan|bantuannya|pertolongannya|respon|responnya),
    terima kasih bantuannya, terima kasih pertolongannya, mantap, hebat, salut, jasa kalian,
    alhamdulillah, puji tuhan, syukur, syukurlah, terbantu, sangat membantu, top kalian, luar biasa,
    matur nuwun, nuwun, terima kasih sudah (bantu|membantu|menolong|datang), kalian hebat,
    mauliate godang, semoga sehat, berkah, bintang lima
DONE_WELL: dikendalikan, dikuasai, pindah, dijinakkan, pindah sendiri, pergi sendiri,
    tidak banjir lagi, ambil, mengambil, diambil, diberesin, diberesi, dibenerin, dirapikan,
    (bisa|berhasil) turun, jumpa, diserahkan, dibekuk, diringkus, diangkat, diurus, dimusnahkan,
    disemprot, dibasmi, ditarik, diderek, dipindah, dicabut, diperbaiki pln, dipulihkan,
    terbuka pintunya, padam, dipadamkan, surut, terkendali, teratasi, diatasi, tertangani,
    ditangani, kondusif, ketemu, ditemukan, ditangkap, tertangkap, dievakuasi, terevakuasi,
    diamankan, diselamatkan, terselamatkan, siuman, baikan, pulih, membaik, selesai, beres, bubar,
    normal, normal kembali, ditolong, tertolong, dipotong, dibersihkan, diperbaiki, reda, sembuh,
    damai, berdamai, aman, selamat, terbuka, berhasil, sehat, tenang, mereda, nyala lagi,
    hidup kembali, nyala kembali, melahirkan selamat, lahir selamat, kembali, dilepas, asat,
    mendingan, dibawa terurai, lancar, dirawat, dibuka, bisa dilewati, dipindahkan, disingkirkan,
    dipinggirkan, bisa dilalui, dipasang, disambung, dipulangkan, dijemput keluarga, dijemput,
    mulih, mulak, stabil, kelar, clear, bersih, mati apinya, menyerah, tidak ada lagi
TAKEN_CARE: (sudah|) sampai (posko|di posko|pengungsian|di pengungsian),
    sudah di (posko|pengungsian),
    (sudah|telah|) (dibawa|diantar|dilarikan|dirujuk|masuk) ke (rumah sakit|puskesmas|klinik|igd|ugd|rsud|bidan|dokter),
    sudah di (rumah sakit|puskesmas|klinik|igd|ugd|rsud|bidan),
    sudah dibawa (ambulans|mobil|becak|keluarga|warga|polisi), sudah dirawat, sudah ditangani,
    sudah diantar, sudah sampai (rumah sakit|puskesmas|igd), sudah dapat perawatan,
    sudah naik ambulans, sudah dibawa
ARRIVED: sudah (datang|sampai|tiba|di lokasi|di sini|merapat|turun|ada), baru (datang|sampai|tiba),
    telah (datang|tiba|sampai), sudah sampai lokasi, sudah nyampai
CANCEL: bau sudah hilang, baunya sudah hilang, bau gas sudah hilang, sudah tidak bau,
    ternyata tabung, ternyata salah, malingnya sudah lari, sudah tidak ada, batal, dibatalkan,
    batalkan, cancel, tidak jadi, tidak perlu (lagi|datang|ambulans|ke sini|damkar),
    tidak usah (datang|lagi|ke sini|ambulans), jangan datang, jangan dikirim, tidak jadi ambulans,
    salah lapor, ternyata (cuma|hanya|bukan), salah lihat, salah paham, sudah tidak perlu,
    tidak usah, laporan palsu tadi, ternyata aman, dicancel, tidak butuh lagi, abaikan laporan,
    ternyata asap, jangan jadi, sido, ora sido
CORRECT: ralat, koreksi, salah alamat, salah tulis, salah ketik, salah sebut, maksud saya,
    maksudnya, maksudku, salah kirim, salah sambung, bukan lingkungan, alamat yang benar,
    alamat sebenarnya, perbaikan alamat, revisi, tambahan info, tambahan informasi,
    menyambung laporan, melanjutkan laporan, laporan tadi, laporan  yang saya lapor tadi,
    yang saya laporkan, lanjutan laporan, update, up date, mau update, sambungan, tadi saya lapor,
    laporan sebelumnya, yang lapor tadi, yang saya lapor, susulan, kabar terbaru, perkembangan,
    info terbaru, info terkini
WHERE_ARE: lama sekali, belum (datang|sampai|tiba|nyampai) juga,
    belum ada (yang datang|petugas|datang|damkar), belum datang, belum sampai, belum tiba,
    sampai mana, sudah sampai mana, sudah di mana, posisi di mana, kapan sampai, kapan datang,
    sudah berangkat, jadi datang, jadi tidak, sudah lapor tadi, ditunggu tunggu, masih menunggu,
    masih nunggu, lambat sekali, mana damkar, mana ambulans, mana petugas, mana polisi,
    mana bantuan, belum nongol, sudah otw, otw belum
LATE: lama, lambat, belum, mana, kapan, kelamaan, lamanya
STILL: masih, tapi, belum, lagi, makin, semakin, tambah, kembali naik, naik lagi, malah,
    kambuh lagi, tetap, isih
REQUEST: minta, mohon, tolong, bisa (dicek|diambil|jemput|dijemput|datang|kirim|bantu|dibantu),
    diambil, dijemput, jemput, dicek, kirim, periksa, diperiksa, pengecekan, pendinginan, kirimkan,
    butuh, perlu, dibantu, ambil, turunkan, tindak lanjut, ditindak, bantu, tulung, diurus
CAME_HOME: sudah (pulang|kembali|balik), pulang sendiri, sudah pulang sendiri
FOUND_SAFE: sudah jumpa, (hilang|dicari) (tadi|) sudah di rumah,
    dipinjam (adik|abang|teman|kawan|kakak), (sudah|) ketemu (selamat|sehat),
    sudah (ketemu|ditemukan), ditemukan selamat, ditemukan sehat, ternyata di rumah
"""

ASKING = """
GREETING: selamat (pagi|siang|sore|malam|subuh), assalamualaikum, asalamualaikum, assalammualaikum,
    ass wr wb, halo, hallo, hello, hai, hay, hi, permisi, horas, mejuah juah, njuah juah, p, ping,
    wr wb, salam, misi, kulonuwun, syalom, shalom, waalaikumsalam, oi, woi, oy, hoi, cek
ASKS: (masih|) ada tidak, bisa tidak, boleh tidak, buka tidak, jadi tidak, benar tidak, mana,
    bedanya, beda, maksudnya apa, apa saja, apa, apakah, berapa, kapan, bagaimana, siapa, kenapa,
    mengapa, bisakah, adakah, benarkah, betulkah, di mana, ke mana, dari mana, jam berapa, gimana,
    bolehkah, apaan, piye, aha do, sadia, andigan, opo, pira
INQUIRE: tahu tidak, ada yang tahu, (mau|numpang) tahu, mau tanya, mau nanya, numpang tanya,
    numpang nanya, tanya, nanya, bertanya, menanyakan, izin bertanya, izin tanya, izin nanya,
    boleh tanya, boleh tahu, mau tahu, pengen tahu, ingin tahu, ingin bertanya, minta informasi,
    mohon informasi, butuh informasi, tanya tanya, informasinya, kasih tahu, minta nomor, minta no,
    mohon penjelasan, mohon pencerahan, takon, manungkun, mau konfirmasi, ingin menanyakan,
    ada informasi, tolong informasi, bagi informasi
VERIFY: (masih|) (banjir|macet|lancar|surut|padam|hujan|mati|aman|ramai) tidak, ada yang tahu,
    nomor 112, benar 112, beneran nomor, layanan 112, apa (benar|betul|iya|ada),
    apakah (benar|betul|ada), benarkah, betulkah, adakah, benar tidak, betul tidak, benar kah,
    iya kah, hoax bukan, hoax tidak, hoax atau, benar ada, betul ada, ada apa, kenapa ramai,
    kenapa rame, ada kejadian apa, bunyi apa, suara apa, sirine apa, sirene apa, sirine kenapa,
    (kebakaran|banjir|kecelakaan|gempa|kejadian) di mana,
    di mana (kebakaran|banjir|kecelakaan|gempa|kejadian|apinya|kebakarannya),
    ada (kebakaran|banjir|kecelakaan|longsor|gempa) di mana, ada (banjir|kebakaran|korban) tidak,
    sudah (surut|padam) belum, banjir tidak
NEWS_OF: (gimana|bagaimana|apa) kabar, kabar korban, kabarnya korban, penyebab, apa penyebab,
    kelanjutan, perkembangan kasus, pelakunya sudah ditangkap belum
RUMOUR: katanya, dengar dengar, dengar kabar, kabarnya, isunya, isu, dengar, kata orang
SERVICE: biasanya, rata rata, berapa lama, pelatihan, pertolongan pertama, hukuman, asuransi,
    tahun lalu, mau lewat, biaya (melahirkan|operasi|berobat|ambulans), kabar, tilang, denda, bayar,
    skck, pbb, normal, aman tidak, air sungai, nikah, kua, haji, bedanya, tahun baru, lapangan,
    jadi tidak, jam buka, buka, tutup, jadwal, syarat, persyaratan, syaratnya, biaya, biayanya,
    tarif, tarifnya, gratis, daftar, pendaftaran, mendaftar, cara, caranya, prosedur, nomor telepon,
    nomor wa, nomor kontak, nomor damkar, nomor ambulans, nomor polisi, nomor bpbd, nomor pemadam,
    lowongan, loker, jam kerja, pelayanan, layanan, libur, antri, antrian, loket, online,
    pengumuman, hasil tes, tes cpns, ktp, e-ktp, kk, kartu keluarga, akta, akte, bpjs, sim, stnk,
    samsat, pajak, cpns, p3k, asn, vaksin, vaksinasi, imunisasi, posyandu, bansos, blt, pkh, ppdb,
    lomba, acara, konser, pawai, pasar murah, donor darah, poli, jam besuk, status, siaga,
    siaga berapa, ketinggian, prakiraan, ramalan, cuaca, posko, donasi, sumbangan,
    pemadaman bergilir, rute, angkot, tiket, magnitudo, skala, jam berapa, hari apa, tanggal berapa,
    kantor lurah, kantor camat, dukcapil, disdukcapil, capil, mpp, kartu kuning, surat pindah,
    surat keterangan, beasiswa, seleksi, ujian, sertifikat, izin usaha, nib, imb, retribusi,
    jadwal kereta, isi ulang, sosialisasi, penyuluhan, kunjungan, magang, pkl magang, sunat massal,
    khitanan, mudik, car free day, cfd, pasar malam, kuota, dokter gigi, jam praktek, praktek,
    rapid, swab, stok, stoknya, ambil gaji, gajian, tanggal, call center, hotline, alamat kantor,
    kantornya, nomor berapa, hubungi ke mana, hubungi siapa, lapor ke mana, lapor kemana,
    telepon ke mana, telepon ke nomor, ke nomor berapa, gedung mana, edukasi, apar, alat pemadam,
    penerbangan, pdam buka, sholat, salat id, salat ied, parkir di mana, vaksin rabies, kapan,
    tutup jam, buka jam, cara mengatasi, cara mengusir, tips, cara mencegah, pemeriksaan kesehatan,
    cek kesehatan, alat pemadam api, denah, peta, jalur evakuasi, jalan alternatif, pengalihan arus
HOW_IF: kalau ada, kalau terjadi, kalau nanti, kalau misalnya, seandainya, misalnya, jika terjadi,
    jika ada, kalau kena, kalau digigit, kalau kebakaran, kalau banjir, kalau sakit, kalau mau
ADVICE: konsultasi, saran, nasehat, pendampingan, mau lapor, bagaimana cara, visum, harus ke mana,
    harus lapor ke mana, lapor ke mana
NOCALL:
    (jangan|tidak usah|jgn) (telepon|ditelepon|di telepon|hubungi|dihubungi|call|bunyi|bunyikan|balas|bel|miscall|nelepon|vc) (balik|dulu|),
    jangan (pakai|bunyikan|hidupkan) (sirine|sirene),
    tidak bisa (ngomong|bicara|bersuara|telepon|angkat|nelepon|ngangkat|menelepon),
    lewat (sms|wa|chat) saja, sms saja, wa saja, chat saja,
    balas (sms|wa|chat|lewat sms|lewat wa) saja, bisik bisik, bisik, jangan ribut,
    jangan keras keras, jangan bersuara, jangan sampai dia (tahu|dengar), nanti dia dengar,
    takut kedengaran, takut ketahuan, dia dengar, pura pura pesan, tanpa sirine, tanpa sirene,
    jangan bilang, tidak berani (ngomong|bersuara|telepon|bicara), jangan sampai ketahuan,
    jangan datang pakai sirine, kirim pesan saja, ojo nelpon, ojo telepon, jangan di telepon,
    unang telepon, diam diam, tidak boleh ketahuan
"""

COMPLAINTS = """
PUBLIC_THING: ngamen, anak punk, rsud, pasien bpjs, galian, kebun kosong, lahan kosong, bangkai,
    pohon pisang, limbah, nongkrong, warung remang remang, guru, kabel internet, tower,
    kepala sekolah, jembatan kecil, kayu jembatan, anak  satpol, lurah, kepala lingkungan,
    sopir angkot, dokter, perawat, bidan desa, rumput, rumput taman, pengamen, tagihan, tagihan air,
    tagihan listrik, kubangan, pungutan liar, biaya parkir, jaringan telkomsel, telkomsel, indihome,
    website, situs pemko, jalan, aspal, trotoar, lampu jalan, pju, lampu merah, lampu lalu lintas,
    traffic light, rambu, sampah, tong sampah, parit, selokan, drainase, got, riol, gorong gorong,
    paret, air pam, air pdam, pdam, pam, air leding, air ledeng, air bersih, listrik, pln, taman,
    toilet, wc umum, halte, jembatan, titi, sinyal, wifi, jaringan, internet, pasar, terminal,
    parkir, parkiran, pkl, lapak, warung remang, karaoke, musik, keyboard, kibot, kibod, keibod,
    organ tunggal, orgen, knalpot, balap liar, proyek, truk, truk sawit, debu, abu, pabrik, kandang,
    kandang ayam, kandang babi, peternakan, ternak, pelayanan, pegawai, petugas, bansos, blt, pkh,
    ktp, kk, raskin, beras, gas melon, harga, pupuk, sekolah, puskesmas, antrian, pungli, tarif,
    baliho, spanduk, tiang, polisi tidur, portal, lembu, anjing liar, kucing liar, nyamuk, fogging,
    air keran, air sumur, air parit, jalan rusak, jalan berlubang, pohon, tempat sampah,
    truk sampah, becak sampah, tps, tpa, tps liar, jukir, tukang parkir, odong odong, layangan,
    speaker, toa, sound system, hajatan, pesta, anak sekolah, gelandangan, pengemis, gepeng, kabel,
    kabel wifi, lapangan, kuburan, makam, lampu, air, pinjol, loket, dukcapil, aplikasi, air mati,
    lampu mati, lubang, lobang, jalan gang, jalannya, bau, asap, asap pabrik, asap sampah,
    bau sampah, bau kandang
BROKEN: terlalu (keras|kencang|lama|bising), penuh, penuh sampah, meluap, dilayani lambat,
    tidur saja, dibongkar, bergetar, perih, menggonggong, hitam, bikin muntah, tidak ditutup,
    bengkak, nongkrong, sering (telat|bolos|tidak masuk|tutup|kosong), bolos, terganggu, menumpuk,
    lapuk, keropos, karatan, goyang, semrawut, tidak terawat, kotor sekali, berjamur, tidak layak,
    kubangan, seperti kubangan, seperti kolam, telat, terlambat, telat datang, tinggi tinggi,
    tidak pernah (datang|dipotong|diangkut|diperbaiki|dapat|ngalir|hidup), ngebut, jelek, lelet,
    tidak bisa (konek|dipakai|diakses|dibuka|lewat|dilewati|masuk), tidak konek, tidak stabil,
    lemah, hilang hilang, putus putus, error, eror, rusak, rusak parah, berlubang, berlobang,
    bolong, hancur, hancur lebur, gelap, gelap gulita, mati, padam,
    tidak (nyala|hidup|jalan|mengalir|diangkut|diambil|dikutip|dapat|diperbaiki|diaspal|lancar|berfungsi|dibersihkan|dikerjakan|merata|ditanggapi|jelas|dilayani|sampai|kunjung),
    belum (diangkut|diperbaiki|diaspal|dapat|cair|diambil|dikerjakan|ditanggapi|jadi|siap|dibenerin|dikutip|hidup|nyala|diganti),
    numpuk, bertumpuk, menggunung, tersumbat, sumbat, mampet, mampat, tumpat, dangkal, bau,
    bau busuk, busuk, bising, berisik, ribut, bikin ribut, mengganggu, ganggu, kotor, keruh, kuning,
    macet, berdebu, becek, kedap kedip, kedip kedip, redup, liar, sembarangan, menyumbat,
    berserakan, meresahkan, resah, jorok, kumuh, mahal, langka, lambat, lama, lemot, pelit, kasar,
    jutek, judes, pilih kasih, tidak tepat sasaran, salah sasaran, amburadul, asal jadi, rimbun,
    semak, menutupi lampu, hilang sinyal, licin, abunya, mati total, mati terus, byar pet,
    sering mati, sering padam, sering banjir, sering macet, dicabut, kelupas, terkelupas,
    retak retak, pecah pecah, bergelombang, anjlok, dibuang sembarangan, buang sampah sembarangan,
    sampai pagi, sampai subuh, sampai malam, tiap malam, setiap malam, polusi, penuh lumpur, buntu,
    tertutup, menghalangi, berkeliaran, keliaran, tidak diperhatikan, tidak pernah,
    berminggu minggu, berbulan bulan, bertahun tahun, 3 hari, 2 hari, seminggu, sudah seminggu,
    sudah lama, menyengat, kedip, rontok
WANTS_SURE: disemen, dicor, dibeton, dipaving, kapan (disemen|dicor|dibeton), mohon rambu,
    minta rambu, mohon ditinjau, mohon patroli, kapan (diganti|dibenahi|ditata), fogging,
    polisi tidur, diaspal, ditertibkan, dikeruk, dipangkas, musrenbang, ditambal, penertiban,
    pungli, tambal sulam, kapan (diaspal|diperbaiki|dibangun|dikeruk), gas (langka|mahal),
    elpiji langka, bayar pbb, mohon perhatian, pengaduan, dinormalisasi, pelebaran jalan
WANTS_MENDED: tolong satpol, tolong satpol pp,
    (tolong|mohon|harap|minta|agar|supaya|kapan|sebaiknya|harusnya|segera) (perbaiki|benahi|dibenahi|diperbaiki|tegur|ditegur|razia|dirazia|tertibkan|ditertibkan|tinjau|ditinjau|tindak|ditindak|diatur|dibersihkan|bersihkan|diangkut|dipasang|diganti|ditebang|dipangkas|dikeruk|ditutup|dilarang|dievaluasi|diawasi|patroli|ditambal|ditata|disidak|dibuatkan|ditambah|direnovasi|dibongkar|dicat|rambu|penerangan|lampu jalan),
    pungli, pungutan liar, dipungli, retribusi liar, tidak ada kembalian,
    kapan (diperbaiki|diaspal|dibenerin|diangkut|dikerjakan|dibangun|dipasang|diganti|hidup|nyala|selesai|cair),
    tolong (diperbaiki|dibenerin|ditertibkan|diaspal|dibersihkan|diangkut|dipasang|diganti|ditegur|dikeruk|dinormalisasi|dipangkas|ditambal),
    mohon (diperbaiki|dibenerin|ditertibkan|diaspal|dibersihkan|diangkut|dipasang|diganti|ditegur|dikeruk|perbaikan|perhatian|perhatiannya|ditindaklanjuti|ditertibkan|penertiban|dipangkas|ditambal),
    minta (diperbaiki|dipasang|diaspal|ditertibkan|lampu|polisi tidur|dibersihkan|fogging|perbaikan),
    musrenbang, usul, usulan, pejabat, walikota, wali kota, dprd, dinas, pemko, pemkot, anggaran,
    apbd, bayar pajak, pajak kami, janji, janji janji, keluhan, mengeluh, komplain, complain,
    protes, kecewa, pengaduan, aduan, mengadu, aspirasi, tahun depan, tidak ada perubahan,
    ditertibkan, diaspal, ditambal, tolong dicek, tolong di cek, tolong diperhatikan,
    tolong ditindaklanjuti, ditindak lanjuti, tolong ditindak, diperhatikan, pemerintah,
    bapak walikota, bapak wali, kepala dinas, camat, makan gaji buta, tolong ditebang,
    tolong dipangkas, dirazia, razia, tolong dirazia, tindak tegas, penertiban, laporkan,
    diberi sanksi, yth
"""

TABLES = (NEWS, ASKING, COMPLAINTS)
