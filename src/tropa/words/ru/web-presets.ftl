web-column-role-alias = второй номер покупателя
web-preset = Чья это выгрузка
web-preset-none = любая таблица
web-preset-found = Похоже на выгрузку: { $name }. Узнали по колонкам: { $marks }.
web-preset-told = Читаем как выгрузку: { $name }.
web-preset-refuse = Это не она
