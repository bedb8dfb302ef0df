measure-funnel-difference = Сравнение воронок
    .question = На каких шагах две группы клиентов или два периода расходятся больше, чем случайно?
measure-sankey = Потоки по шагам
    .question = Куда расходятся клиенты шаг за шагом: с начала пути, вокруг события или перед ним?
measure-loops = Петли и повторы
    .question = Куда клиенты возвращаются, что повторяют, по какому кругу ходят — и доходят ли после этого до сделки?
measure-param-order = Порядок шагов
measure-param-per = На что отведён срок
measure-param-without = Прервать попытку, если случилось
measure-param-split = Поставить рядом
measure-param-first = Первая группа
measure-param-second = Вторая группа
measure-param-states = Видов шага не больше
measure-param-kind = Какие петли
measure-choice-ordered = по порядку, между ними может быть другое
measure-choice-strict = строго друг за другом
measure-choice-any-order = в любом порядке
measure-choice-funnel = на всю воронку
measure-choice-step = на каждый шаг
measure-choice-none = никого
measure-choice-segments = сегменты
measure-choice-channels = каналы
measure-choice-all = все
measure-choice-repeat = повтор подряд
measure-choice-return = возвращение
measure-choice-ping-pong = туда и обратно
measure-choice-cycle = круг
measure-column-group = Кто
measure-column-total = От первого шага
measure-column-total_q25 = От первого шага: четверть быстрее
measure-column-total_q75 = От первого шага: четверть медленнее
measure-column-one_group = Первая группа
measure-column-other_group = Вторая группа
measure-column-one_share = Дошли, первая
measure-column-one_low = Дошли, первая, от
measure-column-one_high = Дошли, первая, до
measure-column-one_n = Дошло клиентов, первая
measure-column-one_whole = Начали, первая
measure-column-one_before = На предыдущем шаге, первая
measure-column-other_share = Дошли, вторая
measure-column-other_low = Дошли, вторая, от
measure-column-other_high = Дошли, вторая, до
measure-column-other_n = Дошло клиентов, вторая
measure-column-other_whole = Начали, вторая
measure-column-other_before = На предыдущем шаге, вторая
measure-column-one_onward = С прошлого шага, первая
measure-column-one_onward_low = С прошлого шага, первая, от
measure-column-one_onward_high = С прошлого шага, первая, до
measure-column-other_onward = С прошлого шага, вторая
measure-column-other_onward_low = С прошлого шага, вторая, от
measure-column-other_onward_high = С прошлого шага, вторая, до
measure-column-onward_difference = Разница с прошлого шага
measure-column-onward_difference_low = Разница с прошлого шага, от
measure-column-onward_difference_high = Разница с прошлого шага, до
measure-column-onward_chance = Доля ложных находок, с прошлого шага
measure-column-kind = Вид
measure-column-deal_share = Сделок с петлёй
measure-column-deal_low = Сделок с петлёй, от
measure-column-deal_high = Сделок с петлёй, до
measure-column-deal_on = Проходов со сделкой и петлёй
measure-column-deal_all = Завершённых проходов с петлёй
measure-column-plain_share = Сделок без неё
measure-column-plain_low = Сделок без неё, от
measure-column-plain_high = Сделок без неё, до
measure-column-plain_on = Проходов со сделкой без петли
measure-column-plain_all = Завершённых проходов без петли
measure-mark-everybody = Все клиенты
measure-loop-repeat = Повтор подряд
measure-loop-return = Возвращение
measure-loop-ping-pong = Туда и обратно
measure-loop-cycle = Круг
measure-period-between = { $start } — { $end }
measure-period-from = с { $start }
measure-period-to = по { $end }
measure-note-funnels-tried = Проверено разниц: { $n }, с поправкой на их число больше случайных: { $found }. Разница не называет причину.
measure-note-funnels-both = { $n ->
    [one] В обеих группах есть { $n } клиент: интервалы разниц поэтому скорее широки.
    [few] В обеих группах есть { $n } клиента: интервалы разниц поэтому скорее широки.
    [many] В обеих группах есть { $n } клиентов: интервалы разниц поэтому скорее широки.
   *[other] В обеих группах есть { $n } клиента: интервалы разниц поэтому скорее широки.
}
measure-note-funnels-left-out = Не посчитаны клиенты, чей срок после первого шага ещё не истёк: в первой группе { $first }, во второй { $second }.
measure-note-loops = Среди завершённых проходов сравнили те, где петля была до сделки, с теми, где были все её этапы или точки, но петли не было; «больше случайного» — с поправкой на число сравнений. Это связь, а не причина.
measure-note-loops-few = Видов шага больше { $n }: петли ищем среди самых частых.
measure-note-loops-shown = Петель каждого вида показано не больше { $n }: самые частые из { $all }.
picture-step = Шаг { $n }
picture-step-before = { $n ->
    [one] За { $n } шаг
    [few] За { $n } шага
    [many] За { $n } шагов
   *[other] За { $n } шага
}
picture-step-after = { $n ->
    [one] Через { $n } шаг
    [few] Через { $n } шага
    [many] Через { $n } шагов
   *[other] Через { $n } шага
}
picture-lost = не дошли { $n }
picture-onward = дальше { $share }
picture-beyond = больше случайного
picture-not-beyond = в пределах случайного
picture-cannot = сравнить нельзя
picture-loop-often = { $n ->
    [one] { $n } проход, { $share }
    [few] { $n } прохода, { $share }
    [many] { $n } проходов, { $share }
   *[other] { $n } прохода, { $share }
}
picture-took = обычно { $time }
picture-points = { $n } п. п.
vega-days = в днях
measure-param-times = Показать время
