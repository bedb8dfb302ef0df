# Редактор карты и панель справа
editor-table = Карта «{ $map }»: этапы по горизонтали, строки по вертикали
editor-corner = Строки
editor-stages = Этапы
editor-rows = Строки
editor-opening = Открываем карту…
editor-quoted = «{ $text }»
editor-typing = { $row }, { $column }: { $line ->
        [none] новая строка
       *[other] { $line }
    }
editor-not-here = Об этом говорят для этапа целиком
editor-n = n = { $n }
editor-talks = { $n ->
        [one] { $n } открытое обсуждение
        [few] { $n } открытых обсуждения
       *[other] { $n } открытых обсуждений
    }
editor-copied = { $n ->
        [one] Скопирована { $n } ячейка
        [few] Скопировано { $n } ячейки
       *[other] Скопировано { $n } ячеек
    }
editor-pasted = { $n ->
        [one] Вставлена { $n } ячейка
        [few] Вставлено { $n } ячейки
       *[other] Вставлено { $n } ячеек
    }
editor-pasted-lost = { $n ->
        [one] { $n } строке не нашлось места: справа или снизу карта кончилась
       *[other] { $n } строкам не нашлось места: справа или снизу карта кончилась
    }
editor-removed = Удалено: { $name }
editor-undo = Отменить
editor-redo = Вернуть

# состояние работы
editor-state-offline = нет связи, правки хранятся здесь
editor-state-connecting = соединяемся…
editor-state-saving = сохраняем…
editor-state-saved = сохранено
editor-state-refused = правка не принята
editor-refused = Сервер не принял последние правки.
editor-discard = Отказаться от них

# новые вещи
editor-new-stage = Новый этап
editor-new-point = Новая точка контакта
editor-new-part = Новая часть
editor-new-row = Новая строка
editor-new-view = Новый вид
editor-new-persona = Имя, в двух словах
editor-new-tag = Новая метка
editor-new-line-text = Новая строка
editor-new-line = Напишите…
editor-new-touchpoints = Где встречаются? Например, «Чат»
editor-new-metrics = За чем следим?
editor-add = Добавить
editor-add-stage = Добавить этап
editor-add-stage-after = Добавить этап после «{ $stage }»
editor-add-point = Точка контакта
editor-add-part = Часть этапа
editor-add-row = Добавить строку
editor-add-line = Добавить
editor-row-kind = { $kind ->
        [list] Список
        [text] Текст
        [number] Число
        [curve] Кривая, от −2 до +2
        [image] Картинка
       *[file] Файл
    }
editor-rename = Переименовать
editor-move-up = Выше
editor-move-down = Ниже
editor-move-left = Левее
editor-move-right = Правее
editor-copy-stage = Сделать копию
editor-open-stage = { $n ->
        [0] Открыть: точки контакта
       *[other] Открыть: точки контакта ({ $n })
    }
editor-close-stage = Свернуть ({ $n })
editor-whole-stage = этап целиком
editor-stage-menu = Что сделать с этапом «{ $stage }»
editor-row-menu = Что сделать со строкой «{ $row }»
editor-stage-name = Название этапа
editor-point-name = Название точки контакта
editor-row-name = Название строки
editor-hide-row = Скрыть в этом виде
editor-remove-row = Удалить строку
editor-remove-stage = Удалить этап
editor-remove-stage-ask = Удалить этап «{ $stage }»?
    .text = Вместе с ним исчезнет всё, что на нём сказано. Отменить можно сразу после удаления и позже — в истории карты.
editor-remove-point = Удалить точку контакта
editor-remove-line = Удалить строку
editor-opens-map = Открывает другую карту
editor-passes = { $n ->
        [one] { $n } проход
        [few] { $n } прохода
       *[other] { $n } проходов
    }

# тропа
editor-came = { $n ->
        [one] Дошёл { $n } проход
        [few] Дошли { $n } прохода
       *[other] Дошли { $n } проходов
    }
