"""What the commands show as tables: figures, breaks, events, plans of import and their outcome, findings, edits.

Each takes values that are ready (readings, plans, findings) and answers a renderable; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType

from tropa.cli.grid import Column, Grid, Listing
from tropa.layout import figures
from tropa.lint import finding_data
from tropa.model import EventCount, Map, Rate, Readings, Satisfaction, Stage, Times, any_of, say
from tropa.render import phrases
from tropa.words import Words

SURE = ((0.85, "sure"), (0.6, "likely"), (0.0, "unsure"))
"""From how sure on a guess is called so."""

_SAMPLES = 2


def measure_table(value: Map, readings: Readings, words: Words) -> RenderableType:
    """Every figure by stage, the loop under it, and why some are missing."""
    columns = (
        Column(words("table-stage")), Column(words("table-passes"), figures=True), Column(words("table-goes-on"), figures=True),
        Column(words("table-to-deal"), figures=True), Column(words("table-after"), figures=True),
        Column(words("table-left"), figures=True), Column(words("table-score"), figures=True),
    )  # fmt: skip
    rows, styles = [], {}
    for index, stage in enumerate(value.stages):
        reading = readings.stage(stage.id)
        title = say(stage.title, words.lang) + (" ★" if stage.deal else "")
        if reading is None or not reading.observed:
            score = phrases.score(words, reading.satisfaction) if reading else phrases.DASH
            rows.append((title, words("story-unseen"), *[phrases.DASH] * 4, score))
            styles[index] = "dim"
            continue
        rows.append(
            (
                title,
                words.integer(reading.entrants),
                phrases.rate(words, reading.conversion),
                phrases.share(words, reading.to_deal),
                phrases.times(words, reading.time_to_next),
                words.integer(reading.exits),
                phrases.score(words, reading.satisfaction),
            )
        )
    label = words("story-simulated") if value.simulated else ""
    title = " · ".join(filter(None, [say(value.title, words.lang), label, phrases.scope(words, readings.scope)]))
    return Grid(columns, tuple(rows), title, tuple(_measure_notes(value, readings, words)), styles)


def _measure_notes(value: Map, readings: Readings, words: Words) -> Iterable[str]:
    loop = figures.loop_text(words, readings.loop)
    if loop:
        yield loop
    if isinstance(readings.sales_cycle, Times):
        yield words("table-cycle", times=phrases.quartiles(words, readings.sales_cycle))
    scope = readings.scope
    if scope.data_version != "entered":
        yield words(
            "table-limits",
            window=words.duration(scope.window_s),
            silence=words.duration(scope.silence_s),
            way=phrases.under_way(words, scope),
        )
    left_out = max(
        (stage.conversion.left_out for stage in readings.stages if isinstance(stage.conversion, Rate)), default=0
    )
    if left_out:
        yield words("table-left-out", n=left_out)
    if any(isinstance(stage.satisfaction, Satisfaction) for stage in readings.stages):
        yield words("table-score-note")
    for why in phrases.reasons(words, readings).values():
        yield f"{phrases.DASH} {why}"
    if any(stage.deal for stage in value.stages):
        yield words("table-deal-note")


def breaks_table(value: Map, readings: Readings, words: Words) -> RenderableType:
    """Breaks by price, with interval, share that leaves, reference and ceiling."""
    found = figures.priced_breaks(readings)
    if not found:
        collect = " ".join(figures.to_collect(value, readings, words)).rstrip(";.")
        notes = (words("picture-collect", what=f"{collect}."),) if collect else ()
        return Grid((), (), words("table-no-breaks"), notes)
    columns = (
        Column(words("text-head-rank"), figures=True), Column(words("text-head-where")),
        Column(words("table-price"), figures=True), Column(words("text-head-between")), Column(words("text-head-leave"), figures=True),
        Column(words("text-head-reference")), Column(words("table-ceiling"), figures=True),
    )  # fmt: skip
    rows = tuple(
        (
            phrases.rank(words, item),
            phrases.place(words, value, item),
            phrases.price(words, item.loss),
            phrases.price_range(words, item.loss),
            phrases.share(words, item.rate),
            phrases.reference(words, value, item),
            phrases.price(words, item.loss, item.loss.ceiling),
        )
        for item in found
    )
    said = [words("table-break-note", what=phrases.what_is_lost(words, found[0].loss))]
    if any(item.rank_from != item.rank_to for item in found):
        said.append(words("table-rank-note"))
    if readings.all_together is not None:
        said.append(words("story-together", price=phrases.price(words, readings.all_together)))
    title = words("story-breaks", what=phrases.what_is_lost(words, found[0].loss))
    return Grid(columns, rows, title, tuple(said), {0: "bold"})


def events_table(log: Any, words: Words) -> RenderableType:
    """Events by volume and where the map puts them. `log`: events, customers, names (event, events, customers, stage, touchpoint),
    sources, unbound, and `first` and `last` in µs UTC (None for no time)."""
    from datetime import UTC, datetime, timedelta

    columns = (
        Column(words("table-event")), Column(words("table-events"), figures=True), Column(words("table-customers"), figures=True),
        Column(words("table-bound")),
    )  # fmt: skip
    rows, styles = [], {}
    for index, one in enumerate(log.names):
        bound = " / ".join(part for part in (one.stage, one.touchpoint) if part)
        rows.append((one.event, words.integer(one.events), words.integer(one.customers), bound or phrases.DASH))
        if not bound:
            styles[index] = "yellow"
    parts = [words("table-log", events=log.events, customers=log.customers)]
    if log.first is not None and log.last is not None:
        epoch, zone = datetime(1970, 1, 1, tzinfo=UTC), ZoneInfo(log.zone)
        first, last = (epoch + timedelta(microseconds=one) for one in (log.first, log.last))
        parts.insert(0, words.months(first.astimezone(zone), last.astimezone(zone)))
    notes = (
        [words("table-sources", names=", ".join(f"{name} ({words.integer(count)})" for name, count in log.sources))]
        if log.sources
        else []
    )
    if log.unbound:
        notes.append(words("table-unbound", n=log.unbound))
    if log.returns:
        left = sum(one.left for one in log.unmatched) / 100
        notes.append(words("table-returns", n=log.returns, odd=len(log.unmatched), left=words.decimal(left)))
    return Grid(columns, tuple(rows), " · ".join(parts), tuple(notes), styles)


def plan_table(plan: Any, words: Words) -> RenderableType:
    """How a file will be read: each column's role, how sure that is and why, samples as they are kept (masked)."""
    columns = (
        Column(words("table-column")),
        Column(words("table-role")),
        Column(words("table-confidence")),
        Column(words("table-samples")),
    )
    rows, styles = [], {}
    shown = [guess for guess in plan.roles if not _dropped(guess)]
    for index, guess in enumerate(shown):
        role = words(f"table-role-{str(guess.role).replace('_', '-')}")
        if guess.event:
            role = f"{role}: {guess.event}"
        because = words.or_own(guess.because, "") if guess.because else ""
        sure = words(f"table-{how_sure(guess.sure)}")
        why = because if guess.because == "role-because-preset" else f"{sure}: {because}" if because else sure
        rows.append((guess.column, role, why, ", ".join(guess.samples[:_SAMPLES])))
        if how_sure(guess.sure) == "unsure" and str(guess.role) not in ("ignore", "property"):
            styles[index] = "yellow"
        elif str(guess.role) == "ignore":
            styles[index] = "dim"
    dialect = plan.dialect
    about = [plan.format]
    if plan.format == "csv":
        sign = words("table-tab") if dialect.delimiter == "\t" else dialect.delimiter
        about += [dialect.encoding, words("table-delimiter", sign=sign)]
    about.append(words("table-rows", n=plan.rows_estimate))
    notes = list(preset_notes(plan, words))
    notes += [words("table-fixed-event", event=plan.fixed_event)] if plan.fixed_event else []
    notes += [words("table-instrument", name=plan.instrument)] if plan.instrument else []
    notes += [words("table-currency", code=plan.currency)] if plan.currency else []
    notes += [words("table-zone", zone=dialect.zone)]
    notes += list(plan_warnings(plan, words))
    return Grid(columns, tuple(rows), f"{plan.file.name} · {' · '.join(about)}", tuple(notes), styles)


