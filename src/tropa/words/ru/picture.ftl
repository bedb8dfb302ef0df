# Всё, что написано на картинках: заголовок, тропа, эмоция, легенда, подсказки.
picture-quoted = «{ $text }»
picture-n = n = { $n }
picture-score = настроение { $score }
picture-due = до { $day }
picture-impact = { $money } в месяц
picture-droppable = можно убрать
picture-more = ещё { $n } — в списке
picture-at-least = цель: не меньше { $value }
picture-at-most = цель: не больше { $value }
picture-metric = { $title }: { $value }
picture-lane-thinks = Думает, спрашивает

picture-unit-customers = клиентов
picture-unit-passes = проходов
picture-unit-sessions = сеансов
picture-unit-events = событий
picture-unit-deals = сделок
picture-unit-answers = ответов
picture-rate = { $share } ({ $numerator } из { $denominator } { $unit }; с вероятностью 95 % — от { $low } до { $high }{ $left ->
        [0] {""}
       *[other] ; ещё { $left } не успели увидеть
    })
picture-satisfaction = Средняя оценка { $mean } [{ $low }; { $high }] по шкале от −2 до +2, ответов: { $n }{ $instruments ->
        [none] {""}
       *[other] {" "}({ $instruments })
    }
picture-instrument-nps = готовность рекомендовать, 0–10
picture-instrument-csat = довольство, 1–5
picture-instrument-ces = лёгкость
picture-instrument-stars = звёзды, 1–5
picture-instrument-ten = оценка, 1–10
picture-instrument-native = оценка, −2…+2

picture-cannot-not-observed = Этап не виден в данных: к нему не привязано ни одно событие

picture-headline-exit-money = { $sure ->
        [yes] Теряем примерно { $money } в месяц на этапе «{ $stage }»: { $share } уходят отсюда
       *[no] Возможно, теряем примерно { $money } в месяц на этапе «{ $stage }»: { $share } уходят отсюда
    }
picture-headline-exit-deals = { $n ->
        [one] Теряем примерно { $n } сделку в месяц на этапе «{ $stage }»: { $share } уходят отсюда
        [few] Теряем примерно { $n } сделки в месяц на этапе «{ $stage }»: { $share } уходят отсюда
       *[other] Теряем примерно { $n } сделок в месяц на этапе «{ $stage }»: { $share } уходят отсюда
    }
picture-headline-loop-money = { $sure ->
        [yes] Теряем примерно { $money } в месяц: { $share } покупателей не возвращаются
       *[no] Возможно, теряем примерно { $money } в месяц: { $share } покупателей не возвращаются
    }
picture-headline-loop-deals = { $n ->
        [one] Теряем примерно { $n } сделку в месяц: { $share } покупателей не возвращаются
        [few] Теряем примерно { $n } сделки в месяц: { $share } покупателей не возвращаются
       *[other] Теряем примерно { $n } сделок в месяц: { $share } покупателей не возвращаются
    }
picture-headline-loop = Снова покупают { $share } клиентов
picture-headline-loop-nobody = За новой покупкой пока не вернулся никто из { $n }
picture-headline-loop-all = { $n ->
        [one] За новой покупкой вернулся { $n } из { $n }
       *[other] За новой покупкой вернулись все { $n } из { $n }
    }
picture-headline-narrow = Самое узкое место — «{ $stage }»: дальше не идут { $share }
picture-headline-narrow-nobody = Самое узкое место — «{ $stage }»: дальше не пошёл никто из { $n }
picture-headline-deals = { $n ->
        [one] { $n } сделка
        [few] { $n } сделки
       *[other] { $n } сделок
    } от { $people ->
        [one] { $people } покупателя
       *[other] { $people } покупателей
    }{ $time ->
        [none] { "" }
       *[other] { "" } за { $time }
    }{ $few ->
        [yes] : для выводов пока мало
       *[no] { "" }
    }
picture-headline-events = { $n ->
        [one] { $n } событие
        [few] { $n } события
       *[other] { $n } событий
    } у { $people ->
        [one] { $people } клиента
       *[other] { $people } клиентов
    }{ $time ->
        [none] { "" }
       *[other] { "" } за { $time }
    }{ $few ->
        [yes] : для выводов пока мало
       *[no] { "" }
    }

picture-persona-of = { $name }, { $share } клиентов
picture-persona-share = Доля клиентов: { $share }
picture-counts = { $passes ->
        [one] { $passes } проход
        [few] { $passes } прохода
       *[other] { $passes } проходов
    } · { $customers ->
        [one] { $customers } клиент
        [few] { $customers } клиента
       *[other] { $customers } клиентов
    }
picture-open = { $share } ещё в пути, ушедшими не считаются
picture-flag-simulated = данные смоделированы
picture-flag-proposal = черновик по данным, никем не проверен
picture-flag-entered = цифры введены вручную
picture-continued = { $title } — продолжение

