"""Doors to the log: sources, uploads and how they are read, imports, quarantine, bindings, drafts (R-20, R-22)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.types import Message

from tropa.events.contract import ColumnRole
from tropa.model import TropaError
from tropa.model.access import Right
from tropa.service import answering, binding, holding, uploads
from tropa.service.listing import quarantined_data
from tropa.web.doors import AtDesk, Doors, Who
from tropa.web.jobs import AtWork, JobReply, told
from tropa.web.language import words_of
from tropa.web.paths import API
from tropa.web.readings import SourceReply
from tropa.words import Words

DOORS = Doors(API, "data")


class ImportReply(BaseModel):
    """One import that brought something."""

    id: str
    source: str
    file: str
    at: datetime
    accepted: int
    duplicates: int
    quarantined: int


class SourcesReply(BaseModel):
    """Where events come from, and the imports that brought them, the newest first."""

    data_version: str | None
    events: int
    customers: int
    sources: list[SourceReply]
    imports: list[ImportReply]


@DOORS.get("/data/sources", Right.READ)
def data_sources(desk: AtDesk, who: Who) -> SourcesReply:
    """Sources with their freshness, and the history of imports."""
    found = answering.freshness(desk)
    brought = binding.imports(desk, who)
    return SourcesReply(
        data_version=found.data_version,
        events=found.events,
        customers=found.customers,
        sources=[SourceReply.model_validate(one, from_attributes=True) for one in found.sources],
        imports=[ImportReply.model_validate(one, from_attributes=True) for one in brought],
    )


class ColumnReply(BaseModel):
    """What a column is taken for, how sure that is (0…1) and why, with masked samples. `event`: what a date column's event is called."""

    column: str
    role: ColumnRole
    sure: float
    because: str
    samples: list[str]
    event: str | None


class PresetReply(BaseModel):
    """A product whose exports are known: what `preset` of `UploadChange` may say, and what people call it."""

    id: str
    name: str


class RateReply(BaseModel):
    """What one unit of a currency is worth in the trail's from a day on."""

    day: date
    currency: str
    rate: float


class UploadReply(BaseModel):
    """A file that waits, and how it would be read."""

    id: str
    name: str
    size: int
    format: str
    rows_estimate: int
    source: str
    encoding: str
    delimiter: str
    decimal: str
    zone: str
    time_format: str | None
    fixed_event: str | None
    currency: str | None
    instrument: str | None
    sheet: str | None
    preset: PresetReply | None
    """Whose export the file is taken for."""
    preset_marks: list[str]
    """The columns that it was known by; none: the user said so."""
    presets: list[PresetReply]
    columns: list[ColumnReply]
    zones: dict[str, str]
    """Zones of single columns, where they are not `zone`."""
    money_in: str | None
    """The one currency that amounts come in; those in others are converted by `rates`, or set aside."""
    currencies: list[str]
    """Currencies that amounts of the sample are in."""
    rates: list[RateReply]
    classifiers: list[str]
    """XES: the classifiers that may name events."""
    classifier: str | None
    """XES: the one that does; null: an event is its name."""
    lifecycle: str | None
    """XES with starts and completions: `complete`, or `all`."""
    defaults: bool
    """XES: whether missing attributes are those that the log declares for all."""
    notes: list[str]
    missing: str | None
    """What is still needed, in words; null: it can be imported."""
    sample_columns: list[str]
    sample: list[list[str]]


