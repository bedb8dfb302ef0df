# «Где уходят клиенты» и другие вопросы к тропе
web-breaks = Где уходят клиенты
    .lead = По тому, сколько можно вернуть за 30 дней, если доля уходящих станет такой, какую уже удавалось получить.
web-breaks-none = Обрывов с ценой пока не видно
    .text = Цена появится, когда в журнале будет событие сделки и достаточно проходов, за которыми наблюдали весь срок молчания.
    .data = Принести данные
    .deal = Назвать событие сделки
web-breaks-no-log = Здесь то, что думает команда: журнала событий пока нет
    .text = Добавьте выгрузку заказов или событий — и у каждого места на карте появится цена.
web-breaks-together = Если исправить всё сразу: { $price } за 30 дней
    .note = Это не сумма: одни и те же люди уходят в разных местах.
web-breaks-scope = { $period } · { $passes } · { $open } ещё в пути и ушедшими не считаются
web-breaks-money = { $kind ->
    [margin] прибыли
    [deals] сделок
   *[revenue] выручки
}
web-break-place = { $kind ->
    [loop] { $stage } → не возвращаются
   *[exit] { $stage }
}
web-break-left = { $kind ->
    [loop] Не возвращаются { $share }: { $part } из { $whole }
   *[exit] Уходят { $share }: { $part } из { $whole }
}
web-break-against = { $kind ->
    [target] ваша цель — { $rate }
    [segment] у группы «{ $name }» — { $rate }
    [period] { $name } — { $rate }
   *[none] сравнить пока не с чем
}
web-break-interval =
    .title = С вероятностью 95 % то, что можно вернуть, лежит в этих пределах
web-break-ceiling = Потолок — { $price }: столько стоят все, кто здесь ушёл
web-break-sensitivity = Если ждать вдвое меньше — { $half }, вдвое дольше — { $double }
web-break-improve = Сделать улучшение
    .done = Улучшение добавлено в план
    .open = Открыть план
web-break-on-map = Показать на карте
web-break-scale = Сколько можно вернуть: точка — оценка, полоса — 95-процентный интервал
web-passes = { $n ->
    [one] { $shown } проход
    [few] { $shown } прохода
    [many] { $shown } проходов
   *[other] { $shown } прохода
}

# Над кем и когда
web-break-deals = { $n ->
    [one] { $n } сделка
    [few] { $n } сделки
    [many] { $n } сделок
   *[other] { $n } сделки
}
web-break-between = от { $low } до { $high }
web-break-up-to = до { $high }, а может быть, и ничего
web-break-changed = { $month }: { $kind ->
    [loop] возвращаются
   *[exit] идут дальше
} { $now }, а было { $was } — это больше случайных колебаний
web-break-why = Чем ушедшие отличаются от тех, кто пошёл дальше
    .asking = Сравниваем ушедших с остальными…
    .none = Ушедших здесь слишком мало, чтобы искать отличия.
web-break-words = Словами клиентов
web-reason-words = Слов нет
    .nowhere = Слов рядом с отличиями нет: ушедшие ничего не написали.
web-reason-times = в { $n } { $n ->
    [one] раз
    [few] раза
    [many] раз
   *[other] раза
} чаще
web-reason-only = только у ушедших
web-reason-shares = у { $left } ушедших и { $on } пошедших дальше; разница { $low }–{ $high } п. п.
web-break-how = Как считаем
    .price = Цена места — сколько денег за 30 дней вернётся, если доля уходящих станет такой, как в вашей цели, а без цели — как у лучшей похожей группы или в лучший месяц. Ценность тех, кто останется, берём из того, что дальше делали такие же клиенты.
    .interval = Пределы «от … до …» показывают точность: пересчитали цену сотни раз на случайных частях клиентов, и в 95 % случаев она попала сюда.
    .ceiling = Потолок — ценность всех, кто здесь ушёл. Вернуть всех не удавалось ещё никому.
    .sum = Цены мест не складываются: одни и те же люди уходят в разных местах, поэтому «всё сразу» посчитано отдельно.

