"""Concepts that decide what kind of contact a text is: thanks, questions, complaints, noise."""

NEWS = """
THANKS: terima kasih, terima kasih banyak,
    terima kasih (atas|untuk|kepada) (bantuan|pertolongan|bantuannya|pertolongannya|respon|responnya),
    terima kasih bantuannya, terima kasih pertolongannya, mantap, hebat, salut, jasa kalian,
    alhamdulillah, puji tuhan, syukur, syukurlah, terbantu, sangat membantu, top kalian, luar biasa,
    matur nuwun, nuwun, terima kasih sudah (bantu|membantu|menolong|datang), kalian hebat,
    mauliate godang, semoga sehat, berkah, bintang lima
DONE_WELL: padam, dipadamkan, surut, terkendali, teratasi, diatasi, tertangani, ditangani, kondusif,
    ketemu, ditemukan, ditangkap, tertangkap, dievakuasi, terevakuasi, diamankan, diselamatkan,
    terselamatkan, siuman, baikan, pulih, membaik, selesai, beres, bubar, normal, normal kembali,
    ditolong, tertolong, dipotong, dibersihkan, diperbaiki, reda, sembuh, damai, berdamai, aman,
    selamat, terbuka, berhasil, kering, sehat, tenang, mereda, nyala lagi, hidup kembali,
    nyala kembali, melahirkan selamat, lahir selamat, kembali, dilepas, asat, mendingan,
    dibawa terurai, lancar, dirawat, dibuka, bisa dilewati, dipindahkan, disingkirkan, dipinggirkan,
    bisa dilalui, dipasang, disambung, dipulangkan, dijemput keluarga, dijemput, mulih, mulak,
    stabil, kelar, clear, bersih, mati apinya, menyerah, tidak ada lagi
TAKEN_CARE:
    (sudah|telah|) (dibawa|diantar|dilarikan|dirujuk|masuk) ke (rumah sakit|puskesmas|klinik|igd|ugd|rsud|bidan|dokter),
    sudah di (rumah sakit|puskesmas|klinik|igd|ugd|rsud|bidan),
    sudah dibawa (ambulans|mobil|becak|keluarga|warga|polisi), sudah dirawat, sudah ditangani,
    sudah diantar, sudah sampai (rumah sakit|puskesmas|igd), sudah dapat perawatan,
    sudah naik ambulans, sudah dibawa
ARRIVED: sudah (datang|sampai|tiba|di lokasi|di sini|merapat|turun|ada), baru (datang|sampai|tiba),
    telah (datang|tiba|sampai), sudah sampai lokasi, sudah nyampai
CANCEL: batal, dibatalkan, batalkan, cancel, tidak jadi,
    tidak perlu (lagi|datang|ambulans|ke sini|damkar), tidak usah (datang|lagi|ke sini|ambulans),
    jangan datang, jangan dikirim, tidak jadi ambulans, salah lapor, ternyata (cuma|hanya|bukan),
    salah lihat, salah paham, sudah tidak perlu, tidak usah, laporan palsu tadi, ternyata aman,
    dicancel, tidak butuh lagi, abaikan laporan, ternyata asap, jangan jadi, sido, ora sido
CORRECT: ralat, koreksi, salah alamat, salah tulis, salah ketik, salah sebut, maksud saya,
    maksudnya, maksudku, salah kirim, salah sambung, bukan lingkungan, alamat yang benar,
    alamat sebenarnya, perbaikan alamat, revisi, tambahan info, tambahan informasi,
    menyambung laporan, melanjutkan laporan, laporan tadi, laporan saya tadi, yang saya lapor tadi,
    yang saya laporkan, lanjutan laporan, update, up date, mau update, sambungan, tadi saya lapor,
    laporan sebelumnya, saya yang tadi, yang lapor tadi, yang saya lapor, susulan, kabar terbaru,
    perkembangan, info terbaru, info terkini
WHERE_ARE: lama sekali, belum (datang|sampai|tiba|nyampai) juga,
    belum ada (yang datang|petugas|datang|damkar), belum datang, belum sampai, belum tiba,
    sampai mana, sudah sampai mana, sudah di mana, posisi di mana, kapan sampai, kapan datang,
    sudah berangkat, jadi datang, jadi tidak, sudah lapor tadi, sudah setengah jam, sudah satu jam,
    sudah 30 menit, sudah 1 jam, ditunggu tunggu, kami tunggu, masih menunggu, masih nunggu,
    ditunggu, lambat sekali, mana damkar, mana ambulans, mana petugas, mana polisi, mana bantuan,
    sudah sejam, belum nongol, masih lama, sudah otw, otw belum
STILL: masih, tapi, belum, lagi, makin, semakin, tambah, kembali naik, naik lagi, malah,
    kambuh lagi, tetap, isih
REQUEST: minta, mohon, tolong, bisa (dicek|diambil|jemput|dijemput|datang|kirim|bantu|dibantu),
    diambil, dijemput, jemput, dicek, kirim, periksa, diperiksa, pengecekan, pendinginan, kirimkan,
    butuh, perlu, dibantu, ambil, turunkan, tindak lanjut, ditindak, datang, segera, bantu, tulung,
    diurus
FOUND_SAFE: (sudah|) ketemu (selamat|sehat), sudah (ketemu|pulang|kembali|ditemukan),
    ditemukan selamat, ditemukan sehat, sudah pulang, ternyata di rumah, pulang sendiri,
    sudah di rumah
"""

