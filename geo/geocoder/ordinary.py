"""Indonesian words that look like a misspelt place name and are none.

A word here is taken as itself: never bent to a name by edit distance or dropped vowels. It is
everyday vocabulary, most of all of messages about emergencies, and names no place.
"""

from __future__ import annotations

_TABLE = """
    ada adalah adik agak agar air ajak akan akar akhir aku alat alamat aman ambil ambruk ambulans
    anak ancam aneh angin anjing antar antara apa api arah arang arus asap asli atap atas atau awak
    awal awas ayah ayam
    babi badai badan bagaimana bagi bagian bagus bahan bahasa bahaya baik baju bakar bakso balai
    balik balita ban banding bandara banjir bantu bantuan banyak bapak barang barat baru basah batal
    batang batas batu batuk bawa bawah bayang bayar bayi beban bebas beberapa becak beda begal
    begini begitu belakang belas beli belok belum benar bencana bengkak bengkel bensin bentar bentrok
    beras berat beri berita berhenti berobat berbatu berang beringin berjalan berdarah berlubang
    bersama bersih berul besar besi besok betis betul bibir biar biasa bilang bisa blok bocah bocor
    bongkar bobol botol buah buang buat bubar buka bukan bukit bulan buling buluh bumi bunga bunuh
    buruk burung busuk butuh
    cabang cair camat campur cari cepat cerita cermin coba coklat cuaca cucu cuma
    dada daging dalam damai damar dan dapat dapur darah darat dari darurat dasar data datang daun
    dekat demam dengan depan deras dering dia diare didepan dilarang dinding dingin diri dokter dosen
    dua dua duda dulu dunia durhaka duri durian duduk dusun
    ekor ekonomi emas empat enak enam
    gadis gagal gajah gambar gambir gang gangguan ganti garang gas gawat gedung gelap gelita gempa
    genangan genap gendong genting gerah gerak gerbang gigit gila goyang gudang guling gunting guru
    gulung gurung gubuk
    habis hadap hadir halaman halangan halo hamil hampir hancur hangat hanyut harap harga hari harus
    hati hewan hidung hidup hilang hijau hitam hitung hotel hujan hutan
    ibu ikan ikat ikut ilalang ingat ingin ini injak intan istri isi itu
    jaga jalan jalur jam jambret jambu janda jangan janji jantung jarak jatuh jauh jebol jelas
    jelita jembatan jenis jerit jual juga jumlah jumpa jurang juta
    kabar kabel kabur kaca kacang kacau kacamata kadang kain kakak kakek kaki kali kalian kamar kambing
    kami kampung kamu kanan kandang kantor kapal kapan karang kartu karung kasar kasih kasihan kasur
    katak kawan kawat kawin kayu kebakaran kebun kecelakaan kecil kejang kejar kelahi kelapa
    kelihatan keluar keluarga kembali kemarin kena kenal kencang kendaraan kepala kera keran keras
    kerbau kereta kering kerja kertas kesini kesana ketemu ketinggian kiri kirim kita kobaran kolam
    kompor kondisi kopi korban korek korslet kosong kota kotor kuat kucing kulit kumpul kunci kuning
    kurang kursi
    ladang lagi lahan lahir lain laki lalang lalu lama lambat lambung lampu lancar langit langkah
    langsung lantai lapang lapar lapor laporan larang lari laron laut lawan layang lebah leher lemah
    lemari lemas lembar lempar lengan lepas lewat lewati lihat limbah limbung lintas listrik loncat
    longsor los luar lubang luka lumpuh lumpur lupa lurus
    maaf mabuk mahal main maka makan makanan maki malam malang maling malu mama mamak mana mancung
    mandi mandung mangga marah masa masalah masih masuk mata mati mawar mayat meja melahirkan melayang
    meledak memang menang mendadak menyala merah merasa mereka meter minta minum minyak mobil mohon
    monyet motor muda mudah muka mulai mulut mundur muntah musang musim
    naik nafas nakal nama namanya nanti nasi natal nenek ngantuk nomor nyala nyamuk nyawa
    obat ojek oleh ombak orang
    pacar padam padang padahal pagar pagi paham pahit paku palang paling panas pancing pandang panen
    pangkal panggil panggung panik panjang pantai papan parah parang parit parkir partai pasang pasar
    pasien pasir pasti patah payah payung pecah pedang pegang pekan pelan pelita pelat peluru
    pembantu pembeli pemilu penasaran pencuri pendek pengajian pengemudi penuh penumpang penyakit
    perahu peran perang perempuan pergi periksa perkara perlu permisi pernah persalinan persiapan
    persis pertama perut pesan petang petir piala pigi pijat pikir pinang pinggang pinggir pintu pisang
    pisau pohon pokok polisi pompa ponsel posisi posko potong puas puasa pukul pulang pulau punggung
    puluh putih putus
    rabun radang raja rakit ramai rambang rambut rampai rampas rampok rantai ranting rapat rasa
    ratus rawan rawat reda remaja rempah rendah rendam rentan resah retak ribu ribut ringan roboh
    roda rokok roti ruang rubuh rumah rumput runtuh rusak
    sabar sabun sadar sahabat saja sakit saksi saku salah salak sama samar sambar sambil sambung
    sampah sampai samping sandar sandal sangat sapi sarang satu satuan satpam saudara saudari
    sawah sawit saya sebab sebar sebelah sebentar sedang sedih sehat sejak sekali sekarang sekitar
    sekolah selalu selamat selang selat seling sembarang sembung sembuh semua senang sendiri senja
    senter sepak sepeda seperti seram serang serba serius sering sesak sesat sewa siang siapa sibuk
    sikat simpan simpang sinar sini sirene sisa situ subuh sudah sumbat sumber sumbu sungai supir
    suami suara surut susah susu swalayan
    tabrak tabung tadi tahan tahu tahun tajam takut tali tambah tambahan tambal tambang taman tamu
    tanah tanam tanda tandu tangan tangga tangis tanggul tangki tanya tapi tarik taruh tata tawuran
    tebang tebal tebing tegang tegangan telanjang telat telinga telur teluk teman tembak tembok
    tembus tempat temboknya tenaga tenang tenda tengah tenggelam terang terbakar terbang terima
    teriak terjang terjadi terjebak terlambat terlalu terpal terus tetangga tewas tiang tiap tiba
    tidak tidur tikar tikus timbang timbangan timbun tinggal tinggi tipis tolong topan truk tubuh
    tugas tulang tuli tulis tumbang tumbangan tumpah tumpang tunggal tunggu turun tutup
    uang ujung ular ulang umum untuk urat usaha usia usir usus utama utara
    wajah waktu walau wanita warga warna warung wasir waspada
    yakin yang
    aduan agenda akses akibat akses aktif aliran alir alternatif ancaman anggaran angkut antisipasi
    apakah apalagi aplikasi arahan area aspal atasi awalnya bangun bangunan barusan batasan becek
    berada berasal berapa berdampak berikut berita berlalu bermain bersih bersihkan bertahun besarnya
    beton biasanya bina bongkahan buatan bupati camat cek cepatnya dampak debit deras derasnya dewasa
    dibuat dihimbau dikeruk dinas dipasang diperbaiki drainase durasi efek evakuasi foto fungsi galian
    ganggu gorong got gubernur gundukan hambat hampir harap harian stasiun harusnya himbauan imbas informasi
    instansi jebol jelek jembatan kantor kabupaten kebanjiran kedalaman kejadian kelurahan kementerian
    kemacetan kendala keluhan kerusakan ketinggian kirim kiriman kondisinya koordinasi kotor kubangan
    lalu lancar langganan laporkan layanan lebar lewat limpahan lokasi longsoran longsor lumayan lurah
    macet mampet masuknya masyarakat melanda meluap melintas memang membuat mencari mengakibatkan
    mengalir mengenai mengganggu menggenang meninggi menjadi menunggu menutup merata merendam mobilitas
    mogok muncul normalisasi normal objek oknum paginya paling pantau parahnya pasukan pejabat pelajar
    pembangunan pembuangan pemerintah pemda pemkot pemprov pemukiman penanganan pengaduan pengendara
    pengerukan penumpukan penyebab penyedotan perbaikan perhatian perjalanan permukaan persoalan pihak
    pinggiran pompa proyek puing pusat rawan renovasi respon resapan ringan sampah saluran sarana
    sebabkan sebatas sebetis sedalam sedot segini sekolahan selokan selutut sementara sempat sepaha
    sepanjang sepinggang setempat setiap setinggi setengah siklus sisi situasi solusi sudut sumbatan
    surutnya tambak tanggap tanggul tebal tepat terendam tergenang terhambat terkait terkini terlihat
    tersebut tersendat tersumbat terutama tetap tindak tindakan tindaklanjut tinggal tolongin trotoar
    turunnya ujungnya upaya utamanya volume walikota warganya wilayah yakni
    sakti jaya karya mekar sentosa raya lama hulu hilir merbau badak bejuang berjuang sono laban
    bendung bendungan langka lempung serangan sendang belakangan pelitur tantangan perbaikan bandul
    rabun talang kisar sergap serai badung bending asahnya timbulan persatuan pasukan kegiatan keadaan kecamatan kelurahan lingkungan kabupaten serahkan sebagian
"""

WORDS = frozenset(_TABLE.split())