def preset_notes(plan: Any, words: Words) -> Iterable[str]:
    """Which product's export the file is taken for, and why."""
    if plan.preset is None:
        return
    name = words(f"preset-{plan.preset}")
    if plan.preset_marks:
        yield words("table-preset", name=name, marks=", ".join(plan.preset_marks))
    else:
        yield words("table-preset-told", name=name)
    if any(guess.column.startswith("=") for guess in plan.roles):
        yield words("table-made")
    dropped = [guess.column for guess in plan.roles if _dropped(guess)]
    if dropped:
        yield words("table-dropped", columns=", ".join(dropped))


def _dropped(guess: Any) -> bool:
    """Whether a preset says that a column is not wanted as it stands."""
    return str(guess.role) == "ignore" and str(guess.because) == "role-because-preset"


def how_sure(share: float) -> str:
    """`sure`, `likely` or `unsure`: the message `table-…` says it."""
    return next(name for least, name in SURE if share >= least)


def plan_warnings(plan: Any, words: Words) -> Iterable[str]:
    """The plan's warnings in words; one whose facts the catalogue asks for but the plan does not carry is said by its name."""
    from tropa.events import facts

    told = facts(plan)
    for warning in plan.warnings:
        yield words(warning, **told) if words.has(warning) else warning


def import_table(outcomes: Sequence[Any], words: Words) -> RenderableType:
    """What became of each file, and why rows went to quarantine."""
    columns = (
        Column(words("table-file")), Column(words("table-accepted"), figures=True), Column(words("table-duplicates"), figures=True),
        Column(words("table-quarantined"), figures=True),
    )  # fmt: skip
    rows = tuple(
        (one.file, words.integer(one.accepted), words.integer(one.duplicates), words.integer(one.quarantined))
        for one in outcomes
    )
    parts: list[RenderableType] = []
    last = outcomes[-1] if outcomes else None
    notes = [words("table-in-all", customers=last.customers, version=last.data_version)] if last else []
    notes += import_notes(outcomes, words)
    parts.append(Grid(columns, rows, "", tuple(notes)))
    for one in outcomes:
        if one.reasons:
            title = words("table-reasons", file=one.file, **{"import": one.import_id})
            parts.append(
                Grid(
                    (Column(words("table-reason")), Column(words("table-lines"), figures=True)),
                    _reasons(one.reasons, words),
                    title,
                )
            )
    return Group(*parts)


