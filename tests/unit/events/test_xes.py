"""XES logs (R-20): roles without questions, nested attributes, transitions, broken and hostile XML, files of any length."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa import events
from tropa.events.contract import ColumnRole as R
from tropa.events.contract import Overrides
from tropa.events.xes_rows import WAITING, Way, xes_rows
from tropa.model import TropaError

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- A log of requests -->
<log xes.version="1849.2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
 <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
 <global scope="trace"><string key="concept:name" value="__INVALID__"/></global>
 <global scope="event"><string key="concept:name" value="__INVALID__"/><string key="only:global" value="x"/></global>
 <classifier name="Activity classifier" keys="concept:name lifecycle:transition"/>
 <string key="concept:name" value="the whole log"/>
"""
PATHS = {
    "1": ("register", "check", "decide", "pay"),
    "2": ("register", "check", "decide", "reject"),
    "3": ("register", "decide", "check", "decide", "pay"),
}


def event(name: str, minute: int, more: str = "") -> str:
    """One event of a hand-made log."""
    at = f"2024-03-{1 + minute // 1440:02d}T{minute // 60 % 24:02d}:{minute % 60:02d}:00.000+01:00"
    return (
        f'<event>\n<string key="concept:name" value={quoteattr(name)}/>\n<date key="time:timestamp" value="{at}"/>\n'
        f'<string key="org:resource" value="Pete"/><float key="cost:total" value="50.0"/>{more}</event>\n'
    )


def requests() -> str:
    """A small log: 3 cases, 13 events."""
    traces = "".join(
        f'<trace><string key="concept:name" value="{case}"/><string key="channel_of_entry" value="web"/>'
        + "".join(event(name, 60 * int(case) + at) for at, name in enumerate(path))
        + "</trace>\n"
        for case, path in PATHS.items()
    )
    return f"{HEAD}{traces}</log>\n"


