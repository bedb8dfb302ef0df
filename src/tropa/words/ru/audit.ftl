audit-owner-made = Первый владелец завёл вход
audit-login-made = Вход
audit-login-refused = Отказ во входе
audit-login-ended = Выход
audit-logins-ended = Выход во всех остальных браузерах: { $count }
audit-link-made = Выдана одноразовая ссылка для входа { $purpose ->
    [renew] вместо забытого пароля
   *[enter] из терминала
}
audit-email-changed = Новая почта
audit-password-changed = Новый пароль
audit-person-changed = { $person }: роль «{ $role ->
    [owner] владелец
    [editor] редактор
    [commenter] комментатор
    [viewer] читатель
   *[none] только в отдельных картах
}»{ $reveal ->
    [true] , видит имена клиентов
   *[false] {""}
}{ $disabled ->
    [true] , вход закрыт
   *[false] {""}
}
audit-person-removed = { $person }: вход удалён
audit-invitation-made = Приглашение { $email ->
    [none] по ссылке
   *[other] для { $email }
}, роль «{ $role ->
    [owner] владелец
    [editor] редактор
    [commenter] комментатор
    [viewer] читатель
   *[none] только в отдельной карте
}»
audit-invitation-withdrawn = Приглашение отозвано
audit-invitation-accepted = Приглашение принято
audit-map-role-set = { $person }: роль в карте { $map } — «{ $role ->
    [owner] владелец
    [editor] редактор
    [commenter] комментатор
    [viewer] читатель
   *[none] как в рабочей области
}»
audit-share-made = Ссылка на карту { $map }: { $role ->
    [commenter] смотреть и комментировать
   *[viewer] смотреть
}
audit-share-changed = Ссылка на карту { $map } изменена
audit-share-revoked = Ссылка на карту { $map } отозвана
audit-share-opened = По ссылке открыта карта { $map }
audit-token-made = Выдан ключ доступа «{ $title }» с правами { $scopes }
audit-token-ended = Ключ доступа отозван
