"""Minds in crisis: an act or threat of suicide is for life; a calm or unarmed crisis is urgent."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="mental_health",
    words="""
    SUICIDE: (racun|obat serangga|baygon|pil) mau (diminum|ditelan),
        mau minum (racun|baygon|obat serangga),
        (pegang|memegang) (racun|obat serangga|baygon|tali gantungan|pil),
        (nyayat|menyayat|sayat|iris|mengiris|ngiris|potong|motong|nusuk|menusuk|nyilet) (tangan|nadi|urat|leher|pergelangan|perut|diri) (sendiri|),
        (tangannya|lehernya|perutnya|badannya) sendiri,
        (bawa|membawa|nenteng|siapkan) (tali|racun|silet|potas|baygon),
        (bakar|membakar) (bajunya|badannya|badan|dirinya|diri|diri sendiri|baju sendiri|bajunya sendiri),
        bunuh diri, gantung diri, ngegantung, nggantung, menggantung diri, gantung leher,
        mengakhiri hidup, akhiri hidup, mau mati saja, ingin mati, pengen mati, mau mati,
        tidak mau hidup, tidak ingin hidup, capek hidup, lelah hidup, mengiris tangan, iris tangan,
        sayat tangan, menyayat tangan, silet tangan, potong nadi, iris nadi, sayat nadi, nyilet,
        menyilet, mau lompat, mau loncat, hendak lompat, ancam lompat, ngancam lompat,
        mengancam lompat, mau terjun, mau melompat, mau nabrakkan diri, menabrakkan diri,
        selamat tinggal semua, surat wasiat, percobaan bunuh diri, tidak kuat hidup,
        tidak sanggup hidup, mati saja, bundir, mau minum racun, mau gantung, ancam bakar diri,
        bakar diri, mau bakar diri, melukai diri, melukai diri sendiri, nyakiti diri,
        menyakiti diri, menusuk diri, ingin lompat, pengen lompat, siap lompat, lompat dari tower,
        tidak ada gunanya hidup, tidak berguna hidup, mati lebih baik, lebih baik mati,
        tali di leher, tali gantungan, mau ngendat, ngendat, mengendat, menyilet tangan,
        pegang tali, sudah pamit, nyawaku
    AT_EDGE: manjat tower, panjat tower, naik tower, naik ke tower, manjat menara, di atas tower,
        di pinggir jembatan, di tepi jembatan, di pagar jembatan, di pinggir titi, di atas jembatan,
        berdiri di jembatan, di bibir jembatan, di pinggir bendungan, naik pagar jembatan,
        di atas pagar jembatan, duduk di rel, tidur di rel, baring di rel, berbaring di rel,
        tiduran di rel, berdiri di rel, di tengah rel, di atas gedung, di atap gedung,
        di tepi gedung, di pinggir atap, di atas titi, duduk di pinggir titi, berdiri di pinggir,
        duduk di jembatan, duduk di pagar jembatan, tidur di tengah jalan, manjat tiang, naik tiang,
        manjat baliho, manjat tiang listrik, panjat tiang, berdiri di atap, manjat jembatan,
        di rel kereta
    FAREWELL: maaf semuanya, maafkan aku, maafkan saya, maafkan semua, selamat tinggal, aku pamit,
        saya pamit, titip anak, titip anak anak, pesan perpisahan, jaga anak anak, surat perpisahan
    WORN_OUT: tidak kuat lagi, sudah tidak kuat, tidak sanggup lagi, sudah tidak sanggup,
        tidak sanggup hidup, capek kali hidup, capek hidup, cukup sampai di sini, tidak ada gunanya,
        menyerah, mau pergi selamanya, tidur selamanya
    STANDS: berdiri, duduk, manjat, naik, panjat, memanjat, nongkrong
    SAD: dibujuk tidak mau, di bujuk tidak mau, diajak turun tidak mau, disuruh turun tidak mau,
        tidak mau dibujuk, nangis, menangis, tidak mau turun,
        tidak mau (diajak|dibujuk|minggir|pulang), melamun, sedih, putus asa, diam saja, patah hati,
        ditinggal, galau, tidak mau minggir, tidak mau pindah, tidak mau pigi, nangis nangis
    MADNESS: odgj, orang gila, gangguan jiwa, gangguan mental, sakit jiwa, kurang waras,
        tidak waras, halusinasi, berhalusinasi, skizofrenia, skizo, bipolar, stres, stress, depresi,
        gila, edan, sakit saraf, kurang ingat, kesurupan, kerasukan, orang stres, gangguan kejiwaan,
        putus obat, pasien jiwa, ngurung diri, mengurung diri, dengar suara suara, suara di kepala,
        bisikan, linglung, ngomong sendiri, bicara sendiri, ketawa sendiri, telanjang, bugil, panik,
        serangan panik, panic attack, cemas, dipasung, kumat jiwanya, kumat gilanya, na gila,
        wong edan, wong gendeng, gendeng, sarap, ngoceh sendiri, trauma, tidak mau keluar kamar,
        rumah sakit jiwa
    MADNESS_STRONG: kemasukan (jin|setan|roh|iblis), odgj, orang gila, gangguan jiwa,
        gangguan mental, sakit jiwa, kurang waras, tidak waras, berhalusinasi, skizofrenia, skizo,
        bipolar, depresi, orang stres, gangguan kejiwaan, putus obat, pasien jiwa, kesurupan,
        kerasukan, halusinasi, ngurung diri, mengurung diri, wong edan, wong gendeng, na gila,
        serangan panik, panic attack, sarap, dipasung, kumat jiwanya, kumat gilanya,
        rumah sakit jiwa
    NOT_MAD: gila gilaan, harga gila, kerja gila, stres lihat, stress lihat, bikin stres,
        stres kami, stres aku, bikin gila, stres awak, gila bola, promo gila, diskon gila,
        rambut gila, gila hormat, gila jabatan, sudah gila pejabat, ikut gila, bisa gila,
        panik kami, panik semua, jangan panik, warga panik, panik warga, orang panik, gila sekali
    """,
    evidence=evidence(
        (11.5, "SUICIDE -OVERDOSE -NOT_SUICIDE"),
        (11.2, "AT_EDGE ANYONE -CRASH"),
        (11.2, "FAREWELL WEAPON"),
        (10.8, "FAREWELL WORN_OUT"),
        (10.6, "STANDS~BRIDGE:3 SAD -CANNOT_DESCEND"),
        (10.5, "AT_EDGE"),
        (10.5, "MADNESS_STRONG"),
        (8.5, "SUICIDE"),
        (8, "MADNESS~ANYONE:4 -NOT_MAD"),
        (7, "MADNESS~DISTURB:6 -NOT_MAD"),
        (4, "MADNESS -NOT_MAD"),
    ),
    default="P2",
    p1=patterns(
        "SUICIDE",
        "FAREWELL",
        "STANDS~BRIDGE:3 SAD",
        "AT_EDGE",
        "WEAPON MADNESS",
        "MADNESS FIRE",
        "MADNESS BEAT",
        "MADNESS STAB",
        "UNCON",
        "NOBREATH",
        "BLEED_HEAVY",
        "MADNESS ATTACKS_PEOPLE",
    ),
    p3=patterns("MADNESS CALM_ODGJ", "MADNESS PLANNED"),
)