ASKING = """
GREETING: selamat (pagi|siang|sore|malam|subuh), assalamualaikum, asalamualaikum, assalammualaikum,
    ass wr wb, halo, hallo, hello, hai, hay, hi, permisi, horas, mejuah juah, njuah juah, p, ping,
    wr wb, salam, misi, kulonuwun, syalom, shalom, waalaikumsalam, oi, woi, oy, hoi, cek
ASKS: apa, apakah, berapa, kapan, bagaimana, siapa, kenapa, mengapa, bisakah, adakah, benarkah,
    betulkah, di mana, ke mana, dari mana, jam berapa, gimana, bolehkah, apaan, piye, aha do, sadia,
    andigan, opo, pira
INQUIRE: mau tanya, mau nanya, numpang tanya, numpang nanya, tanya, nanya, bertanya, menanyakan,
    izin bertanya, izin tanya, izin nanya, boleh tanya, boleh tahu, mau tahu, pengen tahu,
    ingin tahu, ingin bertanya, minta informasi, mohon informasi, butuh informasi, tanya tanya,
    informasinya, kasih tahu, minta nomor, minta no, mohon penjelasan, mohon pencerahan, takon,
    manungkun, mau konfirmasi, ingin menanyakan, ada informasi, tolong informasi, bagi informasi
VERIFY: apa (benar|betul|iya|ada), apakah (benar|betul|ada), benarkah, betulkah, adakah,
    benar tidak, betul tidak, benar kah, iya kah, hoax bukan, hoax tidak, hoax atau, benar ada,
    betul ada, ada apa, kenapa ramai, kenapa rame, ada kejadian apa, bunyi apa, suara apa,
    sirine apa, sirene apa, sirine kenapa, (kebakaran|banjir|kecelakaan|gempa|kejadian) di mana,
    di mana (kebakaran|banjir|kecelakaan|gempa|kejadian|apinya|kebakarannya),
    ada (kebakaran|banjir|kecelakaan|longsor|gempa) di mana, ada (banjir|kebakaran|korban) tidak,
    sudah (surut|padam) belum, banjir tidak
RUMOUR: katanya, dengar dengar, dengar kabar, kabarnya, isunya, isu, dengar, kata orang
SERVICE: jam buka, buka, tutup, jadwal, syarat, persyaratan, syaratnya, biaya, biayanya, tarif,
    tarifnya, gratis, daftar, pendaftaran, mendaftar, cara, caranya, prosedur, nomor telepon,
    nomor wa, nomor kontak, nomor damkar, nomor ambulans, nomor polisi, nomor bpbd, nomor pemadam,
    lowongan, loker, jam kerja, pelayanan, layanan, libur, antri, antrian, loket, online,
    pengumuman, hasil tes, tes cpns, ktp, e-ktp, kk, kartu keluarga, akta, akte, bpjs, sim, stnk,
    samsat, pajak, pbb, cpns, p3k, asn, vaksin, vaksinasi, imunisasi, posyandu, bansos, blt, pkh,
    ppdb, lomba, acara, konser, pawai, pasar murah, donor darah, poli, jam besuk, status, siaga,
    siaga berapa, ketinggian, prakiraan, ramalan, cuaca, posko, donasi, sumbangan,
    pemadaman bergilir, rute, angkot, tiket, magnitudo, skala, jam berapa, hari apa, tanggal berapa,
    kantor lurah, kantor camat, dukcapil, disdukcapil, capil, mpp, kartu kuning, skck, surat pindah,
    surat keterangan, beasiswa, seleksi, ujian, sertifikat, izin usaha, nib, imb, retribusi,
    jadwal kereta, isi ulang, pelatihan, sosialisasi, penyuluhan, kunjungan, magang, pkl magang,
    sunat massal, khitanan, mudik, car free day, cfd, pasar malam, kuota, dokter gigi, jam praktek,
    praktek, rapid, swab, stok, stoknya, ambil gaji, gajian, tanggal, call center, hotline,
    alamat kantor, kantornya, nomor berapa, hubungi ke mana, hubungi siapa, lapor ke mana,
    lapor kemana, telepon ke mana, telepon ke nomor, ke nomor berapa, gedung mana, edukasi, apar,
    alat pemadam, penerbangan, pdam buka, sholat, salat id, salat ied, parkir di mana,
    vaksin rabies, kapan, tutup jam, buka jam, cara mengatasi, cara mengusir, tips, cara mencegah,
    pemeriksaan kesehatan, cek kesehatan, alat pemadam api, denah, peta, jalur evakuasi,
    jalan alternatif, pengalihan arus
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
PUBLIC_THING: jalan, aspal, trotoar, lampu jalan, pju, lampu merah, lampu lalu lintas,
    traffic light, rambu, sampah, tong sampah, parit, selokan, drainase, got, riol, gorong gorong,
    paret, air pam, air pdam, pdam, pam, air leding, air ledeng, air bersih, listrik, pln, taman,
    toilet, wc umum, halte, jembatan, titi, sinyal, wifi, jaringan, internet, pasar, terminal,
    parkir, parkiran, pkl, lapak, warung remang, karaoke, musik, keyboard, kibot, kibod, keibod,
    organ tunggal, orgen, knalpot, balap liar, galian, proyek, truk, truk sawit, debu, abu, limbah,
    pabrik, kandang, kandang ayam, kandang babi, peternakan, ternak, pelayanan, pegawai, petugas,
    bansos, blt, pkh, ktp, kk, raskin, beras, gas melon, harga, pupuk, sekolah, puskesmas, antrian,
    pungli, tarif, baliho, spanduk, tiang, polisi tidur, portal, lembu, anjing liar, kucing liar,
    nyamuk, fogging, air keran, air sumur, air parit, jalan rusak, jalan berlubang, pohon,
    tempat sampah, truk sampah, becak sampah, tps, tpa, tps liar, jukir, tukang parkir, odong odong,
    layangan, speaker, toa, sound system, hajatan, pesta, tetangga, anak sekolah, gelandangan,
    pengemis, gepeng, kabel, kabel wifi, lapangan, kuburan, makam, lampu, air, pinjol, loket,
    dukcapil, aplikasi, air mati, lampu mati, lubang, lobang, jalan gang, jalannya, bau, asap,
    asap pabrik, asap sampah, bau sampah, bau kandang
BROKEN: rusak, rusak parah, berlubang, berlobang, bolong, hancur, hancur lebur, gelap, gelap gulita,
    mati, padam,
    tidak (nyala|hidup|jalan|mengalir|diangkut|diambil|dikutip|dapat|diperbaiki|diaspal|lancar|keluar|berfungsi|dibersihkan|dikerjakan|merata|ditanggapi|jelas|dilayani|sampai|ada|kunjung),
    belum (diangkut|diperbaiki|diaspal|dapat|cair|diambil|dikerjakan|ditanggapi|jadi|siap|dibenerin|dikutip|hidup|nyala|diganti),
    menumpuk, numpuk, bertumpuk, menggunung, tersumbat, sumbat, mampet, mampat, tumpat, dangkal,
    bau, bau busuk, busuk, bising, berisik, ribut, bikin ribut, mengganggu, ganggu, kotor, keruh,
    kuning, macet, semrawut, berdebu, becek, kedap kedip, kedip kedip, redup, liar, sembarangan,
    menyumbat, berserakan, meresahkan, resah, jorok, kumuh, mahal, langka, lambat, lama, lelet,
    lemot, pelit, kasar, jutek, judes, pilih kasih, tidak tepat sasaran, salah sasaran, amburadul,
    asal jadi, rimbun, semak, menutupi lampu, hilang sinyal, licin, abunya, mati total, mati terus,
    byar pet, sering mati, sering padam, sering banjir, sering macet, dicabut, kelupas, terkelupas,
    retak retak, pecah pecah, bergelombang, anjlok, dibuang sembarangan, buang sampah sembarangan,
    sampai pagi, sampai subuh, sampai malam, tiap malam, setiap malam, polusi, penuh lumpur, buntu,
    tertutup, menghalangi, berkeliaran, keliaran, tidak diperhatikan, tidak pernah,
    berminggu minggu, berbulan bulan, bertahun tahun, 3 hari, 2 hari, seminggu, sudah seminggu,
    sudah lama, menyengat, kedip, rontok
WANTS_MENDED:
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

NOISE = """
ABSURD: pocong, kuntilanak, kunti, genderuwo, tuyul, hantu, setan, alien, ufo, dinosaurus, dino,
    naga, godzilla, zombie, zombi, superman, batman, spiderman, ultraman, thanos, avengers,
    doraemon, putri duyung, duyung, unicorn, monster, vampir, babi ngepet, sundel bolong, begu,
    begu ganjang, nyi roro kidul, power ranger, ironman, hulk, naruto, shinchan, goku, dracula,
    kraken, megalodon, robot, satria baja hitam, kamen rider, kaiju, suster ngesot, leak,
    wewe gombel, kolor ijo, portal gaib, planet, luar angkasa, meteor jatuh, santa claus, peri,
    hantunya, arwah, makhluk halus, penampakan, dukun, kiamat
