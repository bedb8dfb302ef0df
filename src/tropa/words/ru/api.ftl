result-rows = Показано строк: { $shown } из { $all }; в таблице данных они все.
result-trail = { $events ->
    [one] { $events } событие
    [few] { $events } события
   *[other] { $events } событий
} у { $customers ->
    [one] { $customers } клиента
   *[other] { $customers } клиентов
}
result-breaks = Где уходят клиенты: что можно вернуть за месяц ({ $kind ->
    [revenue] выручка
    [margin] маржа
   *[deals] сделки
})
result-kind = Как
result-kind-exit = уходят
result-kind-loop = не возвращаются
result-from = Не меньше
result-to = Не больше
result-events = События по частоте
result-imported = Что стало с источниками
result-quarantined = В карантине: { $n ->
    [one] { $n } строка
    [few] { $n } строки
   *[other] { $n } строк
} — { $why } ({ $code })
result-roles = Чем сочтён каждый столбец
TR-S018 = { $name } — это не имя файла и не таблица.
    .fix = Дайте имя файла, таблицу pandas или Polars, таблицу Arrow или запрос DuckDB.
TR-S019 = Библиотека «{ $name }» не установлена.
    .fix = Установите её рядом с «Тропой»: pip install { $name } — или возьмите .to_arrow().
TR-S020 = У тропы нет роли столбца «{ $name }». Роли: { $known }.
    .fix = { $near ->
        [none] Напишите так: customer="client_id".
       *[other] Может быть, «{ $near }»? Напишите так: { $near }="столбец".
    }
TR-S021 = «Тропа» не говорит на языке «{ $name }». Языки: { $known }.
    .fix = Выберите один из этих языков.
TR-S022 = Нет отбора «{ $name }». Отборы: { $known }.
    .fix = { $near ->
        [none] Выберите один из этих отборов.
       *[other] Может быть, «{ $near }»?
    }
TR-S023 = { $name }: «{ $value }» — не день.
    .fix = Напишите так: 2026-11-28.
TR-S024 = Нет ни одного события, которое можно прочитать. Нечитаемых строк: { $n } ({ $known }).
    .fix = Назовите столбцы: customer=, event=, time=.
TR-S027 = Таблица не читается: { $reason }.
    .fix = Оставьте в ней столбцы с текстом, числами и датами.
TR-S028 = Столбец «{ $name }» назван дважды: { $first } и { $second }. У столбца одна роль.
    .fix = Назовите для одной из ролей другой столбец; если он и правда нужен обеим, сделайте его копию под другим именем.
diff-everybody = все клиенты
diff-head-chance = Вероятность случайности
diff-head-corrected = Доля ложных находок
