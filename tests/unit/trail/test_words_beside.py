"""The customers' own words beside each reason: the telling ones, of those who left and had met it, never of anybody else (R-25, R-64)."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.trail.test_reasons import BARE, DAY, HOUR, asked_of, reasons

from tropa.model.measure import Answer
from tropa.service.naming import labels_of, words_beside
from tropa.trail.archive.build import tape_from_columns
from tropa.trail.feedback.telling import COUNTED, PRIOR, TELLING, Vocabulary, stems
from tropa.trail.measures.reasons import rounds
from tropa.trail.measures.said import BESIDE, LONGEST, MOST_HEARD, Said, bounded
from tropa.trail.rounds import run
from tropa.trail.tape import Tape
from tropa.words import words

WORDS = ("оплата", "ошибка", "дорого", "курьер", "delivery", "price", "чат", "скидка")


def naive(texts: list[str], mine: list[bool]) -> list[float]:
    """Weights of words by the definition, word by word."""
    here = [stems(text) for text, one in zip(texts, mine, strict=True) if one]
    there = [stems(text) for text, one in zip(texts, mine, strict=True) if not one]
    if not here or not there:
        return [0.0] * len(texts)

    def weight(word: str) -> float:
        a, b = sum(word in one for one in here), sum(word in one for one in there)
        prior = PRIOR * (a + b + 0.5) / (len(texts) + 1)
        said, unsaid = (a + prior, b + prior), (len(here) + PRIOR - a - prior, len(there) + PRIOR - b - prior)
        odds = log(said[0] / unsaid[0]) - log(said[1] / unsaid[1])
        return odds / sqrt(sum(1 / one for one in said + unsaid))

    def told(text: str) -> float:
        found = sorted((weight(word) for word in stems(text)), reverse=True)[:COUNTED]
        return sum(one for one in found if one >= TELLING)

    return [told(text) if one else 0.0 for text, one in zip(texts, mine, strict=True)]


@given(st.lists(st.tuples(st.lists(st.sampled_from(WORDS), max_size=4), st.booleans()), max_size=30))
@example([([], True)] * 29 + [([], False)])
def test_weights_are_those_of_the_definition(rows: list[tuple[list[str], bool]]) -> None:
    """R-25: as the naive twin; texts of others weigh nothing; a word that all say tells nothing."""
    texts, mine = [" ".join(one) for one, _ in rows], [one for _, one in rows]
    found = Vocabulary(texts).telling(np.array(mine, np.bool_))
    assert found.tolist() == pytest.approx(naive(texts, mine), abs=1e-6)
    same = Vocabulary([f"{WORDS[0]}" for _ in texts]).telling(np.array(mine, np.bool_))
    assert not same.any()


def test_forms_of_a_word_are_one() -> None:
    """R-25: without a dictionary; words of any text, masked ones and numbers are none."""
    assert stems("Оплаты не прошли, оплатой") == stems("ОПЛАТА прошла") == {"оплат", "прошл"}
    assert stems("Ещё очень 12345 +7 •••-45") == set()


def planted(*, silent: bool = False, seed: int = 4) -> Tape:
    """Those who met an error leave and write of paying; those who leave without it find it dear; those who go on praise the chat."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, int, str, str]] = []
    for who in range(900):
        start, error = int(rng.integers(0, 60 * DAY)), rng.random() < 0.4
        leaves = rng.random() < (0.75 if error else 0.35)
        rows.append((f"c{who}", start, "see", ""))
        if error:
            rows.append((f"c{who}", start + HOUR // 4, "error", ""))
        if not leaves:
            rows.append((f"c{who}", start + HOUR, "pick", ""))
        said = "Оплата зависла, деньги списали" if error else "Слишком дорого, нашла дешевле"
        rows.append((f"c{who}", start + HOUR // 2, "tell", said if leaves else "Консультант в чате помог с выбором"))
    rows.append(("last", 100 * DAY, "see", ""))
    who_, at, event, text = zip(*rows, strict=True)
    return tape_from_columns(
        who_, np.array(at), event, texts=["" if silent else f"{one} {k % 7}" * bool(one) for k, one in enumerate(text)]
    )


def beside(answer: Answer, name: str) -> tuple[str, ...]:
    assert answer.words_beside is not None
    return answer.words_beside[answer.column("reason").index(name)]


def test_the_planted_words_stand_beside_their_reason() -> None:
    """R-25: of all that those say who left and met the error, what they alone say; at most three, all different."""
    for seed in range(5):
        found = reasons(planted(seed=seed))
        quotes = beside(found, "event:error")
        assert 1 <= len(quotes) <= BESIDE
        assert len(set(quotes)) == len(quotes)
        assert all(one.startswith("Оплата зависла") for one in quotes)


def test_the_choice_hangs_on_nothing_but_the_log() -> None:
    """R-25, R-63: the same words however customers are cut."""
    tape = planted()
    asked = asked_of(tape)
    first, *others = (run(rounds(asked.frame, {"break": "see/exit", "rows": 20}), [asked], cuts) for cuts in (1, 2, 7))
    assert any(first.words_beside or ())
    assert all(one.rows == first.rows and one.quotes == first.quotes for one in others)


def test_words_are_cut_and_bounded() -> None:
    """R-25: of very many texts those of the smallest keys; merging in whatever order is the same."""
    rng = np.random.default_rng(1)
    size = 3 * MOST_HEARD
    keys = rng.permutation(size).astype(np.uint64)
    left = rng.random(size) < 0.9
    text = np.array([f"text {key}" for key in keys], object)
    whole = Said(keys, np.zeros(size, np.int64), left, np.zeros(size), text, [])
    parts = [
        Said(whole.key[here], whole.place[here], whole.left[here], whole.score[here], whole.text[here], [])
        for here in np.array_split(rng.permutation(size), 5)
    ]
    one, other = parts[0], parts[-1]
    for part in parts[1:]:
        one = one.beside(part)
    for part in parts[-2::-1]:
        other = part.beside(other)
    expected = bounded(whole)
    assert one.text.tolist() == other.text.tolist() == expected.text.tolist()
    assert int(one.left.sum()) == MOST_HEARD
    assert one.key[one.left].max() == np.sort(keys[left])[MOST_HEARD - 1]


def test_no_words_are_said_to_be_none() -> None:
    """R-25: one sentence where nobody wrote, not one a reason; words of those who went on stand beside nothing."""
    silent = reasons(planted(silent=True))
    assert silent.rows
    assert set(silent.column("words")) == {None}
    for lang in ("ru", "en"):
        say = words(lang)
        assert words_beside(silent, labels_of(silent, BARE, say), say) == [say("measure-words-none")]
    spoken = reasons(planted())
    assert not any("чате" in quote for quotes in spoken.words_beside or () for quote in quotes)
    lines = words_beside(spoken, labels_of(spoken, BARE, words("ru")), words("ru"))
    assert any(line.startswith("было событие «error»: «Оплата зависла") for line in lines)


def test_long_words_are_cut_and_it_is_marked() -> None:
    """R-25: at most so many letters, on one line."""
    rows = [(f"c{k}", k * HOUR, "see") for k in range(400)]
    rows += [(f"c{k}", k * HOUR + HOUR // 4, "error") for k in range(0, 400, 2)]
    rows += [(f"c{k}", k * HOUR + HOUR // 2, "pick") for k in range(1, 400, 2)]
    rows.append(("last", 100 * DAY, "see"))
    who, at, event = zip(*rows, strict=True)
    texts = ["Ждала\nи ждала. " * 40 if name == "error" else "" for name in event]
    quotes = beside(reasons(tape_from_columns(who, np.array(at), event, texts=texts)), "event:error")
    assert len(quotes) == 1
    assert len(quotes[0]) <= LONGEST
    assert quotes[0].endswith("…")
