"""Orders of shops: Shopify, WooCommerce, 1C-Bitrix, InSales, Tilda, МойСклад, RetailCRM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, mapped, where
from tropa.events.presets.channels import channels
from tropa.events.presets.preset import Preset
from tropa.events.presets.stages import CANCELLED, CREATED, DELIVERED, PAID, RETURNED, SENT, Steps

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "gclid", "yclid")


def marked(cells: Cells) -> Mapping[str, Any]:
    """The channel out of the marks that a shop or a CRM keeps with its orders; none if it keeps none."""
    source = cells.text("utm_source", "utm.source", "source.source", "UTM Source", "Referring site")
    medium = cells.text("utm_medium", "utm.medium", "source.medium", "UTM Medium")
    url = cells.text("landing_site", "Landing site", "first_visit_url", "referer", "page url")
    click = where(
        pc.is_valid(cells.text("yclid")),
        cells.constant("yclid"),
        where(pc.is_valid(cells.text("gclid")), cells.constant("gclid")),
    )
    if all(column.null_count == len(column) for column in (source, medium, url, click)):
        return {}
    return {"=channel": channels(source, medium, cells.text("referrer", "Реферер"), url, click)}


_SHOPIFY = Steps(
    {CREATED: ("Created at",), PAID: ("Paid at",), SENT: ("Fulfilled at",), CANCELLED: ("Cancelled at",)},
    status=("Financial Status",),
    statuses={
        "pending": CREATED, "authorized": CREATED, "paid": PAID, "partially_paid": PAID, "partially_refunded": PAID,
        "refunded": RETURNED,
        "voided": CANCELLED, "expired": CANCELLED,
    },
    value=("Total",),
    refunded=("Refunded Amount",),
    first_of=("Name",),
)  # fmt: skip
SHOPIFY = Preset(
    "shopify",
    (("Name", "Financial Status", "Created at", "Lineitem quantity"), ("Name", "Financial Status", "Paid at",
    "Lineitem name")),
    {
        R.ORDER: ("Name",), R.VALUE: ("Total",), R.CURRENCY: ("Currency",), R.EMAIL: ("Email",), R.PHONE: ("Phone",
            "Billing Phone", "Shipping Phone"),
        R.NAME: ("Billing Name", "Shipping Name"), R.PROPERTY: ("Financial Status", "Fulfillment Status",
            "Discount Code", "Payment Method", "Source"),
    },
    _SHOPIFY.make,
    drop=("Id", "Subtotal", "Shipping", "Taxes", "Created at", "Paid at", "Fulfilled at", "Cancelled at",
        "Payment Reference", "Refunded Amount",
          "Lineitem quantity", "Lineitem price", "Lineitem name", "Lineitem sku", "Notes", "Note Attributes",
          "Outstanding Balance"),
    statuses=_SHOPIFY.statuses,
    status=("Financial Status",),
    notes=("preset-note-orders", "preset-note-lines", "preset-note-refunds"),
)  # fmt: skip
_WOO = Steps(
    {
        CREATED: ("order_date", "date_created", "Order Date", "Дата заказа"), PAID: ("paid_date", "date_paid",
            "Paid Date", "Дата оплаты"),
        DELIVERED: ("completed_date", "date_completed", "Completed Date"),
    },
    status=("status", "order_status", "Order Status", "Статус заказа"),
    statuses={
        "pending": CREATED, "pending payment": CREATED, "checkout-draft": CREATED, "on-hold": CREATED,
        "processing": PAID, "completed": PAID,
        "cancelled": CANCELLED, "failed": CANCELLED, "refunded": RETURNED, "wc-processing": PAID,
        "wc-completed": PAID, "wc-pending": CREATED,
        "wc-on-hold": CREATED, "wc-cancelled": CANCELLED, "wc-failed": CANCELLED, "wc-refunded": RETURNED,
        "trash": CANCELLED,
    },
    value=("order_total", "total", "Order Total Amount", "Order Total"),
    refunded=("refunded_total", "total_refunded", "Order Refund Amount", "refund_amount"),
    first_of=("order_number", "order_id", "number", "Order Number", "id"),
    more=marked,
)  # fmt: skip
WOOCOMMERCE = Preset(
    "woocommerce",
    (
        ("order_id", "order_date", "billing_email", "order_total"), ("order_number", "order_date", "billing_email",
        "order_total"),
        ("id", "date_created", "billing.email", "total", "line_items"), ("Order Number", "Order Status",
        "Order Date", "Order Total Amount"),
        ("order_number", "order_date", "status", "billing_email"),
    ),
    {
        R.ORDER: ("order_number", "order_id", "number", "Order Number", "id"), R.VALUE: ("order_total", "total",
            "Order Total Amount", "Order Total"),
        R.CURRENCY: ("order_currency", "currency"), R.EMAIL: ("billing_email", "billing.email", "Email (Billing)",
            "customer_email"),
        R.PHONE: ("billing_phone", "billing.phone", "Phone (Billing)"), R.NAME: ("billing_first_name",
            "billing.first_name", "First Name (Billing)"),
        R.PROPERTY: ("status", "order_status", "Order Status", "payment_method", "shipping_method",
            "Payment Method Title"),
    },
    _WOO.make,
    drop=("customer_id", "customer_user", "line_items", "order_date", "date_created", "paid_date", "date_paid",
        "date_modified", "billing_last_name",
          "order_key", "refunded_total", "order_subtotal", "item_quantity", "item_name", "Quantity", "Item Name",
          "Item Cost", *UTM),
    statuses=_WOO.statuses,
    status=_WOO.status,
    notes=("preset-note-orders", "preset-note-lines", "preset-note-refunds"),
)  # fmt: skip
_BITRIX_DAYS = {
    CREATED: ("DATE_INSERT", "Дата создания", "Дата заказа", "Дата"), PAID: ("DATE_PAYED", "Дата оплаты"),
    SENT: ("DATE_DEDUCTED", "Дата отгрузки", "DELIVERY_DOC_DATE"), CANCELLED: ("DATE_CANCELED", "Отменен",
        "Дата отмены"),
}  # fmt: skip
_BITRIX = Steps(
    {event: columns if event != CANCELLED else ("DATE_CANCELED", "Дата отмены") for event,
    columns in _BITRIX_DAYS.items()},
    status=("STATUS_ID", "Статус", "STATUS"),
    status_at=("DATE_STATUS",),
    statuses={"N": CREATED, "P": PAID, "F": DELIVERED, "DN": CREATED, "DF": SENT,
        "принят, ожидается оплата": CREATED, "оплачен, формируется к отправке": PAID},
    value=("PRICE", "Сумма"),
    flags={PAID: ("PAYED", "Оплачен"), CANCELLED: ("CANCELED", "Отменен")},
    first_of=("ACCOUNT_NUMBER", "ID"),
    more=marked,
)  # fmt: skip
BITRIX = Preset(
    "bitrix",
    (
        ("ID", "DATE_INSERT", "PAYED", "STATUS_ID"), ("ID", "DATE_INSERT", "CANCELED", "PRICE"), ("ID", "Оплачен",
        "Отменен", "Статус"),
        ("ACCOUNT_NUMBER", "DATE_INSERT", "USER_ID"),
    ),
    {
        R.ORDER: ("ACCOUNT_NUMBER", "ID"), R.VALUE: ("PRICE", "Сумма"), R.CURRENCY: ("CURRENCY", "Валюта"),
        R.CUSTOMER: ("USER_ID", "Покупатель", "Пользователь"), R.EMAIL: ("USER_EMAIL", "EMAIL", "E-Mail"),
            R.PHONE: ("PHONE", "Телефон"),
        R.NAME: ("USER_NAME", "FIO", "Ф.И.О."), R.PROPERTY: ("STATUS_ID", "Статус", "Платежная система", "Доставка",
            "LID", "Сайт"),
    },
    _BITRIX.make,
    drop=("DATE_INSERT", "DATE_PAYED", "DATE_UPDATE", "DATE_STATUS", "DATE_CANCELED", "PAYED", "CANCELED", "Оплачен",
        "Отменен", "Состав заказа", "Корзина",
          "TAX_VALUE", "SUM_PAID", "PRICE_DELIVERY", "COMMENTS", "USER_DESCRIPTION", "ID", "PAY_VOUCHER_NUM",
          "DATE_MARKED", "LOCKED_BY", *UTM),
    statuses=_BITRIX.statuses,
    status=_BITRIX.status,
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-orders", "preset-note-zone-moscow"),
)  # fmt: skip
_INSALES = Steps(
    {
        CREATED: ("created_at", "Дата создания", "Дата оформления"), PAID: ("paid_at", "Дата оплаты"),
            DELIVERED: ("delivered_at", "Дата доставки"),
        CANCELLED: ("cancelled_at",),
    },
    status=("fulfillment_status", "Статус заказа", "Статус", "custom_status.title"),
    statuses={
        "new": CREATED, "accepted": CREATED, "approved": CREATED, "dispatched": SENT, "delivered": DELIVERED,
        "declined": CANCELLED, "returned": RETURNED,
        "новый": CREATED, "в обработке": CREATED, "согласован": CREATED, "отгружен": SENT, "доставлен": DELIVERED,
        "отменен": CANCELLED, "возврат": RETURNED,
    },
    status_at=("updated_at", "Дата изменения"),
    value=("total_price", "Стоимость заказа", "Итого"),
    flags={PAID: ("Оплачен",)},
    first_of=("number", "Номер", "Номер заказа"),
    more=marked,
)  # fmt: skip
INSALES = Preset(
    "insales",
    (("number", "created_at", "fulfillment_status", "client.id"), ("number", "created_at", "fulfillment_status", "client.email")),
    {
        R.ORDER: ("number", "Номер заказа", "Номер"), R.VALUE: ("total_price", "Стоимость заказа", "Итого"),
            R.CURRENCY: ("currency_code",),
        R.CUSTOMER: ("client.id",), R.EMAIL: ("client.email", "Email"), R.PHONE: ("client.phone", "Телефон"),
            R.NAME: ("client.name", "Имя"),
        R.PROPERTY: ("financial_status", "fulfillment_status", "Статус", "Статус оплаты", "delivery_title",
            "payment_title"),
    },
    _INSALES.make,
    drop=("id", "key", "created_at", "paid_at", "updated_at", "delivered_at", "items_price", "full_delivery_price",
        "order_lines", "comment", "manager_comment",
          "client.surname", "client.middlename", "accepted_at", "delivered", *UTM),
    statuses=_INSALES.statuses,
    status=_INSALES.status,
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-orders", "preset-note-zone-moscow"),
)  # fmt: skip


def _tilda(cells: Cells) -> Mapping[str, Any]:
    return marked(cells)


_TILDA = Steps(
    {CREATED: ("sent", "Date", "Дата", "created", "Created")},
    status=("payment status", "Payment status", "Статус оплаты", "status"),
    statuses={"paid": PAID, "оплачено": PAID, "оплачен": PAID, "not paid": CREATED, "unpaid": CREATED,
        "не оплачено": CREATED, "cancelled": CANCELLED, "refunded": RETURNED},
    value=("amount", "subtotal", "price", "Сумма", "Amount"),
    more=_tilda,
)  # fmt: skip
TILDA = Preset(
    "tilda",
    (
        ("tranid", "formid", "Phone"), ("tranid", "formid", "Email"), ("tranid", "formname"), ("paymentid",
        "products", "orderid"),
        ("requestid", "formid"), ("orderid", "products", "referer"),
    ),
    {
        R.ORDER: ("orderid", "tranid", "paymentid", "requestid"), R.VALUE: ("amount", "subtotal", "price", "Сумма",
            "Amount"),
        R.CURRENCY: ("currency", "Currency"), R.EMAIL: ("Email", "email", "ma_email"), R.PHONE: ("Phone", "phone",
            "Телефон", "ma_phone"),
        R.NAME: ("Name", "name", "Имя", "ma_name"), R.PROPERTY: ("formname", "payment system", "promocode",
            "delivery"),
    },
    _TILDA.make,
    drop=("formid", "referer", "sent", "products", "cookies", "tranid", "requestid", "ip", "pageid", "projectid",
        "blockid", *UTM),
    statuses=_TILDA.statuses,
    status=_TILDA.status,
    zone="Europe/Moscow",
    notes=("preset-note-orders", "preset-note-leads", "preset-note-zone-moscow"),
)  # fmt: skip


def _moysklad(cells: Cells) -> Mapping[str, Any]:
    """The counterparty's own id, out of its address in the API."""
    href = cells.text("agent.meta.href", "agent.id", "Контрагент")
    return {
        "=customer": mapped(href, lambda text: text.rstrip("/").rpartition("/")[2].partition("?")[0] or None),
        **marked(cells),
    }


