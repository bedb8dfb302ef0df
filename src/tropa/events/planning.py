"""How a file will be read: everything that can be seen in it, with what the user said put over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tropa.events.bad import as_text
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides, ReadPlan, RoleGuess
from tropa.events.money import code_of, main_currency, read_rates
from tropa.events.numerals import currency_in
from tropa.events.order_lines import by_status, with_orders
from tropa.events.presets import UTM, Preset, marked, named, recognised
from tropa.events.presets.cells import key_of
from tropa.events.presets.stages import Steps
from tropa.events.profile import Profile, profile
from tropa.events.roles import guess_roles
from tropa.events.sampling import Sample, take_sample
from tropa.events.scores import SCALES, guess_instrument
from tropa.events.synonyms import status_event
from tropa.events.times import UNITS, zone_of
from tropa.model import TropaError, Where, near_miss

_MANY = (R.PROPERTY, R.IGNORE, R.EVENT_TIME)
_FORMATS = ("iso", "dmy", "mdy", "excel", *UNITS)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_EXPORT_MARKS = re.compile(r"[\s_.(-]*(?:\d[\d\s_.:T-]*|\bcopy|\bкопия)\)?$", re.IGNORECASE)


def plan(file: Path, overrides: Overrides | None = None) -> ReadPlan:
    """Looks at the beginning of a file. Raises TR-E001…TR-E017 for a file, or an override, that makes no sense.

    A plan may still lack the customer or the time (`complete` says so): it is there to be shown, and to be told which columns they are.
    """
    told = overrides or Overrides()
    sample = take_sample(file, told)
    if not sample.table.num_rows and not sample.rows_estimate:
        raise TropaError("TR-E002", Where(file=file.name))
    told = _by_classifier(told, sample)
    preset, marks = recognised(sample.table.column_names, told.preset)
    if preset is None and told.preset is None and R.CHANNEL not in told.roles.values():
        marks = marked(sample.table, told.roles)
        preset = UTM if marks else None
    table = sample.table if preset is None else preset.shaped(sample.table)[0]
    _check(told, sample, file, table.column_names)
    profiles = [profile(name, table[name], sample.dialect.decimal) for name in table.column_names]
    roles = _roles(profiles, told, preset)
    roles = tuple(replace(guess, event=told.event_columns.get(guess.column, guess.event)) for guess in roles)
    by_name = {item.name: item for item in profiles}
    roles, status = (roles, None) if preset is not None else by_status(roles, by_name)
    roles = (
        *roles,
        *(RoleGuess(name, R.IGNORE, 1.0, "role-because-rest") for name in sample.columns if name not in by_name),
    )
    kind, day_first, notes = _times(roles, by_name, told)
    dialect = replace(
        sample.dialect,
        time_format=kind,
        day_first=day_first,
        zone=told.zone or (preset.zone if preset else None) or "UTC",
    )
    instrument = told.instrument or (guess_instrument(one) if (one := _profile_of(R.SCORE, roles, by_name)) else None)
    made = ReadPlan(
        file=file,
        format=sample.format,
        dialect=dialect,
        roles=roles,
        rows_estimate=sample.rows_estimate,
        source=told.source or (preset.source if preset else None) or source_name(file),
        instrument=instrument,
        fixed_event=told.event or _fixed_event(roles, instrument),
        currency=told.currency or _currency(roles, by_name) or (preset.currency if preset else None),
        columns=sample.columns,
        event_names=_event_names(roles, by_name),
        cancelled_prefix=_cancelled_prefix(_profile_of(R.ORDER, roles, by_name)),
        region=told.region or "RU",
        sheet=sample.sheet,
        nested=sample.nested,
        encoded=_encoded(sample, profiles, roles),
        zones=dict(told.zones),
        rates=read_rates(told.rates) if isinstance(told.rates, Path) else told.rates or (),
        classifiers=sample.classifiers,
        classifier=sample.way.keys if sample.way else (),
        defaults=told.defaults,
    )
    if preset is not None:
        made = replace(made, preset=preset.id, preset_marks=marks, unknown_statuses=_unknown(preset, by_name))
        notes = (*notes, *preset.notes)
    codes = _currencies(made, table)
    named_codes = tuple(dict.fromkeys(code for word in codes if word and (code := code_of(word))))
    made = replace(made, money_in=told.currency or main_currency(codes), currencies=named_codes)
    made = with_orders(made, status, table, profiles)
    return replace(made, warnings=(*notes, *_warnings(made, by_name, told)))


def _roles(profiles: list[Profile], told: Overrides, preset: Preset | None) -> tuple[RoleGuess, ...]:
    """Roles by the preset, or guessed; a table with marks is any table whose channel is known."""
    given = None if preset is None else preset.roles_in([item.name for item in profiles])
    if preset is None or not preset.late:
        return guess_roles(profiles, told.roles, told.event_columns, given)
    made = {name: role for name, role in (given or {}).items() if role not in told.roles.values()}
    found = guess_roles(profiles, {**made, **told.roles}, told.event_columns)
    return tuple(replace(one, because="role-because-preset", sure=0.97) if one.column in made else one for one in found)


def _by_classifier(told: Overrides, sample: Sample) -> Overrides:
    """Where a classifier was named, its column is the event, unless the user says another."""
    column = sample.way.column if sample.way else None
    if column is None or R.EVENT in told.roles.values() or column in told.roles:
        return told
    return replace(told, roles={column: R.EVENT, **told.roles})


def _unknown(preset: Preset, by_name: Mapping[str, Profile]) -> tuple[str, ...]:
    """Statuses of the sample that make no event."""
    if preset.statuses is None:
        return ()
    steps = Steps({}, statuses=preset.statuses)
    known = {key_of(name): item for name, item in by_name.items()}
    item = next((known[key_of(name)] for name in preset.status if key_of(name) in known), None)
    return tuple(value for value in (item.values if item else ()) if value.strip() and steps.event_of(value) is None)


def _currencies(made: ReadPlan, table: Any) -> list[str | None]:
    """The currency of each amount of the sample."""
    column, amount = made.column(R.CURRENCY), made.column(R.VALUE) or made.column(R.PRICE)
    if column is None or amount is None:
        return []
    pairs = zip(as_text(table[column]).to_pylist(), as_text(table[amount]).to_pylist(), strict=True)
    return [word for word, worth in pairs if worth]


def complete(made: ReadPlan) -> None:
    """Raises TR-E007 (nothing says when), TR-E008 (nothing says who) or TR-E024 (a report without customers)."""
    names = ", ".join(made.columns[:30])
    if made.column(R.TIME) is None and made.column(R.EVENT_TIME) is None:
        raise TropaError("TR-E007", Where(file=made.file.name), columns=names)
    if all(made.column(role) is None for role in (R.CUSTOMER, R.PHONE, R.EMAIL)):
        if made.preset is not None and not named(made.preset).customers:
            raise TropaError("TR-E024", Where(file=made.file.name))
        raise TropaError("TR-E008", Where(file=made.file.name), columns=names)


def facts(made: ReadPlan) -> dict[str, Any]:
    """What the sentences of `plan.warnings` may speak of."""
    return {
        "file": made.file.name,
        "zone": made.dialect.zone,
        "instrument": made.instrument or "",
        "event": made.fixed_event or "",
        "customer": made.column(R.CUSTOMER) or made.column(R.PHONE) or made.column(R.EMAIL) or "",
        "time": made.column(R.TIME) or made.column(R.EVENT_TIME) or "",
        "quantity": made.column(R.QUANTITY) or "",
        "price": made.column(R.PRICE) or "",
        "score": made.column(R.SCORE) or "",
        "encoding": made.dialect.encoding,
        "sheet": made.sheet or "",
        "statuses": "; ".join(made.unknown_statuses[:20]),
        "currency": made.money_in or "",
        "alias": made.column(R.ALIAS) or "",
        "classifiers": ", ".join([*made.classifiers][:10]),
        "classifier": "+".join(made.classifier),
        "value": made.column(R.VALUE) or "",
        "status": made.status or "",
    }


def source_name(file: Path) -> str:
    """The file's name without endings and without the date or number of an export: `orders 2024-05 (2).csv.gz` → `orders`."""
    stem = file.name.split(".")[0] if not file.name.startswith(".") else file.name
    short = stem
    while (shorter := _EXPORT_MARKS.sub("", short)) != short:
        short = shorter
    return short or stem


