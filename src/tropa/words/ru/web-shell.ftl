web-name = тропа

# что говорит любая страница
web-cancel = Отмена
web-close = Закрыть
web-save = Сохранить
web-saved = Сохранено
web-done = Готово
web-add = Добавить
web-undo = Вернуть
web-more = Показать ещё
web-remove = Убрать: { $name }
web-retry = Повторить
web-loading = Загружаю…
web-copy = Скопировать
web-copied = Скопировано
web-and-more = и ещё { $n }
web-acts = Действия
web-acts-of = Действия: { $name }
web-never = ещё ни разу
web-until = до { $day }
web-yes-no = { $yes ->
    [true] да
   *[other] нет
}
web-told-once = Показываем один раз: сохраните сейчас.
web-offline = Сервер не отвечает
    .fix = Проверьте сеть; сделанное не пропадёт. Если сервер остановлен, запустите его: tropa serve
web-fault = В самой странице произошла ошибка
    .fix = Обновите страницу. Если повторится, пришлите нам код и строку под ним.
web-missing = Такой страницы нет
    .fix = Ссылка устарела, или в адресе опечатка.
web-skip = К содержанию
web-to-maps = К картам

# шапка и меню
web-nav = Разделы
web-nav-maps = Карты
web-nav-trail = Тропа
web-nav-breaks = Где уходят
web-nav-customers = Клиенты
web-nav-change = Изменения
web-nav-plan = План
web-nav-timeline = Что изменилось
web-nav-history = История
web-nav-data = Данные
web-nav-sources = Источники
web-nav-quarantine = Карантин
web-nav-bindings = Привязка событий
web-nav-team = Команда
web-nav-people = Люди
web-nav-settings = Настройки
web-crumbs = Где вы
web-views = Вид карты
web-view = { $view ->
    [table] Таблица
    [scheme] Схема
    [buyer] Путь к покупке
   *[infographic] Инфографика
}
web-kind = { $kind ->
    [to-be] как должно быть
   *[as-is] как есть
}
web-here = Сейчас на карте
web-download = Скачать
web-file = { $format ->
    [pdf] Документ для печати
    [png] Картинка
    [svg] Векторный рисунок
    [pptx] Слайд
    [html] Страница целиком
    [yaml] Файл карты
    [json] Файл карты для программ
    [xlsx] Таблица Excel
    [csv] Таблица с разделителями
    [mmd] Схема Mermaid
   *[md] Текст с разметкой
}
web-workshop = Пустая карта на стену
web-share = Поделиться
web-guest = Гость
web-account-menu = Меню: { $name }
web-sign-in = Войти
web-sign-out = Выйти
web-language = Язык
web-theme = { $theme ->
    [light] Светлая тема
    [dark] Тёмная тема
   *[system] Тема как в системе
}
web-theme-now = { $theme ->
    [light] Сейчас светлая тема
    [dark] Сейчас тёмная тема
   *[system] Сейчас тема как в системе
}
web-theme-choice = Оформление
web-theme-short = { $theme ->
    [light] Светлое
    [dark] Тёмное
   *[system] Как в системе
}

# вход
web-login = Вход
web-email = Электронная почта
web-password = Пароль
web-password-now = Нынешний пароль
web-password-new = Новый пароль
web-password-hint = Не короче 10 знаков. Лучше всего — несколько слов подряд.
web-password-why = Чтобы сменить адрес, подтвердите, что это вы.
web-password-change = Сменить пароль
web-password-changed = Пароль изменён
web-password-ends = На всех других устройствах придётся войти заново.
web-forgot = Забыли пароль? Владелец рабочей области выдаст вам одноразовую ссылку: «Люди» → «Ссылка для нового пароля».
web-first-start = Владельца ещё нет
    .text = Откройте одноразовую ссылку, которую напечатал сервер. Если её не видно, остановите сервер и запустите снова:
web-setup = Добро пожаловать
    .text = Создайте учётную запись владельца. Остальных вы пригласите сами.
    .yes = Создать и войти
web-name-yours = Как вас зовут
web-invite = Приглашение в команду
    .workspace = { $by } приглашает вас в рабочую область. Ваша роль — { $role ->
        [owner] владелец
        [editor] редактор
        [commenter] комментатор
       *[viewer] читатель
    }.
    .map = { $by } приглашает вас к одной карте. Ваша роль — { $role ->
        [editor] редактор
        [commenter] комментатор
       *[viewer] читатель
    }.
