measure-conformance = Карта и тропа
    .question = Что клиенты делают не по карте и что на карте есть, а в жизни нет?
measure-param-sort = Сначала дорогие или частые
measure-choice-often = частые
measure-choice-money = дорогие
measure-column-deviation = Отличие
measure-column-what = Что
measure-column-effect = Больше или меньше за 30 дней
measure-column-effect_low = Больше или меньше за 30 дней, от
measure-column-effect_high = Больше или меньше за 30 дней, до
measure-mark-skipped = Этап пропущен
measure-mark-back = Возвращение, которого нет на карте
measure-mark-unknown-event = Событие, которого карта не знает
measure-mark-unseen = На карте есть, в журнале нет
measure-note-fit-passes = Целиком по карте идут { $n } из { $all } проходов: вперёд без пропусков, назад только по её петлям.
measure-note-fit-events = На карту ложатся { $n } из { $all } событий внутри проходов.
measure-note-fit-association = Завершённые проходы с отличием сравнили с теми, где для него был случай, но его не было. Это связь, а не причина: кто пропустил этап, мог знать его и раньше.
measure-note-fit-names = { $n ->
    [one] Ещё { $n } название события, самое редкое, не показано.
    [few] Ещё { $n } названия событий, самые редкие, не показаны.
    [many] Ещё { $n } названий событий, самых редких, не показано.
   *[other] Ещё { $n } названия событий, самые редкие, не показаны.
}
measure-column-mine_share = Сделок с отличием
measure-column-mine_low = Сделок с отличием, от
measure-column-mine_high = Сделок с отличием, до
measure-column-mine_on = Проходов со сделкой и отличием
measure-column-mine_all = Завершённых проходов с отличием
measure-column-rest_share = Сделок без отличия
measure-column-rest_low = Сделок без отличия, от
measure-column-rest_high = Сделок без отличия, до
measure-column-rest_on = Проходов со сделкой без отличия
measure-column-rest_all = Завершённых проходов без отличия
