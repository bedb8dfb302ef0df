"""The archive against a naive model of it: any sequence of imports, row by row in plain Python (R-20, R-64)."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.trail.archive import Archive
from tropa.trail.archive.people import Key, spell
from tropa.trail.kernels.hash import naive_sip
from tropa.trail.tape import NO_VALUE, Tape

Row = dict[str, Any]

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "customer": st.sampled_from(["ann", "bob", "Вера", "+79160000001"]),
            "time": st.integers(-2, 4),
            "event": st.sampled_from(["view", "pay"]),
        },
        optional={
            "channel": st.sampled_from(["ads", None]),
            "value": st.sampled_from([100, 250, None]),
            "score": st.sampled_from([-2.0, 1.5, None]),
            "phone": st.sampled_from(["+79160000001", "+79160000002", None]),
            "message_id": st.sampled_from(["m1", "m2", None]),
            "order": st.sampled_from(["o1", "o2", None]),
            "session": st.sampled_from(["s1", None]),
            "text": st.sampled_from(["хорошо", "bad", None]),
            "p:city": st.sampled_from(["Пермь", "Уфа", None]),
        },
    ),
    max_size=8,
)
FILES = st.lists(st.tuples(st.sampled_from(["shop", "crm"]), st.lists(ROWS, min_size=1, max_size=2)), max_size=4)


class Model:
    """What the archive is to do, slowly."""

    def __init__(self) -> None:
        self.known: dict[str, Counter[Any]] = {}
        self.numbers: dict[str, int] = {}
        self.group: list[int] = []
        self.first_name: list[str] = []
        self.events: list[tuple[int, str, Row]] = []

    def _number(self, alias: str, owner: int | None = None) -> int:
        if alias not in self.numbers:
            if owner is None:
                owner = len(self.group)
                self.group.append(owner)
                self.first_name.append(alias)
            self.numbers[alias] = owner
        return self.numbers[alias]

    def add(self, source: str, batches: Sequence[list[Row]]) -> tuple[int, int]:
        """(accepted, duplicates)."""
        known, seen, fresh = self.known.setdefault(source, Counter()), Counter[Any](), Counter[Any]()
        accepted = total = 0
        contacts: list[tuple[str, int]] = []
        for rows in batches:
            names = list(dict.fromkeys(["customer", "time", "event", *(name for row in rows for name in row)]))
            for row in rows:
                number = self._number(row["customer"])
                message = row.get("message_id")
                raw = ("message", message) if message else tuple(sorted((name, str(row.get(name))) for name in names))
                before = seen[raw]
                seen[raw] += 1
                total += 1
                if (before == 0 and known[raw] == 0) if message else before >= known[raw]:
                    accepted += 1
                    fresh[raw] += 1
                    self.events.append((number, source, row))
            contacts = self._contacts(rows, contacts)
        known.update(fresh)
        for phone, number in contacts:
            low, high = sorted((self.group[self.numbers[phone]], self.group[number]))
            self.group = [low if item == high else item for item in self.group]
        return accepted, total - accepted

    def _contacts(self, rows: list[Row], contacts: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Phones of a batch; one nobody had belongs to the customer with the smallest number in order of the batch's phones."""
        order = list(dict.fromkeys(row["phone"] for row in rows if row.get("phone")))
        pairs = {(order.index(row["phone"]), self.numbers[row["customer"]]) for row in rows if row.get("phone")}
        for place, number in sorted(pairs):
            self._number(order[place], number)
            contacts.append((order[place], number))
        return contacts

    def tape(self) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """(first name, events) of each customer, in order."""
        out: dict[int, list[tuple[int, int, tuple[Any, ...]]]] = {}
        for arrival, (number, source, row) in enumerate(self.events):
            told = (row["time"], source, *(row.get(name) or "" for name in ("event", "channel", "p:city", "text")))
            money = NO_VALUE if row.get("value") is None else row["value"]
            out.setdefault(self.group[number], []).append((row["time"], arrival, (*told, money, row.get("score"))))
        return [(self.first_name[leader], [event[2] for event in sorted(out[leader])]) for leader in sorted(out)]


def told(tape: Tape) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """A tape as the model tells it."""
    texts = dict(zip(tape.texts["event"].tolist(), tape.texts["text"].tolist(), strict=True))
    city = tape.properties.get("city")
    out = []
    for customer, pseudonym in enumerate(tape.customers):
        events = []
        for spot in range(tape.offsets[customer], tape.offsets[customer + 1]):
            score = float(tape.score[spot])
            events.append(
                (
                    int(tape.time[spot]),
                    tape.source.names[tape.source.codes[spot]],
                    tape.event.names[tape.event.codes[spot]],
                    tape.channel.names[tape.channel.codes[spot]],
                    city.names[city.codes[spot]] if city else "",
                    texts.get(spot, ""),
                    int(tape.value[spot]),
                    None if math.isnan(score) else score,
                )
            )
        out.append((str(pseudonym), events))
    return out


def pseudonym(folder: Path, name: str) -> str:
    key = Key.of(folder, create=False)
    first, second = key.words("person")
    high, _ = naive_sip(name.encode(), int(first).to_bytes(8, "little") + int(second).to_bytes(8, "little"))
    import numpy as np

    return str(spell(np.array([high], np.uint64))[0])


def same_groups(codes: Any, events: Sequence[str]) -> bool:
    """Whether numbers stand for the same things as names (0 for none)."""
    pairs = {(int(code), name) for code, name in zip(codes, events, strict=True)}
    return len({code for code, _ in pairs}) == len({name for _, name in pairs}) == len(pairs) and all(
        (code == 0) == (name == "") for code, name in pairs
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, coded=st.booleans())
def test_any_imports_give_what_the_model_gives(
    batch: Any, now: datetime, files: list[tuple[str, list[list[Row]]]], coded: bool
) -> None:
    """R-20: accepted, duplicates, order, joins, every column; importing all again changes nothing; arrays rebuilt are the same."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        archive, model = Archive(Path(name) / "тропа"), Model()
        for source, batches in files:
            report = archive.add([batch(rows, coded=coded) for rows in batches], source=source, now=now)
            assert (report.accepted, report.duplicates) == model.add(source, batches)
        tape = archive.tape()
        if tape is None:
            assert not model.events
            return
        expected = [(pseudonym(archive.folder, first), events) for first, events in model.tape()]
        assert told(tape) == expected
        ordered = sorted(
            range(len(model.events)), key=lambda at: (model.group[model.events[at][0]], model.events[at][2]["time"], at)
        )
        for column, codes in (("order", tape.order), ("session", tape.session)):
            assert same_groups(codes, [model.events[at][2].get(column) or "" for at in ordered])
        for source, batches in files:
            again = archive.add([batch(rows, coded=not coded) for rows in batches], source=source, now=now)
            assert (again.accepted, again.changed) == (0, False)
        version = tape.version
        del tape
        shutil.rmtree(next(archive.folder.glob("g*")))
        rebuilt = archive.tape()
        assert rebuilt is not None
        assert (rebuilt.version, told(rebuilt)) == (version, expected)
