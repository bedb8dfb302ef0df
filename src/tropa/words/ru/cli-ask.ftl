cli-ask = Любой вопрос к тропе: переходы, шаги, пути, воронка, удержание, причины.
    .details = Без названия показателя — список всех с параметрами. Пример: tropa ask магазин funnel -p path=point:cart,event:order_paid -p window=3d
cli-reasons = Почему уходят: чем ушедшие отличаются от пошедших дальше.
    .details = Без места берётся самое дорогое. Это связь, а не доказанная причина.
ask-meta-measure = [ПОКАЗАТЕЛЬ]
ask-meta-param = ИМЯ=ЗНАЧЕНИЕ
ask-param = Параметр показателя (можно повторять).
ask-channel = Только клиенты, первый канал которых такой.
ask-from = Только проходы, начавшиеся с этого дня.
ask-to = Только проходы, начавшиеся не позже этого дня.
ask-out = Записать ответ в файл: csv, svg или png.
ask-head-measure = Показатель
ask-head-question = На что отвечает
ask-head-params = Параметры
ask-title = О чём можно спросить
ask-how = Спросите так: tropa ask ПАПКА ПОКАЗАТЕЛЬ -p ИМЯ=ЗНАЧЕНИЕ. Определения — в docs/ru/measures.md.
ask-written = { $rows ->
    [one] Записана { $rows } строка: { $path }
    [few] Записаны { $rows } строки: { $path }
    [many] Записано { $rows } строк: { $path }
   *[other] Записано { $rows } строки: { $path }
}
reasons-meta-place = [ЭТАП/exit|ЭТАП/loop]