editor-goes-on = Идут дальше: { $rate }
editor-after = Обычно через { $time }
editor-rate = { $share } ({ $part } из { $whole }; с вероятностью 95 % — от { $low } до { $high }{ $left ->
        [0] {""}
       *[other] ; ещё { $left } не успели увидеть
    })
editor-left-exit = { $n ->
        [one] { $n } ушёл
       *[other] { $n } ушли
    }
editor-left-loop = { $n ->
        [one] { $n } не вернулся
       *[other] { $n } не вернулись
    }
editor-left-done = { $n ->
        [one] { $n } закончил здесь
       *[other] { $n } закончили здесь
    }
editor-lost-deals = { $n ->
        [one] −{ $n } сделка
        [few] −{ $n } сделки
       *[other] −{ $n } сделок
    }
editor-loop-rate = { $share } покупают снова{ $interval ->
        [none] {""}
       *[other] , обычно через { $interval }
    }
editor-loop-passes = { $name }: { $n ->
        [one] { $n } проход
        [few] { $n } прохода
       *[other] { $n } проходов
    }
editor-scale = отсюда масштаб ×{ $times }
editor-not-observed = не видно в данных
editor-no-log = Здесь ляжет тропа: сколько идёт дальше и где уходят. Нужен журнал событий или цифры, введённые вручную.
editor-no-passes = В данных нет ни одного прохода по этим этапам
editor-no-figures = Цифр пока нет

# эмоция и чувства
editor-asserted = Команда считает: { $score }
editor-measured = Клиенты: { $mean } (от { $low } до { $high }), ответов: { $n }
editor-no-opinion = Мнения команды нет
editor-no-score = не поставлено
editor-no-scores = нет оценок
editor-emotion-empty = Потяните точку в любом столбце: вверх — клиенту хорошо, вниз — плохо
editor-drag-point = Потяните; с клавиатуры — Enter и стрелки
editor-score = Настроение
editor-score-of = Настроение на этапе «{ $stage }»
editor-mood = настроение
editor-feeling = Чувство

# на чём основано
editor-rests-assumed = Предположение: пока ни на чём не основано
editor-rests-observed = Наблюдение
editor-rests-measured = Измерено по данным
editor-rests-contradicted = Противоречит данным
editor-rests-entered = Введено вручную
editor-rests-stale = Устарело: данные старше срока годности

# показатели
editor-at-least = цель: не меньше { $value }
editor-at-most = цель: не больше { $value }
editor-droppable = можно убрать

# полоса над таблицей
editor-bar = Отбор и вид
editor-persona = Персона
editor-everybody = все клиенты
editor-period = За какое время
    .hint = Например, октябрь 2026
editor-all-time = всё время
editor-last-days = { $n ->
        [one] Последний { $n } день
        [few] Последние { $n } дня
       *[other] Последние { $n } дней
    }
editor-from = С
editor-to = По
editor-apply = Показать
editor-window = Окно
editor-by-data = по данным
editor-compare = Сравнить
editor-nobody = ни с кем
editor-view = Вид
editor-whole-map = вся карта
editor-make-view = Новый вид
editor-view-name = Название вида
editor-view-made = Сделан новый вид: строки, скрытые в нём, остаются на карте
editor-remove-view = Удалить вид
editor-search = Найти на карте
editor-data-until = данные по { $day }
editor-entered-note = цифры введены вручную

# панель
editor-panel = Панель о выбранном
editor-close-panel = Закрыть панель
editor-side-details = Подробно
editor-side-why = Почему
editor-side-words = Слова клиентов
editor-side-talk = Споры
editor-side-history = История
editor-a-month = в месяц
editor-ceiling = Потолок — { $value }: столько стоят все, кто здесь ушёл
editor-gone-exit = Уходят отсюда: { $rate }
editor-gone-loop = Не возвращаются: { $rate }
editor-still-open = { $n } ещё в пути
editor-break-exit = Уходят отсюда
editor-break-loop = Не возвращаются
editor-against = { $kind ->
        [target] Достижимой считаем вашу цель: { $rate }
        [segment] Достижимой считаем долю лучшей группы: { $rate } ({ $name })
        [period] Достижимой считаем долю лучшего периода: { $rate } ({ $name })
       *[none] Сравнить пока не с чем
    }