# Показатели
web-params = Настройки показателя
web-param-none = не важно
web-param-by-map = как на карте
web-param-days = { $title }, дней
web-param-stages = Этапы
web-param-points = Точки контакта
web-param-events = События
web-param-add-step = Добавить шаг…
web-param-earlier = Раньше: { $name }
web-param-later = Позже: { $name }
web-measure-means = Что это значит
    .counts = Единица счёта — { $unit }. У каждой доли рядом стоит, сколько это и из скольких.
    .interval = В квадратных скобках — 95-процентный интервал: чем меньше наблюдений, тем он шире.
    .seen = Кого видели меньше срока, тот ушедшим не считается: о таких сказано в примечаниях.
web-measure-unknown = Такого показателя нет
web-measure-empty = Ответить пока нельзя
web-measure-picture = Рисунок: { $title }. Те же числа — в таблице ниже
web-measure-table = Числа: { $title }
web-measure-of = { $part } из { $whole }
web-measure-all = Показать все строки: { $n }
web-measure-rests = Основа: { $n } { $unit }. Версия данных { $version }.

# Данные
web-data = Данные
    .lead = Выгрузки заказов, событий, звонков и оценок: откуда они, насколько свежие и что из них не прочиталось.
web-data-empty = Данных пока нет
    .text = Карта живёт и без них, но цену каждого места покажет только журнал событий.
    .bring = Перетащите сюда выгрузку из магазина, системы заказов или счётчика.
    .check = Проверьте, правильно ли узнаны колонки, и начните загрузку.
    .bind = Привяжите события к этапам карты.
web-upload = Принести файлы
web-upload-here = Перетащите файлы сюда
web-upload-kinds = CSV, XLSX, JSONL, Parquet, XES — любая выгрузка; лишние колонки не мешают
web-upload-pick = Выбрать файлы
web-upload-coming = Принимаем { $name }
web-upload-plan = Как прочитаем { $name }
web-upload-size = { $size } { $unit ->
    [B] Б
    [kB] КБ
    [MB] МБ
   *[GB] ГБ
}, примерно { $rows } { $n ->
    [one] строка
    [few] строки
    [many] строк
   *[other] строки
}
web-upload-drop = Не загружать { $name }
web-upload-columns = Колонки
web-upload-column = Колонка
web-upload-role = За что принимаем
web-upload-role-of = За что принимаем колонку { $column }
web-upload-samples = Примеры
web-upload-how = Как читать файл: кодировка, время, валюты
web-upload-encoding = Кодировка
web-upload-delimiter = Разделитель
web-upload-tab = табуляция
web-upload-decimal = Дробная часть
web-upload-time-format = Формат времени
    .hint = Например, %d.%m.%Y %H:%M; пусто — узнаем сами
web-upload-zone = Часовой пояс
web-upload-source = Источник
    .hint = Под этим именем видна свежесть данных
web-upload-event = Название события
    .hint = Если колонки с событием в файле нет
