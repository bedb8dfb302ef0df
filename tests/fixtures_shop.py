"""A shop's map made by hand, for tests of pictures: Sergey's sports nutrition."""

from __future__ import annotations

from datetime import date

from tropa.model import (
    Brand,
    Deal,
    Evidence,
    Feels,
    Improvement,
    Loop,
    Map,
    Metric,
    Opportunity,
    Pain,
    Persona,
    Stage,
    Statement,
    Touchpoint,
)

TODAY = date(2026, 11, 21)


def quoted(text: str, day: int = 2) -> Evidence:
    """A customer's words."""
    return Evidence(quote=text, source="поддержка", date=date(2026, 11, day), n=3)


def said(ru: str, en: str, *evidence: Evidence) -> Statement:
    """A statement in both languages."""
    return Statement(text={"ru": ru, "en": en}, evidence=evidence)


def shop() -> Map:
    """Sergey's sports nutrition: six stages, three personas, two loops."""
    t = lambda ru, en: {"ru": ru, "en": en}  # noqa: E731 - a shorthand of this table
    seen, counted = quoted("Видел у блогера"), Evidence(reading="purchase.conversion")
    stages = (
        Stage(
            id="awareness",
            title=t("Осведомлённость", "Awareness"),
            goal=t("Понять, нужно ли", "See whether it is needed"),
            does=(said("Видит блогера, гуглит «с чего начать»", "Sees a blogger, searches “where to start”", seen),),
            thinks=(t_("Мне это вообще нужно?", "Do I need this at all?"),),
            feels=Feels(score=0.6, words=(t("любопытство", "curiosity"),)),
            brand=Brand(
                task="inform", goal=t("Быть найденным", "To be found"), does=(t_("Обучающие ролики", "How-to videos"),)
            ),
            touchpoints=(
                Touchpoint(id="reels", title="Reels", channel="social"),
                Touchpoint(id="search", title=t("Поиск", "Search"), channel="search"),
                Touchpoint(id="advice", title=t("Совет друга", "A friend's advice"), channel="friend"),
            ),
            opportunities=(
                Opportunity(
                    id="guide", text=t("Гид «С чего начать»", "A guide “Where to start”"), kind="word-of-mouth"
                ),
            ),
            metrics=(Metric(id="reach", title=t("Проходов", "Passes"), reading="entrants", owner="Аня"),),
        ),
        Stage(
            id="consideration",
            title=t("Рассмотрение", "Consideration"),
            goal=t("Выбрать, кому верить", "Choose whom to trust"),
            does=(said("Читает отзывы, сравнивает три магазина", "Reads reviews, compares three shops", counted),),
            thinks=(t_("Почему тут дороже?", "Why is it dearer here?"),),
            asks=(t_("Это настоящее?", "Is it genuine?"),),
            feels=Feels(score=0.4, words=(t("сомнение", "doubt"),), evidence=(seen,)),
            brand=Brand(task="position", goal=t("Объяснить отличие", "Explain the difference")),
            touchpoints=(
                Touchpoint(id="site", title=t("Сайт", "Site"), channel="website"),
                Touchpoint(id="reviews", title=t("Отзывы", "Reviews"), channel="reviews"),
                Touchpoint(id="mail", title=t("Письмо", "Letter"), channel="mail", droppable=True),
            ),
            pains=(
                Pain(
                    id="no-reviews",
                    text=t("Отзывы только на маркетплейсе", "Reviews only on the marketplace"),
                    severity=2,
                    evidence=(seen,),
                ),
            ),
        ),
        Stage(
            id="decision",
            title=t("Решение", "Decision"),
            goal=t("Не ошибиться с первой банкой", "Not to err with the first tub"),
            does=(said("Собирает корзину, пишет в чат", "Fills the cart, writes to the chat", counted),),
            thinks=(t_("Это точно для новичка?", "Is it really for a beginner?"),),
            feels=Feels(score=0.8, words=(t("страх ошибиться", "fear of a mistake"),), evidence=(seen,)),
            brand=Brand(
                task="remove-barriers",
                goal=t("Снять страх: подбор за минуту", "Take away the fear: a choice in a minute"),
            ),
            touchpoints=(
                Touchpoint(id="cart", title=t("Корзина", "Cart"), channel="cart"),
                Touchpoint(id="chat", title=t("Чат", "Chat"), channel="chat"),
                Touchpoint(id="call", title=t("Звонок", "Call"), channel="phone"),
            ),
            pains=(
                Pain(
                    id="chat-silent",
                    text=t("Чат молчит после 20:00", "The chat is silent after 20:00"),
                    severity=2,
                    evidence=(counted,),
                ),
            ),
        ),
        Stage(
            id="purchase",
            title=t("Покупка", "Purchase"),
            deal=Deal(event="order_paid"),
            goal=t("Получить быстро и без хлопот", "Get it fast"),
            does=(said("Платит картой, ждёт курьера", "Pays by card, awaits the courier", counted),),
            thinks=(t_("Когда привезут?", "When will it come?"),),
            feels=Feels(score=1.2, words=(t("предвкушение", "anticipation"),), evidence=(counted,)),
            brand=Brand(
                task="remove-barriers",
                goal=t("Ни одного препятствия: оплата в один шаг", "No obstacle: one-step payment"),
            ),
            touchpoints=(
                Touchpoint(id="payment", title=t("Оплата", "Payment"), channel="payment", moment_of_truth=True),
                Touchpoint(id="sms", title="SMS", channel="sms"),
                Touchpoint(id="courier", title=t("Курьер", "Courier"), channel="courier", moment_of_truth=True),
            ),
            pains=(
                Pain(
                    id="no-eta",
                    text=t("Не знает, когда привезут", "Does not know when it will come"),
                    severity=2,
                    owner="Игорь",
                ),
            ),
            opportunities=(
                Opportunity(id="sample", text=t("Курьер дарит пробник", "The courier gives a sample"), kind="wow"),
            ),
            metrics=(
                Metric(id="conv", title=t("Дошли дальше", "Went on"), reading="purchase.conversion", at_least=0.95),
            ),
        ),
        Stage(
            id="use",
            title=t("Использование", "Use"),
            goal=t("Увидеть результат", "See a result"),
            does=(said("Открывает банку, ищет инструкцию", "Opens the tub, looks for instructions", seen),),
            thinks=(t_("Сколько ложек? До или после?", "How many scoops? Before or after?"),),
            feels=Feels(score=1.0, words=(t("замешательство", "confusion"), t("брошенность", "loneliness"))),
            brand=Brand(task="teach", goal=t("Первый результат за две недели", "A first result in two weeks")),
            touchpoints=(Touchpoint(id="package", title=t("Упаковка", "Package"), channel="package"),),
            pains=(
                Pain(
                    id="vacuum",
                    severity=3,
                    text=t("После доставки — вакуум: ни инструкции, ни вопроса, ни совета", "After delivery, silence"),
                    evidence=(quoted("Пришла банка — и тишина. Как это пить, не сказал никто"),),
                ),
            ),
            opportunities=(Opportunity(id="expert", text=t("Эксперт пишет на 3-й день", "An expert writes on day 3")),),
        ),
        Stage(
            id="loyalty",
            title=t("Лояльность", "Loyalty"),
            goal=t("Не думать, где взять ещё", "Not to think where to get more"),
            does=(said("Вспоминает через 7 недель", "Remembers after 7 weeks", counted),),
            thinks=(t_("А есть смысл брать ещё?", "Is it worth taking more?"),),
            feels=Feels(score=1.3, words=(t("равнодушие", "indifference"),), evidence=(seen,)),
            brand=Brand(task="remind", goal=t("Вернуть до конца банки", "Bring back before the tub ends")),
            touchpoints=(
                Touchpoint(id="letter", title=t("Письмо", "Letter"), channel="mail"),
                Touchpoint(id="code", title=t("Код для друга", "A code for a friend")),
            ),
            pains=(
                Pain(id="birthday", text=t("Скидка лишь на день рождения", "A discount on birthdays only"), severity=1),
            ),
        ),
    )
    return Map(
        title=t("Спортпит Сергея", "Sergey's sports nutrition"),
        author="А. Кузнецова",
        version="7",
        date=TODAY,
        persona="beginner",
        personas=(
            Persona(
                id="beginner",
                title=t("Алексей, начинающий спортсмен", "Alex, a beginner"),
                share=0.61,
                quote=t("Хочу результат и не хочу разбираться в банках", "I want a result, not a study of tubs"),
            ),
            Persona(id="pro", title=t("Марина, опытная", "Marina, experienced"), share=0.27),
            Persona(id="coach", title=t("Тренер Олег", "Oleg, a coach"), share=0.12),
        ),
        stages=stages,
        loops=(
            Loop(source="loyalty", target="purchase"),
            Loop(source="use", target="awareness", kind="bad-experience"),
        ),
        improvements=(
            Improvement(
                id="reviews-here",
                text=t("Отзывы на сайт", "Reviews on the site"),
                stage="consideration",
                owner="Аня",
                due=date(2026, 12, 1),
            ),
            Improvement(
                id="fortnight",
                text=t("Цепочка «Первые 14 дней»", "Letters “The first 14 days”"),
                stage="use",
                owner="Аня",
                status="testing",
                effect=t(
                    "эксперимент: +6,1 п.п. [3,9; 8,3] повторных покупок",
                    "experiment: +6.1 points [3.9; 8.3] of repeats",
                ),
            ),
            Improvement(
                id="eta",
                text=t("Время доставки в SMS", "Delivery time by SMS"),
                stage="purchase",
                owner="Игорь",
                impact=400_000,
            ),
        ),
    )


def t_(ru: str, en: str) -> Statement:
    """A statement without evidence."""
    return Statement(text={"ru": ru, "en": en})
