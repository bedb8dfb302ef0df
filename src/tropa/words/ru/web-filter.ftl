# Отбор: о ком, за какое время, по каким данным. Один на всех страницах карты.
web-filter = О ком и за какое время
web-filter-who = Кто
web-filter-everybody = все клиенты
web-filter-period = Время
    .note = Считаются проходы, которые начались в эти дни; каждый — целиком.
web-filter-all-time = всё время
web-filter-since = с { $day }
web-filter-until = по { $day }
web-filter-last = { $n } дней
web-filter-from = С
web-filter-to = По
web-filter-slide = { $end ->
        [from] Начало периода
       *[to] Конец периода
    }
web-filter-channel = Канал
web-filter-any-channel = любой
web-filter-clear = Убрать фильтры
web-filter-as-of = Данные
    .note = Что карта сказала бы в тот день: только загруженное к его концу, с привязками и порогами, какие были у карты тогда.
    .day = На день
    .from = Первые данные загрузили { $day }.
web-filter-now = на сегодня
    .back = Вернуться к сегодняшним
web-memory = Так это было известно на { $day }: { $n ->
        [one] { $n } загрузка
        [few] { $n } загрузки
       *[other] { $n } загрузок
    } и карта того дня.
web-memory-erased = С тех пор удалены данные клиентов ({ $n ->
        [one] { $n } событие
        [few] { $n } события
       *[other] { $n } событий
    }), поэтому тогдашние цифры в точности уже не повторить.

# Версии и дни рядом.
web-compare-version = Версия карты
    .note = Версия решает, что написано и как посчитано; день — какие данные были уже загружены. Без дня — сегодняшние. Без версии — карта того дня.
web-compare-version-now = как сейчас
web-compare-version-then = карта того дня
web-compare-as-of = Данные на
web-compare-known = по данным на { $day }
web-history-figures = Показатели этих версий
web-history-other = Сравнить с другой картой
web-compare-version-of = { $title }, версия { $n }
