"""The event that a page's address stands for: `/cart` is the cart, in whichever of two languages shops name their folders."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from tropa.events.presets.cells import mapped

VIEW = "page_view"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "order_received",
        r"/(order[-_]?(received|success|confirm\w*)|checkout/(success|thank\w*|onepage/success)|thank[-_]?you|spasibo|success)\b",
    ),
    (
        "begin_checkout",
        r"/(checkout|order/(make|create|new)|oformlenie\w*|personal/order/make|onestepcheckout|заказ)\b",
    ),
    ("view_order", r"/(orders?|zakazy?|заказы?)/[\w-]*\d+"),
    ("view_cart", r"/(cart|basket|bag|korzina|корзина)\b"),
    ("search", r"/(search|poisk|поиск)\b|[?&](q|query|search|s|text)="),
    (
        "view_item",
        r"/(products?|items?|goods|p|tovary?|product_info|dp|товары?)/[^/?]+|/catalog/.+/\d+/?$|[-_/]\d{4,}(\.html?)?/?$",
    ),
    ("view_item_list", r"/(catalog(ue)?|categor(y|ies)|collections?|shop|katalog|kategori\w*|каталог)\b"),
    ("view_delivery", r"/(delivery|shipping|dostavka|oplata|payment|доставка)\b"),
    ("view_reviews", r"/(reviews?|otzyv\w*|отзыв\w*)\b"),
    ("view_account", r"/(account|personal|profile|lk|cabinet|kabinet|login|signin|auth)\b"),
    ("view_contacts", r"/(contacts?|kontakt\w*|about|o-kompanii|контакты)\b"),
    ("view_article", r"/(blog|articles?|news|stati|statji|novosti|статьи|блог)\b"),
)
_RULES = tuple((event, re.compile(pattern)) for event, pattern in _KINDS)


def event_of_page(url: str) -> str:
    """The event's name for an address: the first rule that fits, `view_home` for the root, else `page_view`."""
    try:
        parts = urlsplit(url.strip())
        path = unquote(parts.path).lower()
    except ValueError:
        return VIEW
    if not parts.scheme and not path.startswith("/"):
        return VIEW
    text = f"{path}?{parts.query.lower()}" if parts.query else path
    home = path.rstrip("/") in ("", "/index.html", "/index.php")
    return next((event for event, rule in _RULES if rule.search(text)), "view_home" if home else VIEW)


def page_events(urls: Any) -> Any:
    """`event_of_page` over a column; null for a missing address."""
    return mapped(urls, event_of_page)