def upload_reply(one: uploads.Upload, say: Words) -> UploadReply:
    """An upload in the reader's language."""
    from tropa import events
    from tropa.events.presets import PRESETS

    plan, dialect = one.plan, one.plan.dialect
    columns = [
        ColumnReply(
            column=guess.column, role=guess.role, sure=guess.sure, because=say.or_own(guess.because, ""),
            samples=list(guess.samples), event=guess.event,
        )
        for guess in plan.roles
    ]  # fmt: skip
    lacking = {"columns": ", ".join(plan.columns[:30])}
    chosen = next((name for name, keys in plan.classifiers.items() if keys == plan.classifier), None)
    known = {one.id: PresetReply(id=one.id, name=say(f"preset-{one.id}")) for one in PRESETS}
    return UploadReply(
        id=one.id, name=one.name, size=one.size, format=plan.format, rows_estimate=plan.rows_estimate, source=plan.source,
        encoding=dialect.encoding, delimiter=dialect.delimiter, decimal=dialect.decimal, zone=dialect.zone,
        time_format=dialect.time_format, fixed_event=plan.fixed_event, currency=plan.currency, instrument=plan.instrument,
        sheet=plan.sheet, columns=columns, preset=known.get(plan.preset or ""), preset_marks=list(plan.preset_marks),
        presets=list(known.values()), zones=dict(plan.zones), money_in=plan.money_in, currencies=list(plan.currencies),
        rates=[RateReply(day=date.fromisoformat(day), currency=code, rate=rate) for day, code, rate in plan.rates],
        classifiers=list(plan.classifiers), classifier=chosen, defaults=plan.defaults,
        lifecycle=plan.nested if plan.format == "xes" else None,
        notes=list(events.notes(plan, say.lang)),
        missing=None if one.missing is None else say(one.missing, **lacking),
        sample_columns=list(plan.columns), sample=[list(row) for row in one.sample],
    )  # fmt: skip


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}  # fmt: skip
ENVELOPE = 64 * 1024
"""Bytes that the form itself may add to its file."""


@DOORS.post("/data/uploads", Right.DATA, status_code=201, openapi_extra=_BODY)
async def upload_file(desk: AtDesk, who: Who, request: Request) -> UploadReply:
    """Takes a log file in (field `file` of a form) and says how it would be read. Nothing is imported yet."""
    # The form is read here, not by the framework: so nothing is read of somebody who may not, and no more than is allowed of others.
    async with _bounded(request).form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise TropaError("TR-W306")
        found = await run_in_threadpool(uploads.receive, desk, who, file.filename or "", file.file)
    return upload_reply(found, words_of(request))


def _bounded(request: Request) -> Request:
    """The same request, which ends with 413 (TR-A006) when more comes than may be uploaded."""
    most, read = uploads.limit_of_environment() + ENVELOPE, 0
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise TropaError("TR-A006", limit=f"{most >> 20} MiB")

    async def counted() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413, f"{most >> 20} MiB")
        return message

    return Request(request.scope, counted)


class UploadsReply(BaseModel):
    """Files that wait to be imported, the oldest first."""

    items: list[UploadReply]


@DOORS.get("/data/uploads", Right.DATA)
def upload_list(desk: AtDesk, who: Who, request: Request) -> UploadsReply:
    """The files that wait."""
    say = words_of(request)
    return UploadsReply(items=[upload_reply(one, say) for one in uploads.waiting(desk, who)])


@DOORS.get("/data/uploads/{upload_id}", Right.DATA)
def upload_look(desk: AtDesk, who: Who, upload_id: str, request: Request) -> UploadReply:
    """A waiting file again."""
    return upload_reply(uploads.look(desk, who, upload_id), words_of(request))


Word = Annotated[str, Field(min_length=1, max_length=200)]


class UploadChange(BaseModel):
    """How the file is to be read; what is not given stays, null takes back what was told. Columns by their name."""

    model_config = {"extra": "forbid"}

    roles: dict[str, ColumnRole | None] = {}
    event_columns: dict[str, Word | None] = {}
    encoding: Word | None = None
    delimiter: Annotated[str, Field(max_length=1)] | None = None
    decimal: Literal[",", "."] | None = None
    time_format: Word | None = None
    zone: Word | None = None
    source: Word | None = None
    instrument: Literal["nps", "csat", "ces", "ces-effort", "stars", "ten", "native"] | None = None
    event: Word | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    region: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    sheet: Word | None = None
    preset: Word | None = None
    """A preset's id, or `none`: take the file as any other table."""
    zones: dict[str, Word | None] = {}
    rates: Annotated[str, Field(max_length=500_000)] | None = None
    """The text of a table of exchange rates: date, currency, rate, as in `tropa import --rates`."""
    lifecycle: Literal["complete", "all"] | None = None
    classifier: Word | None = None
    defaults: bool | None = None


