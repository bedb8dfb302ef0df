# Отбор по правилу, для тех, кто знает язык
web-filter-where = Правило
    .none = нет
    .label = Правило для клиентов
    .hint = Столбцы журнала, did, count, sum, since, recency, age, events, money; and, or, not, in, contains. Например:
    .fitting = Подходит клиентов: { $customers } из { $all }.
    .use = Отобрать
    .drop = Убрать правило

# Кого отбирают канал и правило, когда вопрос о сеансах
web-filter-scope = Отбирать
    .customers = клиентов
    .customers-hint = по всему, что они делали: считаются все их сеансы
    .sessions = сеансы
    .sessions-hint = по тому, что было в сеансе: с какого канала начался, что в нём сделано
