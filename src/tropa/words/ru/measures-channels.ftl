measure-param-goal = Этап, до которого дошли (если пусто — сделка)
measure-channels-param-order = Сколько касаний помнит цепь
measure-param-costs = Затраты, например ads=120000, seo=30000
measure-param-rule = Правило
measure-param-intervals = С доверительными границами
measure-param-move-from = Забрать деньги у канала
measure-param-move-to = Отдать каналу
measure-param-move = Сколько
measure-param-elasticity = Деньги растут как затраты в степени
measure-choice-markov = без канала (Марков)
measure-choice-shapley = по Шепли
measure-choice-first = первое касание
measure-choice-last = последнее касание
measure-choice-linear = поровну
measure-choice-decay = чем позже, тем больше
measure-choice-position = первое и последнее
measure-note-channels-goal = Проходов с известными каналами, дошедших до этапа «{ $stage }»: { $n }. Это доли, которые правило приписывает каналу, а не то, что канал принёс: это покажет только контрольная группа.
measure-note-channels-few = По имени названо каналов: { $n }, остальные — вместе.
measure-channel-return = Отдача каналов
    .question = Сколько стоит каждый канал, сколько он возвращает и что даст перенос денег из одного в другой?
measure-column-cost = Затраты
measure-column-credited = Приписано сделок
measure-column-credited_low = Приписано сделок, от
measure-column-credited_high = Приписано сделок, до
measure-column-earned = Приписано денег
measure-column-earned_low = Приписано денег, от
measure-column-earned_high = Приписано денег, до
measure-column-deal_cost = Цена сделки
measure-column-deal_cost_low = Цена сделки, от
measure-column-deal_cost_high = Цена сделки, до
measure-column-return = Вернулось на единицу затрат
measure-column-return_low = Вернулось на единицу затрат, от
measure-column-return_high = Вернулось на единицу затрат, до
measure-column-cost_after = Затраты после переноса
measure-column-change = Изменение денег
measure-column-change_low = Изменение денег, от
measure-column-change_high = Изменение денег, до
cannot-tell-no-costs = Затраты не указаны. Напишите, сколько стоил каждый канал за время журнала: ads=120000, seo=30000.
measure-note-return = Сделок с известными каналами: { $n }; поделены по правилу «{ $rule ->
    [markov] без канала (Марков)
    [shapley] по Шепли
    [first] первое касание
    [last] последнее касание
    [linear] поровну
    [decay] чем позже, тем больше
   *[position] первое и последнее
}». Это то, что правило приписывает каналу. Прироста по контрольной группе для этих каналов нет, поэтому неизвестно, что они принесли на самом деле.
measure-note-return-revenue = Деньги — выручка: маржа на карте не указана. Даже отдача больше 1 может быть убытком.
measure-note-return-margin = Деньги — маржа, как указано на карте.
measure-note-return-no-money = Деньги неизвестны: их нет в журнале, и на карте не сказано, сколько стоит сделка.
measure-note-return-chosen = Сделки — только выбранных клиентов, а затраты — на всех, поэтому отдача занижена.
measure-note-costs-outside = Затраты за дни вне выбранного времени не учтены: { $n }.
measure-note-moved = Если перенести { $amount } из «{ $from }» в «{ $to }», деньги за то же время изменятся на { $change } [{ $low }; { $high }]. { $verdict ->
    [more] Это больше случайного, если допущения верны.
    [less] Это будет убыток, если допущения верны.
   *[open] По этим данным не сказать, выигрыш это или убыток.
}
measure-note-moved-assumed = Допущено, а не измерено: деньги канала растут как его затраты в степени { $elasticity } (1 — пропорционально; меньше — каждая следующая единица приносит меньше); приписанное каналу считается вызванным им; остальные каналы не меняются. Интервал учитывает только случайность, а не ошибку допущений.
measure-column-people = Людей встретили
measure-column-person_cost = На человека
measure-column-extra_cost = Цена дополнительной сделки
measure-column-extra_cost_low = Цена дополнительной сделки, от
measure-column-extra_cost_high = Цена дополнительной сделки, до
measure-column-deal_difference = Сделки: с ней − без неё
measure-column-deal_difference_low = Сделки: с ней − без неё, от
measure-column-deal_difference_high = Сделки: с ней − без неё, до
measure-note-touchpoint-costs = Цена дополнительной сделки — затраты, делённые на людей, встретивших точку, и на то, насколько чаще они доходили до сделки. Она названа, только если эта разница наверняка больше нуля, и считает её вызванной точкой.
measure-note-costs-untold = Затраты точек, которые не сравнить (мало проходов с точкой или без неё, или её встречают все): { $n }.
