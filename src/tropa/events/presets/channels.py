"""Which channel brought somebody: out of utm marks, click ids and referrers, by one table.

The grouping follows the default channel groups of Google Analytics 4 (support.google.com/analytics/answer/9756891),
with the sources of
Russian-speaking countries beside the others, messengers apart,
and no group for a campaign's name. What no rule fits is the source
itself, in small letters: nothing is thrown into one heap called "other".
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tropa.events.presets.cells import mapped_rows

PAID_SEARCH, SEARCH, PAID_SOCIAL, SOCIAL = "paid search", "organic search", "paid social", "social"
MESSENGER, EMAIL, SMS, PUSH, DISPLAY, VIDEO = "messenger", "email", "sms", "push", "display", "video"
AFFILIATE, REFERRAL, DIRECT, MARKETPLACE, PAID_OTHER = "affiliate", "referral", "direct", "marketplace", "paid other"
GROUPS = frozenset(
    {PAID_SEARCH, SEARCH, PAID_SOCIAL, SOCIAL, MESSENGER, EMAIL, SMS, PUSH, DISPLAY, VIDEO, AFFILIATE, REFERRAL, DIRECT, MARKETPLACE,
     PAID_OTHER}
)  # fmt: skip

_SEARCH = re.compile(
    r"(^|[\W_])(yandex|ya|google|bing|duckduckgo|yahoo|baidu|rambler|go\.mail|nigma|sputnik|ecosia|qwant|яндекс|гугл)([\W_]|$)"
)
_SOCIAL = re.compile(
    r"(^|[\W_])(vk|vkontakte|vkads|ok|odnoklassniki|facebook|fb|instagram|ig|meta|tiktok|pinterest|linkedin|twitter|x\.com|t\.co"
    r"|reddit|dzen|zen|pikabu|mytarget|snapchat|threads|вк|вконтакте|дзен)([\W_]|$)"
)
_MESSENGER = re.compile(
    r"(^|[\W_])(telegram|tg|t\.me|whatsapp|wa\.me|viber|messenger|max\.ru|телеграм|вотсап|вайбер)([\W_]|$)"
)
_VIDEO = re.compile(r"(^|[\W_])(youtube|youtu\.be|rutube|vimeo|twitch|vkvideo|ютуб)([\W_]|$)")
_MARKET = re.compile(
    r"(^|[\W_])(ozon|wildberries|wb|avito|market\.yandex|yandex[_.-]?market|amazon|aliexpress|ebay|озон|авито)([\W_]|$)"
)
_MAIL = re.compile(
    r"(^|[\W_])(e[-_ ]?mail|newsletter|mailing|rassylka|unisender|sendpulse|mailchimp|рассылка|почта|письмо)([\W_]|$)"
)
_PAID = re.compile(r"^(.*cp.*|ppc|retargeting|paid.*|ads?|реклама)$")
_DISPLAY = re.compile(r"^(display|banner|expandable|interstitial|cpm|баннер|медийная)$")
_MEDIA = (
    (re.compile(r"^(affiliates?|partner|cpa|партн[её]р\w*)$"), AFFILIATE),
    (_DISPLAY, DISPLAY),
    (re.compile(r"^(organic|seo|поиск)$"), SEARCH),
    (re.compile(r"^(social([-_ ](network|media))?|smm?|соцсет\w*)$"), SOCIAL),
    (re.compile(r"^(e[-_ ]?mail|newsletter|рассылка|письмо)$"), EMAIL),
    (re.compile(r"^(sms|смс)$"), SMS),
    (re.compile(r".*push$|^(mobile|notification|пуш)$"), PUSH),
    (re.compile(r"^(messenger|chat|bot|мессенджер|бот)$"), MESSENGER),
    (re.compile(r"^(video|видео)$"), VIDEO),
    (re.compile(r"^(referral|link|app)$"), REFERRAL),
)
_NOTHING = frozenset({"", "(none)", "(not set)", "none", "null", "undefined", "<не указано>", "не определено"})
CLICK_IDS = {
    "yclid": PAID_SEARCH, "ymclid": MARKETPLACE, "gclid": PAID_SEARCH, "gbraid": PAID_SEARCH, "wbraid": PAID_SEARCH,
    "msclkid": PAID_SEARCH,
    "fbclid": SOCIAL, "ttclid": PAID_SOCIAL, "vkclid": PAID_SOCIAL, "rb_clickid": PAID_SOCIAL,
    "li_fat_id": PAID_SOCIAL,
}  # fmt: skip
"""Marks that advertisers put into addresses by themselves. `fbclid` stands behind every link of Facebook, paid or not."""
MARKS = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


def marks_of(url: str) -> dict[str, str]:
    """The utm marks and click ids of an address. An address that cannot be taken apart has none."""
    try:
        pairs = parse_qsl(urlsplit(url.strip()).query, keep_blank_values=False, max_num_fields=200)
    except ValueError:
        return {}
    wanted = (*MARKS, *CLICK_IDS)
    return {name.lower(): value.strip() for name, value in pairs if name.lower() in wanted and value.strip()}


def host_of(url: str) -> str:
    """The host of an address without `www.`; empty for what is no address."""
    try:
        return (urlsplit(url.strip() if "//" in url else f"//{url.strip()}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def channel_of(source: str, medium: str, referrer: str = "", url: str = "", click: str = "") -> str | None:
    """The channel. `click`: the name of a click id that is known to be there. None: nothing says that somebody came from anywhere.

    Marks of the address count before the referrer,
    the medium before the source; a referrer of the same host is no channel at all.
    """
    marks = marks_of(url) if "?" in url else {}
    source = _told(source) or _told(marks.get("utm_source", ""))
    medium = _told(medium) or _told(marks.get("utm_medium", ""))
    clicked = next((CLICK_IDS[name] for name in CLICK_IDS if name in marks or name == click), None)
    if source in ("direct", "(direct)") and not medium and clicked is None:
        return DIRECT
    if source or medium:
        return _of_marks(source, medium)
    if clicked is not None:
        return clicked
    host = host_of(referrer) if referrer.strip() else ""
    if not host or host == host_of(url):
        return None
    return _of_source(host) or REFERRAL


def _told(word: str) -> str:
    word = word.strip().lower()
    return "" if word in _NOTHING else word


def _of_marks(source: str, medium: str) -> str:
    if _MARKET.search(source) and not _PAID.match(medium):
        return MARKETPLACE
    if medium and _PAID.match(medium) and not _DISPLAY.match(medium) and medium != "cpa":
        if _SOCIAL.search(source):
            return PAID_SOCIAL
        if _VIDEO.search(source):
            return VIDEO
        return PAID_SEARCH if _SEARCH.search(source) else PAID_OTHER
    for pattern, channel in _MEDIA:
        if pattern.match(medium):
            return SOCIAL if channel == REFERRAL and _SOCIAL.search(source) else channel
    return _of_source(source) or source or medium


def _of_source(source: str) -> str | None:
    kinds = (
        (_MAIL, EMAIL), (_MARKET, MARKETPLACE), (_MESSENGER, MESSENGER), (_VIDEO, VIDEO), (_SOCIAL, SOCIAL),
        (_SEARCH, SEARCH),
    )  # fmt: skip
    return next((channel for pattern, channel in kinds if pattern.search(source)), None)


def channels(source: Any, medium: Any, referrer: Any, url: Any, click: Any) -> Any:
    """`channel_of` over columns."""
    return mapped_rows((source, medium, referrer, url, click), channel_of)


_METRICA = {
    "ad": PAID_OTHER, "organic": SEARCH, "direct": DIRECT, "referral": REFERRAL, "social": SOCIAL, "email": EMAIL,
    "messenger": MESSENGER, "recommend": "recommendation", "qrcode": "qr", "saved": DIRECT, "internal": None,
    "undefined": None,
}  # fmt: skip


def of_metrica(traffic: str, engine: str, source: str, medium: str, referrer: str, url: str, click: str) -> str | None:
    """The channel of a visit that Metrica has already judged: marks first, then its own traffic source and advertising system."""
    kind = _METRICA.get(traffic.strip().lower(), traffic.strip().lower() or None)
    marked = channel_of(source, medium, "", url, click)
    if marked is not None:
        return marked
    if kind == PAID_OTHER and engine:
        return (
            PAID_SOCIAL
            if _SOCIAL.search(engine.lower())
            else PAID_SEARCH
            if _SEARCH.search(engine.lower())
            else PAID_OTHER
        )
    return kind if traffic.strip() else channel_of("", "", referrer, url)
