# История в терминале и его таблицы.
story-simulated = смоделированные данные
story-proposal = предложение по журналу, ещё никем не проверено
story-no-log = Журнала событий пока нет: на карте то, что думает команда. Добавьте выгрузку — появятся числа.
story-price = Можно вернуть примерно { $price } в месяц{ $what ->
        [none] { $between ->
            [none] { "" }
           *[other] { "" } ({ $between })
        }
       *[other] { $between ->
            [none] { "" } ({ $what })
           *[other] { "" } ({ $what }: { $between })
        }
    }{ $than ->
        [none] .
       *[other] : { $kind ->
            [loop] не возвращаются
           *[exit] уходят
        }{ $oftener ->
            [none] { "" } чаще
           *[other] { "" } { $oftener }
        }, { $than }.
    }
story-than-segment = чем «{ $name }» ({ $rate })
story-than-period = чем было: { $name } ({ $rate })
story-than-target = чем вы наметили ({ $rate })
story-breaks = Где уходят клиенты — по тому, сколько можно вернуть в месяц ({ $what })
story-break = { $rank }. { $place }: { $price }{ $between ->
        [none] { "" }
       *[other] { "" } ({ $between })
    }; { $kind ->
        [loop] не возвращаются
       *[exit] уходят
    } { $leave }
story-more-breaks = { $n ->
        [one] … и ещё { $n } место: tropa breaks
        [few] … и ещё { $n } места: tropa breaks
        [many] … и ещё { $n } мест: tropa breaks
       *[other] … и ещё { $n } места: tropa breaks
    }
story-together = Если исправить всё сразу: { $price } в месяц. Это не сумма: одни и те же люди уходят в разных местах.
story-few = { $part } из { $whole } (на деле может быть от { $low } до { $high } из ста)
story-few-cell = { $part } из { $whole } ({ $low }–{ $high } из ста)
story-loop = Возвращаются за новой покупкой { $share }{ $usually ->
        [none] { "" }
       *[other] , обычно через { $usually }
    }{ $horizon ->
        [none] .
       *[other] { $length ->
            [none] . Ждали { $horizon }.
           *[other] . Ждали всего { $horizon }: весь журнал — { $length }.
        }
    }
story-loop-nobody = За новой покупкой пока не вернулся никто из { $n }{ $horizon ->
        [none] .
       *[other] { $length ->
            [none] . Ждали { $horizon }.
           *[other] . Ждали всего { $horizon }: весь журнал — { $length }.
        }
    }
story-no-deal = { $proposal ->
        [yes] Сделка не найдена: ни одно событие на неё не похоже, поэтому покупок и потерь в деньгах здесь нет. Назовите её: deal: у этапа в map.yaml — или прочитайте файл заново с --event order_paid, если каждая строка и есть заказ.
       *[no] На карте не названо событие сделки, поэтому покупок и потерь в деньгах здесь нет. Назовите его: deal: у этапа в map.yaml.
    }
story-notes = Как прочитаны файлы
story-quarantine = Прочитано { $accepted }, в карантине { $held } ({ $reasons }) → tropa events { $folder } --quarantine
story-note-of = { $file }: { $note }
story-ask-none = ни одно из этих
story-loop-unknown = Возвращаются ли за новой покупкой — пока не сказать: { $why }.
story-not-bought-again = Эти товары второй раз не покупают, повторных покупок не ждём.
story-felt = { $worst ->
        [none] Оценки клиентов: { $best } { $high }.
       *[other] Лучше всего клиентам на этапе «{ $best }» ({ $high }), хуже всего — «{ $worst }» ({ $low }).
    }
story-next = Что делать дальше
story-do = «{ $stage }»: { $text }{ $owner ->
        [none] { "" }
       *[other] { "" } — { $owner }
    }{ $due ->
        [none] { "" }
       *[other] , до { $due }
    }.
story-mend = Начните с этапа «{ $stage }». Боль там: «{ $pain }». Что с ней сделаете, кто и к какому сроку?
story-ask = { $kind ->
        [loop] Спросите тех, кто купил и не вернулся (этап «{ $stage }»), что им помешало.
       *[exit] Спросите тех, кто ушёл на этапе «{ $stage }», что им помешало.
    }
story-check-proposal = { $folder ->
        [none] Этапы и привязки предложены по журналу: проверьте их в map.yaml.
       *[other] Этапы и привязки предложены по журналу: проверьте их в { $folder }/map.yaml.
    }
story-collect-quarter = { $n ->
        [one] Чтобы числа стали вдвое точнее, нужно вчетверо больше данных: ещё примерно { $n } сделка.
        [few] Чтобы числа стали вдвое точнее, нужно вчетверо больше данных: ещё примерно { $n } сделки.
        [many] Чтобы числа стали вдвое точнее, нужно вчетверо больше данных: ещё примерно { $n } сделок.
       *[other] Чтобы числа стали вдвое точнее, нужно вчетверо больше данных: ещё примерно { $n } сделки.
    }
