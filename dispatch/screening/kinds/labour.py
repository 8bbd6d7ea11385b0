"""Labour: a child that comes now, or blood, is for life; first pains are urgent."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="labour",
    words="""
    BIRTH: (bayi|bayinya) (sudah|udah|) (mau|) (keluar|lahir|nampak),
        (kepala|kepala bayi|jabang bayi) (sudah|udah|) (mau|) (keluar|lahir|nampak),
        (bayi|bayinya) (sudah|udah|) (mau|) (nongol|kelihatan|tampak|turun),
        kepala (sudah|udah|) (mau|) (nongol|kelihatan|tampak|turun),
        (kepala bayi|jabang bayi) (sudah|udah|) (mau|) (nongol|kelihatan|tampak|turun),
        kepalanya (sudah|) (nampak|keluar|nongol|kelihatan), melahirkan, lahiran, bersalin,
        persalinan, brojol, mbrojol, babaran, partus, nglahirke, nglairke, ngelahirin, beranak,
        mau lahir, akan lahir, mau lahiran, sudah mau lahir, hendak lahir, mau keluar bayinya,
        bayinya mau keluar, bayi mau keluar, bayi mau lahir, lairan, kepala bayi, kepala bayinya,
        kepalanya nampak, kepala sudah nampak, bayinya sudah keluar, bayi sudah keluar,
        lahir di rumah, lahir di jalan, lahir di becak, lahir di mobil, ari ari, ari arinya,
        tali pusat, tali pusar, plasenta, mengejan, ngeden, mengedan, sungsang, manubuhon,
        marsonggot, melahirkan di jalan, mulai lahir, mau anakan, keburu lahir, tubu,
        bayinya nongol, sudah bukaan, bukaan, ketuban, pecah ketuban, ketuban pecah, air ketuban,
        ketubannya pecah, kontraksi, his, prematur, keguguran, sudah mau melahirkan, kaki bayi,
        tangan bayi keluar
    ACTIVE_BIRTH: (bayi|bayinya) (sudah|udah|) (mau|) (keluar|lahir|nampak),
        (kepala|kepala bayi|jabang bayi) (sudah|udah|) (mau|) (keluar|lahir|nampak),
        (bayi|bayinya) (sudah|udah|) (mau|) (nongol|kelihatan|tampak|turun),
        kepala (sudah|udah|) (mau|) (nongol|kelihatan|tampak|turun),
        (kepala bayi|jabang bayi) (sudah|udah|) (mau|) (nongol|kelihatan|tampak|turun),
        kepalanya (sudah|) (nampak|keluar|nongol|kelihatan), kepala bayi, kepala bayinya,
        kepalanya nampak, kepala sudah nampak, bayinya sudah keluar, bayi sudah keluar, mau brojol,
        sudah brojol, brojol, mbrojol, ketuban pecah, pecah ketuban, ketubannya pecah,
        ketuban sudah pecah, air ketuban sudah, sungsang, ari ari, ari arinya, tali pusat,
        tali pusar, sudah keluar, bayinya mau keluar, bayi mau keluar, bayi mau lahir,
        mau keluar bayinya, tidak tahan lagi, sudah tidak tahan, tidak tahan, lahir di jalan,
        lahir di becak, lahir di mobil, mengejan, ngeden, mengedan, sudah mau lahir, mau lahir,
        mau melahirkan, sudah bukaan, bukaan 8, bukaan 9, bukaan 7, bukaan 10, bukaan lengkap,
        keburu lahir, nongol, kontraksi terus, kontraksi tiap, kontraksi rapat, tiap 2 menit,
        tiap 3 menit, tiap 5 menit, nampak kepala, tampak kepala, kaki bayi, tangan bayi keluar,
        kejang, plasenta, bayinya nongol, manubuhon, tubu, lahir di rumah, melahirkan di jalan
    NOT_BIRTH: (baru|habis|siap|sesudah|setelah|pasca|usai) (melahirkan|lahiran|bersalin), nifas,
        melahirkan (2|3|4|5|6|7) hari, ibu melahirkan kemarin
    EARLY_BIRTH: mules, mulas, mules mules, kontraksi jarang, jarang jarang, masih jarang,
        belum pecah, bukaan 1, bukaan 2, bukaan satu, bukaan dua, baru mules, mulai mules,
        tiap 10 menit, tiap 15 menit, tiap 20 menit, tiap setengah jam, 10 menit sekali,
        15 menit sekali, 20 menit sekali, setengah jam sekali, flek, keluar flek, keluar lendir,
        lendir darah, baru terasa, mulai kontraksi, ketuban belum pecah, masih kuat, sakit pinggang,
        mulai terasa, ketuban belum
    """,
    evidence=evidence(
        (10, "BIRTH~KIN:8"),
        (10, "BIRTH"),
        (10, "PREGNANT BLEED_HEAVY"),
        (10, "PREGNANT BLOOD"),
        (10.9, "PREGNANT SEIZURE"),
        (10, "PREGNANT EARLY_BIRTH"),
        (8, "PREGNANT~SICK:8"),
        (8, "PREGNANT AMBULANCE"),
        (4, "PREGNANT"),
    ),
    default="P1",
    p1=patterns(
        "BLEED_HEAVY",
        "UNCON",
        "NOBREATH",
        "SEIZURE",
        "ACTIVE_BIRTH -EARLY_BIRTH",
        "BLOOD -EARLY_BIRTH",
    ),
    p3=patterns("PLANNED"),
    p2=patterns("EARLY_BIRTH", "PREGNANT -BIRTH"),
)