picture-ribbon-label = Тропа: сколько проходов доходит до каждого этапа и где уходят
picture-emotion-label = Эмоция по этапам: мнение команды и измеренные оценки
picture-legend-label = Обозначения
picture-no-data = Данных пока нет: путь нарисован, но по нему ещё никого не посчитали
picture-no-passes = В данных нет ни одного прохода по этим этапам
picture-not-observed = не видно в данных
picture-no-scores = нет оценок
picture-joiners = { $n ->
        [one] { $n } начинает отсюда
       *[other] { $n } начинают отсюда
    }
picture-scale = отсюда масштаб ×{ $times }
picture-left-exit = { $n ->
        [one] { $n } ушёл
       *[other] { $n } ушли
    }
picture-left-loop = { $n ->
        [one] { $n } не вернулся
       *[other] { $n } не вернулись
    }
picture-left-done = { $n ->
        [one] { $n } закончил здесь
       *[other] { $n } закончили здесь
    }
picture-lost-deals = { $n ->
        [one] −{ $n } сделка
        [few] −{ $n } сделки
       *[other] −{ $n } сделок
    }
picture-loop = { $name }: { $figure }
picture-loop-rate = { $share } покупают снова{ $interval ->
        [none] {""}
       *[other] , обычно через { $interval }
    }
picture-loop-few = { $part } из { $whole } купили снова
picture-loop-passes = { $n ->
        [one] { $n } проход
        [few] { $n } прохода
       *[other] { $n } проходов
    }
picture-asserted = Мнение команды
picture-segment-counts = { $passes ->
        [one] { $passes } проход
        [few] { $passes } прохода
       *[other] { $passes } проходов
    }
picture-segment-tip = Тропа группы «{ $name }» в своём масштабе; точка справа — средняя оценка, выше черты лучше

picture-tip-assumed = Предположение: пока ни на чём не основано
picture-tip-observed = Наблюдение
picture-tip-measured = Измерено по данным
picture-tip-contradicted = Противоречит данным
picture-tip-entered = Введено вручную
picture-tip-stale = Устарело: данные старше срока годности
picture-tip-asserted = Команда считает: { $score }
picture-tip-deal = На этом этапе — сделка
picture-tip-stage = Дошли: { $entrants ->
        [one] { $entrants } проход
        [few] { $entrants } прохода
       *[other] { $entrants } проходов
    }, { $customers ->
        [one] { $customers } клиент
        [few] { $customers } клиента
       *[other] { $customers } клиентов
    }
picture-tip-touchpoint = Событий: { $events }, проходов: { $entrants }
picture-tip-conversion = Идут дальше: { $rate }
picture-tip-times = Обычно через { $median } до следующего этапа (половина — от { $low } до { $high }; n = { $n })
picture-tip-exits = Ушли отсюда: { $n }
picture-tip-open = Ещё в пути: { $n }
picture-tip-skips = Прошли мимо: { $n }
picture-tip-returns = Вернулись на этапы раньше: { $n }
picture-tip-backward-entries = Пришли сюда с более поздних этапов: { $n }
picture-tip-break-exit = Уходят отсюда: { $rate }
picture-tip-break-loop = Не возвращаются: { $rate }
picture-tip-loss-revenue = Можно вернуть выручки за 30 дней: { $value } (от { $low } до { $high }); стоимость всех ушедших — { $ceiling }, это потолок
picture-tip-loss-margin = Можно вернуть прибыли за 30 дней: { $value } (от { $low } до { $high }); стоимость всех ушедших — { $ceiling }, это потолок
picture-tip-loss-deals = Можно вернуть сделок за 30 дней: { $value } (от { $low } до { $high }); все ушедшие — { $ceiling }, это потолок
picture-tip-never-added = Потери разных мест не складываются
picture-reference-target = Достижимой считаем вашу цель: { $rate }
picture-reference-segment = Достижимой считаем долю лучшей сопоставимой группы: { $rate }{ $name ->
        [none] {""}
       *[other] {" "}({ $name })
    }
picture-reference-period = Достижимой считаем долю лучшего периода: { $rate }{ $name ->
        [none] {""}
       *[other] {" "}({ $name })
    }
picture-reference-none = Сравнить пока не с чем
picture-tip-loop = Покупают снова: { $rate }
picture-tip-horizon = Ждём { $horizon }: за это время возвращаются девять из десяти тех, кто возвращается
picture-tip-buyers = Покупателей: { $buyers }, из них больше одного раза: { $again }, сделок: { $deals }
picture-tip-loop-passes = Проходов прямо отсюда туда: { $n }

