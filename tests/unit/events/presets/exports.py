"""Small exports with the columns that each product's documentation names, in the encoding that it writes. Nobody's real data."""

from __future__ import annotations

import json
from typing import Any

TAB = "\t"


def tsv(*rows: list[str]) -> str:
    """Rows with tabs, as the Logs API hands them out."""
    return "".join(TAB.join(row) + "\n" for row in rows)


METRICA_HITS = tsv(
    ["ym:pv:watchID", "ym:pv:clientID", "ym:pv:dateTime", "ym:pv:isPageView", "ym:pv:link", "ym:pv:URL", "ym:pv:referer", "ym:pv:goalsID",
     "ym:pv:lastTrafficSource", "ym:pv:UTMSource", "ym:pv:UTMMedium"],
    ["91", "1701", "2024-05-01 10:00:00", "1", "0", "https://shop.example/?yclid=7", "https://yandex.ru/", "[]", "ad", "yandex", "cpc"],
    ["92", "1701", "2024-05-01 10:01:00", "1", "0", "https://shop.example/catalog/proteins/", "https://shop.example/", "[]", "ad",
    "yandex", "cpc"],
    ["93", "1701", "2024-05-01 10:02:30", "1", "0", "https://shop.example/cart/", "https://shop.example/", "[321,322]", "ad", "yandex",
    "cpc"],
    ["94", "1702", "2024-05-01 11:00:00", "0", "1", "https://t.me/shop", "", "[]", "direct", "", ""],
    ["95", "1702", "2024-05-01 11:05:00", "0", "0", "https://shop.example/", "", "[321]", "direct", "", ""],
)  # fmt: skip
METRICA_VISITS = tsv(
    ["ym:s:visitID", "ym:s:clientID", "ym:s:dateTime", "ym:s:startURL", "ym:s:lastTrafficSource", "ym:s:lastAdvEngine", "ym:s:goalsID",
    "ym:s:goalsDateTime",
     "ym:s:purchaseID", "ym:s:purchaseDateTime", "ym:s:purchaseRevenue", "ym:s:purchaseCurrency"],
    ["501", "1701", "2024-05-01 10:00:00", "https://shop.example/", "organic", "", "[321,322]",
    "['2024-05-01 10:02:30','2024-05-01 10:04:00']", "['A-1']",
     "['2024-05-01 10:05:00']", "[4990.5]", "['RUB']"],
    ["502", "1702", "2024-05-02 09:00:00", "https://shop.example/", "ad", "ya_direct", "[]", "[]", "[]", "[]", "[]", "[]"],
    ["503", "1702", "2024-05-03 09:00:00", "https://shop.example/", "messenger", "", "[321]", "[\\'2024-05-03 09:01:00\\']", "[]", "[]",
    "[]", "[]"],
)  # fmt: skip


def ga4_event(name: str, at: int, user: str | None = None, **params: Any) -> dict[str, Any]:
    """An event as BigQuery's JSON export writes it: whole numbers as strings, parameters as typed pairs."""
    typed = [
        {"key": key, "value": {"int_value": str(value)} if isinstance(value, int) else {"string_value": value}}
        for key, value in params.items()
    ]
    return {
        "event_date": "20240501", "event_timestamp": str(at), "event_name": name, "user_pseudo_id": "111.222", "user_id": user,
        "event_params": typed, "device": {"category": "mobile"}, "geo": {"city": "Kazan"},
        "ecommerce": {"transaction_id": "T-1", "purchase_revenue": 49.9} if name == "purchase" else None,
        "collected_traffic_source": {"manual_source": "newsletter", "manual_medium": "email"} if name == "session_start" else None,
    }  # fmt: skip


