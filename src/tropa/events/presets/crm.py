"""Deals of amoCRM and Битрикс24, calls of Calltouch, letters of UniSender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from tropa.events.contract import ColumnRole as R
from tropa.events.presets.cells import Cells, is_one, mapped_rows, since_1970, where
from tropa.events.presets.channels import channel_of
from tropa.events.presets.preset import Made, Preset
from tropa.events.presets.shops import UTM, marked
from tropa.events.presets.stages import CANCELLED, CREATED, PAID, Steps

_LEAD, _WON, _LOST = CREATED, PAID, CANCELLED


def _browser(cells: Cells) -> Mapping[str, Any]:
    """The visitor's number of Metrica that a CRM was handed joins the deal with the visits before it."""
    known = cells.text("_ym_uid", "ym_uid", "Metrica ClientID", "ym:s:clientID")
    return {**marked(cells), **({"=alias": known} if known.null_count < len(known) else {})}


_AMO = Steps(
    {CREATED: ("Дата создания сделки", "Дата создания", "created_at")},
    status=("Этап сделки", "Этап", "status_id"),
    status_at=("Дата закрытия", "closed_at", "Дата редактирования", "updated_at"),
    statuses={
        "успешно реализовано": _WON, "закрыто и не реализовано": _LOST, "142": _WON, "143": _LOST,
        "неразобранное": _LEAD, "первичный контакт": _LEAD,
        "переговоры": _LEAD, "принимают решение": _LEAD, "согласование договора": _LEAD,
    },
    value=("Бюджет", "Бюджет сделки", "price"),
    more=_browser,
)  # fmt: skip
AMOCRM = Preset(
    "amocrm",
    (("Название сделки", "Этап сделки", "Воронка"), ("ID", "Название сделки", "Бюджет", "Этап сделки"),
    ("pipeline_id", "status_id", "price", "created_at")),
    {
        R.ORDER: ("ID", "id"), R.VALUE: ("Бюджет", "Бюджет сделки", "price"),
        R.PHONE: ("Мобильный телефон", "Рабочий телефон", "Телефон", "Рабочий телефон (контакт)",
            "Мобильный телефон (контакт)"),
        R.EMAIL: ("Рабочий email", "Личный email", "Email", "Рабочий email (контакт)"),
            R.NAME: ("Полное имя контакта", "Основной контакт"),
        R.CUSTOMER: ("contact_id", "main_contact.id"), R.PROPERTY: ("Этап сделки", "Воронка", "Ответственный",
            "Источник", "pipeline_id", "status_id"),
    },
    _AMO.make,
    drop=("Название сделки", "Дата создания сделки", "Дата закрытия", "Дата редактирования", "Кем создана сделка",
        "Кем редактирована", "_ym_uid", "_ym_counter",
          "Примечание", "Теги", "created_at", "closed_at", "updated_at", "name", "roistat", "referrer", "fbclid",
          "gclientid", *UTM),
    statuses=_AMO.statuses,
    status=_AMO.status,
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-deals", "preset-note-zone-moscow"),
)  # fmt: skip
_B24 = Steps(
    {CREATED: ("Дата создания", "DATE_CREATE", "createdTime")},
    status=("Стадия сделки", "Стадия", "STAGE_ID", "stageId"),
    status_at=("Дата завершения", "CLOSEDATE", "closedate", "Дата изменения", "DATE_MODIFY", "movedTime"),
    statuses={
        "сделка успешна": _WON, "won": _WON, "сделка провалена": _LOST, "lose": _LOST,
        "анализ причины провала": _LOST, "apology": _LOST, "new": _LEAD,
        "новая": _LEAD, "preparation": _LEAD, "prepayment invoice": _LEAD, "executing": _LEAD,
        "final invoice": _LEAD, "подготовка документов": _LEAD,
        "cчёт на предоплату": _LEAD, "счет на предоплату": _LEAD, "в работе": _LEAD, "финальный счет": _LEAD,
        "счет": _LEAD,
    },
    value=("Сумма", "OPPORTUNITY", "opportunity"),
    more=_browser,
)  # fmt: skip
BITRIX24 = Preset(
    "bitrix24",
    (("ID", "Стадия сделки", "Сумма"), ("ID", "Стадия", "Название", "Сумма", "Валюта"), ("ID", "STAGE_ID",
    "OPPORTUNITY", "DATE_CREATE"), ("stageId", "opportunity", "createdTime")),
    {
        R.ORDER: ("ID", "id"), R.VALUE: ("Сумма", "OPPORTUNITY", "opportunity"), R.CURRENCY: ("Валюта",
            "CURRENCY_ID", "currencyId"),
        R.PHONE: ("Контакт: Мобильный телефон", "Контакт: Рабочий телефон", "Рабочий телефон", "Мобильный телефон",
            "Телефон"),
        R.EMAIL: ("Контакт: Рабочий e-mail", "Рабочий e-mail", "E-mail"), R.NAME: ("Контакт", "Контакт: Имя"),
        R.CUSTOMER: ("CONTACT_ID", "contactId", "Контакт: ID"), R.PROPERTY: ("Стадия сделки", "Стадия", "Тип",
            "Источник", "Воронка", "STAGE_ID", "SOURCE_ID"),
    },
    _B24.make,
    drop=("Название", "TITLE", "Дата создания", "Дата завершения", "Дата изменения", "Дата начала", "Комментарий",
        "DATE_CREATE", "CLOSEDATE", "DATE_MODIFY",
          "BEGINDATE", "Компания", "Кем создан", "Кем изменен", *UTM),
    statuses=_B24.statuses,
    status=_B24.status,
    zone="Europe/Moscow",
    currency="RUB",
    notes=("preset-note-deals", "preset-note-zone-moscow"),
)  # fmt: skip


