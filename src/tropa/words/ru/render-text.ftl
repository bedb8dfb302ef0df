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
text-deals-between = от { $low } до { $high ->
        [one] { $high } сделки
        [few] { $high } сделок
        [many] { $high } сделок
       *[other] { $high } сделки
    }
text-deals-up-to = до { $high ->
        [one] { $high } сделки
        [few] { $high } сделок
        [many] { $high } сделок
       *[other] { $high } сделки
    }, а может быть, и ничего
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
text-rank-between = { $rank } ({ $first }–{ $last })
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

# Markdown
markdown-loops = Петли
markdown-stages = Этапы
markdown-personas = Персоны
markdown-main = { "" } — главная на этой карте
markdown-legend = Как читать
markdown-severity = ■■■ тяжесть боли
markdown-star = ★ момент истины
markdown-task = Главная задача бренда: { $task }
markdown-deal = Здесь сделка
markdown-opens = Подробнее — в отдельной карте { $file }
markdown-persona-about = О персоне
markdown-persona-demographics = Кто это
markdown-persona-share = Доля клиентов
markdown-persona-needs = Нужно
markdown-persona-goals = Цели
markdown-persona-pains = Боли и страхи
markdown-persona-expects = Ожидает
markdown-head-what = Что сделаем
markdown-head-stage = Этап
markdown-head-owner = Кто
markdown-head-due = К сроку
markdown-head-status = Состояние
markdown-head-impact = Ждём в месяц
markdown-head-effect = Что вышло

# Mermaid: чего в этом формате нет
mermaid-customer = Клиент
mermaid-loss-unscored = { $n ->
        [one] У { $n } точки контакта оценки нет: записано { $score }, а пустого места формат не знает.
       *[other] У { $n } точек контакта оценки нет: записано { $score }, а пустого места формат не знает.
    }
mermaid-loss-statements = Строки о клиенте и бренде (цели, действия, мысли, вопросы…): { $n }.
mermaid-loss-pains = Боли: { $n }.
mermaid-loss-opportunities = Возможности: { $n }.
mermaid-loss-feelings = Названные чувства: { $n }; осталась только оценка.
mermaid-loss-metrics = Показатели и введённые цифры: { $n }.
mermaid-loss-parts = Части этапов: { $n }; их точки контакта стоят подряд.
mermaid-loss-branches = Порядок и развилки (after): { $n }; этапы стоят один за другим.
mermaid-loss-loops = Петли: { $n }.
mermaid-loss-improvements = Улучшения: { $n }.
mermaid-loss-personas = Портреты персон: { $n }; осталось имя главной.
mermaid-loss-lanes = Свои строки: { $n }.
mermaid-loss-bindings = Привязки событий и сделка.
mermaid-loss-readings = Замеры: проходы, доли, сроки, потери, интервалы и число ответов; от оценок осталось среднее.
mermaid-loss-languages = Тексты на других языках: { $names }.
mermaid-loss-owners = Ответственные за целые этапы: { $n }; осталась точка контакта с её ответственным.
mermaid-loss-marks = Отметки (моменты истины, лишние точки контакта): { $n }.
mermaid-loss-settings = Сегменты, виды, цели, правила оценок, метки: { $n }.
mermaid-loss-about = Описание карты и сценарий.
mermaid-loss-comparison = Сравнение с конкурентами: критериев { $n }.
