"""The notebook's door: the same answers as the measures, however the log comes in, and results that show themselves (R-61)."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tropa
from tropa.api import Result, Trail, trail
from tropa.model import Map, TropaError
from tropa.model.stage import Stage
from tropa.service.showing import Field
from tropa.trail.answers import find_answers
from tropa.trail.filters import Filter, choose
from tropa.trail.measures import DECLARATIONS, Asked, ask
from tropa.words import words

COLUMNS: Any = {
    "customer": "client",
    "event": "what",
    "time": "at",
    "channel": "by",
    "value": "sum",
    "zone": "UTC",
    "currency": "RUB",
}
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def shop(log: Any) -> Trail:
    return trail(log, **COLUMNS, today=TODAY, lang="en")


class Streamed:
    """Any library's table: nothing but Arrow's C stream."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)


def test_the_package_is_a_door_and_stays_a_package(log: Any) -> None:
    """R-61: `tropa.trail(…)` and `from tropa.trail import measure` are one name; nothing heavy is loaded before it is asked for."""
    script = (
        "import sys, tropa\n"
        "heavy = {'numpy', 'numba', 'duckdb', 'pyarrow', 'pydantic', 'tropa.api', 'tropa.trail'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert callable(tropa.trail)\n"
        "assert 'tropa.api' not in sys.modules\n"
        "import tropa.trail\n"
        "from tropa.trail import measure\n"
        "assert tropa.trail.measure is measure and callable(tropa.trail)\n"
        "assert tropa.open.__module__ == 'tropa.api'\n"
        "assert {'pandas', 'polars'}.isdisjoint(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    called: Any = tropa.trail
    assert called(log, **COLUMNS, today=TODAY).tape.events == log.num_rows
    with pytest.raises(AttributeError, match="Did you mean: 'trail'"):
        getattr(tropa, "tral")  # noqa: B009  # a type checker knows that it is not there


def test_however_it_comes_in_it_is_the_same(log: Any, shop: Trail, tmp_path: Path) -> None:
    """R-20, R-61: Arrow, a DuckDB relation, any Arrow stream (also with views, categories and an index), CSV and Parquet files."""
    pyarrow.csv.write_csv(log, tmp_path / "log.csv")
    pyarrow.parquet.write_table(log, tmp_path / "log.parquet")
    views = pa.table({name: log[name].cast(pa.string_view()) for name in log.column_names})
    words_of = log["what"].combine_chunks().dictionary_encode()
    coded = pa.DictionaryArray.from_arrays(words_of.indices, words_of.dictionary.cast(pa.string_view()))
    others = {
        "duckdb": duckdb.connect().from_arrow(log),
        "views": Streamed(views),
        "categories": Streamed(log.set_column(1, "what", coded)),
        "index": Streamed(log.append_column("__index_level_0__", pa.array(range(log.num_rows)))),
        "csv": tmp_path / "log.csv",
        "parquet": str(tmp_path / "log.parquet"),
    }
    expected = shop.transitions(level="events").rows
    assert expected
    for name, one in others.items():
        found = trail(one, **COLUMNS, today=TODAY, lang="en")
        assert (name, found.transitions(level="events").rows) == (name, expected)
        assert "__index_level_0__" not in [row["column"] for row in found.columns()]


@pytest.mark.parametrize("name", [one.id for one in DECLARATIONS])
def test_answers_are_those_of_the_measures(shop: Trail, name: str) -> None:
    """R-26, R-61: every declared measure, asked here and asked directly."""
    view = shop._view(None)
    direct = ask(name, Asked.of(choose(view.ready, find_answers(view.ready), Filter(None, None, None, None))), {})
    found = shop.ask(name)
    assert found.value == direct
    assert found.rows == direct.rows
    assert found.title == words("en")(f"measure-{name}")


def test_every_question_has_its_word(shop: Trail) -> None:
    """R-61: the named questions are the measures with their settings; filters go along."""
    same = [
        (shop.funnel(["view", "cart", "purchase"], window="7d"), shop.ask("funnel", path="view,cart,purchase", window="7d")),
        (shop.steps(20), shop.ask("steps", after=20)),
        (shop.cohorts("week", by="visits"), shop.ask("retention", period="week", by="visits")),
        (shop.paths("left"), shop.ask("paths", outcome="left", rows=200)),
        (shop.channels(half_life="3d"), shop.ask("channels", half_life="3d")),
        (shop.reasons(), shop.ask("reasons")),
        (shop.touchpoints(), shop.ask("touchpoints")),
        (shop.intervals(), shop.ask("purchase-interval")),
        (shop.loop(), shop.ask("repeat-curve", split="none")),
        (shop.ltv("60d"), shop.ask("ltv", horizon="60d", split="none")),
        (shop.next_purchases(rank="worth"), shop.ask("next-purchase", horizon="30d", rank="worth", rows=1_000)),
        (shop.rfm(), shop.ask("rfm")),
        (shop.churn(), shop.ask("churn")),
        (shop.sales_cycle(), shop.ask("sales-cycle", split="channels")),
        (shop.referrals(), shop.ask("referrals")),
        (shop.transitions(channel="email"), shop.ask("transitions", level="touchpoints", rows=1_000, channel="email")),
    ]  # fmt: skip
    for short, long in same:
        assert short.value == long.value
    everybody, mailed = (shop.transitions(level="events", channel=by).value.n for by in (None, "email"))
    assert 0 < mailed < everybody
    early = shop.transitions(level="events", since="2026-01-01", until=date(2026, 1, 5)).value.n
    assert 0 < early < everybody


def test_customers_of_the_funnel_counted_by_hand(log: Any, shop: Trail) -> None:
    """R-26: a loop over the rows finds the same customers in order. Those of the last day were not seen for long enough."""
    ways: dict[str, list[str]] = {}
    for row in log.to_pylist():
        if row["at"] < "2026-01-20":
            ways.setdefault(row["client"], []).append(row["what"])
    reached = Counter[int]()
    for way in ways.values():
        at = 0
        for what in way:
            at += at < 3 and what == ("view", "cart", "purchase")[at]
        reached.update(range(at))
    found = [row["customers"] for row in shop.funnel(["view", "cart", "purchase"], window="1d")]
    assert found == [reached[step] for step in range(3)]
    assert 0 < reached[2] < reached[0]


def test_sources_are_counted_repeats_once_and_bad_rows_aside(log: Any) -> None:
    """R-21, R-61: the same table twice changes nothing; an unreadable row is in quarantine, with its reason."""
    bad = pa.table(
        {
            name: [cell, cell]
            for name, cell in zip(log.column_names, ("eve", "view", "yesterday", "email", ""), strict=True)
        }
    )
    bad = bad.set_column(2, "at", pa.array(["yesterday", "2026-01-09 10:00:00"]))
    found = trail(log, log, bad, **COLUMNS, lang="ru")
    told = [(row["accepted"], row["duplicates"], row["quarantined"]) for row in found.imported()]
    assert told == [(log.num_rows, 0, 0), (0, log.num_rows, 0), (1, 0, 1)]
    assert "В карантине: 1 строка" in repr(found)
    assert "TR-E101" in found._repr_html_()


def test_breaks_readings_and_events(log: Any, shop: Trail) -> None:
    """R-24, R-61: the readings of the draft, typed and as rows; breaks by price."""
    direct = tropa.trail.measure(shop.tape, shop.map, today=TODAY)
    assert shop.measure().value == direct
    assert [row["stage"] for row in shop.measure()] == [one.id for one in direct.stages]
    assert shop.breaks().value == direct.breaks
    assert direct.breaks
    assert {one["event"]: one["events"] for one in shop.events()} == dict(Counter(log["what"].to_pylist()))
    assert shop.measure().svg is not None


def test_results_turn_into_frames(shop: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-61: typed columns, all rows; pandas and Polars where they are, and said where they are not."""
    found = shop.transitions(level="events")
    table = found.to_arrow()
    assert table.to_pylist() == list(found)
    assert [str(table.schema.field(name).type) for name in ("from", "times", "share", "median")] == [
        "string",
        "int64",
        "double",
        "double",
    ]
    assert duckdb.connect().from_arrow(pa.table(found)).aggregate("sum(times)").fetchall() == [(found.value.n,)]
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(TropaError, match=f"TR-S019.*{name}") as fault:
            getattr(found, f"to_{name}")()
        assert any(f"pip install {name}" in note for note in fault.value.__notes__)
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(from_arrow=lambda given: ("polars", given)))
    assert found.to_polars() == ("polars", table)


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_in_a_cell_is_markup(cell: str, title: str) -> None:
    """R-61: names from a log are text, whatever they hold."""
    evil = f'<img src=x onerror="{cell}">'
    result = Result(None, title + evil, (Field("a", evil, "text"),), ((evil,),), words("en"), notes=(evil,))
    told = result._repr_html_()
    assert "<img" not in told
    assert told.count("&lt;img src=x") == 4


def test_results_show_themselves(shop: Trail) -> None:
    """R-61: plain text, HTML, and the picture of those measures that have one."""
    found = shop.funnel(["view", "purchase"], window="7d")
    bundle = found._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    assert ElementTree.fromstring(bundle["image/svg+xml"]).tag.endswith("svg")
    assert "data:image/svg+xml;base64," in bundle["text/html"]
    assert bundle["text/plain"].splitlines()[0] == "Funnel"
    assert set(found._repr_mimebundle_(include={"text/html"})) == {"text/html"}
    assert set(shop.events()._repr_mimebundle_(exclude={"text/plain"})) == {"text/html"}
    assert len(repr(shop.steps(20)).splitlines()) < 30


def test_errors_name_the_near_miss(log: Any, shop: Trail, tmp_path: Path) -> None:
    """R-61: each says in words what is wrong, as a note under its traceback."""
    wrong: Any = [
        ("TR-S018", "int", lambda: trail(3)),
        ("TR-S020", "“customer”", lambda: trail(log, custmer="client")),
        ("TR-E009", "client", lambda: trail(log, customer="clent")),
        ("TR-S014", "log.csv", lambda: trail(tmp_path / "log.cvs")),
        ("TR-S021", "ru, en", lambda: trail(log, lang="de")),
        ("TR-S022", "“segment”", lambda: shop.breaks(sement="new")),
        ("TR-S023", "2026-11-28", lambda: shop.funnel(since="soon")),
        ("TR-S024", "1", lambda: trail(log.slice(0, 1).set_column(2, "at", pa.array(["soon"])), **COLUMNS)),
        ("TR-T301", "funnel", lambda: shop.ask("funel")),
        ("TR-T302", "level", lambda: shop.transitions(levl="events")),
        ("TR-T305", "“purchase”", lambda: shop.funnel(["view", "purchse"])),
        ("TR-T306", "exit", lambda: shop.reasons(None, "nowhere")),
        ("TR-S001", str(tmp_path), lambda: tropa.open(tmp_path)),  # type: ignore[attr-defined]
    ]  # fmt: skip
    (tmp_path / "log.csv").write_text("a,b\n1,2\n", "utf-8")
    for code, near, call in wrong:
        with pytest.raises(TropaError, match=code) as fault:
            call()
        assert near in "\n".join(fault.value.__notes__), code


def test_the_throw_away_folder_goes_with_its_trail(log: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-61: nothing of a log stays on the disk, also when it could not be read."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = trail(log, **COLUMNS)
    assert found.framed is not None
    assert [one.name.startswith("tropa-") for one in tmp_path.iterdir()] == [True]
    del found
    assert not list(tmp_path.iterdir())
    with pytest.raises(TropaError):
        trail(log, customer="nobody")
    assert not list(tmp_path.iterdir())


def test_a_workspace_opens(log: Any, tmp_path: Path) -> None:
    """R-61: its map, its readings, its picture; the trail is asked through its own map."""
    from tropa.codec import dumps

    source = trail(log, **COLUMNS, today=TODAY, lang="en")
    assert source.framed is not None
    folder = source.framed.workspace.folder
    (folder / "map.yaml").write_text(dumps(source.map), "utf-8")
    opened = tropa.open(folder, today=TODAY, lang="en")  # type: ignore[attr-defined]
    assert opened.map == source.map
    assert opened.readings().rows == source.measure().rows
    assert opened.trail.transitions().rows == source.transitions(folder / "map.yaml").rows
    with pytest.raises(TropaError, match="TR-S030"):
        opened.as_of("2001-01-01")
    assert opened.as_of("2999-12-31").tape.version == opened.trail.tape.version
    opened.draw(tmp_path / "map.svg")
    assert "image/svg+xml" in opened._repr_mimebundle_()
    assert ElementTree.fromstring((tmp_path / "map.svg").read_text("utf-8")).tag.endswith("svg")
    with pytest.raises(TropaError, match="TR-S006"):
        opened.draw(tmp_path / "map.gif")


@pytest.mark.shared
def test_transitions_of_others_data_counted_by_a_naive_loop(shared_data: Path) -> None:
    """R-26, R-61: every step from one event to a different next one of a customer, 31,106 rows of somebody else's shop.

    The map makes all of a customer's events one pass, so that a plain loop over the rows needs no definition of ours.
    """
    import csv
    import gzip

    file = shared_data / "retentioneering_ecom" / "ecom.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = sorted({row["event"] for row in rows})
    one = Stage.model_validate({"id": "any", "title": "any", "when": {"event": names}, "silence": "3650d"})
    found = trail(file, lang="en", today=TODAY).transitions(Map(title="all", stages=(one,)), level="events")
    expected: Counter[tuple[str, str]] = Counter()
    last: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row["timestamp"]):
        before = last.get(row["user_id"])
        if before not in (None, row["event"]):
            expected[f"event:{before}", f"event:{row['event']}"] += 1
        last[row["user_id"]] = row["event"]
    told = {(row["from"], row["to"]): row["times"] for row in found if "mark:" not in f"{row['from']}{row['to']}"}
    assert sum(expected.values()) > 20_000
    assert told == dict(expected)


def test_a_trusted_file_answers_as_an_imported_one(tmp_path: Path) -> None:
    """`rows="trusted"` is another way in, not another answer (R-61, R-63); what it cannot read it says, and what to do."""
    rows = [(k % 7, k * 60_000_000, ("view", "cart", "purchase")[k % 3]) for k in range(60)]
    names = ("customer", "time", "event")
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    table = table.set_column(1, "time", table["time"].cast(pa.timestamp("us", "UTC")))
    file = tmp_path / "log.parquet"
    pyarrow.parquet.write_table(table, file)
    path = ["view", "cart", "purchase"]
    trusted = tropa.trail(file, rows="trusted", lang="en").funnel(path, window="10m")
    checked = tropa.trail(file, customer="customer", time="time", event="event", lang="en").funnel(path, window="10m")
    assert trusted.value.rows == checked.value.rows
    assert trusted.value.rows
    for told in ({"rows": "sure"}, {"rows": "trusted", "customer": "nobody"}):
        with pytest.raises(TropaError) as caught:
            tropa.trail(file, lang="en", **told)
        assert caught.value.code in {"TR-T414", "TR-T410"}
    with pytest.raises(TropaError) as caught:
        tropa.trail(table, rows="trusted", lang="en")
    assert caught.value.code == "TR-T413"


def test_two_groups_side_by_side_and_what_is_not_on_the_map() -> None:
    """`.compare` tells figures with their verdict; `.conformance` and `.segments` are measures like others (R-10, R-22, R-29)."""
    rows = [(f"c{k}", f"2026-01-{1 + k % 28:02d}T{hour:02d}:00:00", what, ("ads", "seo")[k % 2])
            for k in range(200) for hour, what in enumerate(("view", "cart", "purchase")[: 3 if k % 4 else 1])]  # fmt: skip
    table = pa.table(
        {name: [row[at] for row in rows] for at, name in enumerate(("customer", "time", "event", "channel"))}
    )
    asked = tropa.trail(
        table,
        customer="customer",
        time="time",
        event="event",
        channel="channel",
        zone="UTC",
        lang="en",
        today="2026-02-01",
    )
    compared = asked.compare({"channel": "ads"}, {"channel": "seo"})
    assert compared.value
    assert {one.significant for one in compared.value} <= {True, False}
    assert compared.to_arrow().num_rows == len(compared.value)
    assert "all customers" in repr(asked.compare({}, {"channel": "seo"}))
    same = asked.compare({}, {})
    assert all(one.significant is None for one in same.value)
    assert asked.conformance().value.n > 0
    assert asked.segments(level="events").value.measure == "clusters"
    there = asked.in_zone("pacific/auckland")
    assert (there.cohorts("week").value.zone, asked.cohorts("week").value.zone) == ("Pacific/Auckland", "UTC")
    with pytest.raises(TropaError) as unknown:
        asked.in_zone("Moskow")
    assert (unknown.value.code, unknown.value.facts["near"]) == ("TR-S060", "Europe/Moscow")
    with pytest.raises(TropaError) as caught:
        asked.compare({"segmnt": "x"}, {})
    assert (caught.value.code, caught.value.facts["near"]) == ("TR-S022", "segment")


def test_frames_of_pandas_and_polars_come_in_and_go_out() -> None:
    """R-61: the real libraries, both ways."""
    import pandas
    import polars

    columns = {
        "who": ["a", "a", "b"],
        "what": ["view", "buy", "view"],
        "at": ["2026-01-01", "2026-01-02", "2026-01-03"],
    }
    roles: dict[str, Any] = {"customer": "who", "event": "what", "time": "at", "zone": "UTC", "lang": "en"}
    answers = []
    for frame in (pandas.DataFrame(columns), polars.DataFrame(columns)):
        found = trail(frame, **roles).transitions(level="events", repeats=True)
        for name in ("from", "to", "times", "share"):
            assert found.to_pandas()[name].to_list() == found.to_polars()[name].to_list()
        answers.append(found.value.rows)
    assert answers[0] == answers[1]
    assert answers[0]
