"""A small language for rules over customers: `count("order_paid") >= 2 and recency < 30d and city in ("Москва", "Казань")`.

    expression  = all {"or" all}
    all         = one {"and" one}
    one         = "not" one | "(" expression ")" | test
    test        = quantity [ ("=" | "!=" | "<" | "<=" | ">" | ">=") literal | ["not"] "in" "(" literal {"," literal} ")"
                           | "contains" text | "is" ["not"] "known" ]
    quantity    = name | `any name` | ("did" | "count" | "sum" | "since") "(" event ["," duration] ")"
    literal     = number | duration | "text" | 'text' | «text» | true | false

It is read by hand into frozen values and never run as code. Names are columns of the log (each customer's last known value), or one of
`events`, `money`, `recency`, `age`, `first_channel`, `last_channel`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from tropa.model.base import parse_duration
from tropa.model.errors import TropaError, near_miss

Sign = Literal["=", "!=", "<", "<=", ">", ">=", "in", "not in", "contains"]
Plain = str | float | bool | timedelta
FUNCTIONS = ("did", "count", "sum", "since")
BUILT_IN = ("events", "money", "recency", "age", "first_channel", "last_channel")
LONGEST, DEEPEST = 4_000, 60
"""Characters, and brackets within brackets."""
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"[^"]*"|'[^']*'|«[^»]*») | (?P<quoted>`[^`]+`) | (?P<duration>\d+(?:\.\d+)?[smhdw](?![\w]))
    | (?P<number>-?\d+(?:\.\d+)?(?![\w.])) | (?P<word>[^\W\d][\w.]*) | (?P<sign><=|>=|!=|==|=|<|>) | (?P<mark>[(),])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is looked at. `kind`: `column`, a built-in name, or a function; `name`: the column or the event; `within`: the last so long."""

    kind: str
    name: str = ""
    within: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """A quantity against one value, or several (`in`, `not in`)."""

    quantity: Quantity
    sign: Sign
    values: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a quantity is known at all."""

    quantity: Quantity
    known: bool = True


@dataclass(frozen=True, slots=True)
class Every:
    """All must hold."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One must hold."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It must not hold."""

    part: Expression


Expression = Compare | Known | Every | Some | Not


def parse(text: str) -> Expression:
    """The expression that a text says. Raises TR-M020 with the place and what was expected there, TR-M021 where it is too long or deep."""
    if len(text) > LONGEST:
        raise TropaError("TR-M021", most=LONGEST, deepest=DEEPEST)
    reader = _Reader(text)
    out = reader.either(0)
    reader.expect("end", "and, or")
    return out


class _Reader:
    """Walks over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def word(self) -> str:
        return self.tokens[self.at][1]

    def fail(self, wanted: str, near: str = "") -> TropaError:
        place = self.tokens[self.at][2]
        return TropaError("TR-M020", at=place + 1, found=self.word, wanted=wanted, near=near, text=self.text)

    def take(self, *words: str) -> bool:
        """Whether the next token is one of the words (case does not matter); then it is passed."""
        found = self.kind in ("word", "sign", "mark") and self.word.casefold() in words
        self.at += found
        return found

    def expect(self, kind: str, wanted: str) -> str:
        """The next token, which must be of a kind."""
        if self.kind != kind:
            raise self.fail(wanted)
        self.at += kind != "end"
        return self.tokens[self.at - 1][1]

    def either(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise TropaError("TR-M021", most=LONGEST, deepest=DEEPEST)
        parts = [self.all(depth)]
        while self.take("or"):
            parts.append(self.all(depth))
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def all(self, depth: int) -> Expression:
        parts = [self.one(depth)]
        while self.take("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def one(self, depth: int) -> Expression:
        turns = 0
        while self.take("not"):
            turns += 1
        if self.take("("):
            out = self.either(depth + 1)
            if not self.take(")"):
                raise self.fail(")")
        else:
            out = self.test()
        return Not(out) if turns % 2 else out

    def test(self) -> Expression:
        quantity = self.quantity()
        if self.kind == "sign":
            sign = self.expect("sign", "=")
            return Compare(quantity, "=" if sign == "==" else sign, (self.literal(),))  # type: ignore[arg-type]
        if self.take("contains"):
            return Compare(quantity, "contains", (_unquoted(self.expect("text", '"…"')),))
        if self.take("is"):
            turned = self.take("not")
            if not self.take("known"):
                raise self.fail("known")
            return Known(quantity, not turned)
        turned = self.take("not")
        if self.take("in"):
            return Compare(quantity, "not in" if turned else "in", self.listed())
        if turned:
            raise self.fail("in")
        if quantity.kind == "did":
            return Compare(quantity, ">=", (1.0,))
        raise self.fail("=, !=, <, <=, >, >=, in, contains, is known")

    def quantity(self) -> Quantity:
        if self.kind == "quoted":
            return Quantity("column", self.expect("quoted", "`…`")[1:-1])
        name = self.expect("word", "a name, did(…), count(…)")
        if not self.take("("):
            return Quantity(name) if name in BUILT_IN else Quantity("column", name)
        if name not in FUNCTIONS:
            self.at -= 2
            raise self.fail(", ".join(f"{one}(…)" for one in FUNCTIONS), near_miss(name, FUNCTIONS))
        event = _unquoted(self.expect("text", '"…"'))
        within = None
        if self.take(","):
            within = parse_duration(self.expect("duration", "30d, 12h"))
        if not self.take(")"):
            raise self.fail(")")
        return Quantity(name, event, within)

    def listed(self) -> tuple[Plain, ...]:
        if not self.take("("):
            raise self.fail("(")
        out = [self.literal()]
        while self.take(","):
            out.append(self.literal())
        if not self.take(")"):
            raise self.fail(", )")
        return tuple(out)

    def literal(self) -> Plain:
        kind, word, _ = self.tokens[self.at]
        self.at += kind != "end"
        if kind == "text":
            return _unquoted(word)
        if kind == "number":
            return float(word)
        if kind == "duration":
            return parse_duration(word)  # type: ignore[no-any-return]
        if kind == "word" and word.casefold() in ("true", "false"):
            return word.casefold() == "true"
        self.at -= kind != "end"
        raise self.fail('"…", 5, 30d, true')


def _unquoted(word: str) -> str:
    return word[1:-1]


def _tokens(text: str) -> list[tuple[str, str, int]]:
    """Kind, spelling and place of each token, and an end."""
    out, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise TropaError("TR-M020", at=place + 1, found=text[place], wanted="and, or", near="", text=text)
        kind = str(found.lastgroup)
        out.append((kind, found.group(kind), found.start(kind)))
        at = found.end()
    return [*out, ("end", "", len(text))]