web-upload-sample = Первые строки
web-upload-import = { $n ->
    [one] Загрузить файл
    [few] Загрузить { $n } файла
    [many] Загрузить { $n } файлов
   *[other] Загрузить { $n } файла
}
web-upload-not-ready = Сначала укажите колонки, которых не хватает
web-column-role = { $role ->
    [customer] покупатель
    [time] время
    [event] событие
    [channel] канал
    [value] сумма
    [currency] валюта
    [score] оценка
    [instrument] вид опроса
    [session] сеанс
    [order] заказ
    [text] слова покупателя
    [message_id] номер сообщения
    [phone] телефон
    [email] почта
    [name] имя
    [quantity] количество
    [price] цена
    [clock] время суток
    [event_time] дата события
    [property] свойство
   *[ignore] не нужна
}
web-job-cancel = Прервать
web-job-over = { $status ->
    [done] Загружено
    [failed] Не получилось
   *[cancelled] Прервано
}
web-import-accepted = { $n ->
    [one] Принято { $shown } событие
    [few] Принято { $shown } события
    [many] Принято { $shown } событий
   *[other] Принято { $shown } события
}
web-import-duplicates = { $n ->
    [one] { $n } уже было
   *[other] { $n } уже были
}
web-import-held = { $n ->
    [one] { $shown } строка не прочиталась и ждёт в карантине:
    [few] { $shown } строки не прочитались и ждут в карантине:
    [many] { $shown } строк не прочиталось, они ждут в карантине:
   *[other] { $shown } строки не прочитались и ждут в карантине:
}
web-import-mend = Исправить в карантине
web-sources = Источники
web-sources-all = { $events } событий, { $customers } клиентов. Версия данных { $version }.
web-source = Источник
web-source-since = С какого дня
web-source-until = Полон до
web-source-age = { $n ->
    [0] сегодня
    [one] { $n } день назад
    [few] { $n } дня назад
    [many] { $n } дней назад
   *[other] { $n } дня назад
}
web-events = Событий
web-imports = Загрузки
web-import-file = Файл
web-import-at = Когда
web-import-new = Принято
web-import-twice = Уже были
web-quarantine = Карантин
    .lead = Строки, которые не удалось прочитать. Исправьте их прямо здесь и верните в журнал — остальные данные уже загружены.
web-quarantine-empty = Карантин пуст
    .text = Всё, что вы принесли, прочиталось.
web-held-line = Строка
web-held-reason = Что не так
web-held-cell = { $column }, строка { $line }
web-held-replay = { $n ->
    [0] Вернуть в журнал
    [one] Вернуть в журнал { $n } строку
    [few] Вернуть в журнал { $n } строки
    [many] Вернуть в журнал { $n } строк
   *[other] Вернуть в журнал { $n } строки
}
web-held-how = Исправьте ячейки — отмечены те, из-за которых строка не прочиталась

# Привязка событий
web-bindings = Привязка событий
    .lead = Что есть в журнале и где это на карте. Перетащите событие на этап или точку контакта либо нажмите «Привязать»: числа пересчитаются сразу.
web-bindings-no-log = Привязывать пока нечего
    .text = Сначала принесите журнал событий.
web-bindings-unbound = { $n ->
    [one] Ни к чему не привязано { $shown } событие
    [few] Ни к чему не привязаны { $shown } события
    [many] Ни к чему не привязано { $shown } событий
   *[other] Ни к чему не привязаны { $shown } события
} ({ $share })
web-bindings-all = Все события привязаны
web-bindings-seek = Найти событие
web-binding-none = ни к чему не привязано
web-binding-none-here = Перетащите сюда событие
web-binding-part = { $shown } не привязано; остальные — { $places }
web-binding-unseen = не наблюдается
web-binding-deal = сделка
web-bind-to = Привязать
web-bind-to-of = Привязать { $event } к…
web-unbind = Отвязать { $event } от «{ $place }»
web-event-facts = { $events } событий, { $customers } клиентов, с { $first } по { $last }
web-event-months = События по месяцам, { $first } — { $last }
web-event-value = Суммы: от { $least } до { $most }, обычно { $median }
web-draft = Карта ещё ни с чем не связана. Можно предложить этапы и привязки по самому журналу, а потом поправить.
web-draft-ask = Предложить этапы по журналу
web-draft-take = Взять за основу
web-draft-taken = Этапы и привязки добавлены

# План
web-plan = План улучшений
    .lead = Боль или обрыв → решение → кто и когда. Наверху то, что больше даст за меньшие усилия.
web-plan-empty = В плане пока пусто
    .text = Откройте место, где уходят клиенты, и нажмите «Сделать улучшение»: выгода возьмётся из его цены.
