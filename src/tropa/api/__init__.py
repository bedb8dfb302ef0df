"""The notebook's door (R-61): `tropa.trail(…)` asks a log, `tropa.open(…)` opens a workspace.

Type checkers know these as `from tropa.api import trail, workspace` (docs/adr/0050).
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tropa.api.asking import Trail, day_of
from tropa.api.opened import Opened
from tropa.api.spark import SparkTrail
from tropa.model import TropaError
from tropa.service.fetching import with_question
from tropa.service.framing import as_it_is, framed
from tropa.service.on_spark import OnSpark, empty_tape, is_spark, open_log
from tropa.service.showing import Result, saying
from tropa.service.workspace import open_workspace
from tropa.words import LANGUAGES, Words, words


def trail(
    source: Any = None,
    *more: Any,
    customer: str | None = None,
    event: str | None = None,
    time: str | None = None,
    channel: str | None = None,
    value: str | None = None,
    zone: str | None = None,
    currency: str | None = None,
    today: date | str | None = None,
    lang: str | None = None,
    rows: str = "checked",
    query: str | None = None,
    database: str | None = None,
    **columns: Any,
) -> Trail:
    """The trail of files and tables: file names, pandas, Polars, Arrow, DuckDB relations; a data frame of Spark's stays where it is.

    `customer`…`value` and further roles (`session=`, `order=`, `score=`, `text=`, …): the names of their columns; what is not said is
    guessed (see `.columns()`). `zone`: of times without one; `currency`: a code; nothing dated after `today` counts as observed.
    Rows are told apart and bad ones kept aside as in every import: see `.imported()`. `rows="trusted"`: one clean Parquet file with
    whole-number customers is read as it is, ten times as fast (docs/guide/python.md); roles that are not said are columns of that name.
    `query`: SQL to ask a database, whose URL is `database` or stands first; addresses such as `s3://…` are object storage.
    Raises TR-S040…TR-S045 for a database or storage that does not answer, TR-S018 for what is no table, TR-S020 for an unknown role,
    TR-S024 where no row can be read, TR-S010 and TR-E… as `tropa import`; TR-T410…TR-T414 for trusted rows.
    """
    said = {"customer": customer, "event": event, "time": time, "channel": channel, "value": value}
    roles = {role: column for role, column in said.items() if column is not None} | columns
    now, say = datetime.now(UTC), _words(lang)
    with saying(say):
        until = day_of("today", today) or now.date()
        sources = with_question((source, *more), query, database)
        if is_spark(source):
            log = open_log(sources, roles, currency, zone)
            return SparkTrail(empty_tape(log), until, say, spark=OnSpark(log, until, say))
        if rows != "checked":
            return Trail(as_it_is(sources, rows, roles, currency), until, say)
        found = framed(sources, roles, {"zone": zone, "currency": currency}, now)
        return Trail(found.workspace.tape(), until, say, None, found)


def workspace(folder: str | Path, *, today: date | str | None = None, lang: str | None = None) -> Opened:
    """The workspace in a folder. Raises TR-S001 where there is none."""
    say = _words(lang)
    with saying(say):
        return Opened(
            open_workspace(Path(folder).expanduser()), day_of("today", today) or datetime.now(UTC).date(), say
        )


def _words(lang: str | None) -> Words:
    """The words of a language; without one those of TROPA_LANG or the locale, else English. Raises TR-S021."""
    if lang is not None:
        if lang not in LANGUAGES:
            with saying(words("en")):
                raise TropaError("TR-S021", name=lang, known=", ".join(LANGUAGES))
        return words(lang)
    told = [os.environ.get(name, "") for name in ("TROPA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    return words(next((lang for name in told for lang in LANGUAGES if name.lower().startswith(lang)), "en"))


__all__ = ["Opened", "Result", "SparkTrail", "Trail", "trail", "workspace"]