editor-shares = Доля среди ушедших : доля среди тех, кто пошёл дальше
editor-never-added = Потери разных мест не складываются: одни и те же люди уходят в разных местах.
editor-go-breaks = Все места, где уходят
editor-choose-line = Выберите строку, о которой рассказать:
editor-empty-cell = Здесь пока пусто. Нажмите Enter и пишите: «{ $row }». Каждая мысль — своей строкой.
editor-empty-emotion = Настроение ставят по шкале от −2 до +2, а чувства называют словами: тревога, радость, замешательство.
editor-of-point = Сказано о точке контакта «{ $point }»
editor-none = нет
editor-done = Готово
editor-show = Показать

# этап
editor-comes-after = После каких этапов
editor-after-previous = после предыдущего
editor-after-these = после выбранных
editor-window-stage = Окно
editor-silence = Срок молчания
editor-opens = Открывает карту
editor-go-map = Перейти на эту карту
editor-parts = Части этапа
editor-part-name = Название части
editor-dissolve-part = Расформировать

# точка контакта
editor-own-channel = Или свой канал
editor-point-figures = Событий: { $events }, проходов: { $passes }
editor-to-deal = Доходят до сделки: { $rate }
editor-point-unbound = К этой точке не привязано ни одно событие, поэтому цифр у неё нет.

# утверждение
editor-severity = Тяжесть
editor-kind = Вид
editor-owner-name = Имя
editor-reading = Что измеряем
editor-by-hand = вводим вручную
editor-least = Не меньше
editor-most = Не больше
editor-status = Состояние
editor-due = Срок
editor-impact = Выгода в месяц
editor-confidence = Уверенность, %
editor-effort = Усилия
editor-effect = Что получилось
editor-go-plan = Весь план
editor-until = до { $day }
editor-impact-month = { $money } в месяц
editor-improvement = Улучшение: { $text }
editor-improvement-made = Улучшение добавлено в план
editor-improve-pain = Сделать улучшение
editor-improve-break = Сделать улучшение из обрыва
editor-evidence = На чём основано
editor-no-evidence = Пока ни на чём. Добавьте слова клиента, ссылку или замер — и знак станет плотнее.
editor-remove-evidence = Убрать основание
editor-reading-says = { $place } — { $name }: { $value }
editor-no-readings = замеров пока нет
editor-source = Откуда
editor-date = Когда
editor-times = Сколько раз слышали
editor-upload = Загрузить
editor-number = Число
editor-unit = Единица
editor-image-address = Адрес картинки
editor-file-address = Адрес файла

# цифры
editor-figure = Что это за цифра
editor-value = Значение
editor-cases = Сколько случаев
editor-days = дней
editor-not-a-number = Это не число
editor-figures-empty = Нет журнала — введите цифры сами: карта нарисуется по ним и пометит их знаком □.
editor-add-figure = Ввести цифру
editor-remove-figure = Убрать цифру
editor-times-words = обычно { $median } (половина — от { $low } до { $high })

# слова клиентов
editor-no-words = Слов клиентов здесь пока нет
    .text = Выберите строку и добавьте цитату в «На чём основано»: из поддержки, отзывов, интервью.

# споры
editor-comment = Написать
editor-comment-hint = Что думаете? @ — позвать коллегу
editor-answer = Ответить
editor-resolve = Решено
editor-reopen = Вернуть к обсуждению
editor-show-resolved = { $n ->
        [one] Показать решённый ({ $n })
       *[other] Показать решённые ({ $n })
    }
