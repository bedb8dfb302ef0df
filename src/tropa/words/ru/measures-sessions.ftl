# Сеансы: вопросы к ним и как они делятся.
measure-param-unit = Считать
measure-choice-passes = проходы
measure-choice-customers = клиентов
measure-choice-sessions = сеансы
measure-column-sessions = Сеансов
measure-note-sessions = Посчитаны сеансы: каждый сам по себе. События без своего номера сеанса лежат в одном, пока клиент не замолчит дольше чем на { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}{ $by ->
    [source] {" "}или не придёт из другого канала
   *[silence] {""}
}.
measure-note-left-out-sessions = { $n ->
    [one] Не посчитан { $n } сеанс: срок после первого шага ещё не истёк.
    [few] Не посчитаны { $n } сеанса: срок после первого шага ещё не истёк.
    [many] Не посчитаны { $n } сеансов: срок после первого шага ещё не истёк.
   *[other] Не посчитаны { $n } сеанса: срок после первого шага ещё не истёк.
}
diff-part-session = конец сеанса
diff-part-session_by = что заканчивает сеанс
