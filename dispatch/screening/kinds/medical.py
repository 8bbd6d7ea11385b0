"""Medical: what stops breath, heart, blood or mind is for life; walking wounded can wait."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="medical",
    words="""
    SICK: sakit, demam, panas tinggi, muntah, muntah muntah, muntaber, diare, mencret, murus,
        berak berak, lemas, lemes, menggigil, mual, pusing, pening, pucat, keracunan, alergi, asma,
        bengek, gula darah, gulanya, gula tinggi, gula rendah, hipertensi, darah tinggi, tensi,
        tensinya, tensi tinggi, maag, mag, usus buntu, gagal ginjal, cuci darah, dbd, tipes, kejang,
        malaria, kambuh, drop, sahit, marsahit, loro, ngelu, kumat, ginjal, kanker, tbc, mimisan,
        dehidrasi, kesakitan, mules perut, sakit perut, perut sakit, keram, kram, infeksi, bisul,
        gatal gatal, sakit kepala, asam lambung, ngedrop, lemah, hipoglikemia, kurang darah, anemia,
        infus, bengkak, gatal, batuk, pilek, flu, sakit gigi, nyeri, meriang, masuk angin,
        tidak enak badan, panas badannya, badannya panas, panas 39, panas 40, panas 41, panas 42,
        demam tinggi, step, mata merah, mencret mencret, gula darahnya, gulanya naik
    BREATHLESS: sesak, sesak (nafas|napas), susah (nafas|napas|bernafas|bernapas),
        sulit (nafas|napas|bernafas|bernapas), asma, ngap ngapan, ngap, engap, tersengal, sengal,
        ngos ngosan, nafas pendek, sesek, sesek ambegan, nafas berat, bengek, nafas bunyi, mengi,
        tidak bisa (nafas|napas|bernafas|bernapas), nafasnya bunyi, nafas sesak, nafasnya sesak,
        kesulitan bernapas, nafas tersengal, sesak dada, tarik nafas susah, susah hosa, hosa,
        marhosa, sosak, nafas sudah tinggal
    HEART: serangan jantung, sakit jantung, jantung, nyeri dada, sakit dada, dada sakit,
        dadanya sakit, dada nyeri, angin duduk, dada sesak, dadanya sesak, dada kayak ditekan,
        dada seperti ditekan, dada berat, dada terasa, dadanya nyeri, jantungnya, dada panas,
        jantungan, dada kiri, pompa dada, pompa jantung, cpr, rjp, dadanya, nyeri di dada,
        sakit di dada, dadanya ditekan
    STROKE: stroke, strok, mulut (mencong|miring|perot|pencong|perot),
        mulutnya (mencong|miring|perot|pencong), muka (mencong|miring|perot), lumpuh sebelah,
        lumpuh mendadak, badan sebelah, mati sebelah, bicara pelo, pelo, cadel mendadak,
        bicaranya tidak jelas, tangan kebas, ngomongnya tidak jelas, tangannya kebas, badannya kaku,
        kaku badannya, mendadak lumpuh, tidak bisa ngomong mendadak, wajah turun sebelah,
        mendadak pelo, sebelah badan, badannya sebelah
    SEIZURE: kejang, kejang kejang, step, ayan, epilepsi, sawan, kejangnya, stip, kejang demam,
        kelojotan, mulut berbusa, berbusa, keluar busa, mulutnya berbusa, kaku matanya
    OVERDOSE: overdosis, over dosis, od, minum racun, minum (pil|obat|tablet) banyak, minum baygon,
        minum obat nyamuk, minum roundup, minum racun rumput, gramoxone, gramokson, racun tikus,
        racun rumput, racun serangga,
        minum (wipol|porstex|vixal|bayclin|sabun|bensin|minyak tanah|solar|thinner|tiner),
        pil banyak, obat banyak, banyak minum obat, sebotol obat, sepapan obat,
        minum obat sekaligus, tertelan racun, menelan racun, tertelan obat, nelan pil,
        telan obat banyak, nenggak racun, tenggak racun, potas, minum potas, minum obat serangga,
        minum pestisida, racun, minum obat banyak, minum obat semua, terminum, keminum, minum lem,
        minum pembersih
    CHOKE: tersedak, keselek, kesedak, keselak, tercekik makanan, tersangkut di tenggorokan,
        nyangkut di tenggorokan, tertelan, ketelan, nelan koin, kelolodan, kesedakan, keselek biji
    SHOCKED: kesetrum, tersetrum, kena setrum, kena strom, tersengat listrik, sengatan listrik,
        kestrum, nyetrum, kena listrik, tersambar petir, disambar petir, kena petir, kesamber petir,
        kesamber gledek, kena arus, kesetrom, disambar kilat, terkena setrum
    BITTEN: digigit ular, dipatok ular, dipatuk ular, dicatok ular, dicucuk ular, dicokot ulo,
        digigit anjing, digigit kera, digigit monyet, digigit babi, digigit, disengat, kena sengat,
        tersengat, dientup, digigit ulok, dipatuk, dipatok, kena gigit, diseruduk, ditanduk,
        tersengat tawon, diterkam, dicakar
    SCALD: tersiram, kesiram, ketumpahan, tersiram air panas, kena air panas, luka bakar, melepuh,
        kena minyak panas, kecipratan, tersiram minyak, disiram air keras, kena knalpot
    CUT: teriris, tersayat, terpotong, kepotong, jari putus, jarinya putus, tangan putus,
        kena gergaji, kena parang, kena pisau, tertancap, ketusuk, kena kaca, kena paku,
        terpijak paku, tertusuk, kena egrek, kena dodos, kena mesin, tergilas, putus jari,
        masuk mesin, kena seng, kena bambu, kena cangkul, tergunting, kena arit, keinjek paku,
        kena duri, kena kail, kena gerinda
    AMBULANCE: ambulans, ambulan, mobil jenazah, p3k, oksigen, tabung oksigen, tandu, petugas medis,
        petugas kesehatan, medis, paramedis, dokter, perawat, igd, ugd, rumah sakit, puskesmas,
        mantri, bawa ke rumah sakit, antar ke rumah sakit, dilarikan ke rumah sakit, tenaga medis,
        tim medis, nakes
    OXYGEN: oksigen habis, oksigen mau habis, tabung oksigen habis, butuh oksigen,
        kehabisan oksigen, perlu oksigen, oksigennya habis, oksigen tinggal, saturasi, saturasinya,
        alat bantu nafas, ventilator, konsentrator
    WALKING: masih bisa jalan, bisa jalan, bisa jalan sendiri, masih bisa (jalan|berjalan),
        jalan sendiri, bisa berdiri, masih jalan
    CANNOT_MOVE: tidak bisa (gerak|bergerak|digerakkan|jalan|bangun|berdiri|duduk),
        tidak bisa gerakkan, kaki tidak bisa, tidak terasa kakinya, mati rasa,
        tidak (kuat|sanggup) (berdiri|bangun|jalan), kakinya tidak bisa, lumpuh,
        tidak dapat bergerak, kebas
    NOT_SICK: sakit hati, panas hati, sakit jiwa, masa bodoh, rumah sakit jiwa, sakit mata lihat,
        pusing lihat, bikin pusing, bikin sakit, bikin pening, pusing kali kepala,
        pusing kami lihat, panas kali cuaca, cuaca panas, panas kali hari, jalan rusak bikin,
        jatuh cinta, jatuh tempo, jatuh hati, patah hati, luka hati, luka lama, jatuh harga,
        jatuh miskin, pening kepala mikirin, pusing mikirin, pusing mikir
    BIRTHMARK: tes darah, donor darah, cek darah, golongan darah, butuh darah, jumpa darah
    """,
    evidence=evidence(
        (9, "UNCON"),
        (9, "NOBREATH"),
        (9, "BREATHLESS"),
        (9, "SEIZURE"),
        (9, "OVERDOSE"),
        (9, "BITTEN~SNAKE:3"),
        (9, "SHOCKED"),
        (8, "STROKE"),
        (8, "HEART"),
        (8, "CHOKE"),
        (8, "BLEED_HEAVY"),
        (8, "CUT"),
        (8, "SCALD"),
        (7, "BITTEN"),
        (8, "OXYGEN"),
        (7.5, "FALLS~ANYONE:5"),
        (8, "FALLS~HEIGHT:3"),
        (7.5, "FALLS~HURT:9"),
        (7, "CANNOT_MOVE~ANYONE:9"),
        (7, "HURT~ANYONE:5"),
        (7, "SICK~ANYONE:7"),
        (6.5, "BLOOD~ANYONE:6"),
        (6.5, "AMBULANCE PLEA ANYONE"),
        (6, "DEAD~ANYONE:4"),
        (6, "HURT"),
        (6, "SICK"),
        (5, "AMBULANCE"),
        (5, "BLOOD"),
    ),
    default="P2",
    p1=patterns(
        "UNCON",
        "NOBREATH",
        "BREATHLESS -MILD",
        "SEIZURE",
        "OVERDOSE",
        "CHOKE -HEALTHY",
        "SHOCKED -HEALTHY",
        "STROKE",
        "HEART",
        "BLEED_HEAVY",
        "OXYGEN",
        "BITTEN~SNAKE:3",
        "FALLS CANNOT_MOVE",
        "FALLS~HEIGHT:3 GRAVE",
        "GRAVE ANYONE",
        "DEAD~ANYONE:4 -YESTERDAY",
        "SCALD BABY",
        "SCALD GRAVE",
        "BURIED",
        "SICK BABY GRAVE",
    ),
    p3=patterns(
        "WALKING",
        "MILD -GRAVE",
        "HEALTHY MINOR_ILL",
        "MINOR_ILL -GRAVE -BABY",
        "YESTERDAY MINOR_ILL",
        "PLANNED",
    ),
)
