"""Personal data hidden from eyes that need not see it (R-64): enough is left to recognise one's own, too little to call a stranger."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

DOT = "•"
_EMAIL = r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+"
_EMAIL_PY = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = r"\+?\d[\d \x{00a0}().-]{8,18}\d"
_DATE = re.compile(r"\d{4}[-.]\d{1,2}[-.]\d{1,2}\b|\d{1,2}[-.]\d{1,2}[-.]\d{4}\b")
_PHONE_PY = re.compile(r"\+?\d[\d \u00a0().-]{8,18}\d")


def mask_phone(phone: str) -> str:
    """`+79161234567` → `+7 ••• •••-••-67`: the country's first digit and the last two."""
    digits = re.sub(r"\D", "", phone)
    country = "7" if len(digits) == 11 and digits[0] == "8" else digits[:1]
    return f"+{country} {DOT * 3} {DOT * 3}-{DOT * 2}-{digits[-2:]}" if len(digits) > 4 else DOT * 3


def mask_email(email: str) -> str:
    """`anna.k@mail.ru` → `a•••@m•••.ru`."""
    user, _, host = email.partition("@")
    name, _, top = host.rpartition(".")
    return f"{user[:1]}{DOT * 3}@{name[:1]}{DOT * 3}.{top}" if name else DOT * 3


def mask_name(name: str) -> str:
    """`Анна Каренина` → `А• К•`: initials."""
    return " ".join(f"{part[0]}{DOT}" for part in name.split()) or DOT


def mask_text(text: str) -> str:
    """Free text with phones and e-mails in it hidden."""
    hidden = _EMAIL_PY.sub(lambda found: mask_email(found[0]), text)
    return _PHONE_PY.sub(lambda found: mask_phone(found[0]) if _is_phone(found[0]) else found[0], hidden)


def _is_phone(text: str) -> bool:
    """Ten to fifteen digits that are no date; an unbroken run of digits only with a plus, or as Russian numbers begin."""
    digits = re.sub(r"\D", "", text)
    if not 10 <= len(digits) <= 15 or _DATE.match(text):
        return False
    return text != digits or (len(digits) == 11 and digits[0] in "78") or (len(digits) == 10 and digits[0] == "9")


LONGEST_CELL = 200


def mask_cell(cell: Any, role: str) -> str:
    """A cell as it may be shown, by the role of its column (`ColumnRole`'s values): whatever could be a person is hidden."""
    text = "" if cell is None else str(cell)
    masks: dict[str, Callable[[str], str]] = {
        "phone": mask_phone,
        "email": mask_email,
        "name": mask_name,
        "time": str,
        "event_time": str,
    }
    return masks.get(role, mask_text)(text)[:LONGEST_CELL] if text else ""


def mask_texts(column: Any) -> Any:
    """`mask_text` over a string column; only the cells with something to hide are touched one by one."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    found = pc.or_(pc.match_substring_regex(array, _EMAIL), pc.match_substring_regex(array, _PHONE)).fill_null(False)
    if not pc.any(found).as_py():
        return array
    masked = pa.array([mask_text(cell) for cell in array.filter(found).to_pylist()], pa.string())
    return pc.replace_with_mask(array, found, masked)


def mask_values(column: Any) -> Any:
    """`mask_texts` for values that must stay distinct: bare tokens (article numbers, codes) are left alone, texts and addresses are not."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    free = pc.match_substring_regex(array, r"[\s@]|^\+\d").fill_null(False)
    if not pc.any(free).as_py():
        return array
    masked = mask_texts(pc.if_else(free, array, None))
    return pc.coalesce(masked, array)
