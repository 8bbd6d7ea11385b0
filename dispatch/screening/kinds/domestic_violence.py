"""Violence at home. The victim often cannot name it: "dia", a locked door, "jangan telepon"."""

from dispatch.screening.kind import Kind, evidence
from dispatch.screening.rules import patterns

KIND = Kind(
    type="domestic_violence",
    words="""
    KDRT: kdrt, kekerasan rumah tangga, kekerasan dalam rumah tangga, dipukul suami, dipukuli suami,
        dihajar suami, disiksa suami, dianiaya suami, suami mukul, suami pukul, suami mukuli,
        suami ringan tangan, ringan tangan, suami main tangan, main tangan, suami kasar,
        ribut suami istri, berantem suami istri, suami istri berantem, suami istri ribut,
        suami istri kelahi, kekerasan anak, kekerasan terhadap anak, disiksa ibu tiri,
        disiksa bapak, dipukul bapak, dipukuli bapak, dipukuli bapaknya, dipukuli ibunya,
        dipukul mamaknya, disiksa ibunya, dirantai, dipasung anaknya, dibalbal suami, mukul istri,
        pukul istri, pukuli istri, mukuli istri, hajar istri, menghajar istri, siksa istri,
        menganiaya istri, aniaya istri, mukuli anaknya, mukuli anak, siksa anak, menyiksa anak,
        menyiksa istri, mukul anaknya, dipukul sama suami, dihajar sama suami
    VIOLENCE: nokok, numbuk, menumbuk, nendang, menendang, nunjang, dipijaki, injak, diinjak,
        diinjak injak, lantak, ngelempar, nikam, menikam, nusuk, menusuk, mecut, dipecut, cambuk,
        dicambuk, rotan, dirotan, digampari, gampar, pijak pijak, cekek, dicekek, memaksa, disekek,
        dipukulkan, dihantam, hantam, bogem, dibogem, pukul, dipukul, dipukuli, mukul, mukuli,
        memukul, memukuli, dihajar, hajar, menghajar, tampar, ditampar, menampar, nampar, tendang,
        ditendang, cekik, dicekik, mencekik, nyekik, banting, dibanting, membanting, dianiaya,
        aniaya, menganiaya, siksa, disiksa, menyiksa, jambak, dijambak, seret, diseret, dikurung,
        dikunci, disekap, kunci aku, ancam, diancam, mengancam, ngancam, ngancem, diancem,
        mau bunuh, dibunuh, membunuh, mau dibunuh, bacok, dibacok, tikam, ditikam, pijak, dipijak,
        ditumbuk, ditumbuki, tumbuk, ditokok, tokok, ditokoki, kasar, main tangan, lempar, dilempar,
        melempar, dilempari, disundut, disiram, siram, mau bakar, bakar, perkosa, diperkosa,
        dipaksa, ditunjang, dilibas, digebuki, dipukulin, mukulin, disabet, ditempeleng, melempari,
        pecahin, mecahin, pecahkan, memecahkan piring, banting banting, ngamuk, mengamuk,
        berdarah dipukul, gebukin, digampar, dibalbal, pisau
    STRIKES_HER: mukul, pukul, mukuli, memukul, memukuli, ngamuk, mengamuk, nampar, menampar,
        nendang, menendang, ngancam, mengancam, nyekik, mencekik, banting, membanting, cekik, kejar,
        ngejar, hajar, menghajar, nokok, numbuk, nyeret, jambak, menyiksa, nyiksa
    MENACE: ngamuk, mengamuk, marah, marah marah, kalap, maki maki, banting pintu, gedor pintu,
        gedor gedor, dobrak, mau masuk, mengancam, ngancam, bawa parang, bawa pisau, pegang pisau,
        pegang parang, cari saya, cari aku, nyari aku, nyari saya, cari kami, nyari kami,
        nungguin di depan, mencari saya, marsogo
    BESIDE_HIMSELF: mabuk, mabok, mabuk lagi, emosi, gila, kumat, teriak teriak, pulang mabuk,
        teler, minum lagi, minum tuak
    HIDDEN: sembunyi, bersembunyi, ngumpet, umpetan, kunci pintu,
        pintu (saya|aku|sudah|kami) (kunci|sudah saya kunci|saya kunci|aku kunci),
        pintu sudah saya kunci, pintu sudah aku kunci, pintu sudah dikunci, kukunci, kunci kamar,
        ngunci, mengunci diri, kunci diri, mengurung diri di kamar, saya kunci, aku kunci,
        bisik bisik, bisik, pelan pelan, diam diam, dia tidak tahu, dia tidur,
        jangan sampai dia tahu, jangan ketahuan, nanti dia dengar, takut kedengaran,
        dia masih di sini, dia di luar, dia di depan, dia di rumah, dia sudah di depan, masabu,
        takut pulang, tidak berani pulang, dia dengar
    SMALL_ROOM: di kamar mandi, di kolong, di bawah tempat tidur, di lemari, di wc, dalam kamar,
        di dalam lemari
    PUSH: dorong, mendorong, ndorong, dorongkan
    PUSHED: didorong, kedorong, ditolak, ditolakkan, dijatuhkan
    AT_SAFE: di rumah (kakak|mamak|tetangga|saudara|orang tua|ibu|teman|abang),
        di rumah (adik|mertua|nenek|pak rt|kepling|kepala lingkungan|opung|bibi|keluarga), ngungsi,
        mengungsi, sudah lari, kabur ke rumah, lari ke rumah, sudah pergi, dia sudah pergi,
        sudah keluar rumah, pulang ke rumah orang tua, di tempat aman, sudah aman,
        di rumah (mamakku|kakakku|ibuku), rumah aman, sudah di rumah, di masjid, di kantor polisi,
        di polsek
    LAST_TIME: sudah lama, sering, tiap hari, setiap hari, kemarin, minggu lalu, bulan lalu,
        semalam, sudah biasa, bertahun tahun, sudah berkali kali, konsultasi, visum, mau lapor,
        pendampingan
    NOISE_HOME: teriak, teriak teriak, jerit, menjerit, nangis, menangis, minta tolong, jeritan,
        suara tangis, suara teriak, suara jeritan, teriakan, barang dibanting, piring pecah, ribut,
        cekcok, berantem, kelahi, bertengkar, pertengkaran, dijerit
    """,
    evidence=evidence(
        (11, "KDRT"),
        (11, "ABUSER~VIOLENCE:5"),
        (11, "WIFE~VIOLENCE:4"),
        (11, "VIOLENCE>ABUSER:5"),
        (11, "HE>VIOLENCE:4 VIOLENCE>KIN:2"),
        (10.9, "KIN>VIOLENCE:3 VIOLENCE>KIN:2"),
        (11, "HE>WEAPON:4 WEAPON>KIN:3"),
        (10.9, "KIN>WEAPON:4 WEAPON>KIN:3"),
        (10.8, "HE~VIOLENCE:6 SELF"),
        (10.6, "PRONOUN>STRIKES_HER:1 -THEFT -ROBBER -MADNESS_STRONG"),
        (10.9, "HE>PUSH:3 PUSH>ANYONE:0 MISHAP"),
        (10.9, "KIN>PUSH:3 PUSH>ANYONE:0 MISHAP"),
        (10.9, "PUSHED>HE:1 MISHAP"),
        (10.9, "PUSHED>KIN:1 MISHAP"),
        (10.8, "HE~MENACE:4 HIDES"),
        (10.8, "HE~MENACE:4 NOCALL"),
        (10.6, "HE~WEAPON:3 HIDES"),
        (10.6, "HE~WEAPON:3 NOCALL"),
        (10, "HE~MENACE:3 SELF"),
        (10, "ABUSER~MENACE:4"),
        (9.5, "HE NOCALL HIDDEN"),
        (9, "HE HIDDEN PLEA"),
        # No deed is told below: a fall with an injury, or an illness, says why all by itself.
        (10.8, "HE~BESIDE_HIMSELF:4 HIDES -MISHAP~INJURY:9"),
        (10.8, "HE~BESIDE_HIMSELF:4 NOCALL -MISHAP~INJURY:9"),
        (10, "HE~BESIDE_HIMSELF:3 SELF -MISHAP~INJURY:9"),
        (10, "ABUSER~BESIDE_HIMSELF:4 -MISHAP~INJURY:9"),
        (9.5, "HE NOCALL SMALL_ROOM -MISHAP~INJURY:9 -STRUCK_DOWN"),
        (9, "HE SMALL_ROOM PLEA -MISHAP~INJURY:9 -STRUCK_DOWN"),
        (9, "NEIGHBOUR NOISE_HOME WIFE -MISHAP~INJURY:9"),
        (8.5, "NOISE_HOME~KIN:5 NEIGHBOUR -MISHAP~INJURY:9"),
    ),
    default="P1",
    p1=patterns("UNCON", "BLEED_HEAVY", "WEAPON -AT_SAFE", "NOW VIOLENCE -AT_SAFE -LAST_TIME"),
    p3=patterns("LAST_TIME ADVICE -AT_SAFE"),
    p2=patterns("AT_SAFE", "LAST_TIME -NOW", "CEKCOK_ONLY -VIOLENCE"),
)