GA4 = [
    ga4_event("session_start", 1714557600000000, ga_session_id=77, page_location="https://shop.example/"),
    ga4_event("add_to_cart", 1714557660000000, ga_session_id=77, value=50),
    ga4_event("purchase", 1714557720000000, "user-9", ga_session_id=77, currency="EUR", value=50),
]
GA4_FLAT = (
    "event_date,event_timestamp,event_name,user_pseudo_id,page_location,ga_session_id\n"
    "20240501,1714557600000000,page_view,111.222,https://shop.example/,77\n"
    "20240501,1714557660000000,purchase,111.222,https://shop.example/ok,77\n"
)
MATOMO = json.dumps(
    [
        {
            "idSite": "1", "idVisit": "9001", "visitorId": "abc", "userId": "anna", "serverTimestamp": 1714557600,
            "referrerType": "search",
            "referrerName": "Google", "siteCurrency": "EUR", "city": "Kazan",
            "actionDetails": [
                {"type": "action", "url": "https://shop.example/cart/", "pageTitle": "Cart", "timestamp": 1714557600},
                {"type": "goal", "goalId": "3", "goalName": "Callback", "timestamp": 1714557630, "revenue": "0"},
                {"type": "ecommerceOrder", "orderId": "M-1", "revenue": "120.50", "timestamp": 1714557660},
            ],
        },
        {
            "idSite": "1", "idVisit": "9002", "visitorId": "def", "userId": None, "serverTimestamp": 1714561200,
            "referrerType": "campaign",
            "referrerName": "spring", "campaignSource": "vk", "campaignMedium": "cpc", "siteCurrency": "EUR",
            "actionDetails": [{"type": "event", "eventCategory": "Video", "eventAction": "Play", "timestamp": 1714561200}],
        },
    ]
)  # fmt: skip
MATOMO_CSV = (
    "idVisit,visitorId,serverTimestamp,referrerType,type (actionDetails 0),url (actionDetails 0),timestamp (actionDetails 0),"
    "type (actionDetails 1),url (actionDetails 1),timestamp (actionDetails 1)\n"
    "9001,abc,1714557600,direct,action,https://shop.example/,1714557600,outlink,https://t.me/x,1714557620\n"
    "9002,def,1714557700,direct,action,https://shop.example/search?q=a,1714557700,,,\n"
)
AMPLITUDE = "\n".join(
    json.dumps(one)
    for one in (
        {"$insert_id": "i1", "uuid": "u1", "event_time": "2024-05-01 10:00:00.000000", "event_type": "Product Viewed", "user_id": None,
        "device_id": "d1",
         "amplitude_id": 42, "session_id": 1714557600000, "event_properties": {}, "user_properties": {"utm_source": "google",
         "utm_medium": "cpc"}},
        {"$insert_id": "i2", "uuid": "u2", "event_time": "2024-05-01 10:05:00.000000", "event_type": "Order Completed",
        "user_id": "anna", "device_id": "d1",
         "amplitude_id": 42, "session_id": 1714557600000, "event_properties": {"revenue": 10.5, "currency": "USD", "order_id": "Z1"},
         "user_properties": {}},
        {"$insert_id": "i2", "uuid": "u3", "event_time": "2024-05-01 10:05:00.000000", "event_type": "Order Completed",
        "user_id": "anna", "device_id": "d1",
         "amplitude_id": 42, "session_id": -1, "event_properties": {}, "user_properties": {}},
    )
)  # fmt: skip
MIXPANEL = "\n".join(
    json.dumps(one)
    for one in (
        {"event": "Page View", "properties": {"time": 1714557600, "distinct_id": "dev-1", "$insert_id": "m1", "$device_id": "dev-1",
        "$city": "Kazan"}},
        {"event": "Purchase", "properties": {"time": 1714557700, "distinct_id": "anna", "$insert_id": "m2", "$device_id": "dev-1",
        "$user_id": "anna",
                                            "revenue": 12, "currency": "USD"}},
    )
)  # fmt: skip
POSTHOG = "\n".join(
    json.dumps(one)
    for one in (
        {"uuid": "p1", "event": "$pageview", "distinct_id": "anon", "person_id": "per-1", "timestamp": "2024-05-01T10:00:00Z",
         "properties": json.dumps({"$current_url": "https://shop.example/?utm_source=tg&utm_medium=bot", "$session_id": "s1"})},
        {"uuid": "p2", "event": "order_completed", "distinct_id": "anna", "person_id": "per-1", "timestamp": "2024-05-01T10:09:00Z",
         "properties": json.dumps({"revenue": 4990, "currency": "RUB", "order_id": "77"})},
    )
)  # fmt: skip
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,"
    "Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Billing Name,Billing Phone,Cancelled at,Refunded Amount,Id\n"
    "#1001,Anna@example.com,paid,2024-05-01 10:05:00 +0200,fulfilled,2024-05-02 09:00:00 +0200,EUR,100.90,0.00,8.33,"
    "100.90,2024-05-01 09:59:00 +0200,1,"
    "Whey,62.95,W-1,Anna K,+31 6 12345678,,0.00,555\n"
    "#1001,anna@example.com,,,,,,,,,,2024-05-01 09:59:00 +0200,1,Shaker,37.95,S-1,,,,,\n"
    "#1002,boris@example.com,partially_refunded,2024-05-03 10:00:00 +0200,unfulfilled,,EUR,80.00,0,0,80.00,"
    "2024-05-03 10:00:00 +0200,2,Bar,40,B-1,Boris,,,"
    "30.00,556\n"
    "#1003,clara@example.com,refunded,2024-05-04 10:00:00 +0200,unfulfilled,,EUR,50.00,0,0,50.00,"
    "2024-05-04 10:00:00 +0200,1,Bar,50,B-1,Clara,,,50.00,557\n"
    "#1004,dora@example.com,voided,,unfulfilled,,EUR,20.00,0,0,20.00,2024-05-05 10:00:00 +0200,1,Bar,20,B-1,Dora,,"
    "2024-05-05 12:00:00 +0200,0.00,558\n"
)
WOOCOMMERCE = (
    "order_id,order_number,order_date,status,order_total,order_currency,billing_email,billing_phone,refunded_total,item_name\n"
    "11,11,2024-05-01 10:00:00,completed,150.00,USD,anna@example.com,,0,Whey\n"
    "12,12,2024-05-02 10:00:00,cancelled,90.00,USD,boris@example.com,,0,Bar\n"
    "13,13,2024-05-03 10:00:00,refunded,60.00,USD,clara@example.com,,60,Bar\n"
)
BITRIX = (
    "ID;DATE_INSERT;USER_ID;USER_EMAIL;PRICE;CURRENCY;PAYED;DATE_PAYED;CANCELED;DATE_CANCELED;STATUS_ID;DATE_STATUS\n"
    "301;01.05.2024 10:00:00;17;anna@example.ru;1 234,50;RUB;Y;01.05.2024 10:30:00;N;;F;03.05.2024 12:00:00\n"
    "302;02.05.2024 11:00:00;18;boris@example.ru;990,00;RUB;N;;Y;02.05.2024 15:00:00;N;02.05.2024 11:00:00\n"
    "303;03.05.2024 11:00:00;18;boris@example.ru;500,00;RUB;N;;N;;XX;03.05.2024 11:00:00\n"
)
RETAILCRM = json.dumps(
    {
        "orders": [
            {"id": 1, "number": "R-1", "createdAt": "2024-05-01 10:00:00", "statusUpdatedAt": "2024-05-03 12:00:00",
            "status": "complete", "totalSumm": 3500,
             "phone": "8 (916) 123-45-67", "customer": {"id": 55, "email": "anna@example.ru"}, "orderMethod": "shopping-cart",
             "currency": "RUB"},
            {"id": 2, "number": "R-2", "createdAt": "2024-05-02 10:00:00", "statusUpdatedAt": "2024-05-02 18:00:00", "status": "no-call",
            "totalSumm": 900,
             "phone": "8 (916) 000-00-01", "customer": {"id": 56}, "currency": "RUB"},
            {"id": 3, "number": "R-3", "createdAt": "2024-05-04 10:00:00", "statusUpdatedAt": "2024-05-04 11:00:00",
            "status": "gift-wrapping", "totalSumm": 700,
             "phone": "8 (916) 123-45-67", "customer": {"id": 55}, "currency": "RUB"},
        ]
    }
)  # fmt: skip
INSALES = json.dumps(
    [
        {"id": 7, "number": 1007, "created_at": "2024-05-01T10:00:00.000+03:00", "paid_at": "2024-05-01T10:20:00.000+03:00",
        "delivered_at": None,
         "financial_status": "paid", "fulfillment_status": "dispatched", "total_price": 2500.0,
         "updated_at": "2024-05-02T09:00:00.000+03:00",
         "client": {"id": 81, "email": "anna@example.ru", "phone": "+79161234567", "name": "Анна"}},
        {"id": 8, "number": 1008, "created_at": "2024-05-02T10:00:00.000+03:00", "paid_at": None, "delivered_at": None,
        "financial_status": "pending",
         "fulfillment_status": "declined", "total_price": 700.0, "updated_at": "2024-05-02T12:00:00.000+03:00",
         "client": {"id": 82, "email": "boris@example.ru", "phone": "", "name": "Борис"}},
    ]
)  # fmt: skip
TILDA = (
    "Name;Phone;Email;tranid;formid;formname;orderid;amount;payment status;sent;utm_source;utm_medium\n"
    "Анна;+7 (916) 123-45-67;anna@example.ru;1:1;form1;Корзина;777;4990;Оплачено;2024-05-01 10:00:00;yandex;cpc\n"
    "Борис;+7 (916) 000-00-01;;1:2;form2;Обратный звонок;;;;2024-05-02 11:00:00;vk;social\n"
)
MOYSKLAD = json.dumps(
    {
        "rows": [
            {"id": "a1", "name": "00042", "moment": "2024-05-01 10:00:00.000", "updated": "2024-05-02 09:00:00.000", "sum": 499000.0,
            "payedSum": 499000.0,
             "shippedSum": 0.0, "externalCode": "x", "state": {"name": "Отгружен"},
             "agent": {"meta": {"href": "https://api.example/entity/counterparty/cp-1"}, "email": "anna@example.ru"}},
            {"id": "a2", "name": "00043", "moment": "2024-05-03 10:00:00.000", "updated": "2024-05-03 12:00:00.000", "sum": 100000.0,
            "payedSum": 0.0,
             "shippedSum": 0.0, "externalCode": "y", "state": {"name": "Отменен"},
             "agent": {"meta": {"href": "https://api.example/entity/counterparty/cp-1"}}},
        ]
    }
)  # fmt: skip
AMOCRM = (
    "ID;Название сделки;Бюджет;Ответственный;Дата создания сделки;Дата закрытия;Этап сделки;Воронка;Полное имя контакта;"
    "Рабочий телефон;Рабочий email;"
    "utm_source;utm_medium;_ym_uid\n"
    "9001;Сделка 1;15 000,00;Мария;01.05.2024 10:00:00;10.05.2024 12:00:00;Успешно реализовано;Продажи;Анна К;"
    "8 916 123-45-67;;yandex;cpc;1701\n"
    "9002;Сделка 2;7000;Мария;02.05.2024 10:00:00;05.05.2024 09:00:00;Закрыто и не реализовано;Продажи;Борис Л;8 916 000-00-01;;;;\n"
    "9003;Сделка 3;9000;Мария;03.05.2024 10:00:00;;Ждём оплату;Продажи;Вера П;8 916 000-00-02;;vk;cpc;\n"
)
BITRIX24 = (
    "ID;Стадия сделки;Название;Сумма;Валюта;Дата создания;Дата завершения;Контакт;Контакт: Мобильный телефон\n"
    "1;Сделка успешна;Заявка;12 000;RUB;01.05.2024 10:00:00;04.05.2024;Анна К;+7 916 123-45-67\n"
    "2;Сделка провалена;Заявка;3 000;RUB;02.05.2024 10:00:00;03.05.2024;Борис Л;+7 916 000-00-01\n"
)
OZON = (
    "Номер заказа;Номер отправления;Принят в обработку;Дата отгрузки;Статус;Дата доставки;Сумма отправления;"
    "Код валюты отправления;Артикул;Количество\n"
    "100-1;100-1-1;2024-05-01 10:00:00;2024-05-02 10:00:00;Доставлен;2024-05-04 15:00:00;1990.00;RUB;W-1;1\n"
    "100-2;100-2-1;2024-05-02 10:00:00;;Отменён;;990.00;RUB;B-1;1\n"
)
WILDBERRIES = json.dumps(
    [
        {
            "date": "2024-05-01T10:00:00",
            "lastChangeDate": "2024-05-03T10:00:00",
            "srid": "s1",
            "gNumber": "g1",
            "nmId": 1,
            "saleID": "S100",
            "priceWithDisc": 800,
        },
        {
            "date": "2024-05-05T10:00:00",
            "lastChangeDate": "2024-05-05T10:00:00",
            "srid": "s1",
            "gNumber": "g1",
            "nmId": 1,
            "saleID": "R101",
            "priceWithDisc": 800,
        },
    ]
)
CALLTOUCH = json.dumps(
    [
        {"callId": 1, "date": "01/05/2024 10:00:00", "callerNumber": "79161234567", "phoneNumber": "74950000000", "successful": True,
        "targetCall": True,
         "uniqueCall": True, "utmSource": "yandex", "utmMedium": "cpc", "source": "yandex", "medium": "cpc", "yaClientId": "1701",
         "url": "https://shop.example/"},
        {"callId": 2, "date": "01/05/2024 11:00:00", "callerNumber": "79160000001", "phoneNumber": "74950000000", "successful": False,
        "targetCall": False,
         "uniqueCall": True, "utmSource": "<не указано>", "utmMedium": "<не указано>", "source": "(direct)", "medium": "(none)",
         "yaClientId": None, "url": ""},
    ]
)  # fmt: skip
UNISENDER = (
    "email;send_result;last_update;campaign_id\n"
    "anna@example.ru;ok_link_visited;2024-05-01 10:00:00;77\n"
    "boris@example.ru;ok_delivered;2024-05-01 10:01:00;77\n"
    "vera@example.ru;err_mailbox_full;2024-05-01 10:02:00;77\n"
    "gleb@example.ru;not_sent;2024-05-01 10:03:00;77\n"
)