def import_notes(outcomes: Sequence[Any], words: Words) -> list[str]:
    """What was assumed or noticed when files were read, each once; of several files it is said of which."""
    files: dict[str, dict[str, None]] = {}
    for one in outcomes:
        for note in one.notes:
            files.setdefault(words(note.message, **note.facts), {})[one.file] = None
    if len(outcomes) < 2:
        return list(files)
    return [words("story-note-of", file=", ".join(names), note=told) for told, names in files.items()]


def reading_notes(outcomes: Sequence[Any], plans: Sequence[Any], words: Words, folder: str) -> list[str]:
    """Under the story of one's own files: rows that could not be read and why, then what was assumed. Nothing to say: empty.

    `plans`: of the same files; an amount's currency that the file does not spell out in a column is an assumption too.
    """
    held = sum(one.quarantined for one in outcomes)
    told = []
    if held:
        count: dict[str, int] = {}
        for one in outcomes:
            for code, rows in one.reasons.items():
                count[code] = count.get(code, 0) + rows
        reasons = "; ".join(
            f"{reason_text(code, words) or code}: {words.integer(rows)}" for code, rows in _ranked(count)
        )
        read = sum(one.accepted for one in outcomes)
        told.append(words("story-quarantine", accepted=read, held=held, reasons=reasons, folder=folder))
    told += import_notes(outcomes, words)
    told += dict.fromkeys(words("table-currency", code=plan.currency) for plan in plans if plan.currency)
    return told


