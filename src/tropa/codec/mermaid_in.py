"""A Mermaid `journey` as a map (R-13).

Sections are stages, tasks touchpoints, scores 1…5 emotions −2…+2, actors the persona, channels and owners.

Grammar: mermaid 11, `packages/mermaid/src/diagrams/user-journey/parser/journey.jison` and what mermaid does to a text before it parses it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from math import isfinite
from typing import Any

from tropa.codec.table_rows import choices
from tropa.codec.table_shape import new_id
from tropa.codec.yaml_text import LIMIT_BYTES, parse
from tropa.model import Map, TropaError, Where
from tropa.words import LANGUAGES, Words, words

LOWEST, HIGHEST = 1.0, 5.0
"""Scores as the format documents them; others are drawn too, and are brought to the nearest of these."""

_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n[ \t]*---[ \t]*(?:\n|$)", re.DOTALL)
_ENTITY = re.compile(r"#(\w+);")
_DESCRIPTION = re.compile(r"accDescr\s*\{([^}]*)\}", re.IGNORECASE)
_KEYED = re.compile(r"(accTitle|accDescr)\s*:\s*(.*)|(title|section)\s(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)


@dataclass(slots=True)
class _Task:
    name: str
    score: float | None
    actors: tuple[str, ...]


@dataclass(slots=True)
class _Section:
    name: str
    tasks: list[_Task] = field(default_factory=list)


@dataclass(slots=True)
class _Journey:
    """What a text says, before it is a map."""

    title: str = ""
    about: str = ""
    other_title: str = ""
    sections: list[_Section] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)


def from_mermaid(text: str, name: str, say: Words) -> tuple[Map, tuple[str, ...]]:
    """The map, and in words everything of the diagram that it could not hold. Raises TR-C090, TR-C091 with the line."""
    if len(text) > LIMIT_BYTES:
        raise TropaError("TR-C002", Where(file=name), size=len(text), limit=LIMIT_BYTES)
    journey = _read(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), name)
    if not any(section.tasks or section.name for section in journey.sections):
        raise TropaError("TR-C090", Where(file=name, line=1, column=1))
    made = _Maker(journey, say)
    value = Map.model_validate(made.map())
    return value, tuple(made.losses())


def _read(text: str, name: str) -> _Journey:
    out = _Journey()
    text = _front_matter(text, out)
    out.lost["settings"] += len(_DIRECTIVE.findall(text))
    text = _DIRECTIVE.sub(lambda found: "\n" * found[0].count("\n"), text)
    found = _DESCRIPTION.search(text)
    if found:
        out.about = " ".join(_plain(found[1]).split())
        text = text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :]
    begun = False
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _without_comment(raw, out)
        if not line or line.startswith("```"):
            continue
        if not begun:
            if not re.match(r"journey\b", line, re.IGNORECASE):
                raise TropaError("TR-C090", Where(file=name, line=number, column=1))
            begun = True
            line = line[len("journey") :].strip()
        if line:
            _statement(line, out, Where(file=name, line=number, column=len(raw) - len(raw.lstrip()) + 1))
    if not begun:
        raise TropaError("TR-C090", Where(file=name, line=1, column=1))
    return out


def _front_matter(text: str, out: _Journey) -> str:
    """YAML between `---` lines at the top: a title, and settings that are lost. Lines keep their numbers."""
    found = _FRONT.match(text)
    if not found:
        return text
    body = parse(found[1], "front matter")
    if isinstance(body, dict):
        out.title = " ".join(str(body.get("title") or "").split())
        out.lost["settings"] += sum(key != "title" for key in body)
    return "\n" * found[0].count("\n") + text[found.end() :]


def _without_comment(raw: str, out: _Journey) -> str:
    """A line without blanks around it and without what mermaid takes for a comment; entity codes are no comments."""
    line = raw.strip()
    coded = _ENTITY.sub(lambda found: "x" * len(found[0]), line)
    start = 0 if line.startswith("%%") else coded.find("#")
    if start < 0:
        return line
    out.lost["comments"] += 1
    return line[:start].strip()


def _statement(line: str, out: _Journey, where: Where) -> None:
    coded = _ENTITY.sub(lambda found: "x" * len(found[0]), line)
    if ";" in coded:
        raise TropaError("TR-C091", where, text=line[:80])
    keyed = _KEYED.match(line)
    if keyed:
        key, said = (keyed[1] or keyed[3]).lower(), _plain(keyed[2] if keyed[1] else keyed[4]).strip()
        if key == "section":
            out.sections.append(_Section(said))
        elif key == "title":
            out.title = said
        elif key == "acctitle":
            out.other_title = said
        else:
            out.about = said
        return
    name, colon, data = line.partition(":")
    if not colon or not name.strip() or not data.strip():
        raise TropaError("TR-C091", where, text=line[:80])
    if not out.sections:
        out.sections.append(_Section(""))
    out.sections[-1].tasks.append(_task(name, data, out))


def _task(name: str, data: str, out: _Journey) -> _Task:
    score, _, rest = data.partition(":")
    actors, _, more = rest.partition(":")
    out.lost["rests"] += bool(more.strip())
    number = _NUMBER.fullmatch(score.strip())
    value = float(number[0]) if number else None
    if value is None or not isfinite(value):
        out.lost["unscored"] += 1
        value = None
    elif not LOWEST <= value <= HIGHEST:
        out.lost["clamped"] += 1
        value = min(HIGHEST, max(LOWEST, value))
    people = tuple(dict.fromkeys(said for part in actors.split(",") if (said := _plain(part).strip())))
    return _Task(" ".join(_plain(name).split()), value, people)


def _plain(text: str) -> str:
    """Entity codes as the characters they stand for: `#58;` and `#quot;`."""

    def character(found: re.Match[str]) -> str:
        code = found[1]
        shown = unescape(f"&#{code};" if code.isdigit() else f"&{code};")
        return found[0] if shown.startswith("&") and len(shown) > 1 else shown

    return _ENTITY.sub(character, text)


class _Maker:
    """Makes the plain map of a journey, and remembers what found no place."""

    def __init__(self, journey: _Journey, say: Words) -> None:
        self.journey, self.say = journey, say
        self.taken: set[str] = set()
        self.lost = journey.lost
        self.homeless: dict[str, None] = {}
        count = Counter(actor for task in self.tasks() for actor in task.actors if not channel_of(actor))
        self.customer = max(count, key=lambda actor: count[actor], default=None)
        self.nameless = self.customer in {words(language)("mermaid-customer") for language in LANGUAGES}
        self.people: dict[str, str] = {}

    def tasks(self) -> Iterator[_Task]:
        for section in self.journey.sections:
            yield from section.tasks

    def map(self) -> dict[str, Any]:
        journey = self.journey
        title = journey.title or journey.other_title or self.say("mermaid-in-untitled")
        self.lost["titles"] += bool(journey.other_title and journey.other_title != title)
        stages = [self.stage(section, title) for section in journey.sections]
        told = " ".join([title, *(stage["title"] for stage in stages)])
        out: dict[str, Any] = {
            "title": title,
            "language": "ru" if re.search("[а-яё]", told, re.IGNORECASE) else "en",
            "stages": stages,
        }
        if journey.about:
            out["about"] = journey.about
        if self.customer is not None and not self.nameless:
            persona = self.new_id(self.customer)
            out |= {"persona": persona, "personas": [{"id": persona, "title": self.customer}]}
            self.lost["absent"] += sum(self.customer not in task.actors for task in self.tasks())
        if self.people:
            out["people"] = [{"id": name, "title": title} for title, name in self.people.items()]
        return out

    def stage(self, section: _Section, title: str) -> dict[str, Any]:
        self.lost["unsectioned"] += len(section.tasks) if not section.name else 0
        out: dict[str, Any] = {"id": self.new_id(section.name or title), "title": section.name or title}
        if [task.name for task in section.tasks] == [section.name]:
            # a stage without touchpoints is written as one task of its own name
            return out | self.said(section.tasks[0], touchpoint=False)
        points = [{"id": self.new_id(task.name), "title": task.name, **self.said(task)} for task in section.tasks]
        return out | ({"touchpoints": points} if points else {})

    def said(self, task: _Task, *, touchpoint: bool = True) -> dict[str, Any]:
        """Emotion, channel and owner of a task."""
        out: dict[str, Any] = {}
        if task.score is not None:
            out["feels"] = {"score": round(task.score - 3, 6)}
        for actor in task.actors:
            channel = channel_of(actor)
            if actor == self.customer:
                continue
            if channel and touchpoint and "channel" not in out:
                out["channel"] = channel
            elif not channel and "owner" not in out:
                out["owner"] = self.person(actor)
            else:
                self.homeless.setdefault(actor)
        return out

    def person(self, title: str) -> str:
        if title not in self.people:
            self.people[title] = self.new_id(title)
        return self.people[title]

    def new_id(self, text: str) -> str:
        name = new_id(text, self.taken)
        self.taken.add(name)
        return name

    def losses(self) -> Iterator[str]:
        """What found no place, in words, with how much of it there is."""
        for name in ("clamped", "unscored", "absent", "unsectioned", "titles", "rests", "settings", "comments"):
            if self.lost[name]:
                yield self.say(f"mermaid-in-loss-{name}", n=self.lost[name], name=self.customer or "")
        if self.homeless:
            yield self.say("mermaid-in-loss-actors", names=", ".join(self.homeless))


def channel_of(actor: str) -> str | None:
    """The channel that an actor is called after, in either language."""
    for language in LANGUAGES:
        for shown, name in choices("channel", language).items():
            if actor.casefold() in (shown.casefold(), name):
                return name
    return None
