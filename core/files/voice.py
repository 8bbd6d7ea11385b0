"""Voice notes: accepted by their first bytes only, served with the type those bytes say."""

from __future__ import annotations

MP4_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso5", b"3gp", b"dash")
# Atoms in which phones write where a recording was made.
PLACE_ATOMS = (b"\xa9xyz", b"loci")


def media_type(data: bytes) -> str | None:
    """The audio type of the bytes, or None when it is none that phones record."""
    head = data[:64]
    if head.startswith(b"OggS"):
        return "audio/ogg" if b"OpusHead" in head or b"\x01vorbis" in head else None
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm" if b"webm" in head else None
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12].startswith(MP4_BRANDS) else None
    if head.startswith(b"#!AMR\n"):
        return "audio/amr"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"ID3") or head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return "audio/aac"
    return None


def without_place(data: bytes) -> bytes:
    """The same MP4 with the atoms that name a place blanked; lengths stay, so it still plays."""
    blanked = bytearray(data)
    for name in PLACE_ATOMS:
        at = blanked.find(name)
        while at >= 4:
            size = int.from_bytes(blanked[at - 4 : at], "big")
            if 8 <= size <= 1_024 and at - 4 + size <= len(blanked):
                blanked[at : at + 4] = b"free"
                blanked[at + 4 : at - 4 + size] = bytes(size - 8)
            at = blanked.find(name, at + 4)
    return bytes(blanked)
