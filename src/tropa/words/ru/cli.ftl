cli-tropa = Карты пути клиента, соединённые с тропой, которую клиенты топчут на самом деле.
cli-epilog = Начните с `tropa demo` или со своих файлов: `tropa map заказы.csv`.
cli-version = Показать версию и выйти.
cli-lang = Язык всего, что показано и нарисовано.
cli-json = Вывести данные в JSON (устройство описано в docs/ru/cli.md).
cli-yes = Ни о чём не спрашивать, брать ответы по умолчанию.
cli-segment = Только клиенты этой персоны или сегмента.
cli-map-file = Другой файл карты из этой папки.
cli-meta-folder = ПАПКА
cli-meta-file = ФАЙЛ
cli-meta-files = ФАЙЛ…
cli-meta-role = РОЛЬ=СТОЛБЕЦ
cli-as = Что означает столбец, например customer=client_id. Роли: customer (клиент), time (время), event (событие), channel (канал), value (сумма), currency (валюта), score (оценка), instrument (шкала), session (сеанс), order (заказ), quantity (количество), price (цена), text (отзыв), message_id, phone, email, name, property (свойство), ignore (не брать); event_time=СТОЛБЕЦ или СОБЫТИЕ=СТОЛБЕЦ — столбец с датой события.
cli-encoding = Кодировка текстового файла (обычно определяется сама): utf-8, cp1251…
cli-delimiter = Знак между ячейками (обычно определяется сам); табуляция пишется \t.
cli-decimal = Десятичный знак.
cli-time-format = Как записано время: iso, dmy, mdy, unix_s, unix_ms, unix_us, unix_ns или образец вроде %d.%m.%Y.
cli-zone = Часовой пояс, если он не указан в самих данных, например Europe/Moscow (по умолчанию UTC).
cli-source = Имя источника: новая выгрузка под тем же именем добавит только новое.
cli-instrument = Шкала столбца с оценками.
cli-event = Имя события, если столбца с событиями нет.
cli-currency = Валюта столбца с суммой, например RUB.

cli-demo = Вся история на смоделированном магазине: спортпит Сергея.
    .details = Создаёт папку с годом смоделированных событий, измеряет их, находит, где уходят клиенты и сколько это стоит, рисует все картинки, рассказывает историю и открывает живую карту в браузере. Остановить: Ctrl+C.
cli-demo-out = Папка для данных и картинок.
cli-demo-customers = Сколько клиентов смоделировать.
cli-seed = Зерно случайности: одно и то же зерно даёт один и тот же магазин.
cli-no-open = Не открывать страницу в браузере.

cli-map = От ваших файлов до готовой карты за один раз.
    .details = Читает файлы, предлагает по ним карту, измеряет, рисует и открывает страницу. Задаёт не больше трёх вопросов, у каждого есть ответ по умолчанию. Для первой полезной страницы хватит одной выгрузки заказов.
cli-map-out = Папка для карты и данных (по умолчанию рядом с первым файлом).

cli-new = Создать папку с картой по шаблону.
cli-new-template = Имя шаблона.
cli-new-list = Показать шаблоны и выйти.

cli-import = Добавить выгрузки событий.
    .details = CSV, Parquet, JSONL и XLSX, в том числе сжатые gz или zst. Повторный импорт того же файла ничего не меняет. Непрочитанные строки попадают в карантин с причиной, их можно исправить и вернуть.
cli-import-replay = В файле исправленные строки этого импорта из карантина.

cli-events = Что есть в журнале: события по числу, источники, непривязанное, карантин.
cli-events-unbound = Только события, которые карта ни к чему не привязала.
cli-events-quarantine = Показать карантин.
cli-events-export = Записать строки из карантина в CSV для исправления (вместе с --import).
cli-events-import = Какой импорт.

cli-draft = Предложить этапы, точки контакта и привязки по самому журналу.
cli-draft-out = Куда записать (по умолчанию map.yaml, если карты ещё нет, иначе draft.yaml).
cli-force = Перезаписать.

cli-measure = Все показатели карты: входы, конверсии, сроки, удовлетворённость, петля.
cli-breaks = Где уходят клиенты — по деньгам, которые можно вернуть за месяц.

cli-render = Нарисовать карту.
    .details = Формат — по расширению файла: svg, png, pdf, html, xlsx, pptx, md, mmd.
