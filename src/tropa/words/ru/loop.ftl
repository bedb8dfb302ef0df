measure-ltv = Будущая ценность клиентов
    .question = Сколько ещё купят и принесут нынешние покупатели?
measure-ltv-check = Проверка прогноза
    .question = Сбылся бы прогноз покупок, сделанный раньше?
measure-next-purchase = Следующая покупка
    .question = Кто и когда купит снова, а кто, похоже, ушёл?
measure-rfm = Группы покупателей (RFM)
    .question = Кто из покупателей чемпион, кто под угрозой, а кто спит?
measure-rfm-grid = Сетка RFM
    .question = Как покупатели делятся по давности и частоте покупок?
measure-churn = Отток
    .question = Кто из покупателей ещё с нами, кто опаздывает, а кого уже не ждать?
measure-churn-moves = Отток за месяц
    .question = Как покупатели перешли из одного состояния в другое за последние 30 дней?
measure-repeat-curve = Возвращение за второй покупкой
    .question = Какая доля покупателей приходит за второй покупкой и когда?
measure-sales-cycle = Цикл сделки
    .question = Сколько времени проходит от первого контакта до первой сделки?
measure-referrals = Рекомендации
    .question = Кого приводят рекомендации и сколько покупателей приводит один клиент?
measure-param-horizon = Горизонт прогноза
measure-param-discount = Дисконт, % в год
measure-param-rank = Сначала
measure-param-within = Ждать сделки
measure-param-column = Колонка с ответом или кодом
measure-param-own = Колонка с собственным кодом клиента
measure-param-event = Событие рекомендации
measure-choice-personas = персоны
measure-choice-points = первые точки контакта
measure-choice-soon = кто вероятнее купит
measure-choice-worth = кто больше принесёт
measure-choice-leaving = кого жальче потерять
measure-column-again = Купили снова
measure-column-alive = Ещё наши клиенты
measure-column-alive_low = Ещё клиент, от
measure-column-alive_high = Ещё клиент, до
measure-column-living = Ожидаем клиентов
measure-column-purchases = Ожидаем покупок
measure-column-purchases_low = Покупок, от
measure-column-purchases_high = Покупок, до
measure-column-each = На клиента
measure-column-each_low = На клиента, от
measure-column-each_high = На клиента, до
measure-column-money = Принесут
measure-column-money_low = Принесут, от
measure-column-money_high = Принесут, до
measure-column-spent = Уже принесли
measure-column-repeats = Повторных покупок до проверки
measure-column-came = Было покупок
measure-column-brought = Принесли на деле
measure-column-customer = Клиент
measure-column-bought_last = Последняя покупка
measure-column-due = Ждём покупки
measure-column-due_low = Раньше не ждём
measure-column-due_high = Скорее всего, до
measure-column-deals = Покупок
measure-column-buys = Купит за срок
measure-column-rfm = Группа
measure-column-money_share = Доля денег
measure-column-average = В среднем на клиента
measure-column-since = Давность покупки
measure-column-recency = Давность
measure-column-frequency = Частота
measure-column-churn = Состояние
measure-column-came_share = Вернулись из бывших здесь
measure-column-came_low = Вернулись, от
measure-column-came_high = Вернулись, до
measure-column-was = Было в этом состоянии
measure-column-bought = Купили
measure-column-censored = Ещё не купили
measure-column-among = Доля клиентов
measure-column-among_low = Доля клиентов, от
measure-column-among_high = Доля клиентов, до
measure-mark-unknown = не известно
measure-mark-rfm-champions = Чемпионы
measure-mark-rfm-loyal = Лояльные
measure-mark-rfm-potential = Могут стать лояльными
measure-mark-rfm-new = Новички
measure-mark-rfm-promising = Подающие надежды
measure-mark-rfm-attention = Требуют внимания
measure-mark-rfm-sleepy = Засыпающие
measure-mark-rfm-cannot-lose = Нельзя потерять
measure-mark-rfm-at-risk = Под угрозой
measure-mark-rfm-hibernating = Спящие
measure-mark-recency-1 = 1: давно
measure-mark-recency-2 = 2
measure-mark-recency-3 = 3
measure-mark-recency-4 = 4
measure-mark-recency-5 = 5: недавно
measure-mark-churn-active = С нами
measure-mark-churn-late = Опаздывают
measure-mark-churn-at-risk = Под угрозой ухода
measure-mark-churn-lost = Ушли
measure-mark-churn-new = Ещё не покупали
measure-mark-invited = Пришли по приглашению
measure-mark-not-invited = Пришли сами
measure-mark-code-of-nobody = Код ничей
measure-mark-recommended = По чьей-то рекомендации
loop-note-rows = Показано { $shown } из { $all } покупателей, по выбранному порядку. День назван для тех, кто ещё клиент.
loop-note-horizon = { $days ->
    [one] Прогноз на { $days } день вперёд от последних данных.
    [few] Прогноз на { $days } дня вперёд от последних данных.
    [many] Прогноз на { $days } дней вперёд от последних данных.
   *[other] Прогноз на { $days } дня вперёд от последних данных.
}
loop-note-beyond = Горизонт длиннее журнала (дней в нём: { $days }): это продолжение того, чего ещё никто не видел.
loop-note-check-held = Проверка: по покупкам до { $day } за { $days } { $days ->
        [one] день
        [few] дня
       *[other] дней
    } после этого ожидалось { $expected } [{ $low }; { $high }] покупок, было { $came }. Прогноз сбылся бы.