def _check(told: Overrides, sample: Sample, file: Path, columns: list[str]) -> None:
    where = Where(file=file.name)
    for name in told.roles:
        if name not in sample.columns:
            raise TropaError(
                "TR-E009", where, name=name, near=near_miss(name, sample.columns), known=", ".join(sample.columns[:30])
            )
    single = [role for role in told.roles.values() if role not in _MANY]
    twice = next((role for role in single if single.count(role) > 1), None)
    if twice is not None:
        raise TropaError("TR-E014", where, role=twice.value)
    for zone in ([told.zone] if told.zone is not None else []) + list(told.zones.values()):
        zone_of(zone)
    for name in told.zones:
        if name not in sample.columns and name not in columns:
            raise TropaError(
                "TR-E009", where, name=name, near=near_miss(name, sample.columns), known=", ".join(sample.columns[:30])
            )
    if told.instrument is not None and told.instrument not in SCALES:
        raise TropaError("TR-E015", where, name=told.instrument, known=", ".join(SCALES))
    if told.time_format is not None and told.time_format not in _FORMATS and "%" not in told.time_format:
        raise TropaError("TR-E018", where, name=told.time_format, known=", ".join(_FORMATS))
    if told.decimal is not None and told.decimal not in (".", ","):
        raise TropaError("TR-E017", where, name=told.decimal)