cli-render-what = ПАПКА|ФАЙЛ
cli-render-out = Куда записать.
cli-render-view = Вид: таблица, схема, инфографика или путь к покупке (buyer) — этапы до сделки и строки о том, как принимают решение; или пустая сетка для стены (workshop), разложенная по листам.
cli-render-page = Размер страницы.
cli-render-open = Раскрыть этап на точки контакта (можно повторять; all — все этапы).
cli-render-theme = Светлое или тёмное оформление.
cli-render-named = Именованный вид карты: его строки и этапы.
cli-render-personas = Нарисовать персоны рядом.

cli-diff = Чем отличаются две карты или одна карта в два разных дня.
    .details = Каждая — файл или папка. Если в обеих папках есть журнал, сравниваются и показатели: с интервалами и выводом, не случайна ли разница.
cli-diff-before = БЫЛО
cli-diff-after = СТАЛО

cli-lint = Проверить карту: чего не хватает, что устарело, что спорит с данными.
cli-lint-strict = Предупреждения тоже считаются ошибками для кода возврата.

cli-convert = Перевести файл карты в другой формат: yaml, json, xlsx, csv (без потерь), mmd (туда и обратно, потери перечислены), md и картинки.
    .details = Если читать XLSX или CSV поверх готовой карты YAML (второй файл), комментарии останутся, а каждая изменённая ячейка попадёт в отчёт.
cli-convert-source = ОТКУДА
cli-convert-target = КУДА

cli-schema = Вывести JSON Schema файла карты — для редакторов.
cli-simulate = Записать смоделированный магазин: журнал, заложенную правду, расходы.
cli-reveal = Показать, кто стоит за псевдонимом. Сначала спросит.
cli-reveal-who = ПСЕВДОНИМ
cli-erase = Стереть клиента из тропы и всё, что о нём написано, навсегда.
cli-doctor = Проверить, всё ли на этой машине есть для работы.

cli-interrupted = Прервано. Ничего недоделанного не осталось.

cli-new-folder-missing = Назовите новую папку: tropa new ПАПКА
cli-new-done = Записано: { $path }
    Откройте в любом редакторе, потом нарисуйте: tropa render { $folder } -o карта.html
cli-draft-done = Предложение записано в { $path }. Это догадка: проверьте этапы и привязки, прежде чем верить числам.
cli-events-exported = { $rows ->
        [one] Записана { $rows } строка
        [few] Записаны { $rows } строки
        [many] Записано { $rows } строк
       *[other] Записано { $rows } строки
    } в { $path }. Исправьте их там и верните: tropa import { $folder } { $path } --replay { $import }
cli-quarantine-empty = Карантин пуст.
cli-render-done = Записано: { $path }
cli-convert-done = Записано: { $path }
cli-convert-lost = В этом формате не сохранилось:
cli-convert-edits = { $n ->
        [0] Ни одна ячейка не изменена.
        [one] Изменена { $n } ячейка:
        [few] Изменены { $n } ячейки:
        [many] Изменено { $n } ячеек:
       *[other] Изменено { $n } ячейки:
    }
cli-reveal-ask = Показать, кто такой { $name }? Убедитесь, что никто не смотрит через плечо.
cli-erase-ask = Стереть { $name } из тропы и из всех текстов навсегда? Вернуть будет нельзя.
cli-erase-done = Стёрто: { $name }. Событий этого клиента больше нет, и следующий импорт их не вернёт.
cli-simulate-done = Записано: { $path } ({ $events ->
        [one] { $events } событие
        [few] { $events } события
        [many] { $events } событий
       *[other] { $events } события
    }, смоделировано)
cli-ask-roles = Читать столбцы так?
cli-ask-deal = Какое событие — сделка?
cli-ask-again = Ваши товары покупают снова и снова?
cli-plan-uncertain = Некоторые столбцы опознаны неуверенно. Назовите их: --as РОЛЬ=СТОЛБЕЦ.

step-compiling = Компиляция (один раз)
step-simulating = Моделирую год магазина
step-importing = Импортирую
step-measuring = Измеряю
step-drawing = Рисую

doctor-python = Python
    .fix = Поставьте Python от 3.11 до 3.13.
doctor-kernels = Скомпилированные ядра хранятся в
    .fix = Сделайте папку доступной для записи или укажите другую в TROPA_CACHE_DIR; пока каждый запуск компилирует заново.
