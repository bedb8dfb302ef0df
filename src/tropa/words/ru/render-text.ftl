# Замеры короткими словами: таблицы на слайдах, в Markdown, в терминале.
text-of = { $part } из { $whole }
text-times = { $median } ({ $low } — { $high })
text-score = { $score }, { $n ->
        [one] { $n } ответ
        [few] { $n } ответа
        [many] { $n } ответов
       *[other] { $n } ответа
    }
text-deals = { $n ->
        [one] { $n } сделка
        [few] { $n } сделки
        [many] { $n } сделок
       *[other] { $n } сделки
    }
text-up-to = до { $high }, а может быть, и ничего
text-between = от { $low } до { $high }
text-loss-revenue = выручка
text-loss-margin = маржа
text-loss-deals = сделки
text-break-loop = { $stage } → не возвращаются
text-oftener = в { $times ->
        [one] { $times } раз
        [few] { $times } раза
        [many] { $times } раз
       *[other] { $times } раза
    } чаще
text-reference-target = ваша цель — { $rate }
text-reference-segment = { $kind ->
        [loop] «{ $name }»: не возвращаются { $rate }
       *[exit] «{ $name }»: уходят { $rate }
    }
text-reference-period = { $kind ->
        [loop] { $name }: не возвращались { $rate }
       *[exit] { $name }: уходили { $rate }
    }
text-reference-none = сравнить пока не с чем
text-entered = цифры введены вручную
text-scope = { $passes ->
        [one] { $passes } проход
        [few] { $passes } прохода
        [many] { $passes } проходов
       *[other] { $passes } прохода
    } · { $customers ->
        [one] { $customers } клиент
        [few] { $customers } клиента
        [many] { $customers } клиентов
       *[other] { $customers } клиента
    } · { $events ->
        [one] { $events } событие
        [few] { $events } события
        [many] { $events } событий
       *[other] { $events } события
    }
text-under-way = ещё в пути { $share } ({ $n }), ушедшими не считаются

text-table-stages = Показатели по этапам
text-table-breaks = Где уходят клиенты
text-table-loop = Возвращаются ли за новой покупкой
text-head-stage = Этап
text-head-entrants = Проходов
text-head-goes-on = Идут дальше
text-head-of = Из скольких
text-head-to-next = До следующего
text-head-left = Ушли
text-head-open = В пути
text-head-score = Оценка (−2…+2)
text-head-rank = №
text-head-where = Где
text-head-price-revenue = Можно вернуть в месяц, выручки
text-head-price-margin = Можно вернуть в месяц, маржи
text-head-price-deals = Можно вернуть в месяц, сделок
text-head-between = С вероятностью 95 %
text-head-leave = Уходят
text-head-reference = С чем сравнили
text-head-ceiling = Потолок: если удержать всех
text-head-reading = Показатель
text-head-value = Значение
text-deal-stage = { $stage } (сделка)
text-not-observed = не видно в журнале
text-repeat-parts = Сделок с повтором из увиденных до конца срока
text-repeat-curve = С учётом тех, чей срок ещё не вышел
text-buyers = Покупателей
text-buyers-again = Из них покупали больше одного раза
