"""POST /api/v1/uploads for anyone (limited), GET for staff. What is served is never a page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from core.access import allow, public
from core.audit import note_read
from core.errors import BadInput
from core.files import store
from core.limits import address_key
from core.web.deps import AppContext, Limits, Transaction, Who

MAX_BYTES = 12 * 2**20
BODY_LIMITS = {"/api/v1/uploads": MAX_BYTES}

# Even if a browser were talked into treating a file as a page, nothing in it would run.
SERVED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}

router = APIRouter(prefix="/api/v1/uploads", tags=["uploads"])


class UploadOut(BaseModel):
    """`id` goes into the `uploads` of a report."""

    id: str
    kind: str
    media_type: str
    width: int | None
    height: int | None


@router.post("", status_code=201, dependencies=[public()])
async def upload(request: Request, context: AppContext, limits: Limits, who: Who) -> UploadOut:
    """One photo (JPEG, PNG, WebP) or voice note: as form field `file`, or as the whole body."""
    await limits.hit("upload", address_key(request))
    ready = await store.check(await _bytes(request))
    async with context.db.tx(who) as tx:
        kept = await store.keep(tx, context.vault, context.settings.uploads_dir, ready)
    return UploadOut(
        id=kept.handle,
        kind=kept.kind,
        media_type=kept.media_type,
        width=kept.width,
        height=kept.height,
    )


@router.get(
    "/{handle}",
    dependencies=[allow("operator", "supervisor", "admin", "auditor", "opd", "petugas")],
    response_class=Response,
)
async def download(handle: str, tx: Transaction, context: AppContext) -> Response:
    """The file of a report. Reading it is noted in the log."""
    row = await store.find(tx, handle)
    data = await store.read(context.vault, context.settings.uploads_dir, handle)
    await note_read(tx, "upload", row["id"])
    return Response(data, media_type=row["media_type"], headers=SERVED)


async def _bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form(max_files=1, max_fields=5) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise BadInput("Isian file tidak ada.")
        return await part.read()
