lint-severity-error = ошибка
lint-severity-warning = предупреждение
lint-severity-hint = подсказка
lint-page-title = Что проверяет tropa lint
lint-page-intro = Ошибки завершают команду с кодом 1; предупреждения — только с ключом --strict; подсказки — никогда. Эта страница создаётся из самих правил.
lint-page-code = Код
lint-page-severity = Важность
lint-page-rule = Что найдено
