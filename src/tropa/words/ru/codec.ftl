table-row-title = Этап
table-row-touchpoint = Точка контакта
table-row-task = Главная задача бренда
table-row-channel = Канал
table-row-moment-of-truth = Момент истины ★
table-row-goal = Цель клиента
table-row-does = Делает
table-row-thinks = Думает
table-row-asks = Спрашивает
table-row-doubts = Сомневается
table-row-feels-score = Эмоция, −2…+2
table-row-feels-words = Чувства, через запятую
table-row-expects = Ожидает
table-row-pains = Боли
table-row-barriers = Препятствия
table-row-strengths = Что сохранить
table-row-opportunities = Возможности
table-row-brand-goal = Цель бренда
table-row-brand-does = Действия бренда
table-row-front-stage = На виду у клиента
table-row-back-stage = За кулисами
table-row-metrics = Показатели
table-row-improvements = Улучшения
table-row-owner = Ответственный
table-row-more = ещё…
table-attribute-severity = важность 1–3
table-attribute-owner = кто отвечает
table-attribute-kind = вид
table-attribute-at-least = цель: не меньше
table-attribute-at-most = цель: не больше
table-attribute-due = срок
table-attribute-status = состояние

xlsx-sheet-map = Карта
xlsx-sheet-readings = Замеры
xlsx-sheet-legend = Как читать
xlsx-headline = { $kind ->
    [to-be] { $title } · как должно быть
   *[other] { $title } · путь клиента, как есть
}
xlsx-note = Правьте ячейки, добавляйте строки и столбцы — Тропа прочитает таблицу обратно и перечислит, что изменилось.
xlsx-simulated = Данные смоделированы
xlsx-readings-title = Что показывают данные
xlsx-readings-entered = Цифры введены вручную
xlsx-readings-none = Замеров пока нет: добавьте выгрузку событий или впишите цифры в карту.
xlsx-column-stage = Этап
xlsx-column-entrants = Проходов
xlsx-column-customers = Клиентов
xlsx-column-next = Дальше
xlsx-column-part = Перешли
xlsx-column-whole = из
xlsx-column-rate = Доля
xlsx-column-low = от
xlsx-column-high = до
xlsx-column-left-out = Не учтены: рано судить
xlsx-column-days = Обычно, дней
xlsx-column-exits = Ушли
xlsx-column-open = Ещё в пути
xlsx-column-score = Оценка
xlsx-column-score-low = от
xlsx-column-score-high = до
xlsx-column-answers = Ответов
xlsx-column-asserted = Мнение команды
xlsx-column-loss = Можно вернуть за месяц
xlsx-column-loss-low = от
xlsx-column-loss-high = до
xlsx-column-ceiling = Потолок
xlsx-not-observed = не наблюдается
xlsx-chart = Эмоция: мнение команды и замеры
xlsx-period = Период: { $period }
xlsx-version = Версия данных: { $version }
xlsx-interval-note = «от» и «до» — границы 95-процентного интервала. Потери не складываются: сохранённые в одном месте могут уйти в другом.
xlsx-legend-title = Как читать и править таблицу
xlsx-legend-marks = Знак перед текстом говорит, на чём он основан. Он не часть текста: его показывает формат ячейки.
xlsx-legend-severity = ■□□ раздражает · ■■□ мешает · ■■■ из-за этого уходят
xlsx-legend-edit = Один пункт — одна ячейка. Новый пункт впишите в строку «ещё…» или вставьте строку. Новый этап — новый столбец с названием в строке «Этап», точка контакта — с названием в строке «Точка контакта».
xlsx-legend-remove = Очищенная ячейка убирает пункт, удалённый столбец — этап или точку контакта. Скрытые столбец A, строка 1 и лист «_tropa» хранят имена: не правьте их.
xlsx-bad-value = Выберите значение из списка
xlsx-own-value = Такого слова в списке нет. Оставить своё?
xlsx-row-loop = Покупают снова (петля)

mermaid-in-untitled = Путь клиента
mermaid-in-loss-clamped = { $n ->
        [one] { $n } оценка вне шкалы от 1 до 5 взята
        [few] { $n } оценки вне шкалы от 1 до 5 взяты
        [many] { $n } оценок вне шкалы от 1 до 5 взято
       *[other] { $n } оценки вне шкалы от 1 до 5 взято
    } как ближайшая к ней.
mermaid-in-loss-unscored = Оценки, которые не число: { $n }.
mermaid-in-loss-absent = Задачи, в которых нет участника «{ $name }»: { $n }; в карте он проходит весь путь.
mermaid-in-loss-unsectioned = Задачи до первого раздела: { $n }; они стоят в этапе с названием карты.
mermaid-in-loss-titles = Второе название (accTitle).
mermaid-in-loss-rests = Задачи, у которых после участников есть ещё двоеточие: { $n }; что за ним, отброшено, как и в самой Mermaid.
mermaid-in-loss-settings = Настройки рисования: { $n }.
mermaid-in-loss-comments = Комментарии: { $n }.
mermaid-in-loss-actors = Участники, для которых у точки контакта нет места (есть ответственный и канал): { $names }.