web-plan-one = Улучшение
web-plan-new = Новое улучшение
web-plan-add = Добавить
web-plan-views = Вид плана
web-plan-view = { $view ->
    [board] Доска
    [matrix] Матрица
   *[list] Список
}
web-plan-what = Что делаем
web-plan-where = Этап
web-plan-due = Срок
web-plan-status = Состояние
web-plan-status-of = Переместить: { $text }
web-plan-move = Переместить
web-plan-impact = Выгода за 30 дней, { $currency }
web-plan-impact-short = Выгода
web-plan-from-break = Взять из цены места: { $price }
web-plan-confidence = Уверенность, %
web-plan-confidence-short = Уверенность
web-plan-effort = Усилия
    .hint = Например, недели работы; главное — одна мера для всех
web-plan-priority = Важность
web-plan-stage = Этап «{ $stage }» на карте
web-plan-pain = Боль: { $pain }
web-plan-remove = Удалить
web-plan-removed = Улучшение удалено
web-plan-a-month = { $money } за 30 дней
web-plan-late = опаздывает, срок был { $day }
web-plan-first = Сначала это
web-plan-big = Большие дела
web-plan-small = Мелочи
web-plan-never = Не стоит усилий
web-plan-axis-impact = выгода × уверенность
web-plan-axis-effort = усилия
web-plan-apart = Без выгоды или усилий — на матрице не поставить
web-plan-download = Скачать план
web-plan-formula = Формула важности
    .hint = impact — выгода, confidence — уверенность, effort — усилия; можно + − * / **, скобки, min, max, sqrt, log
web-plan-formula-usual = Вернуть обычную

# История
web-history = История карты
    .lead = Кто и когда менял карту, чем отличаются любые два её состояния и как вернуться к прежнему.
web-history-by = { $who ->
    [file] правка файла карты
   *[other] { $name }
}
web-history-updates = { $n ->
    [one] { $n } правка
    [few] { $n } правки
    [many] { $n } правок
   *[other] { $n } правки
}
web-history-before = { $n ->
    [1] начало карты
   *[other] состояние № { $n }
}
web-diff-of = «{ $thing }»
web-history-first = Здесь карта появилась: сравнивать ещё не с чем
web-version-name = Назвать версию
web-version-title = Название версии
    .hint = Например: после встречи 3 декабря
web-restore = Вернуть карту к этому состоянию?
    .text = Это будет ещё одна правка, и её тоже можно отменить: из истории ничего не пропадает.
    .yes = Вернуть
web-restore-this = Вернуть это состояние
web-restored = Карта возвращена к прежнему состоянию
web-diff = Отличия
web-diff-from = Было
web-diff-to = Стало
web-diff-same = Отличий нет
web-diff-map = Карта в целом
web-diff-count = { $kind ->
    [added] добавлено
    [removed] убрано
    [moved] перемещено
   *[changed] изменено
}: { $n }
web-diff-kind = { $kind ->
    [added] Добавлено.
    [removed] Убрано.
    [moved] Перемещено.
   *[changed] Изменено.
}
web-diff-went = было:
web-diff-came = стало:
web-diff-yes = да
web-diff-no = нет
web-diff-part = { $part ->
    [id] Имя в адресе
    [title] Название
    [when] Привязка событий
    [deal] Событие сделки
    [stages] Этапы
    [personas] Персоны
    [segments] Сегменты
    [people] Люди
    [loops] Петли
    [targets] Цели
    [limits] Сроки
    [money] Деньги
    [tags] Метки
    [views] Виды
    [lanes] Строки
    [competitors] Соперники
    [kind] Вид карты
    [language] Язык
   *[other] { $part }
}

# Что изменилось со временем
web-timeline = Что изменилось
    .lead = Показатели этапов по месяцам: что было до улучшений и что после.
