"""Missing and found people; things that are missing belong to crime."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="missing_person",
    words="""
    MISSING: tidak sampai rumah, tidak sampai di rumah, belum sampai di rumah,
        belum sampai ke rumah, tidak masuk sekolah, belum balik, tidak balik, tidak balik balik,
        durung balik, belum juga pulang, tidak kunjung kembali, belum muncul di rumah, hilang,
        orang hilang, anak hilang, belum pulang, tidak pulang, tidak pulang pulang,
        belum pulang pulang, belum ketemu, belum kembali, tidak kembali, tidak tahu di mana,
        tidak ditemukan, menghilang,
        kehilangan (anak|istri|suami|bapak|ibu|nenek|kakek|adik|cucu|mamak|keponakan),
        pergi dari rumah, kabur dari rumah, lari dari rumah, minggat, lepas dari rumah,
        keluar rumah tidak, pergi tidak pulang, terpisah, kepisah, tidak nampak, tidak kelihatan,
        ora mulih, durung mulih, durung muleh, mago, so mulak, dang mulak, ndang mulak,
        tidak ada di rumah, tidak ada di kamar, hilang kontak, tidak bisa dihubungi,
        hilang dari rumah, belum sampai rumah, dicari cari, tidak sampai sekolah,
        belum pulang sekolah, hilang anak, tidak kunjung pulang, ilangan, cari orang hilang
    STRAY: nemu anak, nemuin anak, dapat anak, tidak tahu rumahnya, tidak tahu rumah,
        tidak ingat rumah, tidak bisa menyebut alamat, mengaku tersesat, tersesat, kesasar, nyasar,
        kesesat, sesat, tidak tahu (alamat|pulang|jalan pulang|rumahnya),
        lupa (jalan|alamat|rumah|jalan pulang|pulang), tidak ingat alamat, bingung alamat,
        terpisah dari, tidak tahu namanya, tidak ada orang tua, tidak ada orang tuanya,
        nyari orang tuanya, nyari mamaknya, cari mamaknya, cari orang tuanya,
        ditinggal orang tuanya, terlantar, linglung, pikun, sendirian di jalan, sendirian di pasar,
        menangis cari, nangis cari, ditemukan anak, ketemu anak, jumpa anak, ada anak tersesat,
        lupa ingatan, tidak tahu rumahnya di mana
    DEMENTIA: pikun, alzheimer, alzaimer, demensia, pelupa, linglung, lupa ingatan,
        tidak ingat apa apa
    WENT: keluar, pergi, pigi, jalan sendiri, hilang, keluyuran, ngeluyur, lepas, minggat
    FOUND_HERE: ditemukan, ketemu, jumpa, dapat, sama kami, di rumah kami, di warung, di pos,
        di rumah saya, kami jaga, kami amankan, sudah kami, dijaga warga, kami temukan, nemu,
        menemukan, bersama kami, di depan rumah, sama saya, di tempat saya, di sini, diamankan,
        di masjid, kami kasih makan, di kedai
    DANGER_SIGN: sungai, dekat sungai, terakhir di sungai, mandi, banjir, hujan deras, diculik,
        dibawa orang, darah, sakit, kebun, hutan, parit, dibujuk, dibawa mobil, orang tidak dikenal,
        sandal di pinggir, sandalnya, titi, main di pinggir sungai, bendungan, autis, butuh obat,
        bunuh diri, surat
    """,
    evidence=evidence(
        (10, "MISSING~CHILD:6 -THEFT"),
        (10, "MISSING~KIN:6 -THEFT -VEHICLE_LOST"),
        (10, "MISSING~ELDER:6 -THEFT"),
        (9.5, "STRAY~FOLK:9"),
        (9.6, "DEMENTIA~WENT:6"),
        (9, "MISSING~FOLK:4 -THEFT"),
        (8, "STRAY"),
        (4, "MISSING -THEFT"),
    ),
    default="P2",
    p1=patterns("MISSING DANGER_SIGN -FOUND_HERE", "MISSING ABDUCT", "SUICIDE"),
    p3=patterns("STRAY FOUND_HERE -MISSING", "STRAY -MISSING -SEARCH", "FOUND_SAFE"),
)
