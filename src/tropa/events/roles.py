"""Which column is what: by its name, in Russian and English, and by what is in it. Every guess says how sure it is and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tropa.events.contract import ColumnRole as R
from tropa.events.contract import RoleGuess
from tropa.events.masking import mask_email, mask_name, mask_phone, mask_text
from tropa.events.profile import Profile
from tropa.events.synonyms import (
    BROWSERS,
    DATE_WORDS,
    EXACT,
    LOGINS,
    PART,
    STATUS_NAMES,
    STEP_DONE,
    YES_OR_NO,
    order_date_event,
    status_event,
    words_of,
)

_MANY = frozenset((R.PROPERTY, R.IGNORE, R.EVENT_TIME))
_EVENTFUL = re.compile(
    r"view|click|cart|purchase|order|visit|open|login|sign|search|pay|checkout|install|session|lead|call|submit|start"
    r"|заказ|оплат|звон|визит|клик|просмотр|корзин|покупк|заявк",
    re.IGNORECASE,
)
_GOODS = frozenset(
    {"description", "product", "title", "name", "item", "goods", "url", "link", "page", "useragent", "agent"}
    | {"товар", "товара", "наименование", "название", "описание", "ссылка"}
)
"""Names of columns whose long texts are no customer's words."""
_PERSON = re.compile(r"[^\W\d_]{2,}([\s-]+[^\W\d_]+\.?){1,3}([^\W\d_]\.)?")
_ENOUGH = 0.3
_CONTACTS = (R.PHONE, R.EMAIL)


def guess_roles(
    profiles: Iterable[Profile],
    told: Mapping[str, R],
    event_columns: Mapping[str, str],
    preset: Mapping[str, R] | None = None,
) -> tuple[RoleGuess, ...]:
    """One guess a column, in the file's order. `told` wins over everything, and takes its role from the others.

    `event_columns`: what the events of told date columns are called. Other dates of orders are found beside them.
    `preset`: the roles that a preset gives; beside them only people's contacts are looked for.
    """
    columns = list(profiles)
    if preset is not None:
        return _by_preset(columns, told, event_columns, preset)
    chosen: dict[str, RoleGuess] = {}
    taken = {role for role in told.values() if role not in _MANY}
    for item in columns:
        if item.name in told:
            role = told[item.name]
            named = event_columns.get(item.name) or order_date_event(item.name) or item.name
            event = named if role == R.EVENT_TIME else None
            chosen[item.name] = _made(item, role, 1.0, "role-because-told", event)
    if not taken & {R.EVENT, R.TIME}:
        for item, event in _order_dates(columns, chosen, 1 if R.EVENT_TIME in told.values() else 2):
            chosen[item.name] = _made(item, R.EVENT_TIME, 0.9, "role-because-order-date", event)
    wide = any(guess.role == R.EVENT_TIME for guess in chosen.values())
    if wide:
        taken |= {R.TIME, R.EVENT, R.CLOCK}
    offers = sorted(
        (
            (sure, role, because, item)
            for item in columns
            if item.name not in chosen
            for role, sure, because in _offers(item)
        ),
        key=lambda offer: -offer[0],
    )
    for sure, role, because, item in offers:
        if (
            item.name in chosen
            or role in taken
            or sure < _ENOUGH
            or (role == R.CLOCK and not _needs_clock(chosen, columns))
        ):
            continue
        chosen[item.name] = _made(item, role, sure, because)
        taken.add(role)
    if wide:
        _order_number(columns, chosen, taken)
    _status_column(columns, chosen, taken)
    _clock_column(columns, chosen, taken)
    _names_apart(columns, chosen, taken)
    _bare_names(columns, chosen, taken)
    _someone(columns, chosen, taken)
    _before_login(columns, chosen, told)
    return tuple(chosen.get(item.name) or _left_over(item) for item in columns)


