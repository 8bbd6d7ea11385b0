"""Concepts of jokes, tests and unwanted offers; metaphors use up the words of real events."""

NOISE = """
ABSURD: mobile legend, pubg, free fire, push rank, main game, pocong, kuntilanak, kunti, genderuwo,
    tuyul, hantu, setan, alien, ufo, dinosaurus, dino, naga, godzilla, zombie, zombi, superman,
    batman, spiderman, ultraman, thanos, avengers, doraemon, putri duyung, duyung, unicorn, monster,
    vampir, babi ngepet, sundel bolong, begu, begu ganjang, nyi roro kidul, power ranger, ironman,
    hulk, naruto, shinchan, goku, dracula, kraken, megalodon, robot, satria baja hitam, kamen rider,
    kaiju, suster ngesot, leak, wewe gombel, kolor ijo, portal gaib, planet, luar angkasa,
    meteor jatuh, santa claus, peri, hantunya, arwah, makhluk halus, penampakan, dukun, kiamat
ROMANCE: mantan, mantanku, mantan ku, jomblo, gebetan, cinta, rindu, kangen, galau, jodoh, sayang,
    kesepian, bucin, pelukan, peluk, pacarku, gebetanku, crush, nomor wanya, nomor wa kamu,
    minta nomor wa, kenalan, nikah, kawin, dilamar, friendzone, baper, ditinggal nikah,
    jadi pacarku, pap, hatiku, hati adek, hati abang, ditikung, selingkuh, php, gombal, cantik,
    ganteng, janda cantik, duda, jadian, move on, dia senyum, senyummu, senyumnya, pdkt, diputusin,
    diputus pacar, cari jodoh
FLIRT_OBJECT: hatiku, hatimu, matamu, mataku padamu, senyummu, senyum manis, senyum manismu,
    manismu, bidadari, bidadariku, cintamu, cintaku, rindumu, pesonamu, hati kamu, mata kamu,
    kecantikanmu, ketampananmu, jodohku, hati adek, hati abang, asmaraku
FLIRT: kangen, rindu, cinta, cintaku, jomblo, jodoh, kenalan, minta nomor wa, gombal, pdkt, php in,
    di php, pap, ganteng, cantik, sayang kamu, bucin, gebetan, jadi pacarku
ORDER_FOOD:
    (pesan|order|mesan|beli|mau pesan|antar) (pizza|martabak|nasi goreng|mie ayam|seblak|bakso|ayam geprek|kopi|mie gomak|sate|ayam penyet|makan|makanan|nasi|es teh|burger|lontong|mie|indomie|gorengan|boba|kopi susu|rokok|galon|gofood|grabfood|gojek|grab|soto|lemang|roti),
    gofood, grabfood, pizza, martabak, seblak, laper, lapar, kelaparan, haus, delivery, nasi goreng,
    telur dadar, indomie
JOKE: bercanda, becanda, becandaan, canda, iseng, ngeprank, prank, bohong, boong, bohongan,
    tipu tipu, kena tipu lu, ngibul, main main, gabut, april mop, april mob, ngelawak, lucu, lawak,
    just kidding, kidding, boongan, kena prank, kenak prank, taruhan, dare, tantangan, konten,
    tiktok, youtuber, halu, pura pura, tebak tebakan, pantun, cek ombak, caper, bo'ong,
    lempar truth, truth or dare, suka suka
INSULT: anjing kelen, kelen (tidur|makan gaji|bodoh), polisi anjing, damkar anjing, bodoh, tolol,
    goblok, goblog, bego, kontol, memek, pukimak, kimak, bangsat, lonte, jancok, jancuk, cok,
    pantek, anjing (kau|lu|kalian), babi (kau|lu), monyet (kau|lu), kampret, bajingan, taik, tai,
    tahi, ngentot, pepek, asu, dongok, bodat (kau|kalian), dasar (anjing|babi|monyet|bodoh), kentut,
    ngapain kalian, makan tidur saja, tai kucing
METAPHOR: butuh (pacar|jodoh|pelukan|kasih sayang), cari (pacar|jodoh),
    api (cinta|cintaku|asmara|rindu),
    (curi|mencuri|nyuri|culik|menculik|merampok|rampok|jambret|jebol|bobol) (hati|hatiku|hati saya|hati aku|hatinya),
    kenangan mantan, kenangan masa lalu, dari kenangan, jeratan (cinta|rindu|mantan),
    jomblo (akut|kronis|darurat|menahun|sejati), serangan (jomblo|rindu|kangen|cinta),
    (hati|hatiku|hatinya|hati saya|jiwa|dompet|dompetku|kantong|kantongku|isi dompet) (saya|aku|ku|) (kebakaran|terbakar|kebakar|banjir|hangus|hancur|remuk|berdarah|meledak|sekarat|hanyut|tenggelam|roboh|runtuh|kering|kerampokan|kejang|kepanasan),
    kebakaran (jenggot|hati|di hati|di hatiku|cinta|asmara|hatiku|dompet),
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
AD_PHRASE: jual, dijual, pengobatan alternatif, terapi, catering, lowongan kerja, jasa tebang, jasa,
    asuransi (kebakaran|kecelakaan|jiwa|kesehatan|mobil), bebas (banjir|rampok),
    anti (banjir|rayap|maling|ular|begal|air|bocor),
    obat (sakit|jantung|stroke|asma|diabetes|kuat|herbal) (jantung|gigi|kepala|perut|),
    klaim asuransi, jual (ular|anjing|kucing|ayam|burung), basmi (ular|tawon|tikus|rayap),
    ambulans swasta, alat pemadam, kursus, sewa (perahu|ambulans)
LOAN: pinjaman, pinjam dana, dana cepat, dana tunai, butuh dana, dana cair, kredit, modal usaha,
    gadai, gadai bpkb, bpkb, kta, tanpa jaminan, tanpa agunan, cair, pencairan, bunga rendah,
    bunga ringan, limit, pinjol, pelunasan, take over, butuh uang, butuh modal, kur, koperasi,
    cicilan, angsuran, dp ringan, dp murah, proses cepat, acc, langsung cair, bi checking, slik,
    tenor, dana talangan, fintech
LOAN_SURE: pinjol legal, jasa pinjol, pinjol cair, butuh dana, jaminan bpkb, dana darurat,
    cair (1|2) jam, butuh modal, tanpa jaminan, tanpa agunan, pinjaman online, pinjaman cepat,
    dana tunai, gadai bpkb, bunga 0, bunga rendah, langsung cair, cair hari ini, dana cepat,
    cair 15 menit, cair 5 menit, dana pinjaman
PRIZE: pemenang, hadiah, undian, menang, voucher, bonus, reward, giveaway, selamat anda,
    anda terpilih, anda mendapatkan, anda mendapat, cashback, mendapatkan hadiah, grand prize,
    pin pemenang, kupon, dapatkan, klaim, poin anda, saldo gratis, point, doorprize,
    nomor anda terpilih, uang tunai, m kios, berhadiah, nomor anda
GAMBLE: togel, toto, slot, gacor, maxwin, deposit, depo, withdraw, rtp, scatter, togel online,
    bandar togel, jackpot, situs, casino, kasino, zeus, olympus, pragmatic, poker, domino, higgs,
    chip, taruhan bola, parlay, freebet, bola88, new member, slot gacor, agen judi, prediksi togel,
    angka jitu, mahjong ways, jp, freespin
GAMBLE_SURE: togel jitu, menang togel, togel hari ini, bocoran togel, slot gacor, slot online,
    maxwin, prediksi togel, angka jitu, situs slot, scatter hitam, agen judi, new member
REACH: klaim, hubungi agen, hub marketing, siap 24 jam, hub, hubungi, klik, link, tautan, wa admin,
    admin, http, https, www, bit.ly, daftar sekarang, call center, transfer, rekening, norek,
    kode otp, otp, verifikasi, akun, pin, aplikasi, apk, unduh, download, promo, diskon,
    gratis ongkir, follow, subscribe, info lanjut, minat, chat wa, wa sekarang, pesan sekarang,
    gabung, join, buruan, ketik, kirim ke, segera hubungi, daftar, hub wa, kunjungi, cek bio,
    via wa, isi data
GOODS: asuransi, premi, agen, marketing, sales, bergaransi, ampuh, strategis, lokasi strategis,
    kredit, harga promo, termurah, grosiran, distributor,
    jasa (anti|basmi|bersih|sedot|service|servis), basmi, rayap, jual, dijual, menjual, jasa,
    sedot wc, obat kuat, pelangsing, herbal, peninggi badan, paket data, pulsa, kuota, umroh, umrah,
    haji plus, kavling, tanah kavling, kpr, ready stock, ready, grosir, reseller, dropship,
    investasi, profit, trading, crypto, bitcoin, forex, gaji, lowongan kerja, loker,
    kerja dari rumah, kerja sampingan, member, diskon, promo, obral, cuci gudang, harga murah,
    murah meriah, garansi, cod, free ongkir, gratis ongkir, over kredit, pembesar, vitalitas,
    pijat panggilan, pijat, open order, open po, produk, skincare, kosmetik, badut ulang tahun,
    sewa tenda, service ac, servis ac, tukang pijat, les privat, rental mobil, sewa mobil, travel,
    paket umroh, paket wisata, rumah subsidi, perumahan subsidi, kaos partai, bimbel, sewa,
    terima pesanan, penghasilan, omset, passive income, bisnis, freelance, like dan subscribe,
    kerja online, lowongan
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
MONEY: juta, ribu, rp, rupiah, milyar, miliar, persen, idr, us$, jutaan, rp., transfer, uang, cuan,
    duit, dana, hadiah, gratis, saldo, jt, dp, harga
CHAIN: sebarkan, sebarkan ke, kirim ke 10 orang, kirim ke semua, forward, teruskan pesan ini,
    viralkan, pesan berantai, kirimkan ke, share ke, bagikan ke
"""

TABLES = (NOISE, SPAM)
