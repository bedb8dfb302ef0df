"""Short reviews and answers in the customers' own words (made up, in Russian: the shop is Russian)."""

from __future__ import annotations

OPENINGS = {
    "good": ("Отличный протеин", "Беру не первый раз", "Вкус понравился", "Цена лучше, чем у других", "Всё пришло целым"),
    "lost": ("Не понял, как принимать", "Сколько мерных ложек — неясно", "Купил, а что дальше делать — не знаю",
             "Инструкция мелким шрифтом, по-английски", "Стоит банка, не знаю, с чего начать"),
    "late": ("Ждал дольше, чем обещали", "Доставка подвела", "Посылка шла больше недели", "Привезли поздно и без звонка",
             "Заказ ехал вечность"),
    "chat": ("Ответили быстро и по делу", "Консультант помог с выбором", "В чате всё объяснили"),
}  # fmt: skip
"""First half of a review by what happened to the customer."""

CLOSINGS = {
    "good": ("рекомендую.", "возьму ещё.", "доволен.", "спасибо!", "растворяется без комков."),
    "lost": ("напишите понятнее.", "так и не допил.", "подсказали бы хоть в письме.", "жаль денег.", "больше не беру."),
    "late": ("тренировки пропустил.", "вернул заказ.", "в следующий раз пойду в магазин рядом.", "обидно.", "предупредили бы."),
    "chat": ("спасибо!", "оформил сразу.", "приятно."),
}  # fmt: skip
"""Second half, joined by a comma."""


def sentences(mood: str) -> tuple[str, ...]:
    """All reviews of a mood: every opening with every closing."""
    return tuple(f"{opening}, {closing}" for opening in OPENINGS[mood] for closing in CLOSINGS[mood])