ROMANCE: mantan, mantanku, mantan ku, jomblo, gebetan, cinta, rindu, kangen, galau, jodoh, sayang,
    kesepian, bucin, pelukan, peluk, pacarku, gebetanku, crush, nomor wanya, nomor wa kamu,
    minta nomor wa, kenalan, nikah, kawin, dilamar, friendzone, baper, ditinggal nikah,
    jadi pacarku, pap, hatiku, hati adek, hati abang, ditikung, selingkuh, php, gombal, cantik,
    ganteng, janda cantik, duda, jadian, move on, dia senyum, senyummu, senyumnya, pdkt, diputusin,
    diputus pacar, cari jodoh
ORDER_FOOD:
    (pesan|order|mesan|beli|mau pesan|antar) (pizza|martabak|nasi goreng|mie ayam|seblak|bakso|ayam geprek|kopi|mie gomak|sate|ayam penyet|makan|makanan|nasi|es teh|burger|lontong|mie|indomie|gorengan|boba|kopi susu|rokok|galon|gofood|grabfood|gojek|grab|soto|lemang|roti),
    gofood, grabfood, pizza, martabak, seblak, laper, lapar, kelaparan, haus, delivery, nasi goreng,
    telur dadar, indomie
JOKE: bercanda, becanda, becandaan, canda, iseng, ngeprank, prank, bohong, boong, bohongan,
    tipu tipu, kena tipu lu, ngibul, main main, gabut, april mop, april mob, ngelawak, lucu, lawak,
    just kidding, kidding, boongan, kena prank, kenak prank, taruhan, dare, tantangan, konten,
    tiktok, youtuber, halu, pura pura, tebak tebakan, pantun, cek ombak, caper, bo'ong,
    lempar truth, truth or dare, suka suka