story-unbound = { $folder ->
        [none] { $share } событий ни к чему не привязаны ({ $names }): посмотрите tropa events --unbound.
       *[other] { $share } событий ни к чему не привязаны ({ $names }): tropa events { $folder } --unbound
    }
story-files = Записано в { $folder }
story-head-passes = проходов
story-head-goes-on = идут дальше
story-head-after = обычно через
story-head-score = оценка
story-goes-on = идут дальше
story-leaves = уходят
story-scale = отсюда масштаб ×{ $times }
story-unseen = не видно

table-stage = Этап
table-passes = Проходов
table-goes-on = Идут дальше
table-to-deal = До сделки
table-after = Обычно через
table-left = Ушли
table-score = Оценка
table-cycle = От первого контакта до сделки: { $times }.
table-limits = Дошёл — значит, успел за { $window }; ушёл — значит, за { $silence } ни разу не появился{ $way ->
        [none] { "" }
       *[other] ; { $way }
    }.
table-left-out = В долях не учтены те, кого видно слишком недолго: на этапе их до { $n }.
table-score-note = Оценка — от −2 до +2, какой бы ни была исходная шкала.
table-deal-note = ★ — на этом этапе сделка.
table-no-breaks = Мест, где уходят клиенты, пока не найти.
table-price = Можно вернуть
table-ceiling = Потолок
table-break-note = «Можно вернуть» — сколько в месяц ({ $what }), если уходить станут так же редко, как там, с чем сравнили. Потолок — если бы не ушёл никто: столько вернуть нельзя.
table-rank-note = В скобках — места, которые обрыв может занимать на самом деле: разница с соседями не больше случайной.
table-event = Событие
table-events = Событий
table-customers = Клиентов
table-bound = Этап / точка контакта
table-log = { $events ->
        [one] { $events } событие
        [few] { $events } события
        [many] { $events } событий
       *[other] { $events } события
    } · { $customers ->
        [one] { $customers } клиент
        [few] { $customers } клиента
        [many] { $customers } клиентов
       *[other] { $customers } клиента
    }
table-sources = Источники: { $names }
table-unbound = { $n ->
        [one] { $n } событие ни к чему не привязано.
        [few] { $n } события ни к чему не привязаны.
        [many] { $n } событий ни к чему не привязаны.
       *[other] { $n } события ни к чему не привязаны.
    }
table-column = Столбец
table-role = Что это
table-samples = Например
table-confidence = Уверенность
table-sure = уверенно
table-likely = скорее всего
table-unsure = под вопросом
table-tab = табуляция
table-delimiter = разделитель { $sign }
table-rows = { $n ->
        [one] примерно { $n } строка
        [few] примерно { $n } строки
        [many] примерно { $n } строк
       *[other] примерно { $n } строки
    }
table-fixed-event = Столбца с событиями нет: каждая строка — событие { $event }. Иначе — --event ИМЯ.
table-instrument = Шкала оценок: { $name }. Иначе — --instrument.
table-currency = Валюта: { $code }. Иначе — --currency КОД.
table-zone = Часовой пояс времени без пояса: { $zone }. Иначе — --zone Europe/Moscow.
table-role-customer = клиент
table-role-time = время
table-role-event = событие
table-role-channel = канал
table-role-value = сумма
table-role-currency = валюта
table-role-score = оценка
table-role-instrument = шкала оценки
table-role-session = сеанс
table-role-order = номер заказа
table-role-text = текст отзыва
table-role-message-id = номер сообщения
table-role-phone = телефон
table-role-email = электронная почта
table-role-name = имя человека
table-role-event-time = дата события
table-role-property = свойство
table-role-quantity = количество
table-role-price = цена
table-role-clock = время дня (к дате)
table-role-ignore = не берём
table-file = Файл
table-accepted = Принято
table-duplicates = Повторов
table-quarantined = В карантине
table-in-all = Теперь в журнале { $customers ->
        [one] { $customers } клиент
        [few] { $customers } клиента
        [many] { $customers } клиентов
       *[other] { $customers } клиента
    }; версия данных { $version }.
table-reasons = Не прочитано в { $file } (импорт { $import }): исправьте и верните — tropa events ПАПКА --export ФАЙЛ.csv
table-reason = Причина
table-lines = Строк
table-import = Импорт
table-quarantine = Карантин: строки, которые не удалось прочитать
table-quarantine-note = Исправить: tropa events ПАПКА --export ФАЙЛ.csv --import ИМПОРТ, потом tropa import ПАПКА ФАЙЛ.csv --replay ИМПОРТ
table-severity-error = ошибка
table-severity-warning = внимание
table-severity-hint = совет
table-severity-info = совет
table-place = Место
table-line = строка { $n }
table-lint-clean = Замечаний нет.
table-lint-count = Ошибок: { $errors }, предупреждений: { $warnings }, советов: { $other }.
table-draft = Предложение по журналу: проверьте, прежде чем верить числам
table-bound-events = События
table-left-over = Остались без места: { $names }{ $more ->
        [0] .
       *[other] { "" } и ещё { $more }.
    }
table-before = Было
table-after-edit = Стало
