measure-clusters = Найденные сегменты
    .question = Какие группы клиентов ходят похоже и чем они отличаются?
measure-param-groups = Сколько групп
measure-cluster = Группа { $n }
measure-column-cluster = Группа
measure-column-often_1 = Чаще других
measure-column-often_2 = а также
measure-column-often_3 = и ещё
measure-column-seldom_1 = Реже других
measure-column-seldom_2 = реже также
measure-column-seldom_3 = и ещё реже
measure-column-visits = Шагов на клиента
measure-column-buying = Купили
measure-column-buying_low = Купили, от
measure-column-buying_high = Купили, до
measure-column-buyers = Покупателей
measure-column-worth = На клиента до сих пор
measure-column-worth_low = На клиента до сих пор, от
measure-column-worth_high = На клиента до сих пор, до
measure-note-clusters = Групп: { $n }. Независимые половины клиентов находят те же группы (согласие { $agreement } из 1); насколько они врозь: { $apart } из 1.
measure-note-clusters-what = Клиентов сравнили по тому, как часто они встречали каждую точку и делали каждый частый шаг. Группы описывают, но не объясняют.
measure-note-clusters-weak = { $n ->
    [one] Группа { $which } выходит то так, то иначе: считайте её подсказкой.
   *[other] Группы { $which } выходят то так, то иначе: считайте их подсказкой.
}
cannot-tell-no-groups = Клиенты не делятся на группы, которые вышли бы и у других клиентов: пути отличаются понемногу. Попробуйте другой уровень или разделите по правилу.