INSULT: bodoh, tolol, goblok, goblog, bego, kontol, memek, pukimak, kimak, bangsat, lonte, jancok,
    jancuk, cok, pantek, anjing (kau|lu|kalian), babi (kau|lu), monyet (kau|lu), kampret, bajingan,
    taik, tai, tahi, ngentot, pepek, asu, dongok, bodat (kau|kalian),
    dasar (anjing|babi|monyet|bodoh), kentut, berak, ngapain kalian, makan tidur saja, tai kucing
METAPHOR:
    (hati|hatiku|hatinya|hati saya|jiwa|dompet|dompetku|kantong|kantongku|perut|perutku|lidah|mulut|mulutku|telinga|kepala|otak|mata) (saya|aku|ku|) (kebakaran|terbakar|kebakar|banjir|hangus|hancur|remuk|berdarah|meledak|sekarat|hanyut|tenggelam|roboh|runtuh|kering|kerampokan|kejang|kepanasan),
    kebakaran (jenggot|hati|di hati|di hatiku|cinta|asmara|hatiku|dompet|perut),
    banjir (air mata|diskon|pesanan|order|orderan|promo|rezeki|cuan|tugas|air liur|keringat|pujian|hadiah),
    (tenggelam|hanyut|terjebak|terhanyut|tersesat) (dalam|di|oleh) (cinta|rindu|kenangan|lautan|lautan cinta|nostalgia|masa lalu|kerinduan|hatimu|matamu|senyum|senyummu|hati|friendzone|asmara|mimpi|pikiran),
    terjebak friendzone, terjebak nostalgia, kecelakaan (cinta|hati), jatuh cinta, patah hati,
    luka hati, api asmara, serangan jantung lihat, jantung copot, jantung mau copot, pingsan lihat,
    pingsan liat harga, mati gaya, mati kutu, maling hati, pencuri hati,
    (maling|pencuri|perampok|rampok|begal) hati,
    (dicuri|hilang|kecurian|kehilangan) (hati|hatiku|semangat|akal|muka|cinta|kasih sayang|jodoh),
    hati (saya|ku|aku) (dicuri|hilang|diculik|dibawa lari),
    darurat (cinta|jodoh|jomblo|kopi|hati|kuota|lapar|asmara|kangen|rindu), sesak rindu,
    sakit rindu, sakit malarindu, malarindu, demam cinta, demam panggung, demam bola, gempa hati,
    keracunan cinta, mabuk cinta, mati rindu, tertimpa rindu, tabrakan hati,
    terbakar (cemburu|api cemburu|asmara|rindu|cinta), dibakar cemburu, tersetrum cinta,
    kesetrum cinta, digigit rindu, panas dia, dia panas, panas kali dia, hati panas, kepanasan hati,
    kangen berat, diculik cinta, tersesat di hatimu, sekarat karena cinta, sekarat rindu,
    sesak nafas lihat, kejang lihat, tim kesayangan, tim saya kalah, kebakaran lapak sebelah,
    mati lampu hati, pintu hati, hati terkunci, terkunci hatinya
