"""Traffic accidents, trains included. ``kereta`` is a motorcycle here, not a train."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="traffic_accident",
    words="""
    CRASH: serempetan, senggol senggolan, tabrak tabrakan, adu jangkrik, adu banteng, adu muka,
        cium truk, nyium truk, tabrakan maut, tabrak belakang, kecelakaan, laka lantas, lakalantas,
        laka, tabrakan, tabrak, (me|)nabrak, (di|ke|ter)tabrak, ketabrak, tabrak lari, adu kambing,
        laga kambing, (ber|)laga, berlaga, ditumbur, ketumbur, menumbur, tumburan, ditubruk,
        menubruk, nubruk, ketubruk, tubrukan, keserempet, (ter|di|me|ke|)serempet, menyerempet,
        nyerempet, disenggol, senggolan, bersenggolan, kesenggol, terlindas, kelindas, dilindas,
        kelanggar, dilanggar, melanggar, nglanggar, langgar, tabrakan beruntun, beruntun,
        terseret truk, tabrakkan, marlaga, dilindes, ngelindas, kecelakaan lalu lintas, digilas,
        tergilas truk, kegilas, disambar kereta api, disambar ka, tersambar kereta api,
        tersambar ka, dihantam kereta api, diseruduk truk, dihantam truk, dihantam mobil,
        disambar mobil, disambar truk, crash, tabrakane, nebas
    RUN_OVER: kelindes, kelindas, dilindes, terlindes, kegiles,
        (masuk|di|ke|terseret) (ke|) (bawah|kolong) (truk|mobil|bus),
        (masuk|di|ke|terseret) (ke|) (bawah|kolong) (bis|tronton|kereta api|angkot),
        (ter|ke|di)(lindas|lindes|gilas|giles), (ter|ke|di)gilas, kegilas, tergilas,
        masuk kolong (truk|mobil|bus), di bawah kolong
    VERSUS: vs, versus, kontra
    TRAIN_HIT: (disambar|ditabrak|dihantam|tertabrak) (kereta api|ka),
        (ketabrak|tersambar|diseruduk|kesambar) (kereta api|ka)
    OVERTURN: terguling, terbalik, kebalik, guling, masuk parit, masuk jurang, masuk got,
        masuk sawah, masuk paret, masuk selokan, masuk kebun, masuk riol, masuk warung,
        masuk rumah orang, nyungsep, nyusruk, tercebur, terperosok, terpelanting, terpental,
        kepental, oleng, tergelincir, slip, selip, selip ban, terseret, tersungkur, jatuh,
        terjungkal, nyemplung, terjun, nyelonong, seruduk, rem blong, pecah ban, masuk sungai,
        nyosor, amblas, nabrak pohon, tercampak, kecampak
    FROM_BIKE: jatuh dari (motor|kereta|sepeda motor|becak|honda|angkot|truk|mobil),
        jatuh (naik|bawa) (motor|kereta|sepeda motor), jatuh kereta, jatuh motor, jatuh sendiri,
        laka tunggal, kecelakaan tunggal, terjatuh dari motor, terjatuh dari kereta,
        jatuh dari atas kereta, jatuh dari atas motor, jatuh pas naik kereta
    NOT_CRASH: banyak korban jatuh, sudah banyak (korban|celaka|jatuh|kecelakaan),
        banyak kecelakaan, rawan kejahatan, sebelum ada korban, lampu merah dilanggar,
        melanggar lampu, langgar aturan, melanggar aturan, melanggar lampu merah,
        langgar lampu merah, rawan kecelakaan, sering kecelakaan, bisa kecelakaan, sering tabrakan,
        sering jatuh, rawan tabrakan, takut kecelakaan, nanti kecelakaan, mengakibatkan kecelakaan,
        bikin kecelakaan, bikin celaka, menyebabkan kecelakaan, menunggu kecelakaan,
        jangan sampai kecelakaan, jangan sampai ada kecelakaan, banyak yang jatuh, kecelakaan kerja,
        sering laka, rawan laka, asuransi kecelakaan, santunan kecelakaan, jangan sampai ada korban,
        biar tidak jatuh, tunggu ada korban, nunggu korban, menunggu korban, surat kecelakaan,
        laporan kecelakaan, menunggu ada korban
    DAMAGE_ONLY: tidak ada korban, tidak ada yang luka, tidak ada luka, orangnya selamat,
        tidak ada yang terluka, cuma penyok, penyok, spion, cuma goresan, bemper, bumper,
        sama sama selamat, tidak luka, tidak ada yang cedera, tidak ada korban jiwa, supir selamat,
        selamat semua, orangnya sehat, pengendara selamat, penumpang selamat, lampunya pecah,
        lampu pecah, nego damai, minta ganti rugi, ganti rugi, semua selamat,
        orangnya tidak apa apa, tidak apa apa, semua aman
    """,
    evidence=evidence(
        (10, "CRASH~VEHICLE:6"),
        (10, "CRASH~TRAIN:5"),
        (10.5, "TRAIN_HIT"),
        (10, "RUN_OVER"),
        (9.5, "VEHICLE~VERSUS:2"),
        (9.5, "FROM_BIKE"),
        (9, "CRASH -FIGHT"),
        (9, "OVERTURN~VEHICLE:5"),
        (8, "RAIL~VEHICLE:4 STUCK"),
        (7, "VEHICLE HURT ROAD -WEAPON"),
    ),
    default="P2",
    p1=patterns(
        "UNCON",
        "NOBREATH",
        "PINNED",
        "TRAPPED",
        "BLEED_HEAVY",
        "DEAD",
        "FOLK>DEAD_BARE:3",
        "DEAD_BARE -OUTAGE -ENGINE_OFF",
        "FATAL",
        "GRAVE",
        "CRASH~TRAIN:5",
        "TRAIN_HIT",
        "RAIL STUCK",
        "FIRE",
        "CANNOT_MOVE",
        "OVERTURN>RIVER:3 ANYONE SWEPT",
        "BURIED",
        "NO_ANSWER",
        "BREATHLESS",
        "SEIZURE",
        "MANY_HURT",
        "RUN_OVER",
    ),
    p3=patterns("DAMAGE_ONLY", "!HURT", "YESTERDAY -HURT", "HEALTHY -HURT", "LECET -HURT_REAL"),
)
