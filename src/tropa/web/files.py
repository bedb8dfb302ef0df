"""Doors to files attached to a map: checked when they come, harmless when they go (R-02, R-60)."""

from __future__ import annotations

from datetime import datetime

from fastapi import Response, UploadFile
from pydantic import BaseModel

from tropa.model import TropaError
from tropa.model.access import Right
from tropa.service import uploading
from tropa.web.attachment import attachment
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.paths import API

DOORS = Doors(API, "files")


class FileReply(BaseModel):
    """An attached file. `url`: what a map says of it, such as a picture."""

    id: str
    name: str
    media: str
    size: int
    url: str
    at: datetime


@DOORS.post("/maps/{map_id}/files", Right.EDIT, status_code=201)
def attach_file(desk: AtDesk, who: Who, map_id: str, file: UploadFile) -> FileReply:
    """Keeps a file beside a map: pictures, PDF, office documents, sound, plain text. At most 10 MB."""
    body = file.file.read(uploading.MOST_BYTES + 1)
    if len(body) > uploading.MOST_BYTES:
        raise TropaError("TR-A006", limit="10 MB")
    made = uploading.attach(desk, who, map_id, file.filename or "file", body)
    url = f"{API}/files/{made.id}"
    return FileReply(id=made.id, name=made.name, media=made.media, size=made.size, url=url, at=made.at)


@DOORS.get("/files/{file_id}", Right.PUBLIC, response_class=Response)
def one_file(desk: AtDesk, who: Who, file_id: str) -> Response:
    """A file, for those who may read its map. Pictures can be shown in a page; the browser runs nothing of it."""
    found, body = uploading.fetch(desk, who, file_id)
    reply = attachment(body, found.media, found.name)
    if found.media in uploading.IMAGES:
        reply.headers["Content-Disposition"] = reply.headers["Content-Disposition"].replace("attachment", "inline", 1)
    # what is under an id never changes, but who may see it can
    reply.headers["Cache-Control"] = "private, no-cache"
    return reply