def _profile_of(role: R, roles: tuple[RoleGuess, ...], by_name: Mapping[str, Profile]) -> Profile | None:
    return next((by_name.get(guess.column) for guess in roles if guess.role == role), None)


def _times(
    roles: tuple[RoleGuess, ...], by_name: Mapping[str, Profile], told: Overrides
) -> tuple[str | None, bool, tuple[str, ...]]:
    """Time format, whether the day comes first, and what to say about it."""
    items = [
        by_name[guess.column] for guess in roles if guess.role in (R.TIME, R.EVENT_TIME) and guess.column in by_name
    ]
    if told.time_format is not None:
        return told.time_format, told.time_format != "mdy", ()
    slashes = {item.slash for item in items if item.slash}
    unit = next((item.unit for item in items if item.unit and item.dates < 0.5), None)
    if unit is not None:
        return unit, True, ()
    if "mdy" in slashes and "dmy" not in slashes:
        return "mdy", False, ()
    ambiguous = slashes == {"ambiguous"}
    dotted = any(value[2:3] == "." or value[1:2] == "." for item in items for value in item.values[:5])
    return ("dmy" if slashes or dotted else "iso"), True, (("events-warn-ambiguous-dates",) if ambiguous else ())


def _fixed_event(roles: tuple[RoleGuess, ...], instrument: str | None) -> str | None:
    have = {guess.role for guess in roles}
    if have & {R.EVENT, R.EVENT_TIME}:
        return None
    if R.SCORE in have and not have & {R.VALUE, R.PRICE}:
        return "review_written" if instrument in ("stars", "ten", "native") else "survey_answered"
    if R.TEXT in have and not have & {R.VALUE, R.PRICE, R.ORDER}:
        return "review_written"
    return "order_paid" if have & {R.VALUE, R.PRICE, R.ORDER} else "event"


def _currency(roles: tuple[RoleGuess, ...], by_name: Mapping[str, Profile]) -> str | None:
    """The currency that the amounts, or their heading, are written with."""
    item = _profile_of(R.VALUE, roles, by_name) or _profile_of(R.PRICE, roles, by_name)
    if item is None:
        return None
    said = currency_in([value for value in item.values[:50] if not value.replace(".", "").isdecimal()] + [item.name])
    # a table with a Russian heading over its amounts counts in roubles unless it says otherwise; the plan shows it
    return said or ("RUB" if _CYRILLIC.search(item.name) else None)