def _ranked(reasons: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))


def _reasons(reasons: dict[str, int], words: Words) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"{code} {reason_text(code, words)}".strip(), words.integer(count)) for code, count in _ranked(reasons)
    )


def reason_text(code: str, words: Words) -> str:
    """A reason without the facts of a row: the message's attribute `.short`; nothing where it has none."""
    return words(f"{code}.short") if words.has(f"{code}.short") else ""


def quarantine_table(held: Sequence[Any], words: Words) -> RenderableType:
    """Imports with rows in quarantine: how many, for which reasons."""
    columns = (
        Column(words("table-import")), Column(words("table-file")), Column(words("table-lines"), figures=True),
        Column(words("table-reason")),
    )  # fmt: skip
    rows = []
    for one in held:
        reasons = [f"{text} ({count})" for text, count in _reasons(dict(one.reasons), words)]
        rows.append((one.import_id, one.file, words.integer(one.rows), "; ".join(reasons)))
    return Grid(columns, tuple(rows), words("table-quarantine"), (words("table-quarantine-note"),))


def lint_table(findings: Sequence[Any], words: Words) -> RenderableType:
    """Findings, worst first: severity, place, what is wrong, what to do. Each has code, severity, address, facts, where."""
    if not findings:
        return Grid((), (), words("table-lint-clean"))
    order = {"error": 0, "warning": 1}
    entries = []
    for one in sorted(findings, key=lambda one: order.get(str(one.severity), 2)):
        severity = str(one.severity)
        place = [one.code, words("table-line", n=one.where.line) if one.where.line else "", one.address]
        head = f"{words.or_own(f'table-severity-{severity}', severity)} {' · '.join(part for part in place if part)}"
        told = finding_data(one, words)
        style = {"error": "red", "warning": "yellow"}.get(severity, "dim")
        entries.append((head, f"{told['message']} {told['fix']}".strip(), style))
    count = {name: sum(str(one.severity) == name for one in findings) for name in order}
    other = len(findings) - sum(count.values())
    return Listing(
        tuple(entries), (words("table-lint-count", errors=count["error"], warnings=count["warning"], other=other),)
    )


def draft_table(value: Map, unbound: Sequence[EventCount], words: Words) -> RenderableType:
    """The proposed stages with the events bound to each, and what was left over."""
    rows = [
        (say(stage.title, words.lang) + (" ★" if stage.deal else ""), ", ".join(_events(stage)))
        for stage in value.stages
    ]
    notes = [words("table-deal-note")] if value.deal_stage else []
    if unbound:
        names = ", ".join(f"{one.event} ({words.integer(one.events)})" for one in unbound[:8])
        notes.append(words("table-left-over", names=names, more=max(0, len(unbound) - 8)))
    return Grid(
        (Column(words("table-stage")), Column(words("table-bound-events"))),
        tuple(rows),
        words("table-draft"),
        tuple(notes),
    )


def _events(stage: Stage) -> Iterable[str]:
    """Names of events that a stage's rules mention, each once."""
    rules = [*any_of(stage.when), *([stage.deal] if stage.deal else [])]
    rules += [rule for point in stage.all_touchpoints for rule in any_of(point.when)]
    seen: dict[str, None] = {}
    for rule in rules:
        for name in (rule.event,) if isinstance(rule.event, str) else rule.event or ():
            seen.setdefault(name)
    return seen


def edits_table(edits: Sequence[Any], words: Words) -> RenderableType:
    """Cells that were changed: address, before, after."""
    columns = (Column(words("table-place")), Column(words("table-before")), Column(words("table-after-edit")))
    rows = tuple((str(one.address), _shown(one.before), _shown(one.after)) for one in edits)
    return Grid(columns, rows)


def _shown(value: object) -> str:
    return phrases.DASH if value in (None, "") else str(value)