def test_a_log_is_read_without_a_question(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: cases, activities and times are known by the standard's names; the case's attributes stand beside each event."""
    file = write("requests.xes", requests())
    plan = events.plan(file)
    assert (plan.format, plan.preset, plan.nested) == ("xes", "xes", None)
    assert plan.column(R.CUSTOMER) == "case:concept:name"
    assert (plan.column(R.EVENT), plan.column(R.TIME)) == ("concept:name", "time:timestamp")
    assert plan.column(R.VALUE) is None  # what an activity costs is no revenue
    assert "only:global" not in plan.columns
    assert plan.rows_estimate == 13
    good, bad = rows_of(file)
    assert not bad
    found: dict[str, list[str]] = {}
    for row in good:
        found.setdefault(row["customer"], []).append(row["event"])
    assert {case: tuple(path) for case, path in found.items()} == PATHS
    assert {row["p:case:channel_of_entry"] for row in good} == {"web"}
    assert good[0]["time"] == 1_709_251_200_000_000  # 2024-03-01 01:00 at +01:00
    assert [row["row"] for row in good] == sorted(row["row"] for row in good)
    assert good[0]["row"] == 1 + requests()[: requests().index("<event>")].count("\n")


def test_packed_and_named_differently(tmp_path: Path) -> None:
    """R-20: it is the content that tells."""
    for name, data in (("a.xes.gz", gzip.compress(requests().encode())), ("b.xml", requests().encode("utf-8-sig"))):
        (tmp_path / name).write_bytes(data)
        assert events.plan(tmp_path / name).format == "xes"
    (tmp_path / "c.xes").write_bytes(requests().replace("UTF-8", "UTF-16").encode("utf-16"))
    (batch,) = events.read(events.plan(tmp_path / "c.xes"))
    assert len(batch.events) == 13


def test_what_a_log_says_of_itself_may_be_long(tmp_path: Path) -> None:
    """R-20: events are found behind megabytes of the log's own attributes (as in the log of the BPI Challenge of 2012)."""
    about = '<float key="meta_org:events_per_case" value="19.9"/>\n' * 50_000  # 2.6 MB
    for name, text in (("a.xes", requests()), ("b.xes.gz", requests().replace("event>", "xes:event>"))):
        data = text.replace("<trace>", about + "<trace>", 1).encode()
        (tmp_path / name).write_bytes(gzip.compress(data, 1) if name.endswith("gz") else data)
        plan = events.plan(tmp_path / name)
        assert (plan.column(R.CUSTOMER), plan.column(R.EVENT)) == ("case:concept:name", "concept:name")
        assert [len(batch.events) for batch in events.read(plan)] == [13]


def test_other_xml_is_no_log(write: Callable[..., Path]) -> None:
    """R-20: a table in XML is refused as before."""
    with pytest.raises(TropaError, match="TR-E003"):
        events.plan(write("orders.xml", "<?xml version='1.0'?><orders><order id='1'/></orders>"))


def test_nested_attributes_and_lists() -> None:
    """R-20: nested ones are joined by dots, second ones of a name are numbered, values of every type are kept as they stand."""
    more = (
        '<string key="item" value="tea"><int key="count" value="2"/><container key="box">'
        '<boolean key="gift" value="true"/></container></string>'
        '<list key="tags"><values><string key="tag" value="a"/><string key="tag" value="b"/></values></list>'
        '<id key="identity:id" value="f81d4fae"/>'
    )
    text = HEAD + f'<trace><string key="concept:name" value="7"/>{event("pay", 5, more)}</trace></log>'
    names = (
        "item",
        "item.count",
        "item.box.gift",
        "tags.tag",
        "tags.tag.2",
        "identity:id",
        "case:concept:name",
        "_other",
    )
    (rows,) = xes_rows(io.BytesIO(text.encode()), "a.xes", names, Way(), 100)
    (row,) = rows.table.to_pylist()
    assert [row[name] for name in names[:-1]] == ["tea", "2", "true", "a", "b", "f81d4fae", "7"]
    assert '"org:resource": "Pete"' in row["_other"]


def transitions() -> str:
    """Two activities, each started and completed, and one note without a transition."""
    steps = [("pack", "start"), ("pack", "complete"), ("send", "START"), ("send", "COMPLETE")]
    inner = "".join(
        event(name, at, f'<string key="lifecycle:transition" value="{step}"/>') for at, (name, step) in enumerate(steps)
    )
    return HEAD + f'<trace><string key="concept:name" value="7"/>{inner}{event("note", 9)}</trace></log>'


def test_completions_are_events_where_there_are_both(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: an activity is one event unless the user wants its start too; the plan says so."""
    file = write("work.xes", transitions())
    plan = events.plan(file)
    assert plan.nested == "complete"
    assert "events-warn-lifecycle-complete" in plan.warnings
    assert [row["event"] for row in rows_of(file)[0]] == ["pack", "send", "note"]
    told = Overrides(lifecycle="all")
    assert "events-warn-lifecycle-all" in events.plan(file, told).warnings
    names = [row["event"] for row in rows_of(file, told)[0]]
    assert names[:4] == ["pack+start", "pack+complete", "send+START", "send+COMPLETE"]


def test_states_of_another_kind_are_all_events(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: where nothing is both started and completed, no transition is left out."""
    text = transitions().replace('value="start"', 'value="assign"').replace('value="START"', 'value="In Progress"')
    assert [row["event"] for row in rows_of(write("work.xes", text))[0]] == ["pack", "pack", "send", "send", "note"]


def test_what_was_read_before_broken_xml_stays(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: a torn file gives its whole events, and one bad row that says where it broke."""
    text = requests()
    cut = text[: text.rindex("<event>") + 20]
    good, (bad,) = rows_of(write("torn.xes", cut))
    assert len(good) == 12
    assert (bad.code, bad.facts["value"]) == ("TR-E130", "torn")
    assert bad.line == cut.count("\n") + 1
    assert "обрывается" in events.reason(bad, "ru")
    assert "breaks off" in events.reason(bad, "en")
    mixed = text.replace("</trace>\n</log>", "</log></trace>")
    good, (bad,) = rows_of(write("mixed.xes", mixed))
    assert len(good) == 13
    assert bad.facts["value"] == "tag"


@pytest.mark.parametrize(
    ("text", "reason"), [(f"{HEAD}</log>", "none"), (f"{HEAD}<trace><event>", "torn"), (f"{HEAD}</trace>", "tag")]
)
def test_nothing_to_read(write: Callable[..., Path], text: str, reason: str) -> None:
    """R-20: TR-E040 says why no event can be read."""
    with pytest.raises(TropaError) as caught:
        events.plan(write("empty.xes", text))
    assert (caught.value.code, caught.value.facts["reason"]) == ("TR-E040", reason)


def test_entities_are_refused(write: Callable[..., Path]) -> None:
    """R-20: a bomb of entities, or one that reads another file, is refused by its declaration (TR-E041)."""
    bomb = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + requests()[40:]
    thief = bomb.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/hostname">')
    for text in (bomb, thief):
        with pytest.raises(TropaError, match="TR-E041"):
            events.plan(write("bomb.xes", text))


def test_too_many_attributes_and_too_deep(write: Callable[..., Path], rows_of: Callable[..., Any]) -> None:
    """R-20: one monstrous event is set aside, the others are read."""
    wide = "".join(f'<int key="k{n}" value="1"/>' for n in range(2_100))
    deep = '<string key="d" value="1">' * 40 + "</string>" * 40
    body = event("pay", 1) + event("wide", 2, wide) + event("deep", 3, deep) + event("ok", 4)
    good, bad = rows_of(write("odd.xes", HEAD + f'<trace><string key="concept:name" value="7"/>{body}</trace></log>'))
    assert [row["event"] for row in good] == ["pay", "ok"]
    assert [(row.code, row.facts["value"]) for row in bad] == [("TR-E119", "wide"), ("TR-E113", "deep")]


def test_attributes_of_a_case_behind_its_events() -> None:
    """R-20: they count for all its events; behind more than can be held back, the attribute is set aside with its line."""
    names = ("concept:name", "case:concept:name", "case:late", "_other")
    for count, late in ((3, False), (WAITING + 1, True)):
        body = "".join('<event><string key="concept:name" value="e"/></event>' for _ in range(count))
        text = f'<log><trace><string key="concept:name" value="7"/>{body}<int key="late" value="5"/></trace></log>'
        parts = list(xes_rows(io.BytesIO(text.encode()), "a.xes", names, Way(), 1 << 30))
        cells = [cell for part in parts for cell in part.table["case:late"].to_pylist()]
        bad = [row.code for part in parts for row in part.bad]
        assert len(cells) == count
        assert bad == (["TR-E131"] if late else [])
        assert set(cells[:WAITING]) == ({None} if late else {"5"})


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
KEYS = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(TEXT, st.lists(st.dictionaries(KEYS, TEXT), max_size=4)), max_size=4), st.integers(1, 50))
def test_any_log_comes_out_as_it_went_in(cases: list[tuple[str, list[dict[str, str]]]], rows: int) -> None:
    """R-20: whatever the batches, every event has its own attributes and its case's."""
    text = "<log>"
    for name, path in cases:
        text += f'<trace><string key="concept:name" value={quoteattr(name)}/>'
        for one in path:
            text += (
                "<event>" + "".join(f'<string key="{k}" value={quoteattr(v)}/>' for k, v in one.items()) + "</event>"
            )
        text += "</trace>"
    names = ("case:concept:name", "a", "b", "c", "_other")
    parts = xes_rows(io.BytesIO(f"{text}</log>".encode()), "a.xes", names, Way(), rows)
    found = [row for part in parts for row in part.table.to_pylist()]
    nothing = dict.fromkeys(names)
    assert found == [nothing | one | {"case:concept:name": name} for name, path in cases for one in path]


ENDLESS = """
    import io, resource, sys
    from tropa.events.xes_rows import Way, xes_rows
    size = int(sys.argv[1])
    trace = ('<trace><string key="concept:name" value="c"/>' + '<event><string key="concept:name" value="pay"/>'
             '<date key="time:timestamp" value="2024-03-01T10:00:00+01:00"/></event>' * 50 + "</trace>").encode()
    class Stream(io.RawIOBase):
        given = 0
        def read(self, n=-1):
            if self.given >= size: return b""
            out = (b"<log>" if not self.given else b"") + trace * 40
            self.given += len(out)
            return out
    names = ("concept:name", "time:timestamp", "case:concept:name", "_other")
    first = sum(len(part.lines) for part in xes_rows(io.BytesIO(b"<log>" + trace * 2_000 + b"</log>"), "a", names, Way(), 50_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(len(part.lines) for part in xes_rows(Stream(), "a", names, Way(), 50_000))
    print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_file() -> None:
    """R-20: reading 100 MB of XML takes no more memory than reading ten (both ends of a child process's peak)."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ENDLESS), str(100_000_000)], capture_output=True, text=True, check=True
    )
    count, grown = map(int, done.stdout.split())
    assert count > 750_000
    assert grown * resource.getpagesize() // 4096 < 40_000  # KB