doctor-disk = Свободное место на диске
    .fix = Освободите место: журналу в 10 миллионов событий нужен примерно 1 ГБ.
doctor-zones = Часовые пояса
    .fix = Поставьте пакет tzdata.
doctor-console = Консоль
    .fix = Возьмите консоль с UTF-8.
doctor-picture = Картинки
    .fix = Переустановите Tropa: не хватает шрифтов или библиотек рисования.

cli-usage = Вызов:
cli-options = Параметры
cli-commands = Команды
cli-arguments = Аргументы
cli-error = Ошибка
cli-default = по умолчанию: { $value }
cli-required = обязательно
cli-meta-options = [ПАРАМЕТРЫ]
cli-meta-command = КОМАНДА [ПАРАМЕТРЫ]
cli-no-such-command = Команды «{ $name }» нет.{ $near ->
        [none] { "" }
       *[other] { " " }Возможно, вы имели в виду «{ $near }»?
    }

reference-title = Команды
reference-intro = Составлено по самим командам. У каждой есть `--lang ru|en`; там, где есть данные, `--json` выводит их.
reference-json = Что выводит --json
reference-json-text = Каждая команда выводит одно значение JSON. Время с окончанием `_s` — секунды, `window` записано как в файле карты (`30d`), деньги — в единицах
    `currency` (null: денег в журнале нет, счёт идёт на сделки), `unit` говорит, что сосчитано. Если ответить нельзя, стоит
    `{"{"}"value": null, "cannot_tell": "причина", "n": …{"}"}`, а не ноль. Поля могут добавляться, но в пределах старшей версии не переименовываются и не исчезают.

    - `import`: `{"{"}"accepted", "duplicates", "quarantined", "unit", "customers", "data_version", "files": [{"{"}"file", "source", "import_id", "accepted", "duplicates", "quarantined", "reasons", "columns"{"}"}]{"}"}`
    - `measure`: `{"{"}"scope", "stages": [{"{"}"id", "observed", "entrants", "conversion": {"{"}"value", "numerator", "denominator", "unit", "low", "high", "left_out", "window"{"}"}, "to_deal", "time_to_next": {"{"}"median_s", "q25_s", "q75_s", "n"{"}"}, "exits", "returns", "satisfaction": {"{"}"mean", "low", "high", "n"{"}"}{"}"}], "touchpoints", "flows", "loop": {"{"}"repeat_rate", "interval", "horizon_s", …{"}"}, "sales_cycle", "breaks", "unbound"{"}"}`
    - `breaks`: `{"{"}"breaks": [{"{"}"rank", "stage", "kind", "customers", "passes", "rate", "loss": {"{"}"value", "low", "high", "ceiling", "currency", "kind", "reference", "reference_kind"{"}"}{"}"}], "all_together"{"}"}`
    - `events`: `{"{"}"events", "customers", "period", "names": [{"{"}"event", "events", "customers", "stage", "touchpoint"{"}"}], "unbound"{"}"}`
    - `diff`: `{"{"}"changes": [{"{"}"address", "kind", "before", "after", "stage", "touchpoint", "lane", "text"{"}"}], "data", "differences": [{"{"}"stage", "measure", "before", "after", "value", "low", "high", "p", "q", "significant", "method"{"}"}]{"}"}`
    - `lint`: `{"{"}"file", "findings": [{"{"}"code", "severity", "address", "message", "fix", "line", "column"{"}"}]{"}"}`
    - `ask`, `reasons`: `{"{"}"measure", "unit", "n", "columns": [{"{"}"id", "kind", "low", "high", "part", "whole"{"}"}], "rows": [[…]], "labels", "notes", "quotes", "cannot_tell", "data_version"{"}"}`
    - ошибка: `{"{"}"error": {"{"}"code", "message", "fix", "where", "also"{"}"}{"}"}`
reference-status = Код возврата
reference-status-text = 0 — сделано; 1 — `lint` нашёл ошибки; 2 — нужно поправить данные или вызов (сообщение говорит как); 3 — наша ошибка; 130 — прервано.
cli-own-fault = Случилось то, чего быть не должно: это наша ошибка, не ваша. Данные остались как были. Подробности — в { $path }; TROPA_DEBUG=1 покажет их здесь.
