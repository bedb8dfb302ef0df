cannot-tell-not-observed = Не наблюдается: с этим этапом не связано ни одного события.
cannot-tell-no-deal = Сделок нет: на карте не указано событие сделки или в журнале его ещё не было.
cannot-tell-too-few = { $n ->
    [0] Данных нет.
    [one] Слишком мало данных: всего { $n } наблюдение.
    [few] Слишком мало данных: всего { $n } наблюдения.
    [many] Слишком мало данных: всего { $n } наблюдений.
   *[other] Слишком мало данных: всего { $n } наблюдения.
}
cannot-tell-no-channels = Каналов нет: ни об одном событии в журнале не сказано, откуда пришёл клиент.
cannot-tell-nothing-found = { $n ->
    [0] Ничего такого не нашлось.
    [one] Ничего такого не нашлось: просмотрено { $n } наблюдение.
    [few] Ничего такого не нашлось: просмотрено { $n } наблюдения.
    [many] Ничего такого не нашлось: просмотрено { $n } наблюдений.
   *[other] Ничего такого не нашлось: просмотрено { $n } наблюдения.
}
cannot-tell-one-side = Сравнить не с чем: почти все наблюдения ({ $n }) оказались по одну сторону.
cannot-tell-window-not-seen = { $n ->
    [one] Срок ожидания ещё не истёк: идёт { $n } проход.
    [few] Срок ожидания ещё не истёк: идут { $n } прохода.
    [many] Срок ожидания ещё не истёк: идут { $n } проходов.
   *[other] Срок ожидания ещё не истёк: идут { $n } прохода.
}
cannot-tell-no-scores = Оценок нет: здесь клиентов ещё ни о чём не спрашивали.
cannot-tell-no-money = В журнале нет сумм.
cannot-tell-one-stage = На карте только один этап с событиями: сравнивать не с чем.
cannot-tell-not-bought-again = Эти товары повторно не покупают: так указано на карте.
cannot-tell-last-stage = Это последний этап, за которым что-то наблюдается.
cannot-tell-after-deal = Этот этап идёт после сделки.
draft-title = Путь клиента: черновик по журналу событий
draft-about = Предложено по журналу: { $events } { $events ->
    [one] событие
    [few] события
    [many] событий
   *[other] события
}, { $customers } { $customers ->
    [one] клиент
    [few] клиента
    [many] клиентов
   *[other] клиента
}. Проверьте этапы, событие сделки и пороги, поправьте под себя и уберите строку proposal.
draft-stage-awareness = Знакомство
draft-stage-consideration = Выбор
draft-stage-decision = Решение
draft-stage-checkout = Оформление заказа
draft-stage-purchase = Покупка
draft-stage-delivery = Доставка
draft-stage-use = Использование
draft-stage-loyalty = Лояльность
draft-point-error = Ошибка
draft-point-review-read = Чтение отзывов
draft-point-instruction = Инструкция
draft-point-nps = Опрос о готовности рекомендовать
draft-point-score = Оценка
draft-point-review = Отзыв
draft-point-referral = Рекомендация друзьям
draft-point-loyalty = Программа лояльности
draft-point-support = Служба поддержки
draft-point-chat = Консультация
draft-point-sent = Отправка заказа
draft-point-delivered = Получение заказа
draft-point-delivery-terms = Условия доставки
draft-point-payment-step = Шаг оплаты
draft-point-checkout = Оформление заказа
draft-point-order = Создание заказа
draft-point-cart = Корзина
draft-point-trial = Заявка или пробный период
draft-point-signup = Регистрация
draft-point-wishlist = Избранное
draft-point-compare = Сравнение товаров
draft-point-search = Поиск
draft-point-filter = Фильтры
draft-point-ad = Реклама
draft-point-promo = Акция
draft-point-article = Статья
draft-point-video = Видео
draft-point-letter = Письмо или сообщение
draft-point-social = Социальные сети
draft-point-home = Главная страница
draft-point-catalog = Каталог
draft-point-product = Карточка товара
draft-point-account = Личный кабинет
draft-point-page = Просмотр страниц
draft-point-deal = Сделка
cannot-tell-no-difference = { $n ->
    [one] Различий больше случайных не нашлось: проверена { $n } возможная причина.
    [few] Различий больше случайных не нашлось: проверены { $n } возможные причины.
    [many] Различий больше случайных не нашлось: проверено { $n } возможных причин.
   *[other] Различий больше случайных не нашлось: проверено { $n } возможной причины.
}
