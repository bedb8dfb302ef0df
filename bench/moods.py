"""How right the moods of texts are that are told by their words (R-30), on texts whose mood people have said.

    python bench/moods.py reviews.csv --rated 0 200 500 1000

The file: columns `text` and `mood` (−1, 0, 1), each text by a customer of its own. A part of the texts, drawn anew each time, is given to
the product as rated ones; the moods of the others are told and held against what people said. Printed beside it: what the product itself
says of how right it is, from the rated texts alone, and its interval for the share of negative texts beside the truth.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from tropa.stats.bootstrap import BUCKETS, bucket_weights
from tropa.trail.feedback.tellers import NEGATIVE, kind_of, tellers_of
from tropa.trail.feedback.texts import Texts
from tropa.trail.feedback.words import language
from tropa.trail.measures.sentiment import LEAST_CUSTOMERS, REPLICATES, SEED, UNKNOWN, shares_of

SCORE = 2.0
"""The score of a good mood on the scale −2…2."""


def texts_of(words: list[str], score: npt.NDArray[np.float64], rng: np.random.Generator) -> Texts:
    """The texts as the product collects them from a log, in some order of their customers."""
    n = len(words)
    key = rng.integers(0, 2**64, n, dtype=np.uint64)
    place = np.zeros(n, np.int64)
    tongue = np.array([language(one) for one in words], np.str_)
    bucket = (key % np.uint64(BUCKETS)).astype(np.int64)
    return Texts(n, np.arange(n), key, bucket, place, place, score, np.array(words, object), tongue)


def held(words: list[str], mood: npt.NDArray[np.int64], rated: int, seed: int) -> str:
    """What comes of one draw of rated texts, as a line."""
    rng = np.random.default_rng(seed)
    given = np.zeros(len(words), np.bool_)
    given[rng.permutation(len(words))[:rated]] = True
    texts = texts_of(words, np.where(given, mood * SCORE, np.nan), rng)
    tellers = tellers_of(texts)
    told = np.full(len(texts), UNKNOWN, np.int64)
    for teller in tellers:
        told[texts.language == teller.language] = teller.told
    truth, unseen = kind_of(mood * SCORE), ~given
    answered = unseen & (told != UNKNOWN)
    right = int((told == truth)[answered].sum()) / max(int(answered.sum()), 1)
    guess = max(Counter(truth[answered].tolist()).values(), default=0) / max(int(answered.sum()), 1)
    most = max(tellers, key=lambda one: len(one.told))
    said = "—" if most.check is None or not most.check.told else f"{most.check.right / most.check.told:.0%}"
    shares = shares_of(
        texts, tellers, told, unseen, np.concatenate([np.ones((1, BUCKETS)), bucket_weights(REPLICATES, SEED)])
    )
    bad = "cannot tell"
    if shares is not None and shares.customers >= LEAST_CUSTOMERS:
        share, low, high = shares.share(NEGATIVE)
        bad = f"{share:.0%} [{low:.0%}; {high:.0%}]"
    really = float((truth[unseen] == NEGATIVE).mean())
    return (
        f"{most.how} | {answered.sum() / unseen.sum():.0%} | {right:.0%} | {guess:.0%} | {said} | {really:.0%} | {bad}"
    )


def main() -> None:
    """Reads the file, asks for each number of rated texts, prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rated", type=int, nargs="+", default=[0, 200, 500, 1000])
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["text"], int(row["mood"])) for row in csv.DictReader(lines)]
    words, mood = [text for text, _ in rows], np.array([one for _, one in rows], np.int64)
    print(f"{len(rows):,} texts, moods {dict(sorted(Counter(mood.tolist()).items()))}")
    print(
        "| rated | told by | answered | right | always the most frequent | said to be right | negative, truly | negative, told |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for rated in options.rated:
        for seed in range(options.times if rated else 1):
            print(f"| {rated:,} | {held(words, mood, rated, seed)} |", flush=True)


if __name__ == "__main__":
    main()
