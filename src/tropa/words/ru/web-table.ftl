# Редактор карты: что прибавилось к web-editor.ftl
editor-deal = Сделка: событие на этом этапе
editor-deal-hint = Здесь покупают? Назовите событие сделки, например order_paid; без журнала — любым словом.
editor-deal-elsewhere = Сейчас сделка на этапе «{ $stage }»: назовёте событие — она перейдёт сюда.
editor-moods = Чьи кривые
editor-moods-common = общая
editor-moods-show = Рядом с общей кривой
editor-moods-edit = Точки двигают кривую
editor-pasted-notes = { $n ->
    [one] Добавлена { $n } запись
    [few] Добавлены { $n } записи
   *[other] Добавлено { $n } записей
}
