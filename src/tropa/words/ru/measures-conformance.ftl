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