def _by_preset(
    columns: list[Profile], told: Mapping[str, R], event_columns: Mapping[str, str], preset: Mapping[str, R]
) -> tuple[RoleGuess, ...]:
    """A preset's roles with what the user said over them. A step that a preset dates is called as its column is (`=order_paid`)."""
    single = {role for role in told.values() if role not in _MANY}
    taken = set(single) | {role for name, role in preset.items() if name not in told}
    chosen: dict[str, RoleGuess] = {}
    for item in columns:
        role = told.get(item.name) or preset.get(item.name)
        if item.name not in told and role in single:
            role = None
        if role is not None:
            event = event_columns.get(item.name) or (item.name.removeprefix("=") if role == R.EVENT_TIME else None)
            because = "role-because-told" if item.name in told else "role-because-preset"
            chosen[item.name] = _made(item, role, 1.0 if item.name in told else 0.97, because, event)
    offers = [
        (sure, role, because, item)
        for item in columns
        if item.name not in chosen
        for role, sure, because in _offers(item)
    ]
    for sure, role, because, item in sorted(offers, key=lambda offer: -offer[0]):
        if role in _CONTACTS and role not in taken and item.name not in chosen and sure >= _ENOUGH:
            chosen[item.name] = _made(item, role, sure, because)
            taken.add(role)
    return tuple(chosen.get(item.name) or _left_over(item) for item in columns)


def _made(item: Profile, role: R, sure: float, because: str, event: str | None = None) -> RoleGuess:
    return RoleGuess(item.name, role, round(min(sure, 1.0), 2), because, masked(item, role), event)


def masked(item: Profile, role: R) -> tuple[str, ...]:
    """Samples of a column with personal data hidden."""
    if role == R.PHONE or item.phones > 0.8:
        return tuple(mask_phone(cell) for cell in item.samples)
    if role == R.EMAIL or item.emails > 0.8:
        return tuple(mask_email(cell) for cell in item.samples)
    if role in (R.NAME, R.ALIAS) or (role == R.IGNORE and R.IGNORE in EXACT.get(" ".join(words_of(item.name)), {})):
        return tuple(mask_name(cell) for cell in item.samples)
    if role in (R.TIME, R.EVENT_TIME) or item.dates > 0.5 or item.unit:
        return item.samples
    return tuple(mask_text(cell)[:80] for cell in item.samples)


def _offers(item: Profile) -> Iterable[tuple[R, float, str]]:
    """What the column could be: role, how sure, why."""
    words = words_of(item.name)
    named: dict[R, tuple[float, str]] = {}
    for word in words:
        if word in PART:
            named[PART[word]] = (0.55, "role-because-name-part")
    tail = words_of(item.name.rpartition(".")[2])  # `properties.price` is a price
    for key in (" ".join(tail), " ".join(words), "".join(words)):
        for role, sure in EXACT.get(key, {}).items():
            if role not in named or named[role][0] < sure:
                named[role] = (sure, "role-because-name")
    if item.filled == 0:
        return
    if item.phones > 0.8 and not item.unit and not set(named) - {R.PHONE, R.CUSTOMER, R.NAME}:
        yield R.PHONE, 0.9 + 0.05 * (R.PHONE in named), "role-because-phones"
        return
    if item.emails > 0.6:
        yield R.EMAIL, 0.95, "role-because-emails"
        return
    for role, (sure, because) in named.items():
        fit = _fit(role, item)
        if fit:
            yield role, sure * fit, because
    if R.TIME not in named:
        if item.dates > 0.9:
            yield R.TIME, 0.5, "role-because-dates"
        elif item.unit and item.unit != "excel" and not named:
            yield R.TIME, 0.4, "role-because-unix"
    if not named and item.typed == "text":
        if item.length > 25 and item.spaces > 0.7 and item.unique > 0.5 and not _GOODS & set(words):
            yield R.TEXT, 0.45, "role-because-text"
        eventful = sum(bool(_EVENTFUL.search(value)) for value in item.values)
        if 1 < item.distinct <= 200 and item.unique < 0.3 and item.spaces < 0.5 and eventful * 2 > len(item.values):
            yield R.EVENT, 0.4, "role-because-eventful"


