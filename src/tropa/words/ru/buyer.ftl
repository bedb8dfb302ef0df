# Путь к покупке: строки и что о нём говорит приложение (R-09)
buyer-title = Путь к покупке: { $title }
buyer-lane-goal = Что решает
buyer-lane-asks = Что хочет узнать
buyer-lane-touchpoints = Где ищет ответ
buyer-lane-does = Что делает, чтобы решить
buyer-lane-expects = По чему выбирает
buyer-lane-doubts = В чём сомневается
buyer-lane-barriers = Что мешает купить
buyer-lane-brand = Чем помогаем решиться
buyer-lane-metrics = Как идёт решение
buyer-none = Какая покупка решается?
buyer-none-text = Путь к покупке кончается сделкой, а на карте ещё не сказано, на каком этапе она происходит.
buyer-none-stage = Откройте таблицу и выберите заголовок этапа, где платят.
buyer-none-deal = В панели справа назовите событие сделки, например order_paid.
buyer-to-table = К таблице
