"""Google Analytics 4: the BigQuery export, nested (Parquet, JSON lines) or flattened into columns (CSV).

Fields: support.google.com/analytics/answer/7029846. Times are µs since 1970 UTC. The number of a session is unique for one user only.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, is_one, negated, since_1970, where
from tropa.events.presets.channels import channels
from tropa.events.presets.preset import Made, Preset

_PARAMS = (
    "page_location",
    "page_referrer",
    "ga_session_id",
    "transaction_id",
    "value",
    "currency",
    "source",
    "medium",
    "gclid",
    "campaign",
)
_VALUES = ("string_value", "int_value", "double_value", "float_value")


def parameters(column: pa.ChunkedArray, names: tuple[str, ...]) -> dict[str, Any]:
    """Parameters out of a nested column (a list of `{key, value: {string_value, int_value, …}}` a row): a string column for each name."""
    whole = column.combine_chunks()
    flat, parents = pc.list_flatten(whole), pc.list_parent_indices(whole)
    keys = pc.struct_field(flat, "key").cast(pa.string())
    boxed = pc.struct_field(flat, "value")
    have = [boxed.type.field(at).name for at in range(boxed.type.num_fields)]
    texts = pc.coalesce(*(pc.struct_field(boxed, part).cast(pa.string()) for part in _VALUES if part in have))
    out = {}
    for name in names:
        hit = pc.indices_nonzero(pc.fill_null(pc.equal(keys, name), False))
        place = pc.index_in(pa.array(range(len(whole)), pa.int64()), value_set=parents.take(hit).cast(pa.int64()))
        out[name] = texts.take(hit).take(place)
    return out


def _opened(cells: Cells) -> Cells:
    """Nested columns (Parquet) as the dotted ones that JSON lines have: `event_params.value`, `ecommerce.transaction_id`."""
    columns = {}
    for name in cells.table.column_names:
        kind = cells.table[name].type
        if pa.types.is_struct(kind):
            whole = cells.table[name].combine_chunks()
            for at in range(kind.num_fields):
                if not pa.types.is_nested(kind.field(at).type):
                    columns[f"{name}.{kind.field(at).name}"] = pc.struct_field(whole, kind.field(at).name)
        elif name == "event_params" and pa.types.is_list(kind):
            columns |= {f"{name}.{key}": found for key, found in parameters(cells.table[name], _PARAMS).items()}
        elif not pa.types.is_nested(kind):
            columns[name] = cells.table[name]
    return Cells(pa.table(columns))


def make(cells: Cells) -> Made:
    """Name, user, session, money and channel of each event. Money only of purchases and refunds: a cart's value is no revenue."""
    cells = _opened(cells)

    def param(name: str) -> Any:
        return cells.text(f"event_params.{name}", name)

    pseudo, user = cells.text("user_pseudo_id"), cells.text("user_id")
    name = cells.text("event_name")
    bought, refunded = is_one(name, "purchase", "in_app_purchase", "ecommerce_purchase"), is_one(name, "refund")
    value = where(bought, pc.coalesce(cells.text("ecommerce.purchase_revenue", "purchase_revenue"), param("value")))
    value = where(
        refunded, negated(pc.coalesce(cells.text("ecommerce.refund_value", "refund_value"), param("value"))), value
    )
    source = cells.text("collected_traffic_source.manual_source", "event_params.source", "utm_source", "source")
    medium = cells.text("collected_traffic_source.manual_medium", "event_params.medium", "utm_medium", "medium")
    gclid = where(
        pc.is_valid(cells.text("collected_traffic_source.gclid", "event_params.gclid", "gclid")),
        cells.constant("gclid"),
    )
    session = param("ga_session_id")
    return Made(
        {
            "=event": name,
            "=time": since_1970(cells.text("event_timestamp")),
            "=customer": pc.coalesce(user, pseudo),
            "=alias": where(pc.is_valid(user), pseudo),
            "=session": pc.binary_join_element_wise(pc.coalesce(pseudo, user), session, "."),
            "=value": value,
            "=currency": where(pc.or_(bought, refunded), param("currency")),
            "=order": where(
                pc.or_(bought, refunded), pc.coalesce(cells.text("ecommerce.transaction_id"), param("transaction_id"))
            ),
            "=channel": channels(source, medium, param("page_referrer"), param("page_location"), gclid),
        }
    )


GA4 = Preset(
    "ga4",
    (("event_name", "event_timestamp", "user_pseudo_id"),),
    {
        R.PROPERTY: ("device.category", "geo.city", "geo.country", "platform"),
    },
    make,
    drop=(
        "event_timestamp", "event_name", "event_date", "user_pseudo_id", "user_id", "event_params",
        "user_properties", "items", "privacy_info",
        "event_previous_timestamp", "event_server_timestamp_offset", "event_bundle_sequence_id",
        "user_first_touch_timestamp", "ecommerce",
        "event_params.page_referrer", "event_params.ga_session_id", "event_params.ga_session_number",
        "event_params.transaction_id", "event_params.value", "event_params.currency",
        "event_params.engagement_time_msec",
        "ecommerce.transaction_id", "ecommerce.purchase_revenue", "ecommerce.purchase_revenue_in_usd",
        "event_value_in_usd",
        "page_referrer", "ga_session_id", "device", "geo", "traffic_source", "collected_traffic_source",
        "session_traffic_source_last_click", "app_info", "event_dimensions", "publisher", "user_ltv",
    ),
    source="ga4",
    notes=("preset-note-stitched", "preset-note-ga4-money"),
)  # fmt: skip