web-invite-accept = Создать учётную запись
web-invite-as = Вы вошли как { $name }.
web-invite-join = Присоединиться
web-invite-known = Уже есть учётная запись?
web-shared = Вам открыли карту
web-shared-for = { $role ->
    [commenter] Её можно смотреть и обсуждать.
   *[viewer] Её можно смотреть.
}
web-shared-name = Так вас увидят в обсуждении.
web-shared-open = Открыть карту

# роли и права
web-role = { $role ->
    [owner] Владелец
    [editor] Редактор
    [commenter] Комментатор
    [viewer] Читатель
   *[none] Только отдельные карты
}
web-role-means = { $role ->
    [owner] Всё, что редактор, а ещё: люди, ссылки, ключи доступа, журнал, пути отдельных клиентов.
    [editor] Правит карты и план, загружает данные, обсуждает.
    [commenter] Смотрит всё и обсуждает, но ничего не меняет.
   *[viewer] Только смотрит.
}
web-role-of = Роль: { $name }
web-role-workspace = Как в рабочей области
web-role-inherited = { $role ->
    [editor] Как в рабочей области: редактор
    [commenter] Как в рабочей области: комментатор
   *[viewer] Как в рабочей области: читатель
}
web-roles-help = Что может каждая роль
web-right = { $right ->
    [read] смотреть
    [comment] обсуждать
    [edit] править
    [data] загружать данные
    [reveal] видеть отдельных клиентов
   *[manage] управлять людьми и ссылками
}

# доступ к карте
web-share-map = Доступ: { $title }
web-share-links = По ссылке
web-share-people = Люди
web-share-title = Для кого
    .example = Например, дизайнеры из агентства
web-share-role = Роль
web-share-term = Срок
web-share-password = Пароль
    .none = без пароля
web-share-make = Создать ссылку
web-share-made = Ссылка готова
web-share-none = Ссылок пока нет. По ссылке карту видят люди без учётной записи; ссылку можно отозвать в любой момент.
web-share-untitled = Без названия
web-share-locked = с паролем
web-share-since = создана { $day }
web-share-revoke = Отозвать ссылку?
    .text = Все, кто вошёл по ней, сразу потеряют доступ. Вернуть ссылку нельзя, можно создать новую.
    .yes = Отозвать
web-share-revoked = Ссылка отозвана
web-term = { $term ->
    [day] на день
    [week] на неделю
    [month] на месяц
    [quarter] на три месяца
   *[ever] бессрочно
}
web-member-add = Добавить из команды
web-member-choose = Выберите человека
web-member-invite = Пригласить к этой карте
web-you = это вы

# люди
web-people-lead = Кто работает с картами и что кому можно.
web-person = Имя
web-person-reveal = Видит отдельных клиентов
web-person-reveal-of = { $name }: видит отдельных клиентов
web-person-disabled = вход закрыт
web-person-disable = Закрыть вход
web-person-enable = Открыть вход
web-person-link = Ссылка для нового пароля
    .for = Ссылка для { $name }
    .text = Она действует неделю и срабатывает один раз. После входа по ней старый пароль и все прежние входы перестанут действовать.
web-person-remove = Удалить { $name }?
    .text = Учётная запись исчезнет насовсем. Карты, комментарии и история останутся.
    .yes = Удалить
web-person-removed = { $name } больше не в команде
web-invite-person = Пригласить
web-invite-email = Почта приглашённого
    .hint = Можно не указывать: тогда ссылкой воспользуется первый, кто её откроет.
web-invite-make = Создать приглашение
web-invite-made = Приглашение готово
web-invite-send = Отправьте эту ссылку человеку сами, как вам удобно. Она действует до { $day }.
web-invite-anybody = любой, у кого есть ссылка
web-invite-withdraw = Отменить
web-invitations = Ждут ответа

# настройки
web-settings-tab = { $tab ->
    [profile] Профиль
    [workspace] Рабочая область
    [safety] Пароль и входы
    [tokens] Ключи доступа
    [hooks] Вебхуки
   *[audit] Журнал
}
web-logins = Где вы вошли
web-login-here = это устройство
web-login-seen = заходили { $when }
web-login-unknown = Неизвестный браузер
web-login-end = Выйти там
web-logins-end = Выйти везде, кроме этого устройства
web-tokens-none = Ключей доступа пока нет
    .text = С ключом доступа программа обращается к «Тропе» от вашего имени и может только то, что вы ей разрешили.
web-token-make = Новый ключ доступа
    .yes = Создать ключ
web-token-made = Ключ «{ $title }»
web-token-use = Программа передаёт его в каждом запросе:
web-token-title = Название
    .example = Например, выгрузка в отчёт