editor-hide-resolved = Скрыть решённые ({ $n })
editor-remove-comment = Удалить своё сообщение
editor-comment-removed = Сообщение удалено
editor-comment-gone = Этого сообщения здесь уже нет: удалено оно само или место карты, о котором оно было
editor-edited = изменено
editor-mention = Кого позвать
editor-no-talk = Здесь ещё не спорили
    .text = Сомневаетесь в ячейке — спросите коллег прямо здесь.

# история ячейки
editor-no-history = Эту ячейку ещё не меняли
    .text = Здесь будет видно, кто и что в ней менял.
editor-older = Раньше
editor-go-history = История всей карты
editor-went = Убрано:
editor-came-words = Написано:

# карта целиком
editor-map-title = Название карты
editor-map-kind = Что показывает карта
editor-scenario = Сценарий: что делает клиент
editor-tags = Метки
editor-personas = Персоны
editor-no-personas = Чей это путь? Опишите клиента: имя, чего хочет, чего боится.
editor-add-persona = Добавить персону
editor-remove-persona = Удалить персону
editor-persona-name = Имя и два-три слова
editor-persona-quote = Его слова
editor-persona-share = Доля клиентов: { $share }
editor-persona-needs = Что ему нужно
editor-persona-goals = Чего хочет добиться
editor-persona-pains = Чего боится
editor-persona-expects = Чего ждёт от нас
editor-demographics = Кто он
editor-about = О нём
editor-picture = Портрет
editor-share = Доля клиентов
editor-segment = Каких клиентов представляет
editor-no-segment = не связана с группой
editor-main-persona = Карта — о ней
editor-loops = Возвращения
editor-add-loop = Добавить возвращение
editor-remove-loop = Убрать
editor-loop-from = Откуда
editor-loop-to = Куда
editor-loop-words = Словами

# схема
editor-scheme-node = Пробел или Enter — выбрать этап, стрелки — подвинуть
editor-scheme-controls = Масштаб схемы
editor-scheme-way = Переход между этапами
editor-scheme-reset = Расставить заново
editor-zoom-in = Крупнее
editor-zoom-out = Мельче
editor-zoom-fit = Показать всё

# инфографика и показ
editor-infographic = Инфографика: двигайте стрелками, масштаб — плюс и минус
editor-drawing = Рисуем…
editor-picture-download = Скачать картинку
editor-picture-format = { $format ->
        [pdf] PDF для печати
        [png] PNG, картинка
        [svg] SVG, кривые
        [pptx] PowerPoint
       *[html] HTML с таблицами
    }
editor-with-personas = Тропы персон
editor-present = Показать
editor-slide-back = Назад
editor-slide-next = Дальше
editor-fullscreen = На весь экран
editor-leave-present = Закончить показ

# что писать в пустой ячейке
editor-hint-goal = Чего клиент хочет добиться на этом этапе?
editor-hint-does = Что он делает? Например: «Сравнивает цены на трёх сайтах»
editor-hint-thinks = Что думает — его словами
editor-hint-asks = О чём спрашивает
editor-hint-doubts = В чём сомневается
editor-hint-feels = Что чувствует: тревога, радость, замешательство…
editor-hint-expects = Чего ждёт от нас
editor-hint-touchpoints = Где встречает нас: сайт, чат, курьер…
editor-hint-pains = Что здесь мешает или злит
editor-hint-barriers = Что стоит на пути: оплата, очередь, нет в наличии…
editor-hint-strengths = Что уже хорошо и должно остаться
editor-hint-opportunities = Где можно превзойти ожидания
editor-hint-brand = Что делаем здесь мы
editor-hint-front_stage = Что из нашей работы видит клиент: встреча, упаковка, выдача заказа
editor-hint-back_stage = Что делается за кулисами: склад, проверка оплаты, звонок курьеру
editor-hint-metrics = За какой цифрой следим
editor-hint-improvements = Что сделаем, кто и к какому дню
editor-hint-owner = Кто отвечает

