"""Any table that carries advertisers' marks: the channel out of its utm columns, or out of the addresses of its pages (R-20, R-21)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.bad import as_text
from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, key_of, where
from tropa.events.presets.channels import CLICK_IDS, channels
from tropa.events.presets.preset import Made, Preset
from tropa.events.synonyms import EXACT

SOURCE, MEDIUM = "utm_source", "utm_medium"
ADDRESSES = (
    "url", "page_url", "page_location", "page", "landing_page", "landing_url", "landing", "entry_page", "current_url", "location", "href",
    "адрес страницы", "страница входа", "url страницы", "ссылка", "адрес",
)  # fmt: skip
REFERRERS = ("referrer", "referer", "page_referrer", "http_referer", "referring_url", "реферер", "страница перехода")
_MARKED = rf"(?i)[?&](utm_source|utm_medium|{'|'.join(CLICK_IDS)})=[^&#\s]"


def _made(cells: Cells) -> Made:
    click = cells.nothing()
    for name in CLICK_IDS:
        click = pc.coalesce(click, where(pc.is_valid(cells.text(name)), cells.constant(name)))
    found = channels(cells.text(SOURCE), cells.text(MEDIUM), cells.text(*REFERRERS), cells.text(*ADDRESSES), click)
    return Made({"=channel": found})


UTM = Preset("utm", (), {}, _made, notes=("preset-note-utm",), late=True)
"""No product's export: whatever has marks. It is not known by its columns alone (see `marked`)."""


def marked(table: pa.Table, told: Iterable[str]) -> tuple[str, ...]:
    """The columns by which a sample is known to carry marks: source and medium, or addresses of pages that have some.

    Empty where there are none, or another column says the channel. `told`: columns that the user has given roles.
    """
    keys = {key_of(name): name for name in table.column_names}
    if any(R.CHANNEL in EXACT.get(key, {}) and key not in (key_of(SOURCE), key_of(MEDIUM)) for key in keys):
        return ()
    known = [keys[key_of(name)] for name in (SOURCE, MEDIUM) if key_of(name) in keys]
    if len(known) == 2:
        return () if set(known) & set(told) else tuple(known)
    addresses = (keys[key_of(name)] for name in ADDRESSES if key_of(name) in keys)
    return tuple(name for name in addresses if _has_marks(table[name]))


def _has_marks(column: Any) -> bool:
    if pa.types.is_nested(column.type):
        return False
    return bool(pc.any(pc.match_substring_regex(as_text(column), _MARKED)).as_py())