loop-note-check-missed = Проверка: по покупкам до { $day } за { $days } { $days ->
        [one] день
        [few] дня
       *[other] дней
    } после этого ожидалось { $expected } [{ $low }; { $high }] покупок, а было { $came }. Прогноз не сбылся бы: порядку строк верить можно, суммам — с этой поправкой.
loop-note-no-check = Проверить прогноз на прошлом не вышло: до середины журнала слишком мало повторных покупок.
loop-note-revenue = Деньги — это выручка: доля маржи на карте не указана.
loop-note-margin = Деньги — это маржа по доле, указанной на карте.
loop-note-no-money = Сумм в журнале нет, поэтому деньги не посчитаны.
loop-note-one-price = Повторных покупок с известной суммой мало (клиентов с ними: { $n }), поэтому каждой покупке приписана их средняя сумма.
loop-note-tied = Кто покупает чаще, тратит за раз иначе (ранговая корреляция { $tie }), а модель считает, что связи нет. Делите на сегменты.
loop-note-not-tied = Частота покупок с их суммой почти не связана (ранговая корреляция { $tie }), как модель и предполагает.
loop-note-unsure = Покупателей, которые могли покупать и до начала журнала: { $n }. Они учтены с первой видимой покупки.
loop-note-left-out = Не учтены клиенты, чьё начало могло быть до журнала: { $n }.
loop-note-pace = Обычно за следующей покупкой приходят через { $typical } дн., срок ожидания — { $horizon } дн. У каждого клиента свой темп: его прежние промежутки вместе с обычными.
loop-note-within = Доля — это купившие за { $days } дн. от первого контакта; кто ещё не купил, того ждём, а не считаем ушедшим.
loop-note-viral = Клиентов с собственным кодом: { $owners }, из них привели кого-то: { $inviters }. По их кодам пришло { $invited }, купили { $bought }: на одного клиента { $mean } [{ $low }; { $high }] нового покупателя.
cannot-tell-few-again = { $n ->
    [0] Повторных покупок ещё не было.
    [one] Повторно купил только { $n } клиент: для прогноза мало.
    [few] Повторно купили только { $n } клиента: для прогноза мало.
    [many] Повторно купили только { $n } клиентов: для прогноза мало.
   *[other] Повторно купили только { $n } клиента: для прогноза мало.
}
cannot-tell-no-fit = Покупки не описываются моделью: по ним не видно, кто уходит и как часто покупают. Прогноза нет.
cannot-tell-no-referrals = О рекомендациях в журнале ничего не сказано: укажите колонку с ответом «откуда узнали?» или кодом, либо событие.