web-timeline-figures = Показатель
web-timeline-figure = { $figure ->
    [to_deal] Доходят до сделки
    [satisfaction] Оценка
    [repeat_rate] Покупают снова
   *[conversion] Идут дальше
}
web-timeline-repeat = Повторные покупки
web-timeline-changed = { $month }, «{ $stage }»: { $figure ->
    [to_deal] до сделки доходят
    [satisfaction] оценка
    [repeat_rate] покупают снова
   *[conversion] идут дальше
} { $now }, а было { $was } — больше случайных колебаний
web-timeline-quiet = { $n ->
    [one] Сравнили { $n } пару соседних месяцев: всё в пределах случайных колебаний.
    [few] Сравнили { $n } пары соседних месяцев: всё в пределах случайных колебаний.
    [many] Сравнили { $n } пар соседних месяцев: всё в пределах случайных колебаний.
   *[other] Сравнили { $n } пары соседних месяцев: всё в пределах случайных колебаний.
}
web-timeline-curve = { $stage }: { $first } — { $was }, { $last } — { $now }
web-timeline-legend = Полоса — 95-процентный интервал; пустая точка — большинство проходов месяца ещё не досмотрели; номер — улучшение; золотое кольцо — изменение больше случайного. Месяц — это проходы, которые в нём начались.
web-timeline-none = Этот показатель ни на одном этапе пока не виден
web-timeline-improvements = Улучшения
web-timeline-not-cause = «До» и «после» — не доказательство: вместе с улучшением могло измениться что угодно. Причину показывает только эксперимент.
web-timeline-early = сравнивать пока рано
web-timeline-followed = до — { $was }, после — { $now }
web-timeline-table = Числа по месяцам
web-timeline-month = Месяц
web-timeline-interval = Интервал
web-timeline-n = Из скольких

# Клиенты
web-customers = Клиенты
    .lead = Путь одного человека шаг за шагом. Имена скрыты; каждый просмотр записывается.
web-customers-all = { $n ->
    [one] Подходит { $shown } клиент
    [few] Подходят { $shown } клиента
    [many] Подходят { $shown } клиентов
   *[other] Подходят { $shown } клиента
}
web-customers-none = Таких клиентов нет
web-customer = Клиент
web-customer-last = Последний раз
web-customer-status = Чем закончилось
web-customer-visited = Был на этапе
web-customer-stage = Последний этап
web-customer-passes = Проходов
web-customer-deals = Сделок
web-customer-value = Принёс
web-pass-status = { $status ->
    [deal] сделка
    [left] ушёл
   *[open] ещё в пути
}
web-replay = Клиент { $id }
    .lead = Стрелки ← и → ведут по шагам.
web-replay-all = Все клиенты
web-replay-back = Шаг назад
web-replay-next = Следующий шаг
web-replay-play = Проиграть
web-replay-pause = Остановить
web-replay-step = Шаг
web-replay-of = { $n } из { $all }
web-replay-pass = Проход { $n }
web-replay-gap = через { $time }
web-replay-score = оценка { $score }
web-reveal = Показать, кто это?
    .text = Телефон, почта и номер клиента появятся на экране, а в журнале аудита останется запись, что смотрели вы.
    .yes = Показать
    .button = Кто это
web-reveal-nothing = О нём ничего не сохранено

# Сравнение
web-nav-compare = Сравнение
web-compare = Сравнение
    .lead = Две карты, две версии, два сегмента или два периода рядом: в чём отличия и какие из них больше случайного.
web-compare-by = Что сравнить
web-compare-kind = { $kind ->
    [maps] Две карты
    [segments] Два сегмента
    [periods] Два периода
   *[versions] Версии и дни
}
web-compare-other = С какой картой
web-compare-this = Эта карта
web-compare-choose = выберите карту
web-compare-side = { $side ->
    [before] Первая сторона
   *[after] Вторая сторона
}
web-compare-last = { $n } дней и столько же до них
web-compare-late = Период кончается раньше, чем начинается: поменяйте дни местами
web-compare-none = { $kind ->
    [maps] Выберите вторую карту
    [segments] Выберите два разных сегмента или задайте правило
    [periods] Выберите два разных периода
   *[versions] Выберите разные версии карты или разные дни
}
web-compare-figures = Показатели этапов
web-compare-cells = Что написано иначе
web-compare-gap = Разница и её интервал
web-compare-p = Значение p с поправкой
web-compare-verdict = Вывод
web-compare-no-figures = Измерений для сравнения нет
    .text = Нужны данные о событиях и этапы, которые есть с обеих сторон, хотя бы с несколькими клиентами.