_SKLAD_API = Steps(
    {CREATED: ("moment", "created"), CANCELLED: ("deleted",)},
    status=("state.name",),
    status_at=("updated",),
    statuses={
        "собран": PAID,
        "подтвержден": CREATED,
        "отгружен": SENT,
        "доставлен": DELIVERED,
        "возврат": RETURNED,
        "отменен": CANCELLED,
    },
    value=("sum",),
    minor=True,
    more=_moysklad,
)
MOYSKLAD_API = Preset(
    "moysklad",
    (("moment", "sum", "agent.meta.href", "payedSum"), ("moment", "sum", "name", "externalCode", "shippedSum")),
    {
        R.ORDER: ("name", "id"), R.EMAIL: ("agent.email",), R.PHONE: ("agent.phone",), R.NAME: ("agent.name",),
        R.PROPERTY: ("state.name", "organization.name", "salesChannel.name", "store.name"),
    },
    _SKLAD_API.make,
    drop=("sum", "moment", "created", "updated", "payedSum", "shippedSum", "reservedSum", "invoicedSum", "vatSum",
        "externalCode", "id", "accountId",
          "agent.meta.href", "rate.currency.meta.href", "deliveryPlannedMoment", "description", "deleted"),
    drop_like=__import__("re").compile(r".*\.meta\..*|meta\..*"),
    statuses=_SKLAD_API.statuses,
    status=("state.name",),
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-orders", "preset-note-minor", "preset-note-zone-moscow"),
)  # fmt: skip
_SKLAD_CSV = Steps(
    {CREATED: ("Время", "Дата", "Дата создания")},
    status=("Статус",),
    statuses=_SKLAD_API.statuses,
    value=("Сумма",),
    more=marked,
)
MOYSKLAD_CSV = Preset(
    "moysklad-table",
    (("№", "Время", "Контрагент", "Сумма", "Оплачено", "Отгружено"),),
    {
        R.ORDER: ("№", "Номер"), R.VALUE: ("Сумма",), R.CURRENCY: ("Валюта",), R.CUSTOMER: ("Контрагент",),
            R.EMAIL: ("E-mail", "Email"), R.PHONE: ("Телефон",),
        R.PROPERTY: ("Статус", "Организация", "Канал продаж", "Склад"),
    },
    _SKLAD_CSV.make,
    drop=("Оплачено", "Отгружено", "Зарезервировано", "Выставлено счетов", "Комментарий", "Время",
        "План. дата отгрузки", "НДС"),
    statuses=_SKLAD_CSV.statuses,
    status=("Статус",),
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-orders", "preset-note-zone-moscow"),
)  # fmt: skip
_RETAIL = Steps(
    {CREATED: ("createdAt", "Дата оформления", "Дата создания"), PAID: ("fullPaidAt", "Дата полной оплаты",
    "Дата оплаты"), SENT: ("shipmentDate", "Дата отгрузки")},
    status=("status", "Статус"),
    status_at=("statusUpdatedAt", "Дата изменения статуса"),
    statuses={
        "new": CREATED, "availability-confirmed": CREATED, "client-confirmed": CREATED, "prepayed": PAID,
        "offer-analog": CREATED, "send-to-assembling": PAID,
        "assembling": PAID, "assembling-complete": PAID, "send-to-delivery": SENT, "delivering": SENT,
        "redirect": SENT, "complete": PAID,
        "no-call": CANCELLED, "no-product": CANCELLED, "already-buyed": CANCELLED,
        "delyvery-did-not-suit": CANCELLED, "prices-did-not-suit": CANCELLED,
        "cancel-other": CANCELLED, "return": RETURNED, "новый": CREATED, "наличие подтверждено": CREATED,
        "согласовано с клиентом": CREATED,
        "передано в комплектацию": CREATED, "комплектуется": CREATED, "укомплектован": CREATED,
        "передан в доставку": SENT, "доставляется": SENT,
        "выполнен": PAID, "недозвон": CANCELLED, "нет в наличии": CANCELLED, "купил в другом месте": CANCELLED,
        "не устроила доставка": CANCELLED,
        "не устроила цена": CANCELLED,
    },
    value=("totalSumm", "Сумма", "Сумма заказа"),
    first_of=("number", "Номер", "Номер заказа"),
    more=marked,
)  # fmt: skip
RETAILCRM = Preset(
    "retailcrm",
    (("number", "createdAt", "status", "totalSumm"), ("number", "createdAt", "statusUpdatedAt", "status")),
    {
        R.ORDER: ("number", "Номер", "Номер заказа", "id"), R.VALUE: ("totalSumm", "Сумма", "Сумма заказа"),
            R.CURRENCY: ("currency",),
        R.CUSTOMER: ("customer.id", "customer.externalId"), R.EMAIL: ("email", "customer.email", "E-mail"),
            R.PHONE: ("phone", "Телефон"),
        R.NAME: ("firstName", "customer.firstName", "Покупатель", "Клиент"),
        R.PROPERTY: ("status", "Статус", "orderMethod", "Способ оформления", "orderType", "site", "Магазин"),
    },
    _RETAIL.make,
    drop=("id", "externalId", "createdAt", "statusUpdatedAt", "fullPaidAt", "summ", "prepaySum", "purchaseSumm",
        "items", "lastName", "patronymic", "managerId",
          "customerComment", "managerComment", "uuid", "slug", "delivery.address.text", *UTM),
    statuses=_RETAIL.statuses,
    status=_RETAIL.status,
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-orders", "preset-note-zone-moscow"),
)  # fmt: skip