def _fit(role: R, item: Profile) -> float:
    """How well the content suits a role that the name suggests, 0…1."""
    filled = 0.5 + 0.5 * item.filled
    match role:
        case R.TIME:
            return filled if item.dates > 0.3 or item.unit else 0.0
        case R.CLOCK:
            return filled if item.clocks > 0.5 else 0.0
        case R.CUSTOMER:
            if (
                item.dates > 0.5
                or (item.numbers > 0.9 and item.whole < 0.9 and not {"id", "uid", "ид"} & set(words_of(item.name)))
                or (item.spaces > 0.8 and item.length > 40)
            ):
                return 0.0
            return filled * (0.7 if item.distinct == 1 and item.rows > 20 else 1.0)
        case R.EVENT:
            crowded = item.unique > 0.5 and item.distinct > 50
            return 0.0 if item.typed != "text" or crowded or item.numbers > 0.9 or item.dates > 0.5 else filled
        case R.CHANNEL | R.CURRENCY | R.INSTRUMENT:
            crowded = item.unique > 0.5 and item.distinct > 50
            return 0.0 if crowded or item.dates > 0.5 or (item.numbers > 0.9 and item.whole < 1) else filled
        case R.VALUE | R.QUANTITY | R.PRICE:
            return 0.6 + 0.4 * item.numbers if item.numbers > 0.3 and item.dates < 0.5 else 0.0
        case R.SCORE:
            fits = item.numbers > 0.7 and item.low >= -2 and item.high <= 10
            return 1.0 if fits else 0.0
        case R.SESSION | R.ORDER:
            return 0.0 if item.dates > 0.5 or (item.spaces > 0.8 and item.length > 40) else 1.0
        case R.MESSAGE_ID:
            return 1.0 if item.unique > 0.9 and item.filled > 0.9 else 0.0
        case R.TEXT:
            return 1.0 if item.numbers < 0.5 and item.dates < 0.5 else 0.0
        case R.PHONE:
            return 0.9 if item.phones > 0.3 or (7 <= item.length <= 22 and item.dates < 0.3) else 0.0
        case R.EMAIL:
            return 0.9 if item.emails > 0.3 else 0.0
        case R.NAME:
            return 1.0 if item.numbers < 0.5 and item.dates < 0.5 else 0.0
        case _:
            return 0.5


def _order_dates(columns: list[Profile], chosen: Mapping[str, RoleGuess], least: int) -> list[tuple[Profile, str]]:
    """The date columns of a wide orders table, if it is one: at least `least` different events, and no column of event names.

    The name decides, however few rows there are; an unreadable date among them makes its row bad, not the column.
    """
    if any(
        {"event", "событие", "события"} & set(words_of(item.name)) and item.dates < 0.5 and item.filled
        for item in columns
    ):
        return []
    found: dict[str, Profile] = {}
    for item in columns:
        event = order_date_event(item.name)
        if event is None or item.name in chosen or not _dated(item):
            continue
        if event not in found or (item.dates > 0, item.filled) > (found[event].dates > 0, found[event].filled):
            found[event] = item
    if found and "order_created" not in found:
        day = next((item for item in columns if item.name not in chosen and _day_of_order(item, columns)), None)
        found |= {"order_created": day} if day is not None else {}
    plain = [item for item in found.values() if item.dates > 0 or item.unit]
    if len(found) < least or not plain:
        return []
    return [(item, event) for event, item in found.items()]