@DOORS.patch("/data/uploads/{upload_id}", Right.DATA)
def upload_change(desk: AtDesk, who: Who, upload_id: str, change: UploadChange, request: Request) -> UploadReply:
    """Says how a waiting file is to be read, and shows it read that way."""
    given = change.model_dump(mode="json", exclude_unset=True)
    return upload_reply(uploads.tell(desk, who, upload_id, given), words_of(request))


@DOORS.delete("/data/uploads/{upload_id}", Right.DATA, status_code=204)
def upload_drop(desk: AtDesk, who: Who, upload_id: str) -> None:
    """Forgets a waiting file."""
    uploads.drop(desk, who, upload_id)


class ImportWish(BaseModel):
    """The waiting files to import, in order."""

    uploads: Annotated[list[str], Field(min_length=1, max_length=100)]


@DOORS.post("/data/imports", Right.DATA, status_code=202)
def import_start(desk: AtDesk, who: Who, work: AtWork, wish: ImportWish, request: Request) -> JobReply:
    """Starts importing waiting files; the job tells how far it is."""
    title, task = uploads.import_uploads(desk, who, wish.uploads)
    return told(work.start("import", title, who.who, task), words_of(request))


class HeldReply(BaseModel):
    """What waits of one import, with the reasons by code."""

    import_id: str
    file: str
    source: str
    rows: int
    reasons: list[dict[str, Any]]


class QuarantineReply(BaseModel):
    """Imports with rows in quarantine, the newest first."""

    items: list[HeldReply]


@DOORS.get("/data/quarantine", Right.DATA)
def quarantine(desk: AtDesk, who: Who, request: Request) -> QuarantineReply:
    """Imports that have rows which could not be read."""
    say = words_of(request)
    return QuarantineReply(items=[HeldReply(**quarantined_data(one, say)) for one in holding.held(desk, who)])


class HeldRowReply(BaseModel):
    """A row that could not be read, as it stands in the file."""

    line: int
    code: str
    reason: str
    column: str | None
    cells: dict[str, str]
    rest: str


class HeldPageReply(BaseModel):
    """A page of rows; `next` goes into `after` for the following one."""

    columns: list[str]
    items: list[HeldRowReply]
    next: int | None


@DOORS.get("/data/quarantine/{import_id}/rows", Right.DATA)
def quarantine_rows(
    desk: AtDesk, who: Who, import_id: str, request: Request, after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> HeldPageReply:  # fmt: skip
    """The rows of one import that wait to be mended."""
    page = holding.held_rows(desk, who, import_id, words_of(request).lang, after=after, limit=limit)
    items = [HeldRowReply.model_validate(one, from_attributes=True) for one in page.rows]
    return HeldPageReply(columns=list(page.columns), items=items, next=page.next)


class MendedRow(BaseModel):
    """A mended row: its cells by column, or the whole line mended in `rest`."""

    line: int
    cells: dict[str, str] = {}
    rest: str = ""


class ReplayWish(BaseModel):
    """Rows that were mended."""

    rows: Annotated[list[MendedRow], Field(min_length=1, max_length=5000)]


@DOORS.post("/data/quarantine/{import_id}/replay", Right.DATA, status_code=202)
def quarantine_replay(
    desk: AtDesk, who: Who, work: AtWork, import_id: str, wish: ReplayWish, request: Request
) -> JobReply:
    """Brings mended rows in; those that are still wrong wait on with their new reason."""
    rows = [row.model_dump() for row in wish.rows]
    title, task = holding.replay_rows(desk, who, import_id, rows)
    return told(work.start("replay", title, who.who, task), words_of(request))
