"""Well-known names of events in Russian and English logs, and the stage of the standard path that each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

STAGES = ("awareness", "consideration", "decision", "checkout", "purchase", "delivery", "use", "loyalty")
"""Stages of the standard path, in order. Titles: the messages `draft-stage-…`."""
BEFORE_DEAL = STAGES[:4]
AFTER_DEAL = STAGES[5:]


@dataclass(frozen=True, slots=True)
class Known:
    """A kind of event: its key (title: message `draft-point-<key>`), its stage (None: wherever its place in the log says), its pattern."""

    key: str
    stage: str | None
    pattern: re.Pattern[str]


def _known(key: str, stage: str | None, pattern: str) -> Known:
    return Known(key, stage, re.compile(pattern))


KINDS: tuple[Known, ...] = (
    _known("error", None, r"\b(error|bug|fail|failed|failure|crash|exception|404|500|ошибк\w*|сбой|отказ\w*)\b"),
    _known(
        "review-read",
        "consideration",
        r"\b(reviews? (view|page|read|open)\w*|(view|read|open) reviews?|(чита|просмотр)\w* отзыв\w*)\b",
    ),
    _known("instruction", "use", r"\b(instruction|manual|guide|howto|onboarding|tutorial|инструкц\w*|обучен\w*)\b"),
    _known("nps", "loyalty", r"\b(nps|recommend score|рекоменд\w* оценк\w*)\b"),
    _known("score", None, r"\b(csat|ces|rating|rate|rated|score|survey|оценк\w*|опрос\w*|анкет\w*)\b"),
    _known("review", "use", r"\b(review\w*|feedback|testimonial|отзыв\w*)\b"),
    _known("referral", "loyalty", r"\b(refer\w*|invite\w*|share\w*|recommend\w*|рекоменд\w*|приглаш\w*|поделил\w*)\b"),
    _known(
        "loyalty",
        "loyalty",
        r"\b(loyalty|bonus\w*|points|cashback|discount card|repeat\w*|return visit|reorder|лояльн\w*|бонус\w*|повторн\w*)\b",
    ),
    _known(
        "support",
        None,
        r"\b(support|ticket|complaint|help|callcenter|claim|поддержк\w*|обращени\w*|жалоб\w*|претензи\w*)\b",
    ),
    _known("chat", None, r"\b(chat|consult\w*|question|answer|callback|чат\w*|консультац\w*|вопрос\w*|звон\w*|call)\b"),
    _known("sent", "delivery", r"\b(sent|shipped|ship out|dispatched|handed over|отправл\w*|отгру\w*|передан\w*)\b"),
    _known(
        "delivered", "delivery", r"\b(delivered|received|picked up|pickup|вручен\w*|доставлен\w*|получен\w*|выдан\w*)\b"
    ),
    _known("delivery-terms", "checkout", r"\b(shipping|delivery|доставк\w*)\b"),
    _known(
        "payment-step",
        "checkout",
        r"\b(payment|pay|card) (details|form|method|info|page|start\w*|select\w*|add\w*)\b|\badd payment\w*\b",
    ),
    _known("checkout", "checkout", r"\b(checkout|check out|begin order|order form|billing|оформл\w*)\b"),
    _known(
        "order",
        "checkout",
        r"\b(order (created|placed|new|submitted|confirmed)|created|заказ (создан|оформлен|новый)|создан\w*)\b",
    ),
    _known("cart", "decision", r"\b(carts?|basket|bag|корзин\w*)\b"),
    _known("trial", "decision", r"\b(trial|demo|quote|lead|application|заявк\w*|лид|тест драйв|пробн\w*)\b"),
    _known("signup", "decision", r"\b(sign ?up|register\w*|registration|регистрац\w*)\b"),
    _known("wishlist", "consideration", r"\b(wish ?list|favou?rite\w*|избранн\w*)\b"),
    _known("compare", "consideration", r"\b(compar\w*|сравн\w*)\b"),
    _known("search", "consideration", r"\b(search\w*|find|поиск\w*)\b"),
    _known("filter", "consideration", r"\b(filter\w*|sort\w*|фильтр\w*)\b"),
    _known("ad", "awareness", r"\b(ads?|advert\w*|impression\w*|campaign\w*|banner\w*|utm|реклам\w*|баннер\w*)\b"),
    _known("promo", "awareness", r"\b(promo\w*|offer\w*|акци\w*|скидк\w*)\b"),
    _known("article", "awareness", r"\b(article\w*|blog\w*|post|news|стать\w*|блог\w*|новост\w*)\b"),
    _known("video", "awareness", r"\b(video\w*|webinar\w*|видео\w*|вебинар\w*)\b"),
    _known("letter", "awareness", r"\b(e ?mail\w*|letter|newsletter|sms|push|письм\w*|рассылк\w*)\b"),
    _known("social", "awareness", r"\b(social|instagram|vk|telegram|youtube|соцсет\w*)\b"),
    _known(
        "home",
        "awareness",
        r"\b(home|main page|landing\w*|visit\w*|session start|first visit|главн\w*|визит\w*|посещени\w*|заход\w*)\b",
    ),
    _known("catalog", "consideration", r"\b(catalog\w*|categor\w*|listing|item list|каталог\w*|категор\w*)\b"),
    _known("product", "consideration", r"\b(product\w*|item\w*|goods|view content|detail|товар\w*|карточк\w*)\b"),
    _known("account", None, r"\b(account|profile|login|sign in|кабинет\w*|профил\w*|вход)\b"),
    _known("page", "consideration", r"\b(page ?views?|views?|clicks?|screen\w*|pages?|просмотр\w*|клик\w*)\b"),
)

_STRONG = re.compile(
    r"\b(purchas\w+|paid|bought|sale|sales|sold|transaction\w*|won|invoice|receipt|оплачен\w*|оплат\w*|покупк\w*|куплен\w*|продаж\w*|чек)\b"
    r"|\b(payment|order|pay) (success\w*|succeeded|complete\w*|done|paid)\b"
)
_WEAK = re.compile(r"\b(orders?|buy|deals?|payments?|subscribed?|subscription|заказ\w*|сделк\w*|подписк\w*)\b")
_NOT_YET = re.compile(
    r"\b(details?|error|fail\w*|forms?|pages?|method\w*|start\w*|begin\w*|views?|viewed|click\w*|intent\w*|info|details|sent|shipped|delivered|"
    r"cancel\w*|refund\w*|return\w*|open\w*|select\w*|list|history|status|(of|goods|invoice) receipt|receipt of|"
    r"отмен\w*|возвра\w*|отправл\w*|доставл\w*|просмотр\w*|ошибк\w*)\b"
)
_VOID = re.compile(
    r"\b(cancel\w*|refund\w*|returned|chargeback\w*|void\w*|reversal|returns?|"
    r"отмен\w*|возврат\w*|возвращ\w*|аннулир\w*)\b"
)
_NO_VOID = re.compile(r"\b(visit\w*|customer\w*|user\w*|page|view|repeat|policy|клиент\w*|визит\w*)\b")


def spread(name: str) -> str:
    """A name as lower-case words: `AddToCart`, `add_to_cart` and `add-to-cart` → `add to cart`."""
    apart = re.sub(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", apart).casefold().split())


def kind_of(name: str) -> Known | None:
    """What kind of event the name says, if it is a well-known one."""
    words = spread(name)
    return next((kind for kind in KINDS if kind.pattern.search(words)), None)


def deal_strength(name: str) -> int:
    """How surely the name says that a deal was made: 2, 1, or 0 for not at all."""
    words = spread(name)
    if _NOT_YET.search(words):
        return 0
    return 2 if _STRONG.search(words) else 1 if _WEAK.search(words) else 0


def may_be_deal(name: str) -> bool:
    """Whether money or an order number on such an event may mean a deal: not for views, carts, failures, dispatch and the like."""
    kind = kind_of(name)
    not_deals = kind is not None and (kind.key == "error" or kind.stage in (*STAGES[:3], *AFTER_DEAL))
    return not (voids(name) or not_deals or _NOT_YET.search(spread(name)))


def voids(name: str) -> bool:
    """Whether the name says that a deal was cancelled, returned or refunded."""
    words = spread(name)
    return bool(_VOID.search(words)) and not _NO_VOID.search(words)
