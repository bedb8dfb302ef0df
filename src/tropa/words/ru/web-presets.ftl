web-column-role-alias = второй номер покупателя
web-preset = Чья это выгрузка
web-preset-none = любая таблица
web-preset-found = Похоже на выгрузку: { $name }. Узнали по колонкам: { $marks }.
web-preset-told = Читаем как выгрузку: { $name }.
web-preset-refuse = Это не она
web-upload-zone-of = Часовой пояс: { $column }
web-upload-rates = Курсы валют{ $known ->
    [yes] : сколько { $currency } стоит единица
   *[no] {""}
}
    .hint = День, валюта, курс — по одному на строку; курс действует с этого дня. Без курса строки в другой валюте ждут в карантине.
web-upload-rates-file = Взять из файла
web-upload-classifier = Что называет события
web-upload-classifier-none = имя события
web-upload-lifecycle = Начала и завершения
web-upload-lifecycle-way = { $way ->
    [all] и то и другое — события
   *[complete] только завершения
}
web-upload-globals = Недостающие свойства — из объявлений журнала