# сравнение с конкурентами
editor-rivals = Сравнение с конкурентами
editor-rivals-about = По чему клиент выбирает, насколько это для него важно и кто в чём сильнее. Оценки от 0 до 10.
editor-rivals-open = Открыть сравнение
editor-rivals-there = { $criteria ->
        [one] { $criteria } критерий
        [few] { $criteria } критерия
       *[other] { $criteria } критериев
    }, { $rivals ->
        [one] { $rivals } участник вместе с нами
        [few] { $rivals } участника вместе с нами
       *[other] { $rivals } участников вместе с нами
    }
editor-rivals-none = Сравнения ещё нет
editor-rivals-begin = Начать сравнение
editor-rivals-we = Мы
editor-rivals-new-rival = Конкурент
editor-rivals-new-criterion = Критерий
editor-rivals-usual = { $criterion ->
        [price] Дешевле
        [reliable] Надёжнее
        [fast] Быстрее
       *[safe] Безопаснее
    }
editor-rivals-add-criterion = Добавить критерий
editor-rivals-add-rival = Добавить конкурента
editor-rivals-remove = Убрать: { $name }
editor-rivals-remove-all = Удалить сравнение
editor-rivals-criterion = Критерий
editor-rivals-weight = Вес
editor-rivals-weight-of = Вес критерия «{ $name }»
editor-rivals-rival = С кем сравниваем
editor-rivals-us = это мы
editor-rivals-score-of = { $criterion }, { $rival }: оценка от 0 до 10
editor-rivals-evidence = { $n ->
        [0] Ни на чём не основано: добавить основание
        [one] { $n } основание
        [few] { $n } основания
       *[other] { $n } оснований
    }
editor-rivals-evidence-of = { $criterion }, { $rival }: на чём основана оценка ({ $n })
editor-rivals-total = С учётом весов
editor-rivals-part = по { $n } из { $whole }
editor-rivals-ahead = Мы и лучший из них
editor-rivals-lead = { $side ->
        [ahead] впереди на { $by }
        [behind] позади на { $by }
       *[even] наравне
    }
editor-rivals-keys = Оценки по критериям: между ячейками переходят стрелками, вниз — ещё и клавишей Enter
editor-rivals-wrong-score = Оценка — число от 0 до 10.
editor-rivals-wrong-weight = Вес — число больше нуля.
editor-rivals-unscored = Оценка убрана вместе с основаниями
editor-rivals-positioning = Чем мы отличаемся
editor-rivals-positioning-hint = Одной фразой: за что нас выбирают.
editor-rivals-stage = На каком этапе сравнивают
editor-rivals-before-deal = перед сделкой

# экскурсия
editor-tour-offer = Впервые здесь?
editor-tour-take = Экскурсия за минуту
editor-tour-decline = Не сейчас
editor-tour-again = Экскурсия по редактору
editor-tour-step = { $n } из { $whole }
editor-tour-skip = Закончить
editor-tour-back = К прошлому шагу
editor-tour-next = Следующий шаг
editor-tour-done = Понятно
editor-tour-cells = Пишите прямо в ячейках
    .text = Столбцы — этапы, строки — о чём говорим. Щёлкните по ячейке или нажмите Enter и печатайте; Enter начинает новую строку, стрелки переводят дальше.
editor-tour-trail = Тропа и эмоция
    .text = Сверху видно, сколько клиентов идёт дальше и где уходят, под ней — что они чувствуют. Точки эмоции двигают мышью или стрелками.
editor-tour-bar = О ком и за какое время
    .text = Выберите персону и период — цифры пересчитаются. Здесь же поиск по карте и виды с нужными строками.
editor-tour-panel = Панель о выбранном
    .text = Почему здесь уходят, на чём основано сказанное, слова клиентов и споры. Клавиша F6 ведёт в панель и обратно.
editor-tour-share = Вместе и наружу
    .text = Позовите команду, дайте ссылку, скачайте карту для печати. Всё сохраняется само, последние шаги можно отменить.