TEST: tes, test, testing, tess, testes, uji coba, ujicoba, ngetes, mengetes, ngetest, pengetesan,
    percobaan, coba coba, coba kirim, cuma coba, hanya coba, nyoba, nyobain, cek sinyal, cek nomor,
    cek koneksi, cek sistem, cek aplikasi, cek masuk, check, tes masuk, test masuk, coba dulu,
    mencoba, coba pesan, cek pesan, tes pesan, testing pesan, trial, uji sistem, tes sms,
    tes satu dua, cek 123, tes 123, sms percobaan, pesan percobaan, coba aplikasi, cobain,
    coba masuk, tes kirim, cek suara, hanya tes, cuma tes, tes saja, cek saja, dummy, pesan uji,
    lorem ipsum, asdf, qwerty, test test, tes tes, uji, mengecek aplikasi
DRILL: simulasi, latihan, gladi, gladi resik, drill, geladi, latihan bersama, skenario,
    bukan kejadian sebenarnya, bukan kejadian sungguhan, bukan sungguhan, hanya simulasi,
    hanya latihan, cuma simulasi, simulasi kebakaran, simulasi bencana, simulasi banjir,
    latihan evakuasi, latihan kebakaran, bukan beneran, bukan kejadian nyata, simulasi gempa
IGNORE: abaikan, mohon diabaikan, harap diabaikan, jangan ditanggapi, tidak usah ditanggapi,
    diabaikan, jangan panik, harap maklum, tidak perlu ditanggapi, hiraukan, hiraukan saja,
    tidak perlu direspon
EXAM: tes cpns, hasil tes, tes darah, tes urin, tes kehamilan, tes swab, tes antigen,
    tes masuk sekolah, jadwal tes, tes sim, tes kesehatan, ikut tes, lulus tes, tes iva, test pack,
    tes psikologi, tes hiv, tes narkoba, tes masuk
"""

SPAM = """
LOAN: pinjaman, pinjam dana, dana cepat, dana tunai, butuh dana, dana cair, kredit, modal usaha,
    gadai, gadai bpkb, bpkb, kta, tanpa jaminan, tanpa agunan, cair, pencairan, bunga rendah,
    bunga ringan, limit, pinjol, pelunasan, take over, butuh uang, butuh modal, kur, koperasi,
    cicilan, angsuran, dp ringan, dp murah, proses cepat, acc, langsung cair, bi checking, slik,
    tenor, dana talangan, fintech
LOAN_SURE: tanpa jaminan, tanpa agunan, pinjaman online, pinjaman cepat, dana tunai, gadai bpkb,
    bunga 0, bunga rendah, langsung cair, cair hari ini, dana cepat, cair 15 menit, cair 5 menit,
    dana pinjaman
