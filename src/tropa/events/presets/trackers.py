"""Streams of events: Segment and RudderStack, PostHog, Amplitude, Mixpanel, Snowplow. Each numbers its events, so none counts twice.

Segment: segment.com/docs/connections/spec/common. RudderStack: the same fields (rudderstack.com/docs/event-spec). PostHog:
posthog.com/docs/data-pipelines/batch-exports/s3. Amplitude: amplitude.com/docs/apis/analytics/export. Mixpanel:
docs.mixpanel.com/docs/data-structure/property-reference/reserved-properties.
Snowplow: docs.snowplow.io, canonical event model and tracker protocol.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, is_one, json_field, mapped_rows, negated, since_1970, where, with_zone
from tropa.events.presets.channels import channels
from tropa.events.presets.preset import Made, Preset


def _of_object(cells: Cells, *paths: str, within: str = "properties") -> Any:
    """A field of an object column: flattened (`properties.revenue`), or the column is JSON as text (Parquet, CSV)."""
    flat = cells.text(*(f"{within}.{path}" for path in paths))
    name = cells.name(within)
    if name is None:
        return flat
    return pc.coalesce(flat, *(json_field(cells.own(name), path) for path in paths))


def _money(cells: Cells, name: Any) -> dict[str, Any]:
    """Revenue of orders (Segment's e-commerce events and their kin), given back on refunds; no other event has money."""
    amount = _of_object(cells, "revenue", "total", "$revenue", "value", "amount")
    lower = pc.utf8_lower(name)
    back = pc.fill_null(pc.match_substring_regex(lower, "refund|return"), False)
    paid = pc.fill_null(
        pc.match_substring_regex(
            lower, r"order.?(completed|paid|updated)|purchase|paid|payment|subscri|заказ|оплат|покупк"
        ),
        False,
    )
    stated = pc.is_valid(_of_object(cells, "revenue", "$revenue"))
    return {
        "=value": where(back, negated(amount), where(pc.or_(paid, stated), amount)),
        "=currency": _of_object(cells, "currency"),
        "=order": _of_object(cells, "order_id", "orderId", "$order_id", "transaction_id"),
    }


def segment(cells: Cells) -> Made:
    """Calls track, page, screen keep their names; identify, alias and group stay as events: they join who is one person."""
    kind, user, anonymous = cells.text("type"), cells.text("userId"), cells.text("anonymousId")
    titled = pc.coalesce(cells.text("event"), cells.text("name"))
    name = where(is_one(kind, "page", "screen"), pc.binary_join_element_wise(kind, cells.constant("view"), "_"), titled)
    name = where(is_one(kind, "identify", "alias", "group"), kind, name)
    own = pc.coalesce(user, anonymous)
    campaign = (
        ("context.campaign.source", "context_campaign_source"),
        ("context.campaign.medium", "context_campaign_medium"),
    )
    return Made(
        {
            "=event": pc.coalesce(name, titled),
            "=time": since_1970(cells.text("timestamp", "originalTimestamp", "sentAt", "receivedAt")),
            "=customer": own,
            "=alias": pc.coalesce(cells.text("previousId"), where(pc.is_valid(user), anonymous)),
            "=email": cells.text("traits.email", "context.traits.email", "properties.email", "email"),
            "=phone": cells.text("traits.phone", "context.traits.phone", "properties.phone", "phone"),
            "=channel": channels(
                cells.text(*campaign[0]),
                cells.text(*campaign[1]),
                cells.text("context.page.referrer", "properties.referrer", "context_page_referrer"),
                cells.text("context.page.url", "properties.url", "context_page_url"),
                cells.nothing(),
            ),
            **_money(cells, pc.coalesce(name, titled)),
        }
    )


def posthog(cells: Cells) -> Made:
    """`$pageview` → `page_view`; ids that `$identify` and `$create_alias` join, and the person's own, are one customer."""
    name = cells.text("event")
    plain = where(is_one(name, "$pageview"), cells.constant("page_view"), pc.replace_substring_regex(name, r"^\$", ""))
    known = pc.coalesce(_of_object(cells, "$anon_distinct_id", "alias"), cells.text("person_id"))
    return Made(
        {
            "=event": plain,
            "=time": since_1970(cells.text("timestamp")),
            "=customer": cells.text("distinct_id"),
            "=alias": known,
            "=session": _of_object(cells, "$session_id"),
            "=email": pc.coalesce(_of_object(cells, "email"), _of_object(cells, "$set.email", "email",
            within="$set"), cells.text("properties.$set.email")),
            "=channel": channels(
                _of_object(cells, "utm_source", "$utm_source"), _of_object(cells, "utm_medium", "$utm_medium"),
                _of_object(cells, "$referrer"), _of_object(cells, "$current_url"), cells.nothing(),
            ),
            **_money(cells, plain),
        }
    )  # fmt: skip


def amplitude(cells: Cells) -> Made:
    """A user is known by Amplitude's own number where there is one, which joins devices and logins."""
    name, user, device = cells.text("event_type"), cells.text("user_id"), cells.text("device_id")
    number = pc.binary_join_element_wise(cells.constant("amplitude"), cells.text("amplitude_id"), ":")
    session = cells.text("session_id")
    return Made(
        {
            "=event": pc.replace_substring_regex(name, r"^\$", ""),
            "=time": since_1970(cells.text("event_time", "time", "client_event_time")),
            "=customer": pc.coalesce(user, device, number),
            "=alias": pc.coalesce(number, where(pc.is_valid(user), device)),
            "=session": where(pc.not_equal(session, "-1"), pc.binary_join_element_wise(pc.coalesce(device, user,
            number), session, ".")),
            "=message_id": pc.coalesce(cells.text("$insert_id", "insert_id"), cells.text("uuid")),
            "=email": cells.text("user_properties.email", "user_properties.$set.email"),
            "=channel": channels(
                cells.text("user_properties.utm_source"), cells.text("user_properties.utm_medium"),
                    cells.text("user_properties.referrer"),
                cells.nothing(), cells.nothing(),
            ),
            "=value": pc.coalesce(cells.text("revenue"), _of_object(cells, "revenue", "$revenue",
            within="event_properties")),
            "=currency": _of_object(cells, "currency", within="event_properties"),
            "=order": _of_object(cells, "order_id", "orderId", within="event_properties"),
        }
    )  # fmt: skip


def mixpanel(cells: Cells) -> Made:
    """Everything lies in `properties`; an `$identify` or a login joins the device with the user."""
    name = cells.text("event")
    user, device = _of_object(cells, "$user_id"), _of_object(cells, "$device_id")
    own = pc.coalesce(_of_object(cells, "distinct_id"), user, device)
    joined = pc.coalesce(_of_object(cells, "$anon_distinct_id", "alias"), where(pc.is_valid(user), device))
    return Made(
        {
            "=event": pc.replace_substring_regex(name, r"^\$", ""),
            "=time": since_1970(_of_object(cells, "time")),
            "=customer": own,
            "=alias": joined,
            "=message_id": _of_object(cells, "$insert_id"),
            "=session": _of_object(cells, "$session_id"),
            "=channel": channels(
                _of_object(cells, "utm_source"), _of_object(cells, "utm_medium"),
                _of_object(cells, "$referrer"), _of_object(cells, "$current_url"), cells.nothing(),
            ),
            **_money(cells, name),
        }
    )  # fmt: skip


_TRACKED = {"pv": "page_view", "pp": "page_ping", "tr": "transaction", "ti": "transaction_item"}


def _snowplow_name(kind: str, action: str, name: str, body: str) -> str | None:
    """`struct` → its action; `unstruct` → its schema's name; the rest as Snowplow calls them."""
    if kind in ("se", "struct"):
        return action or "struct"
    if kind in ("ue", "unstruct"):
        inner = body.partition("iglu:")[2].partition("iglu:")[2] or body.partition("iglu:")[2]
        return name or (inner.split("/")[1] if inner.count("/") > 1 else "unstruct")
    return _TRACKED.get(kind, name or kind) or None


def snowplow(cells: Cells) -> Made:
    """Enriched events (a table with a heading) and tracker requests. `=p:sent_late`: sent more than three days after it happened."""
    user, domain = cells.text("user_id", "uid"), cells.text("domain_userid", "duid")
    network, kind = cells.text("network_userid", "nuid"), cells.text("event", "e")
    page = cells.text(
        "contexts_com_snowplowanalytics_snowplow_web_page_1_0_0", "contexts_com_snowplowanalytics_snowplow_web_page_1"
    )
    own = pc.coalesce(user, domain, network)
    view = pc.struct_field(pc.extract_regex(page, r'"id"\s*:\s*"(?P<id>[^"]+)"'), "id")
    made, sent = cells.text("dvce_created_tstamp", "dtm"), cells.text("dvce_sent_tstamp", "stm")
    return Made(
        {
            "=event": mapped_rows((kind, cells.text("se_action", "se_ac"), cells.text("event_name"),
            cells.text("ue_pr")), _snowplow_name),
            "=time": with_zone(since_1970(cells.text("derived_tstamp", "collector_tstamp", "ttm", "dtm")), "Z"),
            "=customer": own,
            "=alias": where(pc.is_valid(user), domain),
            "=session": cells.text("domain_sessionid", "sid"),
            "=message_id": cells.text("event_id", "eid"),
            "=order": cells.text("tr_orderid", "tr_id"),
            "=value": cells.text("tr_total", "tr_tt"),
            "=currency": cells.text("tr_currency", "tr_cu"),
            "=channel": channels(
                cells.text("mkt_source"), cells.text("mkt_medium"), cells.text("page_referrer", "refr"),
                    cells.text("page_url", "url"),
                where(pc.is_valid(cells.text("mkt_clickid")), pc.utf8_lower(cells.text("mkt_network"))),
            ),
            "=p:page_view_id": view,
            "=p:sent_late": _late(made, sent),
        }
    )  # fmt: skip


def _late(made: Any, sent: Any) -> Any:
    """`true` where an event was sent more than three days after its device made it; null elsewhere."""
    from tropa.events.times import DAY, parse_times

    began, ended = (parse_times(since_1970(one), "iso", True, "UTC") for one in (made, sent))
    late = began.ok & ended.ok & (ended.us - began.us > 3 * DAY)
    return where(pa.array(late), pa.array(["true"]).take(pa.array([0] * len(late))))


_NOISE = (
    "integrations",
    "context.library.name",
    "context.library.version",
    "sentAt",
    "receivedAt",
    "originalTimestamp",
    "context.ip",
    "context.userAgent",
)
SEGMENT = Preset(
    "segment",
    (
        ("type", "messageId", "userId"), ("type", "messageId", "anonymousId"), ("type", "anonymousId", "timestamp", "event"),
    ),
    {R.MESSAGE_ID: ("messageId",), R.NAME: ("traits.name", "context.traits.name")},
    segment,
    drop=(*_NOISE, "type", "userId", "anonymousId", "previousId", "timestamp", "event", "name", "integrations.All",
        "channel", "version", "traits.email",
          "traits.phone", "context.traits.email", "context.traits.phone", "properties.email", "properties.phone",
          "context.page.url", "context.page.referrer"),
    source="segment",
    notes=("preset-note-stitched", "preset-note-once"),
)  # fmt: skip
POSTHOG = Preset(
    "posthog",
    (("uuid", "event", "distinct_id", "timestamp"), ("event", "distinct_id", "properties.$lib", "timestamp")),
    {R.MESSAGE_ID: ("uuid",)},
    posthog,
    drop=("event", "distinct_id", "timestamp", "properties", "person_id", "created_at", "inserted_at",
        "person_properties", "elements_chain", "set",
          "set_once", "team_id", "_inserted_at", "ip", "site_url", "properties.$lib", "properties.$lib_version",
          "properties.$current_url",
          "properties.$referrer", "properties.alias", "properties.distinct_id", "properties.$anon_distinct_id",
          "properties.$session_id"),
    source="posthog",
    notes=("preset-note-stitched", "preset-note-once"),
)  # fmt: skip
AMPLITUDE = Preset(
    "amplitude",
    (("event_type", "event_time", "device_id"), ("event_type", "event_time", "amplitude_id"), ("event_type",
    "insert_id", "time"), ("event_type", "$insert_id")),
    {R.PROPERTY: ("platform", "country", "city")},
    amplitude,
    drop=("event_type", "event_time", "user_id", "device_id", "amplitude_id", "session_id", "$insert_id",
        "insert_id", "uuid", "library", "ip_address",
          "server_received_time", "server_upload_time", "client_event_time", "client_upload_time", "processed_time",
          "event_id", "time", "data", "$schema",
          "amplitude_event_type", "app", "event_properties.order_id", "user_properties.email", "location_lat",
          "location_lng", "user_creation_time"),
    zone="UTC",
    source="amplitude",
    notes=("preset-note-stitched", "preset-note-once"),
)  # fmt: skip
MIXPANEL = Preset(
    "mixpanel",
    (("event", "properties.distinct_id", "properties.time"), ("event", "properties.$insert_id", "properties.time")),
    {R.PROPERTY: ("properties.$city", "properties.$os")},
    mixpanel,
    drop=("event", "properties.time", "properties.distinct_id", "properties.$insert_id", "properties.$device_id",
        "properties.$user_id", "properties.token",
          "properties.mp_lib", "properties.$lib_version", "properties.mp_processing_time_ms",
          "properties.$mp_api_endpoint", "properties.ip",
          "properties.$current_url", "properties.$referrer", "properties.mp_api_timestamp_ms"),
    source="mixpanel",
    notes=("preset-note-stitched", "preset-note-once"),
)  # fmt: skip
SNOWPLOW = Preset(
    "snowplow",
    (("event_id", "collector_tstamp", "domain_userid"), ("e", "eid", "dtm")),
    {R.PROPERTY: ("app_id", "platform", "dvce_type")},
    snowplow,
    drop=("event_id", "collector_tstamp", "derived_tstamp", "etl_tstamp", "dvce_created_tstamp", "dvce_sent_tstamp",
        "load_tstamp", "event", "event_name",
          "user_id", "domain_userid", "network_userid", "domain_sessionid", "user_fingerprint", "user_ipaddress",
          "useragent", "page_url", "page_referrer",
          "e", "eid", "dtm", "stm", "uid", "duid", "nuid", "sid", "tv", "tna", "ue_pr", "ue_px", "co", "cx", "url",
          "refr", "se_ac", "tr_id", "tr_tt", "tr_cu"),
    zone="UTC",
    source="snowplow",
    notes=("preset-note-stitched", "preset-note-once"),
)  # fmt: skip
