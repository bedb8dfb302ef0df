measure-reasons = Почему уходят
    .question = Чем те, кто ушёл с этапа, отличаются от тех, кто пошёл дальше?
measure-transitions = Переходы
    .question = Откуда и куда переходят клиенты, как часто и как быстро?
measure-steps = Шаги
    .question = Что происходит на каждом шаге: с начала пути или вокруг выбранного события?
measure-paths = Частые пути
    .question = Какими путями чаще всего приходят к сделке, а какими — уходят?
measure-funnel = Воронка
    .question = Какая доля проходит шаги по порядку в отведённый срок?
measure-retention = Удержание
    .question = Сколько клиентов каждой когорты возвращается в следующие периоды?
measure-purchase-interval = Время между покупками
    .question = Через сколько после покупки приходят за следующей?
measure-param-break = Место, где уходят
measure-param-level = Смотреть по
measure-param-repeats = Считать повторы подряд
measure-param-rows = Строк не больше
measure-param-around = Вокруг чего
measure-param-before = Шагов до
measure-param-after = Шагов после
measure-param-outcome = Чем закончилось
measure-param-length = Последних шагов
measure-param-path = Шаги воронки
measure-param-window = Срок
measure-param-by = Что считать активностью
measure-param-period = Период
measure-param-counted = Как отсчитывать
measure-param-width = Периодов не больше
measure-param-points = Точек на кривой
measure-choice-stages = этапам
measure-choice-touchpoints = точкам контакта
measure-choice-events = событиям
measure-choice-deal = сделка
measure-choice-left = уход
measure-choice-deals = сделки
measure-choice-visits = любые события на карте
measure-choice-month = месяц
measure-choice-week = неделя
measure-choice-calendar = по календарю
measure-choice-age = от первого раза
measure-column-reason = Чем отличаются
measure-column-having = Есть или нет
measure-column-left_share = Ушли
measure-column-left_low = Среди ушедших, от
measure-column-left_high = Среди ушедших, до
measure-column-left = Ушедших с этим
measure-column-left_all = Ушедших всего
measure-column-on_share = Пошли дальше
measure-column-on_low = Среди пошедших дальше, от
measure-column-on_high = Среди пошедших дальше, до
measure-column-on = Пошедших дальше с этим
measure-column-on_all = Пошедших дальше всего
measure-column-difference = Разница
measure-column-difference_low = Разница долей, от
measure-column-difference_high = Разница долей, до
measure-column-odds = Отношение шансов
measure-column-odds_low = Отношение шансов, от
measure-column-odds_high = Отношение шансов, до
measure-column-chance = Доля ложных находок
measure-column-same = Другие имена того же
measure-column-words = Словами ушедших
measure-words-beside = { $quotes ->
    [none] { $reason }: слов нет
   *[other] { $reason }: { $quotes }
}
measure-words-none = Слов рядом с причинами нет: ушедшие ничего не написали.
measure-column-from = Откуда
measure-column-to = Куда
measure-column-times = Раз
measure-column-customers = Клиентов
measure-column-share = Доля
measure-column-low = Доля, от
measure-column-high = Доля, до
measure-column-whole = Из скольких
measure-column-median = Обычное время
measure-column-q25 = Время: четверть быстрее
measure-column-q75 = Время: четверть медленнее
measure-column-step = Шаг
measure-column-state = Что
measure-column-passes = Проходов
measure-column-path = Путь
measure-column-onward = От предыдущего шага
measure-column-onward_low = От предыдущего шага, от
measure-column-onward_high = От предыдущего шага, до
measure-column-previous = На предыдущем шаге
measure-column-cohort = Когорта
measure-column-age = Период
measure-column-active = Активны
measure-column-seen = Наблюдались
measure-column-time = Прошло времени
measure-column-waiting = Ещё ждём
measure-note-rows = Показано { $shown } из { $all }: самые частые.
measure-note-left-out = { $n ->
    [one] Не посчитан { $n } клиент: срок после первого шага ещё не истёк.
    [few] Не посчитаны { $n } клиента: срок после первого шага ещё не истёк.
    [many] Не посчитаны { $n } клиентов: срок после первого шага ещё не истёк.
   *[other] Не посчитаны { $n } клиента: срок после первого шага ещё не истёк.
}
measure-note-cohorts-unseen = { $n ->
    [one] Не показана { $n } когорта: её первый период ещё не закончился.
    [few] Не показаны { $n } когорты: их первый период ещё не закончился.
    [many] Не показаны { $n } когорт: их первый период ещё не закончился.
   *[other] Не показаны { $n } когорты: их первый период ещё не закончился.
}
measure-note-waits = Повторных покупок: { $came }. Ещё ждём: { $waiting }; такие ожидания учтены до сегодняшнего дня и не считаются уходом.
measure-note-sides = Сравнили по одному проходу каждого клиента: ушли { $left }, пошли дальше { $on } (всего подходящих проходов { $eligible }).
measure-note-tried = Проверили возможных причин: { $n }; отличий больше случайных: { $found }. Это связь, а не доказанная причина: причину покажет только эксперимент.
measure-mark-start = Начало пути
measure-mark-left = Уход
measure-mark-deal = Сделка
measure-mark-open = Ещё в пути
measure-mark-other = Остальное
measure-unit-customers = клиентов
measure-unit-passes = проходов
measure-unit-sessions = сеансов
measure-unit-events = переходов
measure-unit-deals = сделок
measure-unit-answers = ответов
reason-event = { $having ->
    [without] не было события «{ $name }»
   *[other] было событие «{ $name }»
}
reason-before = { $having ->
    [without] пришли не из «{ $name }»
   *[other] пришли из «{ $name }»
}
reason-repeat-stage = { $having ->
    [without] не возвращались на этот этап
   *[other] возвращались на этот этап
}
reason-pass-again = { $having ->
    [without] первый проход клиента
   *[other] клиент здесь не впервые
}
reason-time-weekend = { $having ->
    [without] в будни
   *[other] в выходные
}
reason-time-night = { $having ->
    [without] не ночью
   *[other] ночью
} (с 0 до 6 часов { $zone ->
    [UTC] по Гринвичу
   *[other] в поясе «{ $zone }»
})
reason-time-morning = { $having ->
    [without] не утром
   *[other] утром
} (с 6 до 12 часов { $zone ->
    [UTC] по Гринвичу
   *[other] в поясе «{ $zone }»
})
reason-time-day = { $having ->
    [without] не днём
   *[other] днём
} (с 12 до 18 часов { $zone ->
    [UTC] по Гринвичу
   *[other] в поясе «{ $zone }»
})
reason-time-evening = { $having ->
    [without] не вечером
   *[other] вечером
} (с 18 до 24 часов { $zone ->
    [UTC] по Гринвичу
   *[other] в поясе «{ $zone }»
})
reason-time-to-stage-over = { $having ->
    [without] шли до этапа не дольше { $limit }
   *[other] шли до этапа дольше { $limit }
}
reason-time-to-stage-upto = { $having ->
    [without] шли до этапа дольше { $limit }
   *[other] шли до этапа не дольше { $limit }
}
reason-count-events-over = { $having ->
    [without] событий до этапа не больше { $limit }
   *[other] событий до этапа больше { $limit }
}
reason-count-events-upto = { $having ->
    [without] событий до этапа больше { $limit }
   *[other] событий до этапа не больше { $limit }
}
reason-score-given = { $having ->
    [without] не ставили оценку
   *[other] ставили оценку
}
reason-score-low = { $having ->
    [without] не ставили низкую оценку
   *[other] ставили низкую оценку
}
reason-channel = { $having ->
    [without] пришли не по каналу «{ $name }»
   *[other] пришли по каналу «{ $name }»
}
reason-segment = { $having ->
    [without] не «{ $name }»
   *[other] «{ $name }»
}
reason-property-known = { $having ->
    [without] «{ $name }» не известно
   *[other] «{ $name }» известно
}
reason-property-is = { $having ->
    [without] { $name } — не «{ $value }»
   *[other] { $name } — «{ $value }»
}
reason-property-over = { $having ->
    [without] { $name } — не больше { $limit }
   *[other] { $name } — больше { $limit }
}
reason-property-upto = { $having ->
    [without] { $name } — больше { $limit }
   *[other] { $name } — не больше { $limit }
}
measure-source = Основа: { $n } { $unit }. Версия данных { $version }.
measure-from = с { $day }
measure-to = по { $day }
measure-drawn = В рисунок вошли { $shown } из { $all } строк ответа; все — в таблице.
measure-channels = Каналы
    .question = Какие каналы приводят к сделкам — по каждому принятому правилу?
