"""What to do until help comes, per incident type, and honest words while waiting.

Bahasa msgids; English stands in `console/locale/en.po`. The first-aid lines follow what lay rescuer
guidelines agree on (ILCOR 2020 consensus: compressions in the middle of the chest, 5-6 cm,
100-120 a minute; pressure on bleeding; cool burns with running water; WHO 2016 on snake bite: keep
the limb still, no cutting, no sucking, no tight band). Where guidelines differ the safer, shorter
line stands. Nothing here promises a time.
"""

from __future__ import annotations

from typing import Final

RJP: Final = (
    "Tidak sadar dan tidak bernapas normal: mulai RJP sekarang. Tekan kuat dan cepat di tengah dada, "
    "sedalam 5–6 cm, sekitar 2 kali per detik, jangan berhenti sampai petugas mengambil alih."
)
BLEEDING: Final = "Berdarah banyak: tekan kuat dengan kain bersih dan jangan dilepas-lepas."
WIRES: Final = (
    "Anggap semua kabel yang jatuh masih beraliran: jaga jarak sedikitnya 10 meter, "
    "lebih jauh lagi di tanah basah."
)
GENERAL: Final = (
    "Pastikan Anda sendiri aman dulu.",
    "HP tetap menyala; operator mungkin menelepon.",
    "Bila bisa, minta seseorang menunggu di tepi jalan untuk mengarahkan petugas.",
)

ADVICE: Final[dict[str, tuple[str, ...]]] = {
    "fire": (
        "Keluar sekarang, tutup pintu di belakang Anda. Jangan kembali masuk untuk mengambil barang.",
        "Ada asap: merunduk serendah mungkin, tutup hidung dan mulut dengan kain.",
        "Terjebak: tutup pintu, sumbat celahnya dengan kain, beri tanda dari jendela.",
        "Luka bakar: siram air mengalir 20 menit. Jangan odol, kecap, mentega, atau es.",
    ),
    "flood": (
        "Naik ke tempat yang lebih tinggi sekarang. Bayi, lansia, dan orang sakit lebih dulu.",
        "Matikan listrik di meteran hanya bila tangan dan lantai masih kering.",
        "Jangan berjalan atau berkendara menerobos arus.",
        "Bawa obat dan surat penting; hemat baterai HP; beri tanda dari tempat tinggi.",
    ),
    "medical": (
        RJP,
        "Tidak sadar tetapi bernapas: miringkan tubuhnya dan awasi napasnya.",
        BLEEDING,
        "Kejang: jauhkan benda keras, jangan masukkan apa pun ke mulut.",
        "Jangan beri makan, minum, atau obat orang lain. Catat jam mulai sakitnya.",
    ),
    "labour": (
        "Ibu memilih posisi yang nyaman, paling baik miring ke kiri. Jangan ditinggal sendirian.",
        "Siapkan kain bersih dan kering. Jangan menarik bayi.",
        "Bayi lahir: keringkan, letakkan di dada ibu kulit ke kulit, selimuti keduanya.",
        "Jangan menarik atau memotong tali pusat; tunggu petugas.",
        "Darah sangat banyak, kejang, atau bayi tidak bernapas: segera telepon 112.",
    ),
    "traffic_accident": (
        "Menepi, beri tanda bagi kendaraan lain, matikan mesin yang terlibat.",
        "Jangan pindahkan korban kecuali ada api atau bahaya lain. Jangan lepas helmnya "
        "kecuali ia tidak bernapas.",
        BLEEDING,
        RJP,
    ),
    "drowning": (
        "Jangan ikut terjun bila tidak terlatih. Ulurkan kayu atau lempar tali, jeriken, atau ban.",
        "Pandang terus tempat terakhir korban terlihat dan tunjukkan kepada petugas.",
        "Sudah di darat: jangan menekan perut untuk mengeluarkan air.",
        RJP,
    ),
    "rescue": (
        "Jangan menarik paksa orang yang terjepit. Ajak bicara dan tenangkan.",
        "Matikan mesin, listrik, atau gas di dekatnya bila aman dilakukan.",
        "Lubang, sumur, atau tangki: jangan ikut turun; udaranya bisa beracun.",
    ),
    "building_collapse": (
        "Menjauh dari bangunan; bagian lain bisa menyusul runtuh.",
        "Jangan menyalakan api; mungkin ada gas bocor.",
        "Dengarkan dan tandai dari mana suara korban; tunjukkan kepada petugas.",
        "Tertimbun: tutup mulut dengan kain, ketuk benda keras tiga-tiga, jangan habiskan tenaga.",
    ),
    "fallen_tree": (
        WIRES,
        "Jangan memotong sendiri pohon yang menimpa kabel, rumah, atau kendaraan.",
        "Beri tanda bagi kendaraan yang lewat dari jarak aman.",
    ),
    "utility_hazard": (
        WIRES,
        "Jangan menyentuh korban yang masih terkena arus. Matikan listrik dari meteran bila aman.",
        "Arus sudah pasti mati, korban tidak bernapas: mulai RJP.",
    ),
    "gas_leak": (
        "Jangan menyalakan api, rokok, atau sakelar apa pun; jangan memakai HP di ruangan itu.",
        "Buka pintu dan jendela sambil keluar. Tutup katup atau regulator hanya bila mudah dicapai.",
        "Tunggu di luar, jauh dari bau gas, dan jangan masuk lagi.",
    ),
    "animal": (
        "Menjauh perlahan. Jangan menangkap, mengusik, atau membunuhnya.",
        "Digigit ular: duduk atau berbaring diam, lepaskan cincin dan gelang, jangan gerakkan anggota "
        "yang tergigit. Jangan diikat kencang, disayat, atau diisap.",
        "Digigit anjing, kucing, atau kera: cuci dengan sabun dan air mengalir 15 menit.",
        "Disengat tawon: tinggalkan tempat itu. Sesak napas atau bengkak di wajah: telepon 112.",
    ),
    "crime": (
        "Pergi ke tempat aman dan kunci pintu. Jangan mengejar atau melawan.",
        "Ingat ciri orang, kendaraan, dan arah perginya.",
        "Jangan menyentuh atau memindahkan barang di tempat kejadian.",
    ),
    "mental_health": (
        "Temani, dengarkan dengan tenang, jangan menghakimi dan jangan berdebat.",
        "Jauhkan benda berbahaya bila aman bagi Anda.",
        "Bila ia mengancam orang lain: jaga jarak dan pastikan ada jalan keluar.",
    ),
    "missing_person": (
        "Catat baju, tempat, dan jam terakhir terlihat; siapkan foto.",
        "Minta satu orang tetap di rumah dan satu orang menghubungi keluarga.",
        "Periksa lebih dulu tempat yang dekat air, sumur, dan kendaraan.",
    ),
}