def _dated(item: Profile) -> bool:
    """Whether a column that is named like a step of an order holds the step's dates, and not how or whether it was done."""
    words = set(words_of(item.name))
    named = bool(DATE_WORDS & words)
    if not named and not STEP_DONE & words:
        return item.dates > 0.7
    if item.dates > 0.3 or item.filled == 0:
        return True
    if item.unit and named:
        return True
    few = round(item.filled * item.rows) < 4  # too few cells to say by their share that they are no dates
    said = {cell.strip().lower() for cell in item.values}
    return few and item.numbers == 0 and not said & YES_OR_NO


def _day_of_order(item: Profile, columns: list[Profile]) -> bool:
    """A column just called «Дата», in a table of orders: the day the order was made."""
    plain = set(words_of(item.name)) <= {"дата", "date", "время", "time", "datetime", "и", "and"} and item.dates > 0.3
    money = {R.ORDER, R.VALUE}
    return plain and any(money & set(EXACT.get(" ".join(words_of(other.name)), {})) for other in columns)


def _order_number(columns: list[Profile], chosen: dict[str, RoleGuess], taken: set[R]) -> None:
    """In a table of orders a column just called `id` is the order's."""
    plain = (item for item in columns if item.name not in chosen and words_of(item.name) in (("id",), ("ид",)))
    item = next((item for item in plain if item.unique > 0.9), None)
    if item is not None and R.ORDER not in taken:
        chosen[item.name] = _made(item, R.ORDER, 0.7, "role-because-name")
        taken.add(R.ORDER)


def _needs_clock(chosen: Mapping[str, RoleGuess], columns: list[Profile]) -> bool:
    time = next((guess.column for guess in chosen.values() if guess.role == R.TIME), None)
    item = next((item for item in columns if item.name == time), None)
    return item is not None and item.dates > 0.5 and not any(":" in cell for cell in item.values)


def _status_column(columns: list[Profile], chosen: dict[str, RoleGuess], taken: set[R]) -> None:
    """An orders list with a column of statuses: the status says which event the row is."""
    if R.EVENT in taken:
        current = next((guess for guess in chosen.values() if guess.role == R.EVENT), None)
        if current is None or current.because in ("role-because-told", "role-because-name"):
            return
    for item in columns:
        known = [value for value in item.values if status_event(value)]
        name = " ".join(words_of(item.name))
        free = item.name not in chosen or chosen[item.name].role == R.EVENT
        if free and name in STATUS_NAMES and known and len(known) * 2 >= len(item.values):
            for column, guess in list(chosen.items()):
                if guess.role == R.EVENT:
                    del chosen[column]
            chosen[item.name] = _made(item, R.EVENT, 0.8, "role-because-status")
            taken.add(R.EVENT)
            return


def _clock_column(columns: list[Profile], chosen: dict[str, RoleGuess], taken: set[R]) -> None:
    if R.CLOCK in taken or not _needs_clock(chosen, columns):
        return
    for item in columns:
        if item.name not in chosen and item.clocks > 0.9:
            chosen[item.name] = _made(item, R.CLOCK, 0.7, "role-because-clocks")
            taken.add(R.CLOCK)
            return


def _names_apart(columns: list[Profile], chosen: dict[str, RoleGuess], taken: set[R]) -> None:
    """A column «Клиент» of people's names, beside their phones or e-mails: the name is no number, the contact tells them apart."""
    guess = next((guess for guess in chosen.values() if guess.role == R.CUSTOMER), None)
    if guess is None or guess.because == "role-because-told" or R.NAME in taken or not taken & {R.PHONE, R.EMAIL}:
        return
    contacts = {guess.column for guess in chosen.values() if guess.role in (R.PHONE, R.EMAIL)}
    filled = max((item.filled for item in columns if item.name in contacts), default=0.0)
    item = next(item for item in columns if item.name == guess.column)
    named = sum(bool(_PERSON.fullmatch(value.strip())) for value in item.values)
    if filled >= item.filled > 0 and named > 0.8 * len(item.values):
        chosen[item.name] = _made(item, R.NAME, 0.7, "role-because-people")
        taken.discard(R.CUSTOMER)
        taken.add(R.NAME)


