"""The vectors that hold `tropa.collab` and `frontend/src/doc` to the same answers: `python tests/doc_vectors.py` writes them anew.

`documents.json`: contents of documents, whole and spoiled, with the map and the notes both must find there. `values.json`: values against
schemas. `orders.json`: fractions. The answers are Python's when they are written; a test compares them with Python's of today, another
with the browser's. (`edits.json` is written by the browser's half: see `frontend/src/doc/vectors.test.ts`.)
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from pycrdt import Doc

from tropa.codec import plain_map
from tropa.collab.decoding import map_of
from tropa.collab.encoding import raw_of
from tropa.collab.order import between, spread
from tropa.collab.raw import Raw, write_raw
from tropa.collab.shape import kinds
from tropa.collab.values import fits, normal
from tropa.model import Map

FOLDER = Path(__file__).parent / "vectors" / "doc"

RICH: dict[str, Any] = {
    "title": {"ru": "Карта", "en": "Map"}, "tags": ["спорт", "shop"], "date": "2026-03-02", "persona": "beginner",
    "personas": [{"id": "beginner", "title": "Алексей", "segment": "everyone", "needs": ["белок"], "share": 0.25}],
    "segments": [{"id": "everyone", "title": "Все", "rule": {"first_channel": "ads"}}],
    "people": [{"id": "anna", "title": "Аня"}],
    "limits": {"window": "30d", "silence": "2w"}, "money": {"margin": 0.3},
    "scores": [{"when": {"event": "review"}, "instrument": "stars"}],
    "targets": [{"stage": "buy", "exit_rate": 0.2}],
    "lanes": [{"id": "own", "title": "Своя"}, {"id": "число", "title": "Число", "kind": "number"}],
    "views": [{"id": "board", "title": "Для правления", "hide": ["doubts", "own"], "stages": ["need", "buy"]}],
    "stages": [
        {
            "id": "need", "title": "Потребность", "goal": {"text": "Понять", "evidence": [{"quote": "не знаю", "n": 3}]},
            "does": ["Читает", {"text": "Спрашивает"}, {"text": {"ru": "Ищет", "en": "Searches"}}],
            "feels": {"score": -1, "words": ["тревога", {"ru": "интерес"}], "personas": [{"persona": "beginner", "score": -2}]},
            "owner": "anna",
            "cells": {"own": "своё", "число": {"number": 4, "unit": "шт"}, "other": {"text": "по id"}},
        },
        {
            "id": "buy", "title": "Покупка", "after": ["need"], "deal": {"event": "order_paid"}, "brand": {"task": "teach"},
            "pains": [{"id": "price", "text": "Дорого", "severity": 3, "owner": "anna"}],
            "touchpoints": [{"id": "cart", "title": "Корзина", "when": {"event": ["add", "view"]}, "asks": ["Когда?"]}],
            "stages": [{"id": "part", "title": "Часть", "touchpoints": [{"id": "pay", "title": "Оплата"}]}],
            "figures": [{"reading": "conversion", "value": 0.5, "n": 12, "date": "2026-01-31"}],
            "metrics": [{"id": "share", "title": "Доля", "at_least": 0.4}],
        },
        {"id": "use", "title": "", "after": ["buy"], "window": "1w 2d", "moment_of_truth": True, "at": [560, -40]},
    ],
    "loops": [{"from": "use", "to": "buy", "text": "Снова"}, {"from": "use", "to": "need", "kind": "bad-experience"}],
    "improvements": [{"id": "sale", "text": "Скидка", "stage": "buy", "pain": "price", "owner": "anna", "due": "2026-05-01"}],
}  # fmt: skip
"""A map with every form of field."""


def rich() -> Raw:
    """Its content, under keys k1, k2, …"""
    count = iter(range(1, 1000))
    return raw_of(Map.model_validate(RICH), lambda: f"k{next(count)}")


def key_of(raw: Raw, name: str) -> str:
    """The key of the thing with an id."""
    return next(key for key, fields in raw.fields.items() if fields.get("id") == name and key != "map")


def spoiled() -> Iterator[tuple[str, Raw]]:
    """What two people, or one broken client, may leave behind, by name."""
    steps: dict[str, Callable[[Raw], object]] = {
        "whole": lambda raw: None,
        "no stage": lambda raw: [raw.fields.pop(key_of(raw, name)) for name in ("need", "buy", "use")],
        "a stage is gone": lambda raw: raw.fields.pop(key_of(raw, "buy")),
        "doubled stage": lambda raw: raw.fields[key_of(raw, "use")].update(id="need"),
        "doubled touchpoint": lambda raw: raw.fields[key_of(raw, "pay")].update(id="cart"),
        "no id": lambda raw: raw.fields[key_of(raw, "cart")].pop("id"),
        "bad id": lambda raw: raw.fields[key_of(raw, "cart")].update(id="два слова"),
        "two deals": lambda raw: raw.fields[key_of(raw, "need")].update(deal='{"event":"x"}'),
        "circle": lambda raw: raw.fields[key_of(raw, "need")].update(after=[{"ref": key_of(raw, "use")}]),
        "after itself": lambda raw: raw.fields[key_of(raw, "use")].update(after=["use", {"ref": key_of(raw, "buy")}]),
        "names that lead nowhere": lambda raw: raw.fields["map"].update(persona="nobody"),
        "lane is gone": lambda raw: raw.fields.pop(key_of(raw, "own")),
        "lane under an id and a key": lambda raw: raw.fields[key_of(raw, "need")].update({"cells/own": "whole"}),
        "words in two forms": lambda raw: raw.texts.update({"map/title/": "Без языка"}),
        "words in a new language": lambda raw: raw.texts.update({f"{key_of(raw, 'need')}/title/en": "Need"}),
        "same place": lambda raw: [f.update(_order="V") for f in raw.fields.values() if "_order" in f],
        "no place": lambda raw: [f.update(_order=7) for f in raw.fields.values() if "_order" in f],
        "unknown fields": lambda raw: raw.fields[key_of(raw, "buy")].update(later="x", **{"feels/later": 1}),
        "figure without a value": lambda raw: [f.pop("value") for f in raw.fields.values() if "reading" in f],
        "bad rule": lambda raw: raw.fields[key_of(raw, "cart")].update(when="{not json"),
        "a place of three numbers": lambda raw: raw.fields[key_of(raw, "use")].update(at=[1.0, 2.0, 3.0]),
        "a place of halves": lambda raw: raw.fields[key_of(raw, "use")].update(at=[1.5, 2.0]),
        "a score of nobody": lambda raw: raw.fields.pop(key_of(raw, "beginner")),
        "nothing at all": lambda raw: (raw.fields.clear(), raw.texts.clear(), raw.fields.update(map={})),
        "in a circle of owners": lambda raw: raw.fields[key_of(raw, "cart")].update(_in=key_of(raw, "cart")),
    }
    for name, spoil in steps.items():
        raw = rich()
        spoil(raw)
        yield name, raw
    yield from ((f"at random {seed}", at_random(seed)) for seed in range(30))


JUNK: tuple[Any, ...] = (
    None, "", "x", "два слова", 0, 1, -1, 2.5, 1e9, True, False, "2026-02-29", "2024-02-29", "30d", "1w 2d", "99999999999w", [], {},
    "whole", ["need"], {"ref": "k1"}, {"ref": 5}, [{"ref": "k9"}], {"rule": "{}"}, "need", "buy", "en", "as-is", {"ru": ""}, {"xx": "y"},
)  # fmt: skip


def at_random(seed: int) -> Raw:
    """A document in which a few things were set to junk, dropped, copied, put elsewhere."""
    draw = random.Random(seed)
    raw = rich()
    for _ in range(draw.randint(1, 8)):
        keys = sorted(raw.fields)
        key, other = draw.choice(keys), draw.choice(keys)
        fields = raw.fields[key]
        match draw.randrange(6):
            case 0 if fields:
                fields[draw.choice(sorted(fields))] = draw.choice(JUNK)
            case 1:
                path = draw.choice(
                    ("after", "owner", "feels", "feels/score", "goal", "cells/own", "kind", "segment", "_form", "title")
                )
                fields[path] = draw.choice(JUNK)
            case 2 if key != "map":
                del raw.fields[key]
            case 3 if key != "map":
                raw.fields[f"c{seed}{len(raw.fields)}"] = deepcopy(fields)
            case 4 if key != "map":
                fields["_in"] = other
            case 5:
                raw.texts[
                    f"{key}/{draw.choice(('title', 'text', 'goal/text'))}/{draw.choice(('', 'ru', 'en', 'xxx'))}"
                ] = "слова"
    # a field that says null says nothing; Yjs may hold it
    return raw


def documents() -> list[dict[str, Any]]:
    """Every content with what it says."""
    out = []
    for name, raw in spoiled():
        found = map_of(raw)
        out.append({"name": name, "fields": raw.fields, "texts": raw.texts, **told(found)})
    return out


def told(found: Any) -> dict[str, Any]:
    """A decoded document as vectors say it."""
    notes = [{"code": n.code, "key": n.key, "path": n.path, "facts": dict(n.facts)} for n in found.notes]
    return {"map": plain_map(found.map), "notes": notes}


def updates() -> list[dict[str, Any]]:
    """Documents as pycrdt writes them, for the browser to read. (Its bytes differ from run to run.)"""
    out = []
    for name, raw in list(spoiled())[:25]:
        doc: Doc[Any] = Doc()
        write_raw(raw, doc)
        out.append({"name": name, "update": base64.b64encode(doc.get_update()).decode(), **told(map_of(raw))})
    return out


def values() -> list[dict[str, Any]]:
    """Every plain field's schema with values, and whether they fit."""
    schemas = {
        json.dumps(field.schema, sort_keys=True)
        for kind in kinds().values()
        for field in kind.fields.values()
        if field.schema
    }
    tried: list[Any] = [value for value in JUNK if value is not None]
    tried += [
        "Ж",
        "ж.1-б_в",
        "-x",
        ".x",
        "a" * 64,
        "a" * 65,
        "x\n",
        "é",
        "٣d",
        "1.5h",
        "1 d",
        "d",
        "RUB",
        "rub",
        "ru",
        "idea",
    ]
    tried += [[1, 2], [-40.0, 7.0], [1, 2.5], [1], [1, 2, 3], ["1", 2], [100_001, 0], [True, 1], [None, 1]]
    tried += ["nps", 3, 2, 0.5, -2, "\u0301a", "a\u200db"]
    return [
        {
            "schema": json.loads(schema),
            "value": value,
            "fits": fits(normal(value, json.loads(schema)), json.loads(schema)),
        }
        for schema in sorted(schemas)
        for value in tried
    ]


def orders() -> dict[str, Any]:
    """Fractions between fractions, with the numbers drawn; and whole lists."""
    draw = random.Random(1)
    ends = ["", "1", "V", "z", "zz", "zzV", "01", "0001", "A", "B", "AV", "Az", "B1", *spread(5), *spread(70)[:3]]
    cases = []
    for _ in range(120):
        low, high, drawn = draw.choice(ends), draw.choice(ends), [draw.randrange(61), draw.randrange(61)]
        numbers = iter(drawn)
        cases.append(
            {
                "low": low,
                "high": high,
                "drawn": drawn,
                "between": between(low, high, lambda _, numbers=numbers: next(numbers)),
            }
        )
    return {"between": cases, "spread": {str(count): spread(count) for count in (0, 1, 2, 5, 61, 62, 100)}}


def main() -> None:
    """Write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = {"documents": documents(), "updates": updates(), "values": values(), "orders": orders()}
    for name, body in made.items():
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        (FOLDER / f"{name}.json").write_text(
            text.replace('},{"name"', '},\n{"name"').replace('},{"schema"', '},\n{"schema"') + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
