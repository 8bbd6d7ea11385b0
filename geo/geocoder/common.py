"""Names that every Indonesian town gives to several streets: flowers, fruit, trees, birds, gems,
puppets, virtues.

On Jakarta's map two of three of these names lie in places far apart, of other single words one of
fourteen. The map that has just one has most likely not got the one that is meant.
"""

from __future__ import annotations

_TABLE = """
    alamanda amarilis anggrek anyelir aster asoka azalea bakung bougenvil bougenville bugenvil
    bugenvile cempaka dahlia edelweis flamboyan gardenia kaktus kamboja kana kemuning kenanga krisan
    lavender lely lili mawar melati nusa peoni sakura sedap seroja seruni soka sepatu tanjung
    teratai tulip wijaya kusuma bunga kembang puspa
    alpukat anggur apel belimbing cermai ceremai delima duku durian jambu jeruk kecapi kedondong
    kelapa kelengkeng kurma langsat lengkeng leci manggis mangga melon menteng nanas nangka pala
    pepaya pisang rambutan salak sawo semangka sirsak srikaya cengkeh jahe kencur kunyit lada pandan
    akasia albasia angsana aren asem bambu beringin cemara cendana damar eboni gandaria jati johar
    kapuk karet kayu kelor ketapang lontar mahoni mengkudu meranti palem pinus rambung randu rasamala
    sengon sonokeling trembesi turi waru
    bangau beo camar cendrawasih cucakrawa elang gagak garuda gelatik jalak kakaktua kasuari kenari
    kepodang kutilang maleo manyar merak merpati murai nuri parkit perkutut pipit rajawali tekukur
    walet kancil kijang rusa banteng gajah singa
    arwana bandeng baronang cakalang cumi gurame kakap kerapu lele lumba mujair paus salmon teri
    tenggiri tongkol tuna udang
    akik berlian intan kristal mirah mutiara nilam pandan permata perunggu perak rubi safir topaz
    yakut zamrud emas
    abimanyu antareja arjuna bima dewi gatotkaca kresna kurawa nakula pandawa pandu rama sadewa
    semar shinta sinta srikandi subadra yudistira
    mars venus merkurius jupiter saturnus uranus neptunus pluto bintang bulan matahari
    bahagia bakti bhakti bersama damai gembira harapan jaya karya kebersihan kenangan keramat kita
    makmur mekar merdeka mulia mufakat mandiri murni pancasila pahlawan pelajar pemuda pembangunan
    pendidikan perintis perjuangan persahabatan persatuan proklamasi remaja rukun sehat sejahtera
    sentosa setia sosial swadaya swakarsa taruna teladan tunas veteran usaha utama
    balai bendungan gereja kantor kebon kebun kampung langgar lapangan lurah madrasah masjid
    mushola musholla pasar pesantren pompa puskesmas sekolah stasiun sumur terminal vihara
    h haji kh hj kyai ustad baru lama indah raya asri permai lestari
"""

COMMON = frozenset(_TABLE.split())