picture-key-band = идут дальше
picture-key-by = прошли мимо этапа
picture-key-strand = уходят; круг — сколько можно вернуть в месяц
picture-key-points = измеренная оценка с 95-процентным интервалом; линия между точками — для глаза
picture-key-dots = мнение команды
picture-key-squares = тяжесть боли
picture-key-gold = возможность
picture-key-star = момент истины
picture-key-loop = возвращение
picture-date = карта на { $day }
picture-version = версия { $version }
picture-data-version = данные { $version }
picture-counted = Этап засчитан дальше, если до него дошли за { $window }; проход окончен, если клиента не видно { $silence }
picture-priced-revenue = Самый дорогой обрыв: можно вернуть { $value } выручки за 30 дней (от { $low } до { $high }). { $reference }. Потери разных мест не складываются
picture-priced-margin = Самый дорогой обрыв: можно вернуть { $value } прибыли за 30 дней (от { $low } до { $high }). { $reference }. Потери разных мест не складываются
picture-priced-deals = Самый дорогой обрыв: можно вернуть { $value } сделок за 30 дней (от { $low } до { $high }). { $reference }. Потери разных мест не складываются
picture-left-truncated = Проходов, начатых, возможно, до начала данных: { $n }
picture-unbound = Событий вне карты: { $n } ({ $share })
picture-entered-note = Цифры введены вручную, без журнала событий
picture-hidden-rows = { $n ->
        [one] Ещё { $n } строка — в таблице: { $names }
        [few] Ещё { $n } строки — в таблице: { $names }
       *[other] Ещё { $n } строк — в таблице: { $names }
    }
picture-collect = Что собрать дальше: { $what }
picture-collect-log = журнал событий или выгрузка заказов — и карта покажет, где уходят клиенты.
picture-collect-events = события для { $n ->
        [one] этапа
       *[other] этапов
    } { $names } — сейчас они не видны;
picture-collect-scores = оценки клиентов — хотя бы один вопрос после покупки;
picture-collect-money = суммы заказов — тогда у обрывов будет цена;
picture-collect-deal = событие сделки (deal: в map.yaml) — без него не видно ни покупок, ни потерь;
picture-collect-currency = валюту: она не указана — money.currency в map.yaml;
picture-collect-longer = журнал хотя бы за 3 месяца{ $time ->
        [none] ;
       *[other] : этот — всего { $time }, за такой срок мало кто успевает вернуться;
    }
picture-collect-more = проходов пока мало, поэтому интервалы широкие: судите по числу людей, а не по процентам.
picture-full-texts = Полные тексты того, что на рисунке сокращено
picture-description = Карта пути клиента «{ $title }». Этапы: { $stages }

picture-table-stages = Этапы в цифрах
picture-table-breaks = Где уходят клиенты
picture-table-statements = Что сказано на карте
picture-column-stage = Этап
picture-column-entrants = Проходов
picture-column-conversion = Идут дальше
picture-column-time = Обычно через
picture-column-exits = Ушли
picture-column-open = Ещё в пути
picture-column-satisfaction = Оценка
picture-column-kind = Что случилось
picture-column-left = Сколько
picture-column-loss = Можно вернуть за 30 дней
picture-column-interval = 95 %-й интервал
picture-column-ceiling = Потолок
picture-column-reference = С чем сравнили
picture-column-lane = Строка
picture-break-exit = уходят
picture-break-loop = не возвращаются

picture-scheme-label = Схема: этапы, точки контакта и переходы между ними
picture-scheme-flow = { $source } → { $target }: { $passes ->
        [one] { $passes } проход
        [few] { $passes } прохода
       *[other] { $passes } проходов
    }
picture-scheme-flow-time = обычно через { $median }
picture-scheme-planned = { $source } → { $target }: задумано, в данных не видно
picture-scheme-opens = открывает другую карту
picture-key-flow = переход; толщина — число проходов
picture-key-back = возвращение назад
picture-key-planned = задумано, без данных

picture-view-infographic = Инфографика
picture-view-buyer = Путь к покупке
picture-view-workshop = Пустая карта
picture-view-table = Таблица
picture-view-scheme = Схема
picture-views = Вид карты
picture-data = Данные таблицами
picture-stage-cards = Этапы по порядку
picture-skip = К таблицам с данными
picture-column-from = Откуда
picture-column-to = Куда
picture-table-flows = Переходы между этапами

comparison-line = { $criterion } (вес { $weight }): { $scores }
comparison-positioning = Чем мы отличаемся: { $text }
comparison-criterion = Критерий
comparison-weight = Вес
comparison-total = С учётом весов
comparison-total-part = по { $n } из { $whole }
comparison-at = Сравнение с конкурентами: этап «{ $stage }», оценки от 0 до 10
comparison-tip = { $criterion }, { $rival }: { $score } из 10

# пустая карта для стены
workshop-title = { $title }: пустая карта для стены
workshop-description = Пустая карта для общей работы: этапов { $stages }, строк { $lanes }.
workshop-lanes = Строки
workshop-sheet = Лист { $n } из { $whole }: ряд { $row }, место { $place }
workshop-persona = Путь клиента: { $name }
workshop-whose = Чей это путь?
workshop-edge = { $edge ->
        [begins] Начинается, когда
       *[ends] Заканчивается, когда
    }
