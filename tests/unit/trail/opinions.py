"""Texts with planted themes and moods, in Russian and English, for the tests of feedback."""

from __future__ import annotations

from typing import Any

import numpy as np
from shops import log

from tropa.trail.tape import Tape


def _pool(text: str) -> list[str]:
    return text.split()


THEMES = {
    "ru": {
        "доставка": _pool("доставка курьер опоздание посылка адрес склад отправка трекер перевозчик подъезд"),
        "цена": _pool("цена скидка акция промокод бонус кэшбэк переплата рубль наценка стоимость"),
        "оператор": _pool("оператор звонок поддержка чат ответ ожидание линия консультант грубость вежливость"),
    },
    "en": {
        "delivery": _pool("delivery courier parcel address warehouse shipping tracking carrier doorstep driver"),
        "price": _pool("price discount coupon bonus cashback fee markup cost refund voucher"),
        "support": _pool("operator call support chat reply queue consultant helpline agent ticket"),
    },
}
MOODS = {
    "ru": {
        -2: _pool("кошмар безобразие хамство разочарован обман сломано"),
        0: _pool("обычно средне терпимо приемлемо сносно стандартно"),
        2: _pool("восторг замечательно быстро удобно довольна молодцы"),
    },
    "en": {
        -2: _pool("nightmare rude broken disappointed scam useless"),
        0: _pool("average ordinary standard acceptable usual moderate"),
        2: _pool("delighted wonderful quick convenient happy brilliant"),
    },
}


def themed(lang: str, each: int, seed: int = 3, pools: list[list[str]] | None = None) -> tuple[list[str], list[int]]:
    """Texts of four to seven words of one pool, now and then with a word of another one; and which pool each is of."""
    rng = np.random.default_rng(seed)
    all_pools = pools or list(THEMES[lang].values())
    texts, truth = [], []
    for number, pool in enumerate(all_pools):
        for _ in range(each):
            words = rng.choice(pool, int(rng.integers(4, 8)), replace=False).tolist()
            if len(all_pools) > 1 and rng.random() < 0.2:
                words.append(str(rng.choice(all_pools[(number + 1) % len(all_pools)])))
            texts.append(" ".join(words))
            truth.append(number)
    return texts, truth


def moody(lang: str, n: int, seed: int = 4, noise: float = 0.1, shares: Any = (0.4, 0.2, 0.4)) -> tuple[list[str], list[int]]:  # fmt: skip
    """Texts with words of a mood among words of a theme; a share `noise` has words of another mood, one in seven none. And their scores."""
    rng = np.random.default_rng(seed)
    pools = list(THEMES[lang].values())
    texts, scores = [], []
    for _ in range(n):
        score = int(rng.choice([-2, 0, 2], p=shares))
        said = score if rng.random() > noise else int(rng.choice([-2, 0, 2]))
        words = [*rng.choice(pools[int(rng.integers(3))], 3)]
        if rng.random() > 1 / 7:
            words += [*rng.choice(MOODS[lang][said], 2)]
        texts.append(" ".join(map(str, rng.permutation(words))))
        scores.append(score)
    return texts, scores


def opinions(texts: list[str], scores: list[float | None] | None = None, events: list[str] | None = None) -> Tape:
    """A log in which each text is of a customer of its own, on the touchpoint of its event (default `see`)."""
    names = events or ["see"] * len(texts)
    rows = [(f"c{k:05}", float(k), name) for k, name in enumerate(names)]
    felt = np.array([np.nan if one is None else one for one in scores or [None] * len(texts)], np.float32)
    return log(*rows, texts=texts, scores=felt)