def _bare_names(columns: list[Profile], chosen: dict[str, RoleGuess], taken: set[R]) -> None:
    """A column just called `Name` that holds people's names, about as many as there are phones or e-mails beside it: no name of goods."""
    contacts = {guess.column for guess in chosen.values() if guess.role in _CONTACTS}
    people = max((item.distinct for item in columns if item.name in contacts), default=0)
    if R.NAME in taken or not people:
        return
    for item in columns:
        told = chosen.get(item.name)
        if words_of(item.name) == ("name",) and (told is None or told.because != "role-because-told"):
            named = sum(bool(_PERSON.fullmatch(value.strip())) for value in item.values)
            if named > 0.8 * len(item.values) and item.distinct * 2 >= people:
                chosen[item.name] = _made(item, R.NAME, 0.7, "role-because-people")
                taken.add(R.NAME)


def _someone(columns: list[Profile], chosen: dict[str, RoleGuess], taken: set[R]) -> None:
    """Without a named customer, phone or e-mail: a session, else the most repeating identifier, else a name."""
    if taken & {R.CUSTOMER, R.PHONE, R.EMAIL}:
        return
    for role, because in ((R.SESSION, "role-because-session"), (R.NAME, "role-because-names")):
        guess = next(
            (guess for guess in chosen.values() if guess.role == role and guess.because != "role-because-told"), None
        )
        item = next((item for item in columns if guess and item.name == guess.column), None)
        if item is not None:
            chosen[item.name] = _made(item, R.CUSTOMER, 0.4, because)
            if role == R.NAME:
                chosen[item.name] = RoleGuess(item.name, R.CUSTOMER, 0.4, because, masked(item, R.NAME))
            return
    ids = [
        item
        for item in columns
        if item.name not in chosen and item.dates < 0.5 and item.whole > 0.9 * item.numbers and item.spaces < 0.2
        and item.distinct > 20 and 0.005 < item.unique < 0.95 and {"id", "ид", "код", "номер", "key", "hash"} & set(words_of(item.name))
    ]  # fmt: skip
    if ids:
        best = max(ids, key=lambda item: item.filled)
        chosen[best.name] = _made(best, R.CUSTOMER, 0.35, "role-because-repeats")


def _before_login(columns: list[Profile], chosen: dict[str, RoleGuess], told: Mapping[str, R]) -> None:
    """Where a table has both the login and the browser, the login is the customer and the browser the same person's other number."""
    if {R.CUSTOMER, R.ALIAS} & set(told.values()):
        return
    pair = [
        next((item for item in columns if " ".join(words_of(item.name)) in names and item.name not in told), None)
        for names in (LOGINS, BROWSERS)
    ]
    login, browser = pair
    named = next((one.column for one in chosen.values() if one.role == R.CUSTOMER), None)
    if login is None or browser is None or not login.filled or not browser.filled:
        return
    if named in (login.name, browser.name):
        chosen[login.name] = _made(login, R.CUSTOMER, 0.9, "role-because-name")
        chosen[browser.name] = _made(browser, R.ALIAS, 0.8, "role-because-browser")


def _left_over(item: Profile) -> RoleGuess:
    words = words_of(item.name)
    personal = R.IGNORE in EXACT.get(" ".join(words), {}) or any(
        PART.get(word) in (R.IGNORE, R.PHONE, R.EMAIL, R.NAME) for word in words
    )
    if personal or item.phones > 0.5 or item.emails > 0.3:
        return RoleGuess(item.name, R.IGNORE, 0.8, "role-because-personal", tuple("•••" for _ in item.samples))
    if item.filled == 0:
        return _made(item, R.PROPERTY, 0.5, "role-because-empty")
    if item.unique > 0.5 and (item.distinct > 500 or item.dates > 0.5):
        return _made(item, R.IGNORE, 0.6, "role-because-varied")
    return _made(item, R.PROPERTY, 0.6, "role-because-property")
