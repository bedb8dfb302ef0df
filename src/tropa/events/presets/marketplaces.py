"""Ozon and Wildberries: reports of sellers. They have no customers, only orders; who insists may follow the orders."""

from __future__ import annotations

import pyarrow.compute as pc

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, is_one, mapped, negated, where
from tropa.events.presets.preset import Made, Preset
from tropa.events.presets.stages import CANCELLED, CREATED, DELIVERED, RETURNED, SENT, Steps

_OZON = Steps(
    {
        CREATED: ("Принят в обработку", "in_process_at", "created_at"),
            SENT: ("Фактическая дата передачи в доставку", "delivering_date", "Дата отгрузки", "shipment_date"),
        DELIVERED: ("Дата доставки",),
    },
    status=("Статус", "status"),
    statuses={
        "awaiting packaging": CREATED, "awaiting deliver": CREATED, "delivering": SENT, "delivered": DELIVERED,
        "cancelled": CANCELLED, "ожидает сборки": CREATED,
        "ожидает отгрузки": CREATED, "доставляется": SENT, "доставлен": DELIVERED, "отменен": CANCELLED,
        "отменён": CANCELLED, "возврат": RETURNED,
    },
    value=("Сумма отправления", "Ваша стоимость отправления"),
    first_of=("Номер отправления", "posting_number"),
)  # fmt: skip
OZON = Preset(
    "ozon",
    (("Номер отправления", "Принят в обработку", "Статус"), ("posting_number", "order_number", "in_process_at"),
    ("posting_number", "order_id", "status")),
    {
        R.ORDER: ("Номер отправления", "posting_number"), R.VALUE: ("Сумма отправления",
            "Ваша стоимость отправления"), R.CURRENCY: ("Код валюты отправления",),
        R.PROPERTY: ("Статус", "status", "Артикул", "SKU", "OZON id", "Регион доставки", "Склад отгрузки",
            "Кластер доставки"),
    },
    _OZON.make,
    drop=("Принят в обработку", "Дата отгрузки", "Дата доставки", "Фактическая дата передачи в доставку",
        "Номер заказа", "Наименование товара", "Название товара",
          "Количество", "Ваша цена", "Оплачено покупателем", "order_id", "order_number", "products",
          "analytics_data"),
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-orders", "preset-note-market", "preset-note-zone-moscow"),
    customers=False,
    statuses=_OZON.statuses,
    status=_OZON.status,
)  # fmt: skip


def wildberries(cells: Cells) -> Made:
    """Statistics API: orders and sales (`saleID` S… is a sale, R… a return), or lines of the detailed report («Обоснование для оплаты»)."""
    sale, why = cells.text("saleID"), cells.text("Обоснование для оплаты", "supplier_oper_name")
    cancelled = is_one(cells.text("isCancel"), "true", "1")
    name = where(
        pc.starts_with(sale, "R"),
        cells.constant("order_returned"),
        where(pc.is_valid(sale), cells.constant("order_paid")),
    )
    told = mapped(
        why, lambda text: {"продажа": "order_paid", "возврат": "order_returned"}.get(text.strip().lower(), text)
    )
    other = where(cancelled, cells.constant("order_cancelled"), cells.constant("order_created"))
    amount = cells.text(
        "priceWithDisc", "finishedPrice", "Вайлдберриз реализовал Товар (Пр)", "retail_amount", "totalPrice"
    )
    event = pc.coalesce(name, told, other)
    return Made(
        {
            "=event": event,
            "=value": where(pc.equal(event, "order_returned"), negated(amount), amount),
            "=time": pc.coalesce(
                where(cancelled, cells.text("cancelDate", "cancel_dt")),
                cells.text("Дата продажи", "sale_dt", "date", "order_dt"),
            ),
        }
    )


WILDBERRIES = Preset(
    "wildberries",
    (("srid", "nmId", "lastChangeDate"), ("gNumber", "nmId", "lastChangeDate"), ("Обоснование для оплаты",
    "Дата продажи", "Код номенклатуры"), ("supplier_oper_name", "sale_dt", "nm_id")),
    {
        R.ORDER: ("srid", "Srid", "odid", "gNumber"),
        R.PROPERTY: ("warehouseName", "regionName", "oblast", "subject", "brand", "supplierArticle",
            "Артикул поставщика", "Предмет", "Бренд", "Склад"),
    },
    wildberries,
    drop=("lastChangeDate", "date", "isCancel", "cancelDate", "saleID", "sticker", "barcode", "Баркод", "totalPrice",
        "discountPercent", "spp", "finishedPrice",
          "priceWithDisc", "forPay", "paymentSaleAmount", "Обоснование для оплаты", "Дата продажи",
          "Дата заказа покупателем", "gNumber", "nmId", "incomeID"),
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-market", "preset-note-zone-moscow"),
    customers=False,
)  # fmt: skip
