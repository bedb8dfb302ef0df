"""Bringing event logs into a workspace: plan, show, read, add; what cannot be read goes to quarantine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.model import TropaError, Where, near_miss
from tropa.service.as_before import as_before, remember
from tropa.service.growing import Going, going
from tropa.service.quarantining import Staging, settled_quarantine
from tropa.service.workspace import Workspace
from tropa.words import Words

if TYPE_CHECKING:
    from tropa.events.contract import BadRow, ColumnRole, EventBatch, Overrides, ReadPlan
    from tropa.trail.archive import ImportReport

Advance = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Note:
    """Something to know about an import: a message and its facts."""

    message: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class ImportOutcome:
    """What became of one file."""

    file: str
    source: str
    import_id: str
    accepted: int
    duplicates: int
    quarantined: int
    reasons: dict[str, int]
    """Quarantined rows by error code."""
    customers: int
    data_version: str
    notes: tuple[Note, ...] = ()


def overrides(
    roles: Iterable[str] = (),
    *,
    event_name: str | None = None,
    delimiter: str | None = None,
    zones: Iterable[str] = (),
    **told: Any,
) -> Overrides:
    """What the user said on the command line, as the readers want it.

    `roles`: ROLE=COLUMN each; what is no role is the name of an event whose date the column holds. `zones`: COLUMN=ZONE each.
    Raises TR-S009, TR-E027 for another spelling.
    """
    from tropa.events.contract import ColumnRole, Overrides

    known = [role.value for role in ColumnRole]
    by_column: dict[str, ColumnRole] = {}
    event_columns: dict[str, str] = {}
    for given in roles:
        role, sign, column = given.partition("=")
        role, column = role.strip(), column.strip()
        if not (sign and role and column):
            raise TropaError("TR-S009", given=given, near=near_miss(role, known), known=", ".join(known))
        if role in known:
            by_column[column] = ColumnRole(role)
        elif near := near_miss(role, known, likeness=0.8):
            raise TropaError("TR-S009", given=given, near=near, known=", ".join(known))
        else:
            by_column[column] = ColumnRole.EVENT_TIME
            event_columns[column] = role
    by_zone: dict[str, str] = {}
    for given in zones:
        column, sign, zone = given.rpartition("=")
        if not (sign and column.strip() and zone.strip()):
            raise TropaError("TR-E027", given=given)
        by_zone[column.strip()] = zone.strip()
    return Overrides(
        roles=by_column,
        zones=by_zone,
        event_columns=event_columns,
        event=event_name,
        delimiter="\t" if delimiter == "\\t" else delimiter,
        **told,
    )


def plan(files: Sequence[Path], told: Overrides, workspace: Workspace | None = None) -> tuple[ReadPlan, ...]:
    """How each file will be read; into a `workspace` that knows the source, as it was read before.

    Raises TR-S014 for a file that is not there, TR-S010 for a named column that is not.
    """
    from tropa import events

    there(files)
    several = len(files) > 1 and bool(told.roles)
    made = _plan_several(files, told) if several else tuple(events.plan(file, told) for file in files)
    return made if workspace is None else tuple(as_before(workspace, one, told) for one in made)


def there(files: Sequence[Path]) -> None:
    """Raises TR-S014 for a file that is not there."""
    for file in files:
        if not file.is_file():
            beside = sorted(one.name for one in file.parent.iterdir()) if file.parent.is_dir() else []
            raise TropaError("TR-S014", Where(file=str(file)), path=str(file), near=near_miss(file.name, beside))


def _plan_several(files: Sequence[Path], told: Overrides) -> tuple[ReadPlan, ...]:
    """A column named by the user must be in one of the files, not in all of them."""
    from tropa import events

    columns = {file: events.plan(file, replace(told, roles={}, event_columns={})).columns for file in files}
    known = list(dict.fromkeys(name for names in columns.values() for name in names))
    for column in told.roles:
        if column not in known:
            raise TropaError(
                "TR-S010", name=column, file=files[0].name, near=near_miss(column, known), known=", ".join(known)
            )
    return tuple(
        events.plan(file, replace(told, roles={name: role for name, role in told.roles.items() if name in names}))
        for file, names in columns.items()
    )


def add(
    workspace: Workspace,
    plans: Sequence[ReadPlan],
    now: datetime,
    advance: Advance,
    *,
    told: Overrides | None = None,
    whole_rows: bool = False,
) -> tuple[ImportOutcome, ...]:
    """Reads the planned files into the workspace, one after the other; each is whole or not there.

    `told`: what the user said of files that stay where they are; of those that grow only the appended rows are read (see `growing`),
    with `whole_rows` without a last row that may still be being written. None: the files are read whole.
    """
    outcomes = []
    for plan_ in plans:
        start = None if told is None else going(workspace, plan_, told, whole_rows=whole_rows)
        outcomes.append(bring(workspace, plan_, start, now, advance))
    return tuple(outcomes)


def bring(workspace: Workspace, plan_: ReadPlan, start: Going | None, now: datetime, advance: Advance) -> ImportOutcome:
    """Reads one file into the workspace. `start`: from where, for one that grows; None: all of it."""
    from tropa import events

    one = in_the_trails_currency(plan_ if start is None else start.plan, workspace.archive.currency())
    staging = Staging(workspace.folder / "quarantine", one)
    batches = events.read(one) if start is None else start.checked(workspace, events.read(one))
    outcome = _bring_in(workspace, one, batches, staging, now, advance, start)
    if outcome.accepted:
        remember(workspace, one)
    return outcome if start is None else _with_note(workspace, outcome, start)


def _with_note(workspace: Workspace, outcome: ImportOutcome, start: Going) -> ImportOutcome:
    """The outcome of a file that grows, and from where it was read."""
    start.settle(workspace, outcome.import_id)
    if start.note is None:
        return outcome
    size = (start.plan.until or 0) - start.begin
    return replace(outcome, notes=(*outcome.notes, Note(start.note, {"file": outcome.file, "size": size})))


def in_the_trails_currency(one: ReadPlan, known: str | None) -> ReadPlan:
    """The plan with its money in the currency that the trail counts in, where it can be: amounts in others are converted or set aside.

    A file that is wholly in another currency, without rates, stays as it is: the archive refuses it as a whole (TR-T103).
    """
    if known is None or known == one.money_in:
        return one
    return replace(one, money_in=known) if one.rates or known in one.currencies else one


def _bring_in(
    workspace: Workspace,
    one: ReadPlan,
    batches: Iterator[EventBatch],
    staging: Staging,
    now: datetime,
    advance: Advance,
    start: Going | None = None,
) -> ImportOutcome:
    """Trail and quarantine change together, or not at all."""

    def ready(import_id: str) -> None:
        staging.prepare(import_id)
        if start is not None:
            start.stage(import_id)

    report = workspace.archive.add(
        batches,
        source=one.source,
        file=one.file.name,
        now=now,
        currency=one.currency,
        on_bad=staging.bad.append,
        ready=ready,
        continued=start is not None and start.continued,
        progress=lambda rows, size: advance("step-importing", rows, one.rows_estimate),
    )
    staging.finish(report.import_id)
    settled_quarantine(staging.folder, workspace.archive)
    return _outcome(one, report, _reasons(staging.bad))


def replay(
    workspace: Workspace, import_id: str, files: Sequence[Path], now: datetime, advance: Advance
) -> tuple[ImportOutcome, ...]:
    """Brings repaired rows of a quarantined import in; those that are still bad stay in quarantine with their new reason.

    Raises TR-S012 for an import that is not in quarantine.
    """
    held = workspace.quarantine
    known = [one.import_id for one in held.list()]
    if import_id not in known:
        raise TropaError("TR-S012", name=import_id, known=", ".join(known))
    return tuple(_replay_one(workspace, import_id, file, now, advance) for file in files)


def _replay_one(workspace: Workspace, import_id: str, file: Path, now: datetime, advance: Advance) -> ImportOutcome:
    """Mended rows come in and leave the quarantine; a row that is still bad waits on, as it was left by the person who mended it."""
    held = workspace.quarantine
    original = replace(held.plan(import_id), warnings=(), rows_estimate=0)
    staging = Staging(held.folder, original, mended=(import_id, file))
    return _bring_in(workspace, original, held.fixed(import_id, file), staging, now, advance)


def _reasons(bad: Iterable[Sequence[BadRow]]) -> dict[str, int]:
    """Rows by error code (a reader's rows count themselves; a hundred thousand of them are not looked at one by one)."""
    from tropa.events import BadRows

    count: Counter[str] = Counter()
    for rows in bad:
        count.update(rows.counts() if isinstance(rows, BadRows) else (row.code for row in rows))
    return dict(count)


def _outcome(plan_: ReadPlan, report: ImportReport, reasons: dict[str, int]) -> ImportOutcome:
    from tropa import events

    told = events.facts(plan_)
    notes = [Note(message, told) for message in plan_.warnings]
    notes += [Note(warned.message, warned.facts) for warned in report.warnings]
    return ImportOutcome(
        plan_.file.name,
        plan_.source,
        report.import_id,
        report.accepted,
        report.duplicates,
        report.quarantined,
        reasons,
        report.customers,
        report.data_version,
        tuple(notes),
    )


def as_data(outcomes: Sequence[ImportOutcome], plans: Sequence[ReadPlan], say: Words) -> dict[str, Any]:
    """The outcomes as data: totals, and each file with its columns' roles and the reasons of its quarantined rows."""
    files = []
    for number, outcome in enumerate(outcomes):
        roles = plans[number].roles if number < len(plans) else ()
        one = asdict(outcome)
        one["notes"] = [say(note.message, **note.facts) for note in outcome.notes]
        one["reasons"] = [
            {"code": code, "rows": rows, "message": say(f"{code}.short") if say.has(f"{code}.short") else code}
            for code, rows in outcome.reasons.items()
        ]
        one["columns"] = [{"column": guess.column, "role": guess.role.value, "sure": guess.sure} for guess in roles]
        files.append(one)
    return {
        "accepted": sum(one.accepted for one in outcomes),
        "duplicates": sum(one.duplicates for one in outcomes),
        "quarantined": sum(one.quarantined for one in outcomes),
        "unit": "events",
        "customers": outcomes[-1].customers if outcomes else 0,
        "data_version": outcomes[-1].data_version if outcomes else None,
        "files": files,
    }
