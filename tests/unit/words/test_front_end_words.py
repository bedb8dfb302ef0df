"""What the browser says is there, what is shipped to it is said, and it writes figures and wears colours as Python does (R-60)."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tropa
from tropa.model import LANES
from tropa.render.theme import DARK, LIGHT, contrast
from tropa.words import numbers, words

SOURCE = Path(tropa.__file__).parent
FRONTEND = SOURCE.parents[1] / "frontend" / "src"
VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "numbers.json").read_text(encoding="utf-8"))
SHIPPED = ("web-*.ftl", "buyer.ftl", "lanes.ftl", "readings.ftl", "units.ftl")
ASKED = re.compile(r"""(?<![.\w])(?:say|has|orOwn)\(\s*(?:"([^"]+)"|`([^`$]*)\$\{)""")
"""A message asked for by its name, or by a name that begins so."""
LITERAL = re.compile(r"""["'`]([a-z][\w-]*(?:\.[a-z][\w-]*)?)["'`]""")
BEGINNING = re.compile(r"`([a-z][a-z0-9-]*-)\$\{")


def front_end() -> dict[str, str]:
    """The sources of the front end, by path, without its tests."""
    files = [path for path in FRONTEND.rglob("*") if path.suffix in (".ts", ".svelte")]
    out = {
        str(path): path.read_text(encoding="utf-8") for path in files if not path.name.endswith((".test.ts", ".d.ts"))
    }
    assert out
    return out


def messages(*patterns: str) -> set[str]:
    """Ids of messages in these files, attributes as `id.attribute`; a message that is only its attributes has no id of its own."""
    found = set()
    for pattern in patterns:
        for file in (SOURCE / "words" / "en").glob(pattern):
            name = ""
            for line in file.read_text(encoding="utf-8").splitlines():
                if head := re.match(r"([A-Za-z][\w-]*) *=(.*)", line):
                    name = head[1]
                    found.add(name)
                elif attribute := re.match(r" +\.([A-Za-z][\w-]*) *=", line):
                    found.add(f"{name}.{attribute[1]}")
    return found


def test_every_message_that_is_asked_for_is_there() -> None:
    shipped = messages(*SHIPPED)
    missing = {}
    for path, text in front_end().items():
        for whole, beginning in ASKED.findall(text):
            there = whole in shipped if whole else any(name.startswith(beginning) for name in shipped)
            if not there:
                missing[whole or f"{beginning}…"] = path
    assert missing == {}


def test_every_message_shipped_to_the_browser_is_said() -> None:
    sources = list(front_end().values())
    sources += [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")]
    literals = {name for text in sources for name in LITERAL.findall(text)}
    for code in {code for text in sources for code in re.findall(r'"(TR-[A-Z]\d+)"', text)}:
        literals |= {code, f"{code}.fix"}  # an error is said by its code, with what to do
    beginnings = tuple({name for text in sources for name in BEGINNING.findall(text)})
    assert beginnings
    silent = {name for name in messages("web-*.ftl") if name not in literals and not name.startswith(beginnings)}
    assert silent == set()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_row_has_its_hint(lang: str) -> None:
    """R-01, R-60: an empty cell says what belongs into it, whatever the row; a row without a hint would leave the table undrawn."""
    text = (SOURCE / "words" / lang / "web-editor.ftl").read_text(encoding="utf-8")
    hints = re.findall(r"^editor-hint-(\w+) = \S", text, re.MULTILINE)
    assert sorted(hints) == sorted(lane.id for lane in LANES)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: f"{case['lang']}-{case['say']}-{case['given']}")
def test_figures_are_those_of_the_vectors(case: dict[str, Any]) -> None:
    """The browser's twin is held to the same file (`frontend/src/words/numbers.test.ts`)."""
    lang, given = case["lang"], case["given"]
    said = {
        "integer": lambda: numbers.integer(given[0], lang),
        "decimal": lambda: numbers.decimal(given[0], lang, given[1]),
        "percent": lambda: numbers.percent(given[0], lang, given[1]),
        "money": lambda: numbers.money(given[0], given[1], lang, sign=given[2]),
        "duration": lambda: words(lang).duration(given[0]),
        "day": lambda: numbers.day(date.fromisoformat(given[0]), lang),
        "months": lambda: numbers.months(date.fromisoformat(given[0]), date.fromisoformat(given[1]), lang),
    }[case["say"]]
    assert said() == case["said"]


def tokens() -> dict[str, tuple[str, str]]:
    """Colours of the app's style sheet by name: by day, by night."""
    text = (FRONTEND / "ui" / "kit" / "tokens.css").read_text(encoding="utf-8")
    return {name: (day, night) for name, day, night in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", text)}


def test_the_app_has_the_colours_of_the_drawings() -> None:
    """One look: the roles that Python draws with are the app's, by day and by night."""
    found = tokens()
    for role, colour in LIGHT.colours.items():
        assert found[role] == (colour, DARK.colours[role]), role


@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", ("paper", "card", "side", "sand", "hover", "trail-tint", "break-tint", "gold-tint")),
        ("muted", ("paper", "card", "side")),
        ("trail", ("paper", "card")),
        ("trail-strong", ("paper", "card", "trail-tint")),
        ("break-text", ("paper", "card", "break-tint", "side")),
        ("gold-text", ("paper", "card", "gold-tint")),
        ("on-trail", ("trail", "trail-strong")),
        ("on-ink", ("ink",)),
    ],
)
def test_text_is_readable_on_its_grounds(ink: str, grounds: tuple[str, ...]) -> None:
    """WCAG 2.2 AA: 4.5 : 1 for text, by day and by night."""
    found = tokens()
    for ground in grounds:
        for night in (0, 1):
            assert contrast(found[ink][night], found[ground][night]) >= 4.5, (ink, ground, night)


def test_what_one_types_into_has_an_outline() -> None:
    """WCAG 2.2 AA: 3 : 1 for the outline of a control."""
    found = tokens()
    for ground in ("card", "paper"):
        for night in (0, 1):
            assert contrast(found["edge"][night], found[ground][night]) >= 3, (ground, night)


def test_letters_on_a_colleague_are_readable() -> None:
    text = (FRONTEND / "ui" / "kit" / "tokens.css").read_text(encoding="utf-8")
    colours = re.findall(r"--person-\d: (#\w+);", text)
    assert len(colours) == 8
    for colour in colours:
        assert contrast(colour, "#ffffff") >= 4.5, colour
