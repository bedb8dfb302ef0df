"""What people call the columns of their logs, in Russian and English: words in, roles out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tropa.events.contract import ColumnRole as R

_SPLIT = re.compile(r"[^\w]+|_+")
_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])")


def words_of(name: str) -> tuple[str, ...]:
    """`CustomerID` → (customer, id); «Дата оплаты, мск» → (дата, оплаты, мск)."""
    spaced = _CAMEL.sub(" ", name.replace("№", " номер "))
    return tuple(word for word in _SPLIT.split(spaced.lower().replace("ё", "е")) if word)


_EXACT: Mapping[R, str] = {
    R.CUSTOMER: """
        customer, customer id, client, client id, user, user id, uid, visitor, visitor id, household id,
        household key, member id, person id, distinct id, anonymous id, subscriber id, contact id, buyer, buyer
        id, account id, case id, case concept name, customer code, user pseudo id, domain userid, customer
        number, client number, userid, clientid, customerid, visitorid, cookie id, profile id, patient id, patient,
        guest, guest id, subscriber, student, student id, applicant, applicant id, passenger, passenger id, borrower id,
        клиент, ид клиента, id клиента, код клиента, клиент id, номер клиента, покупатель, id покупателя, код
        покупателя, контрагент, пользователь, id пользователя, ид пользователя, посетитель, id посетителя, номер
        карты, карта лояльности, карта клиента, card number, loyalty card, s client id, ym s client id, ym pv
        client id, заказчик, пациент, id пациента, гость, id гостя, участник, абонент, подписчик, студент, ученик,
        заявитель, пассажир, лид, lead id
    """,
    R.TIME: """
        time, timestamp, ts, date, datetime, date time, event time, event timestamp, created at, created,
        occurred at, time timestamp, дата, время, дата время, дата и время, дата события, время события, дата
        заказа, дата создания, момент, invoice date, order date, transaction timestamp, transaction date,
        purchase date, dt, event date, server time, local time, collector tstamp, derived tstamp, date created,
        order created, period, период, дата покупки, дата продажи, дата операции, дата чека, дата отзыва, дата
        визита, дата обращения, visit time, redemption date, start date, ym s date time, ym pv date time, s date
        time, timestamp ms, unixtime, unix time, eventtime, datetime utc
    """,
    R.EVENT: """
        event, event name, event type, eventname, eventtype, action, activity, concept name, событие, действие,
        тип события, название события, имя события, операция, operation, шаг, step, goal, цель, type, тип,
        активность, event action, page, страница, stage, этап
    """,
    R.CHANNEL: """
        channel, source, utm source, medium, utm medium, traffic source, acquisition channel, канал, источник,
        источник трафика, рекламный канал, last traffic source, mkt source, mkt medium, канал привлечения,
        источник заказа, откуда узнали, источник лида, канал продаж, marketing channel, source medium, channel
        grouping, default channel group, traffic type, точка контакта, канал связи, источник клиента, откуда,
        способ связи, s last traffic source, ym s last traffic source
    """,
    R.VALUE: """
        value, revenue, amount, total, sum, order total, sales value, sales, grand total, сумма, выручка,
        стоимость, сумма заказа, итого, оплачено, purchase revenue, total price, total amount, event value,
        стоимость заказа, сумма оплаты, к оплате, сумма чека, сумма покупки, order value, order amount, price
        total, оборот, net revenue, gross revenue, сумма руб, выручка руб, бюджет, tr total, сумма сделки, total
        paid, paid amount, доход, сумма продажи, чек сумма, всего, turnover
    """,
    R.CURRENCY: "currency, currency code, валюта, код валюты, tr currency, valuta",
    R.SCORE: """
        score, rating, nps, csat, ces, оценка, рейтинг, балл, оценка клиента, звезды, stars, satisfaction,
        удовлетворенность, grade, mark, nps score, csat score, survey score, баллы, оценка nps, оценка сервиса,
        review score, star rating, review rating, оценка заказа, vote
    """,
    R.INSTRUMENT: """
        instrument, тип оценки, survey type, методика, тип опроса, вид опроса, survey, опрос, scale, шкала
    """,
    R.SESSION: """
        session, session id, visit id, визит, сессия, сеанс, id сессии, ga session id, domain sessionid, id
        визита, sessionid, номер сессии, ym s visit id, s visit id, session number
    """,
    R.ORDER: """
        order, order id, order number, order no, invoice, invoice no, invoice number, invoice id, basket id,
        transaction id, заказ, номер заказа, id заказа, ид заказа, номер, чек, номер чека, сделка, номер сделки,
        id сделки, purchase id, receipt, receipt id, tr orderid, orderid, код заказа, заказ номер, order ref,
        deal id, deal, basket, cart id, номер документа, документ, checkout id, накладная
    """,
    R.TEXT: """
        text, comment, comments, review, feedback, отзыв, комментарий, текст, сообщение, review text, comment
        text, текст отзыва, комментарий клиента, отзыв клиента, пожелания, answer, ответ, review body, remark,
        примечание, причина, verbatim, жалоба
    """,
    R.MESSAGE_ID: """
        message id, event id, insert id, uuid, hit id, id события, watch id, messageid, eventid, ym pv watch id,
        event uuid, guid
    """,
    R.PHONE: """
        phone, phone number, tel, mobile, телефон, номер телефона, моб, мобильный, тел, мобильный телефон,
        телефон клиента, contact phone, telephone, msisdn, cell, телефон покупателя, контактный телефон,
        whatsapp, billing phone, customer phone
    """,
    R.EMAIL: """
        email, e mail, mail, почта, эл почта, электронная почта, email клиента, имейл, емейл, адрес почты, email
        address, контактный email, customer email, billing email, е mail, mail клиента, почта клиента
    """,
    R.NAME: """
        full name, fio, фио, имя, фамилия, first name, last name, customer name, имя клиента, контактное лицо,
        получатель, фио клиента, фио покупателя, client name, contact name, отчество, имя покупателя, user name,
        username, имя получателя, шапка профиля
    """,
    R.QUANTITY: """
        quantity, qty, количество, кол во, колво, шт, count, units, кол, количество товара, item quantity
    """,
    R.PRICE: """
        price, unit price, цена, цена за единицу, цена за шт, стоимость единицы, item price, unitprice, цена
        товара
    """,
    R.CLOCK: "time, время, clock, час, время заказа, время события, event clock, order time",
    R.IGNORE: """
        address, адрес, ip, ip address, user ipaddress, адрес доставки, паспорт, passport, birthday, дата
        рождения, birth date, др, день рождения, date of birth, street, улица, квартира, инн, inn, снилс, user
        fingerprint, latitude, longitude, geo latitude, geo longitude
    """,
}
EXACT: dict[str, dict[R, float]] = {}
"""Normalised name → role → how surely: names that stand earlier in the list above mean it more surely."""
for _role, _names in _EXACT.items():
    _list = [" ".join(_name.split()).replace("ё", "е") for _name in _names.split(",")]
    for _at, _name in enumerate(_list):
        EXACT.setdefault(_name, {}).setdefault(_role, 0.97 - 0.2 * _at / len(_list))

LOGINS = frozenset(
    [
        "user id",
        "userid",
        "user",
        "login",
        "customer id",
        "customerid",
        "account id",
        "member id",
        "id пользователя",
        "логин",
    ]
)
BROWSERS = frozenset(
    [
        "anonymous id",
        "anonymousid",
        "anon id",
        "visitor id",
        "visitorid",
        "device id",
        "deviceid",
        "cookie id",
        "browser id",
    ]
)
"""Columns with the number of who signed in, and of the browser or device. `client id` is either, so it is none of these."""

PART: Mapping[str, R] = {
    "customer": R.CUSTOMER, "client": R.CUSTOMER, "user": R.CUSTOMER, "userid": R.CUSTOMER, "visitor": R.CUSTOMER, "household": R.CUSTOMER,
    "клиент": R.CUSTOMER, "клиента": R.CUSTOMER, "покупатель": R.CUSTOMER, "покупателя": R.CUSTOMER, "пользователя": R.CUSTOMER,
    "timestamp": R.TIME, "tstamp": R.TIME, "datetime": R.TIME, "date": R.TIME, "дата": R.TIME, "time": R.TIME, "время": R.TIME,
    "event": R.EVENT, "событие": R.EVENT, "события": R.EVENT, "action": R.EVENT, "activity": R.EVENT,
    "channel": R.CHANNEL, "канал": R.CHANNEL, "источник": R.CHANNEL, "source": R.CHANNEL, "medium": R.CHANNEL,
    "revenue": R.VALUE, "amount": R.VALUE, "сумма": R.VALUE, "выручка": R.VALUE, "total": R.VALUE, "стоимость": R.VALUE,
    "currency": R.CURRENCY, "валюта": R.CURRENCY,
    "nps": R.SCORE, "csat": R.SCORE, "ces": R.SCORE, "rating": R.SCORE, "оценка": R.SCORE, "score": R.SCORE, "рейтинг": R.SCORE,
    "session": R.SESSION, "сессии": R.SESSION, "сеанса": R.SESSION, "визита": R.SESSION, "sessionid": R.SESSION,
    "order": R.ORDER, "invoice": R.ORDER, "заказа": R.ORDER, "заказ": R.ORDER, "чека": R.ORDER, "basket": R.ORDER,
    "comment": R.TEXT, "review": R.TEXT, "отзыв": R.TEXT, "комментарий": R.TEXT, "feedback": R.TEXT,
    "phone": R.PHONE, "телефон": R.PHONE, "тел": R.PHONE, "mobile": R.PHONE,
    "email": R.EMAIL, "почта": R.EMAIL, "mail": R.EMAIL,
    "фио": R.NAME, "имя": R.NAME, "фамилия": R.NAME,
    "quantity": R.QUANTITY, "qty": R.QUANTITY, "количество": R.QUANTITY,
    "price": R.PRICE, "цена": R.PRICE,
    "адрес": R.IGNORE, "address": R.IGNORE, "паспорт": R.IGNORE,
}  # fmt: skip

_ORDER_DATES: Mapping[str, str] = {
    "order_created": """
        created, создан, создания, оформлен, оформления, placed, ordered, заказан, заказа, order, принят,
        создано, создана, оформлена, поступления, поступил, purchase, начала, insert, inserted
    """,
    "order_paid": "paid, payed, payment, оплачен, оплачена, оплаты, оплата, оплачено, платежа, approved, processed",
    "order_sent": """
        sent, shipped, shipping, shipment, dispatched, отправлен, отправки, отправлено, отгружен, отгрузки,
        передан, отгрузка, отправка, dispatch, carrier, передачи, отгружено, deducted, fulfillment
    """,
    "order_delivered": """
        delivered, delivery, доставлен, доставки, получен, вручен, получения, вручения, доставка, выдан, выдачи,
        completed, closed, завершен, завершения, выполнен, выполнения, доставлено, fulfilled, закрытия, закрыт
    """,
    "order_cancelled": """
        cancelled, canceled, cancel, cancellation, отменен, отмены, отмена, отменено, declined, отказа, отказ,
        аннулирован
    """,
    "order_returned": "returned, return, refunded, refund, возвращен, возврата, возврат, возвращено",
}
ORDER_DATE_WORDS = {word.strip(): event for event, line in _ORDER_DATES.items() for word in line.split(",")}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PROMISED = _set(
    """
    expected estimated planned promised plan scheduled desired requested preferred estimate due deadline eta allow limit
    план плановая планируемая ожидаемая желаемая предполагаемая расчетная обещанная крайняя срок дедлайн до разрешения
    изменения обновления updated modified
    """
)
"""Words of dates on which nothing has happened to the order."""
_CARRIERS = _set("carrier courier курьеру перевозчику доставщику")
DATE_WORDS = frozenset({"date", "дата", "at", "time", "on", "время", "timestamp", "datetime"})
STEP_DONE = _set(
    """
    created placed ordered paid payed sent shipped dispatched delivered completed closed fulfilled cancelled canceled
    returned refunded создан создано создана оформлен оформлена заказан принят оплачен оплачена оплачено отправлен отправлено отгружен
    отгружено доставлен доставлено получен вручен выдан завершен выполнен закрыт отменен отменено аннулирован возвращен возвращено
    """
)
"""Words that say a step was done: a date under them is the day it was done on."""
YES_OR_NO = frozenset(
    {"да", "нет", "yes", "no", "true", "false", "y", "n", "+", "-", "—", "д", "н", "x", "х", "1", "0"}
)

_STATUSES: Mapping[str, str] = {
    "order_created": """
        new, created, pending, processing, on hold, open, placed, accepted, confirmed, новый, создан, принят, в
        обработке, обрабатывается, оформлен, ожидает оплаты, подтвержден, не оплачен, в работе, awaiting
        payment, unpaid, новая, к выполнению, в резерве, к выполнению / в резерве, к обеспечению, к отгрузке,
        на согласовании, согласован, ожидается аванс (до обеспечения)
    """,
    "order_paid": """
        paid, оплачен, оплачено, complete, completed, выполнен, завершен, done, success, успешно, оплачена,
        authorized, approved, завершено, успешно реализовано, выполнено, completed order, продано, закрыт, исполнен, реализован
    """,
    "order_sent": """
        sent, shipped, shipping, in transit, отправлен, отгружен, в пути, передан в доставку, в доставке,
        доставляется, dispatched
    """,
    "order_delivered": "delivered, доставлен, получен, вручен, выдан, доставлено, получено, выдано, fulfilled",
    "order_cancelled": """
        cancelled, canceled, cancel, отменен, отмена, отменено, аннулирован, failed, отказ, declined, rejected,
        voided, отменена, закрыто и не реализовано, expired, unavailable
    """,
    "order_returned": """
        returned, refunded, возврат, возвращен, возвращено, return, refund, возврат средств, chargeback
    """,
}
STATUS_EVENTS = {" ".join(word.split()): event for event, line in _STATUSES.items() for word in line.split(",")}
STATUS_NAMES = frozenset(
    (
        "status",
        "order status",
        "статус",
        "статус заказа",
        "состояние",
        "state",
        "статус сделки",
        "этап сделки",
        "financial status",
        "статус оплаты",
    )
)


def order_date_event(name: str) -> str | None:
    """Which event of an order a date column of this name dates (None: none; a promised date is no event)."""
    words = words_of(name)
    if _PROMISED & set(words):
        return None
    found = [ORDER_DATE_WORDS[word] for word in words if word in ORDER_DATE_WORDS]
    special = [event for event in found if event != "order_created"]
    if special[:1] == ["order_delivered"] and _CARRIERS & set(words):  # handed over to who will bring it
        return "order_sent"
    return special[0] if special else found[0] if found else None


def status_event(value: str) -> str | None:
    """Which event of an order a status stands for."""
    return STATUS_EVENTS.get(" ".join(value.lower().replace("ё", "е").replace("_", " ").replace("-", " ").split()))