web-token-scopes = Что разрешено
web-token-used = Последнее обращение
web-token-until = Действует до
web-token-end = Отозвать ключ?
    .text = Программа с ключом «{ $title }» сразу потеряет доступ.
    .yes = Отозвать
web-audit-about = Кто и когда делал то, что важно для безопасности. Журнал только пополняется.
web-audit-at = Когда
web-audit-who = Кто
web-audit-told = Что
web-audit-address = Откуда
web-audit-nobody = без входа

# карты
web-archive = Архив
web-archive-empty = В архиве пусто.
web-stages = { $n ->
    [one] { $n } этап
    [few] { $n } этапа
    [many] { $n } этапов
   *[other] { $n } этапа
}
web-map-new = Новая карта
web-map-title = Название
    .example = Например, путь покупателя нашего магазина
web-map-language = Язык карты
web-map-from = С чего начать
web-map-blank = Пустая карта
    .about = Один этап, остальное добавите сами.
web-map-blank-stage = Этап 1
web-map-make = Создать карту
web-map-bring = Из файла
web-map-brought = Карта загружена
web-map-lost = В новый вид перешло не всё:
web-map-open = Открыть карту
web-map-find = Найти карту
web-map-not-found = По запросу «{ $asked }» ничего не нашлось.
web-map-counting = Считаем, что видно по журналу…
web-map-unmeasured = Пока без цифр: подключите данные или впишите замеры сами.
web-map-simulated = учебные данные
web-map-proposal = черновик из данных
web-map-comments = Открытые обсуждения
web-map-duplicate = { $kind ->
    [to-be] Сделать копию
   *[as-is] Копия «как должно быть»
}
web-map-archive = В архив
web-map-restore = Вернуть из архива
web-map-archived = «{ $title }» теперь в архиве
web-map-restored = «{ $title }» снова среди карт
web-maps-none = Здесь будут ваши карты
    .text = Карта показывает весь путь клиента: от первой мысли о покупке до повторной сделки и советов друзьям.
    .first = Возьмите шаблон, который ближе к вашему делу, и назовите карту.
    .second = Впишите, что клиент делает, думает и чувствует на каждом этапе.
    .third = Подключите заказы или журнал событий: карта покажет, где и почему уходят клиенты.
web-first-steps = Первые шаги
    .away = Больше не показывать
web-step = { $step ->
    [map] Создайте карту
    [data] Загрузите данные
   *[people] Позовите команду
}
web-step-why = { $step ->
    [map] Шаблон даст этапы и строки, останется вписать своё.
    [data] Выгрузка заказов или событий: тогда на карте появятся настоящие цифры.
   *[people] Вместе карта честнее: каждый знает свой кусок пути.
}
web-step-done = сделано

# поиск и уведомления
web-search = Поиск
    .hint = Слова из карт и обсуждений
web-search-hits = Что нашлось
web-search-found = { $n ->
    [one] Нашлось { $n } место
    [few] Нашлось { $n } места
    [many] Нашлось { $n } мест
   *[other] Нашлось { $n } места
}
web-notices = Уведомления
web-notices-new = { $n ->
    [one] Уведомления: { $n } новое
   *[other] Уведомления: { $n } новых
}
web-notices-none = Когда вас упомянут или ответят вам, это появится здесь.
web-notice = { $kind ->
    [mention] { $by }: вас упомянули в обсуждении
   *[answer] { $by }: ответ в вашем обсуждении
}

# вебхуки
web-hooks-none = Вебхуков пока нет
    .text = «Тропа» сообщит другой программе, когда что-то изменится: отправит подписанный запрос по указанному адресу.
web-hook-make = Новый вебхук
    .yes = Создать вебхук
web-hook-url = Адрес
web-hook-events = О чём сообщать
web-hook-event = { $event ->
    [map-made] создана карта
    [map-changed] изменена карта
    [map-archived] карта убрана в архив
    [map-restored] карта возвращена
    [version-named] названа версия
    [comment-made] новый комментарий
    [comment-resolved] обсуждение закрыто
   *[data-imported] загружены данные
}
web-hook-made = Секрет для проверки подписи
    .hint = Показываем один раз. Подпись каждого запроса — в заголовке Tropa-Signature.
web-hook-active = Включён
web-hook-last = Последний вызов
web-hook-call = { $state ->
    [done] доставлен { $when }
    [failed] не доставлен { $when }
   *[waiting] ждёт отправки
}
web-hook-remove = Удалить вебхук?
    .text = По адресу { $url } больше ничего не придёт.
    .yes = Удалить