def _event_names(roles: tuple[RoleGuess, ...], by_name: Mapping[str, Profile]) -> dict[str, str]:
    guess = next((guess for guess in roles if guess.role == R.EVENT and guess.because == "role-because-status"), None)
    if guess is None:
        return {}
    return {value.strip(): event for value in by_name[guess.column].values if (event := status_event(value))}


def _cancelled_prefix(item: Profile | None) -> str | None:
    """`C` where order numbers are digits, some of them behind a C (or could be)."""
    if item is None or not item.values:
        return None
    return "C" if all(value.removeprefix("C").rstrip("ABab").isdecimal() for value in item.values) else None


def _encoded(sample: Sample, profiles: list[Profile], roles: tuple[RoleGuess, ...]) -> tuple[str, ...]:
    """Columns with values that come again often enough for a dictionary."""
    skip = {
        R.TIME,
        R.EVENT_TIME,
        R.CLOCK,
        R.VALUE,
        R.PRICE,
        R.QUANTITY,
        R.SCORE,
        R.TEXT,
        R.MESSAGE_ID,
        R.PHONE,
        R.EMAIL,
    }
    useful = {guess.column for guess in roles if guess.role not in skip}
    if sample.format == "parquet":
        return tuple(name for name in sample.dictionaries if name in useful)
    return tuple(item.name for item in profiles if item.name in useful and (item.unique < 0.6 or item.distinct <= 50))


def _zone_known(made: ReadPlan) -> bool:
    """Whether a preset says (and its notes tell) which zone times are in."""
    return made.preset is not None and named(made.preset).zone is not None


def _warnings(made: ReadPlan, by_name: Mapping[str, Profile], told: Overrides) -> tuple[str, ...]:
    found = []
    times = [
        by_name[guess.column]
        for guess in made.roles
        if guess.role in (R.TIME, R.EVENT_TIME) and guess.column in by_name
    ]
    naive = not any("+" in value or value.endswith("Z") for item in times for value in item.values[:20])
    if not times:
        found.append("events-warn-no-time")
    elif told.zone is None and naive and made.dialect.time_format not in UNITS and not _zone_known(made):
        found.append("events-warn-naive-time")
    customer = next((guess for guess in made.roles if guess.role == R.CUSTOMER), None)
    if customer is None:
        known = made.column(R.PHONE) or made.column(R.EMAIL)
        found.append("events-warn-customer-by-contact" if known else "events-warn-no-customer")
    elif customer.because in ("role-because-session", "role-because-names", "role-because-repeats"):
        found.append("events-warn-" + customer.because.removeprefix("role-because-"))
    if any(guess.because == "role-because-browser" for guess in made.roles):
        found.append("events-warn-browser")
    if made.fixed_event is not None and told.event is None:
        found.append("events-warn-fixed-event")
    if made.column(R.VALUE) is None and made.column(R.PRICE) and made.column(R.QUANTITY):
        found.append("events-warn-line-items")
    if made.event_names:
        found.append("events-warn-statuses")
    if made.unknown_statuses:
        found.append("events-warn-unknown-statuses")
    if made.format == "xes" and made.nested:
        found.append(f"events-warn-lifecycle-{made.nested}")
    if made.classifier or made.classifiers:
        found.append("events-warn-classifier" if made.classifier else "events-warn-classifiers")
    dates = sum(guess.role == R.EVENT_TIME for guess in made.roles) if made.preset is None else 0
    if dates and not (made.status and dates == 1):
        found.append("events-warn-wide-orders")
    if made.status:
        found.append("events-warn-status-ends" if dates > 1 else "events-warn-status-steps")
    if made.order_once:
        found.append("events-warn-order-once")
    score = by_name.get(made.column(R.SCORE) or "")
    if score is not None and told.instrument is None:
        found.append("events-warn-instrument")
    scale = SCALES.get(made.instrument or "")
    if score is not None and scale is not None and scale.blank_zero and "0" in score.values:
        found.append("events-warn-zero-scores")
    if made.dialect.encoding not in ("utf-8", "utf-8-sig", "utf-16") and told.encoding is None:
        found.append("events-warn-encoding")
    if made.format == "csv" and made.dialect.header_line == 0:
        found.append("events-warn-no-header")
    return tuple(found)