def calls(cells: Cells) -> Made:
    """`call`, or `call_missed` where nobody answered; the visitor's number of Metrica joins the call with the visits before it."""
    answered = cells.text("successful", "Успешный", "Статус звонка")
    missed = is_one(answered, "false", "0", "нет", "неуспешный", "пропущенный")
    known = cells.text("yaClientId", "ClientID Яндекс", "clientId", "ctClientId")
    seconds = since_1970(cells.text("timestamp"))
    columns = {
        "=event": where(missed, cells.constant("call_missed"), cells.constant("call")),
        "=channel": mapped_rows(
            (
                cells.text("utmSource", "Источник", "source"),
                cells.text("utmMedium", "Канал", "medium"),
                cells.text("ref"),
                cells.text("url"),
            ),
            lambda source, medium, ref, url: channel_of(
                "" if source == "<не указано>" else source, "" if medium == "<не указано>" else medium, ref, url
            ),
        ),
        "=p:target_call": cells.text("targetCall", "Целевой"),
        "=p:unique_call": cells.text("uniqueCall", "Уникальный"),
    }
    if known.null_count < len(known):
        columns["=alias"] = known
    if seconds.null_count < len(seconds):
        columns["=time"] = seconds
    return Made(columns)


CALLTOUCH = Preset(
    "calltouch",
    (("callId", "callerNumber", "phoneNumber"), ("callId", "callerNumber", "date"), ("Номер абонента", "Целевой",
    "Уникальный")),
    {
        R.TIME: ("date", "Дата", "Дата и время"), R.PHONE: ("callerNumber", "Номер абонента"),
            R.MESSAGE_ID: ("callId", "ID звонка"),
        R.PROPERTY: ("city", "hostname", "Город"),
    },
    calls,
    drop=("phoneNumber", "Номер подмены", "url", "ref", "duration", "waitingConnect", "timestamp", "ctCallerId",
        "sessionId", "sipCallId", "timestamp",
          "userAgent", "ip", "yaClientId", "clientId", "ctClientId", "ctGlobalId", "utmSource", "utmMedium",
          "utmCampaign", "utmContent", "utmTerm", "source",
          "medium", "keyword", "targetCall", "uniqueCall", "uniqTargetCall", "successful", "attribution", "order",
          "additionalTags", "callTags"),
    zone="Europe/Moscow",
    source="calltouch",
    notes=("preset-note-calls", "preset-note-zone-moscow"),
)  # fmt: skip

_LETTERS = {
    "not sent": None, "ok sent": "email_sent", "ok delivered": "email_delivered", "ok read": "email_opened",
    "ok fbl": "email_complained",
    "ok link visited": "email_clicked", "ok unsubscribed": "email_unsubscribed", "ok spam folder": "email_delivered",
    "sent": "email_sent",
    "delivered": "email_delivered", "opened": "email_opened", "clicked": "email_clicked",
    "unsubscribed": "email_unsubscribed", "spam": "email_complained",
    "доставлено": "email_delivered", "прочитано": "email_opened", "переход по ссылке": "email_clicked",
    "отписался": "email_unsubscribed",
    "отправлено": "email_sent", "hard bounced": "email_bounced", "soft bounced": "email_bounced",
}  # fmt: skip


def _letter(status: str) -> str | None:
    word = " ".join(status.strip().lower().replace("_", " ").split())
    return (
        _LETTERS[word]
        if word in _LETTERS
        else "email_bounced"
        if word.startswith("err ")
        else f"email_{word.replace(' ', '_')}"
    )


def letters(cells: Cells) -> Made:
    """What became of each letter. A letter that was not sent is no event."""
    status = cells.text("send_result", "status", "Статус", "Статус доставки", "event_data.status")
    names = [_letter(one) if one else None for one in status.to_pylist()]
    index = np.array([at for at, one in enumerate(names) if one or not status[at].is_valid], np.int64)
    taken = pa.array(index)
    return Made(
        {"=event": pa.array(names, pa.string()).take(taken), "=channel": cells.constant("email").take(taken)}, index
    )


UNISENDER = Preset(
    "unisender",
    (("email", "send_result", "last_update"), ("email", "status", "event_time", "job_id")),
    {
        R.EMAIL: ("email", "Email"), R.TIME: ("last_update", "event_time", "Дата изменения", "Дата"),
        R.PROPERTY: ("campaign_id", "message_id", "letter_id", "subject", "Рассылка", "Тема"),
    },
    letters,
    drop=("send_result", "status", "Статус", "Статус доставки", "job_id", "url", "email_id", "user_agent", "ip"),
    zone="UTC",
    notes=("preset-note-letters",),
)  # fmt: skip
