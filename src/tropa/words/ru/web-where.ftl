# Отбор по правилу, для тех, кто знает язык
web-filter-where = Правило
    .none = нет
    .label = Правило для клиентов
    .hint = Столбцы журнала, did, count, sum, since, recency, age, events, money; and, or, not, in, contains. Например:
    .fitting = Подходит клиентов: { $customers } из { $all }.
    .use = Отобрать
    .drop = Убрать правило