PRIZE: pemenang, hadiah, undian, menang, voucher, bonus, reward, giveaway, selamat anda,
    anda terpilih, anda mendapatkan, anda mendapat, cashback, mendapatkan hadiah, grand prize,
    pin pemenang, kupon, dapatkan, klaim, poin anda, saldo gratis, point, doorprize,
    nomor anda terpilih, uang tunai, m kios, berhadiah, nomor anda
GAMBLE: slot, gacor, maxwin, deposit, depo, withdraw, rtp, scatter, togel online, bandar togel,
    jackpot, situs, casino, kasino, zeus, olympus, pragmatic, poker, domino, higgs, chip,
    taruhan bola, parlay, freebet, bola88, new member, slot gacor, agen judi, prediksi togel,
    angka jitu, mahjong ways, jp, freespin
GAMBLE_SURE: slot gacor, slot online, maxwin, prediksi togel, angka jitu, situs slot, scatter hitam,
    agen judi, new member
REACH: hub, hubungi, klik, link, tautan, wa admin, admin, http, https, www, bit.ly, daftar sekarang,
    call center, transfer, rekening, norek, kode otp, otp, verifikasi, akun, pin, aplikasi, apk,
    unduh, download, promo, diskon, gratis ongkir, follow, subscribe, info lanjut, minat, chat wa,
    wa sekarang, pesan sekarang, gabung, join, buruan, ketik, kirim ke, segera hubungi, daftar,
    hub wa, kunjungi, cek bio, via wa, isi data
GOODS: jual, dijual, menjual, jasa, sedot wc, obat kuat, pelangsing, herbal, peninggi badan,
    paket data, pulsa, kuota, umroh, umrah, haji plus, kavling, tanah kavling, kpr, ready stock,
    ready, grosir, reseller, dropship, investasi, profit, trading, crypto, bitcoin, forex, gaji,
    lowongan kerja, loker, kerja dari rumah, kerja sampingan, member, diskon, promo, obral,
    cuci gudang, harga murah, murah meriah, garansi, cod, free ongkir, gratis ongkir, over kredit,
    pembesar, vitalitas, pijat panggilan, pijat, open order, open po, produk, skincare, kosmetik,
    badut ulang tahun, sewa tenda, service ac, servis ac, tukang pijat, les privat, rental mobil,
    sewa mobil, travel, paket umroh, paket wisata, rumah subsidi, perumahan subsidi, kaos partai,
    bimbel, sewa, terima pesanan, penghasilan, omset, passive income, bisnis, mlm, freelance,
    like dan subscribe, kerja online, lowongan
SCAM: paket anda, paket tertahan, bea cukai, diblokir, terblokir, tilang elektronik, surat tilang,
    undangan pernikahan, undangan digital, mama minta pulsa, papa minta pulsa, minta pulsa,
    diproses polisi, diproses hukum, denda, nomor baru papa, nomor baru mama, transfer ke,
    kartu anda, akun anda, rekening anda, atm anda, bri anda, m banking, mbanking, brimo,
    tagihan anda, anda terdaftar, data anda, tarif transaksi, perubahan tarif, biaya admin bank,
    simpatik, kode verifikasi, kode otp, nomor anda terdaftar, bayar sekarang, segera transfer,
    tolong transfer, kirim pulsa, belikan pulsa, uang damai, tebusan, tertahan, konfirmasi paket,
    kurir, resi, jne anda, shopee, tokopedia, lazada, nasabah, yth nasabah, pelanggan yth
SCAM_SURE: mama minta pulsa, papa minta pulsa, minta pulsa, kode otp, paket anda tertahan,
    undangan pernikahan apk, kirim pulsa, belikan pulsa, rekening anda diblokir, akun anda diblokir,
    segera transfer, yth nasabah, nasabah yth, kartu anda diblokir, kode verifikasi anda, obat kuat,
    sedot wc, tarif transaksi, pembesar, paket umroh
MONEY: juta, ribu, rp, rupiah, milyar, miliar, 100%, persen, idr, us$, jutaan, rp., transfer, uang,
    cuan, duit, dana, hadiah, gratis, saldo, jt, dp, harga
CHAIN: sebarkan, sebarkan ke, kirim ke 10 orang, kirim ke semua, forward, teruskan pesan ini,
    viralkan, pesan berantai, kirimkan ke, share ke, bagikan ke
"""

TABLES = (NEWS, ASKING, COMPLAINTS, NOISE, SPAM)
