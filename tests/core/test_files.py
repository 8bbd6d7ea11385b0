"""Photos and voice notes: only clean bytes are kept, and nothing served can act as a page."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.context import Context
from core.errors import BadInput
from core.files import images, store, voice
from tests.core.conftest import SignIn

UPLOADS = "/api/v1/uploads"
PLACE = (3.3285, 99.1625)


def picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG", *, gps: bool = False) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F] = "Pabrik Rahasia"
    exif[0x0112] = 6  # lying on its side
    if gps:
        exif.get_ifd(images.GPS_IFD).update(
            {1: "N", 2: (3.0, 19.0, 42.6), 3: "E", 4: (99.0, 9.0, 45.0)}
        )
    out = io.BytesIO()
    image.save(out, kind, exif=exif, comment="rahasia") if kind == "JPEG" else image.save(
        out, kind, exif=exif
    )
    return out.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A tiny PNG whose header promises far more pixels than anybody may decode."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_is_gone_and_the_picture_upright(kind: str) -> None:
    photo = images.clean(picture(kind=kind, gps=True))
    again = Image.open(io.BytesIO(photo.data))
    assert again.format == "JPEG"
    assert dict(again.getexif()) == {}
    assert "comment" not in again.info
    assert b"Rahasia" not in photo.data
    assert (photo.width, photo.height) == (480, 640)
    assert photo.place == pytest.approx(PLACE, abs=1e-4)


def test_large_pictures_are_shrunk() -> None:
    photo = images.clean(picture((5_000, 2_500)))
    assert max(photo.width, photo.height) == images.MAX_SIDE_PX


@pytest.mark.parametrize("size", [(20_000, 20_000), (9_000, 9_000), (65_000, 65_000)])
def test_a_decompression_bomb_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(BadInput):
        images.clean(bomb_png(*size))


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N"},
        {1: "N", 2: "x", 3: "E", 4: (1,)},
        {1: "N", 2: (200, 0, 0), 3: "E", 4: (1, 0, 0)},
    ],
)
def test_nonsense_positions_are_no_hint(gps: dict[int, object]) -> None:
    image = Image.new("RGB", (8, 8))
    image.getexif().get_ifd(images.GPS_IFD).update(gps)
    assert images.exif_place(image) is None


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of each damaged tag
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_damaged_pictures_are_refused_or_cleaned(at: int, noise: bytes) -> None:
    data = bytearray(picture((64, 64), gps=True))
    at = min(at, len(data) - len(noise))
    data[at : at + len(noise)] = noise
    try:
        photo = images.clean(bytes(data))
    except BadInput:
        return
    assert dict(Image.open(io.BytesIO(photo.data)).getexif()) == {}


VOICES = {
    b"OggS" + bytes(24) + b"OpusHead": "audio/ogg",
    b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x84webm": "audio/webm",
    b"\x00\x00\x00\x20ftypM4A \x00": "audio/mp4",
    b"#!AMR\n": "audio/amr",
    b"RIFF\x00\x00\x00\x00WAVEfmt ": "audio/wav",
    b"ID3\x04": "audio/mpeg",
    b"\xff\xf1P": "audio/aac",
}


def test_voice_notes_are_known_by_their_bytes() -> None:
    for head, media_type in VOICES.items():
        assert voice.media_type(head + bytes(64)) == media_type
    for wrong in (
        b"<html><script>",
        b"%PDF-1.7",
        b"MZ\x90",
        b"PK\x03\x04",
        b"OggS" + bytes(60),
        b"",
    ):
        assert voice.media_type(wrong) is None


def test_the_place_in_an_mp4_is_blanked() -> None:
    atom = b"\xa9xyz" + b"\x00\x12\x15\xc7+03.3285+099.1625/"
    data = (
        b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"
        + struct.pack(">I", len(atom) + 4)
        + atom
    )
    clean = voice.without_place(data)
    assert len(clean) == len(data)
    assert b"03.3285" not in clean
    assert b"free" in clean


async def test_upload_and_what_staff_get_back(
    client: httpx.AsyncClient, context: Context, sign_in: SignIn
) -> None:
    for kwargs in (
        {"files": {"file": ("x.jpg", picture(gps=True))}},
        {"content": picture(gps=True)},
    ):
        answer = await client.post(UPLOADS, **kwargs)  # type: ignore[arg-type]
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert (made["kind"], made["media_type"]) == ("photo", "image/jpeg")
        assert "place" not in answer.text
    address = f"{UPLOADS}/{made['id']}"
    assert (await client.get(address)).status_code == 401
    assert (await (await sign_in("warga")).get(address)).status_code == 403
    operator = await sign_in("operator")
    got = await operator.get(address)
    assert got.headers["content-type"] == "image/jpeg"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert Image.open(io.BytesIO(got.content)).size == (480, 640)
    async with context.db.read() as tx:
        row = await store.find(tx, made["id"])
        noted = await tx.fetchrow("SELECT * FROM event WHERE kind = 'access.read' ORDER BY id DESC")
    assert noted is not None
    assert (noted["subject_type"], noted["subject_id"]) == ("upload", row["id"])
    on_disk = context.settings.uploads_dir / made["id"][:2] / made["id"]
    assert got.content[:64] not in on_disk.read_bytes()
    assert on_disk.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("guess", ["..%2f..%2fetc%2fpasswd", "x", "a" * 22])
async def test_a_guessed_handle_finds_nothing(sign_in: SignIn, guess: str) -> None:
    assert (await (await sign_in("operator")).get(f"{UPLOADS}/{guess}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"<html><script>alert(1)</script>", 422),
        (b"\xff\xd8\xff" + bytes(100), 422),
        (bomb_png(30_000, 30_000), 422),
        (b"#!AMR\n" + bytes(store.VOICE_BYTES), 422),
        (b"x" * (12 * 2**20 + 1), 413),
    ],
)
async def test_other_bodies_are_refused(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    answer = await client.post(UPLOADS, content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_form_without_the_file(client: httpx.AsyncClient) -> None:
    assert (await client.post(UPLOADS, files={"lain": b"x"})).status_code == 422
    assert (await client.post(UPLOADS, data={"file": "teks"})).status_code in (400, 422)


async def test_attach_takes_once_and_removal_takes_the_file_along(context: Context) -> None:
    folder = context.settings.uploads_dir
    ready = await store.check(picture(gps=True))
    async with context.db.tx() as tx:
        kept = await store.keep(tx, context.vault, folder, ready)
        assert await store.attach(tx, [kept.handle, "tidak-ada"], 41) == 1
        assert await store.attach(tx, [kept.handle], 42) == 0
        assert await store.place_hint(tx, context.vault, 41) == pytest.approx(PLACE, abs=1e-4)
        assert await store.place_hint(tx, context.vault, 42) is None
        assert [row["handle"] for row in await store.of_contacts(tx, [41, 42])] == [kept.handle]
    path = folder / kept.handle[:2] / kept.handle
    assert path.exists()
    async with context.db.tx() as tx:
        assert await store.remove(tx, folder, 41) == 1
        assert path.exists(), "a rollback must find the file again"
    assert not path.exists()


async def test_sweep_spares_what_is_fresh_or_taken(context: Context) -> None:
    folder = context.settings.uploads_dir
    ready = await store.check(b"#!AMR\n" + bytes(64))
    async with context.db.tx() as tx:
        fresh, old, taken = [await store.keep(tx, context.vault, folder, ready) for _ in range(3)]
        await store.attach(tx, [taken.handle], 43)
        await tx.execute(
            "UPDATE upload SET made_at = made_at - interval '25 hours' WHERE handle = ANY($1)",
            [old.handle, taken.handle],
        )
        await store.sweep(tx, folder)
    async with context.db.read() as tx:
        left = {row["handle"] for row in await tx.fetch("SELECT handle FROM upload")}
    assert old.handle not in left
    assert {fresh.handle, taken.handle} <= left


async def test_pictures_take_turns(context: Context) -> None:
    ready = await asyncio.gather(*(store.check(picture()) for _ in range(3)))
    assert {one.kind for one in ready} == {"photo"}