WAITING: Final[dict[str, str]] = {
    "received": "Laporan Anda sudah di meja operator. Tidak perlu dikirim ulang.",
    "contacting": "Petugas sedang dihubungi. Belum ada yang berangkat.",
    "assigned": "Petugas sudah menerima tugas ini. Belum berangkat.",
    "en_route": "Petugas sudah berangkat menuju tempat kejadian.",
    "on_scene": "Petugas sudah tiba di tempat kejadian.",
    "controlled": "Keadaan sudah terkendali. Petugas masih bekerja di tempat.",
    "closed_unseen": "Laporan ditutup operator. Bila keadaan berubah, telepon 112.",
    "closed": "Penanganan selesai. Bila keadaan memburuk lagi, telepon 112.",
    "reviewed": "Laporan sudah dibaca operator. Untuk keadaan ini tidak dikirim petugas darurat. "
    "Bila keadaan berubah, telepon 112.",
    "handed_over": "Tempat kejadian di luar kota. Laporan diteruskan ke wilayah yang berwenang.",
    "replacing": "Petugas sebelumnya berhalangan. Penggantinya sedang dicari.",
}

# One neutral set for silent and hidden reports: whoever looks over the shoulder learns nothing.
COVERT: Final[dict[str, str]] = {
    "received": "Permintaan Anda sudah masuk.",
    "closed": "Permintaan ditutup.",
}


def advice_for(incident_type: str) -> tuple[str, ...]:
    """Msgids of the advice for a type of DESIGN §1; the general lines for any other word."""
    return ADVICE.get(incident_type, GENERAL)


def waiting_words(status: str, *, covert: bool) -> str:
    """Msgid for a status of `console.pages.progress`; covert ones never tell what is done."""
    if covert:
        return COVERT["closed" if status.startswith("closed") else "received"]
    return WAITING[status]