measure-param-half-life = Период полузатухания
measure-column-channel = Канал
measure-column-touched = Проходов с ним
measure-column-first = Первое касание
measure-column-last = Последнее касание
measure-column-linear = Поровну
measure-column-decay = Чем позже, тем больше
measure-column-position = Первое и последнее
measure-column-markov = Без канала (Марков)
measure-column-shapley = По Шепли
measure-note-channels = Сделок с известными каналами: { $n }. Это доли сделок, которые правило приписывает каналу, а не то, что канал принёс: это покажет только контрольная группа.
measure-note-no-channel = Не посчитано сделок без единого канала: { $n }.
measure-column-first_low = Первое касание, от
measure-column-first_high = Первое касание, до
measure-column-last_low = Последнее касание, от
measure-column-last_high = Последнее касание, до
measure-column-linear_low = Поровну, от
measure-column-linear_high = Поровну, до
measure-column-decay_low = Чем позже, тем больше, от
measure-column-decay_high = Чем позже, тем больше, до
measure-column-position_low = Первое и последнее, от
measure-column-position_high = Первое и последнее, до
measure-column-markov_low = Без канала (Марков), от
measure-column-markov_high = Без канала (Марков), до
measure-column-shapley_low = По Шепли, от
measure-column-shapley_high = По Шепли, до
measure-touchpoints = Что даёт точка контакта
    .question = Какая доля идёт дальше с точкой контакта и без неё?
measure-param-stage = Этап
measure-column-met = Встретили
measure-column-with_all = Встретивших
measure-column-with_share = Пошли дальше с ней
measure-column-with_low = Пошли дальше с ней, от
measure-column-with_high = Пошли дальше с ней, до
measure-column-with_on = Пошли дальше из встретивших
measure-column-without_share = Пошли дальше без неё
measure-column-without_low = Пошли дальше без неё, от
measure-column-without_high = Пошли дальше без неё, до
measure-column-without_on = Пошли дальше из не встретивших
measure-column-without_all = Не встретивших
measure-note-touchpoints = Сравнили точек контакта: { $n }. Это связь, а не доказанная польза: её покажет только эксперимент.
