"""Photos: opened once, turned upright, shrunk, written anew as JPEG. Nothing of the original stays.

The position in the EXIF is read before it is lost: a hint where the photo was taken, kept apart and
encrypted by the caller.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import BadInput

MAX_SIDE_PX = 2_048
MAX_PIXELS = 64_000_000
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
GPS_IFD = 0x8825

# Pillow itself refuses twice this from the header alone, before any pixel is decoded.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

UNREADABLE = "Foto ini tidak dapat dibaca. Kirim sebagai JPEG, PNG, atau WebP."


@dataclass(frozen=True, slots=True)
class Photo:
    """A clean JPEG. `place` = (lat, lon) in degrees that the EXIF named, or None."""

    data: bytes
    width: int
    height: int
    place: tuple[float, float] | None


def is_image(data: bytes) -> bool:
    """By the first bytes: JPEG, PNG or WebP."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    )


def clean(data: bytes) -> Photo:
    """Decode and re-encode. Raises BadInput for damaged, foreign or oversized pictures."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadInput("Foto terlalu besar: paling banyak 64 megapiksel.")
            place = exif_place(image)
            # A large JPEG is decoded at a fraction of its size; a bomb never unfolds.
            image.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        struct.error,
        OverflowError,
        IndexError,
        TypeError,
        ZeroDivisionError,
    ) as error:
        raise BadInput(UNREADABLE) from error
    upright.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
    # A new picture from the pixels alone: thumbnails keep the metadata of their source.
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), bare.width, bare.height, place)


def exif_place(image: Image.Image) -> tuple[float, float] | None:
    """(lat, lon) from the EXIF GPS block, None when absent or nonsense."""
    gps = image.getexif().get_ifd(GPS_IFD)
    try:
        lat = _degrees(gps[2], str(gps[1]).upper() == "S")
        lon = _degrees(gps[4], str(gps[3]).upper() == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0.0, 0.0):
        return None
    return round(lat, 6), round(lon, 6)


def _degrees(parts: tuple[float, float, float], negative: bool) -> float:
    degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    return -degrees if negative else degrees
