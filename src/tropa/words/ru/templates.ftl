# Шаблоны карт: названия, описания и пояснения, которые учат формату прямо в файле.
template-classic = Классический путь
    .about = Шесть этапов от осведомлённости до лояльности. Подойдёт почти всем: начните с него.
template-loyalty-loop = Петля лояльности
    .about = Потребность, сравнение, сделка, опыт, возвращение и напоминание. Плохой опыт отправляет клиента в начало.
template-ecommerce = Интернет-магазин
    .about = От рекламы до повторного заказа: каталог, корзина, оплата, доставка, возврат товара.
template-b2b-saas = Облачный сервис для бизнеса
    .about = Несколько человек решают вместе: знакомство, проба, согласование, оплата, внедрение, продление.
template-offline-retail = Розничный магазин
    .about = От вывески до привычки заходить: витрина, зал, примерка, касса, дом, карта покупателя.
template-bank-clinic = Отделение банка или клиника
    .about = Запись или живая очередь, приём, результат, сопровождение. Два пути к специалисту показаны ветками.
template-email-journey = Путь клиента в письмах
    .about = От подписки до рекомендации: какое письмо нужно на каждом этапе и что оно должно изменить.

template-note-head =
    { $title }
    { $about }

    Это карта пути клиента. Меняйте всё: тексты, этапы, строки. Правила простые:
    отступ — два пробела, строка списка начинается с дефиса, пояснение — с решётки.
    Пока рядом с фразой нет основания (evidence), она считается предположением.
template-note-map-tropa = Номер формата. Его не меняют.
template-note-map-title = Название карты: его увидят на каждой картинке.
template-note-map-kind = as-is — как есть сейчас, to-be — как должно стать.
template-note-map-tags = Метки, чтобы находить карту среди других.
template-note-map-scenario = Одно предложение: какой путь здесь показан.
template-note-map-persona = О ком эта карта: имя одной из персон ниже.
template-note-map-bought_again = false — если такое не покупают второй раз; тогда возвращения не ждём.
template-note-map-money = Деньги: валюта и доля выручки, которая остаётся вам (margin). Без неё считаем выручку.
template-note-map-limits =
    Сроки для подсчёта: d — дни, h — часы. За window клиент должен перейти дальше;
    кто молчит дольше silence, тот ушёл (после сделки — закончил путь).
template-note-map-personas = Персоны: портреты клиентов. Один-два точных портрета лучше пяти расплывчатых.
template-note-persona-needs = Что ему нужно.
template-note-persona-pains = Чего боится.
template-note-persona-goals = Чего хочет добиться.
template-note-persona-quote = Фраза, в которой слышен живой человек.
template-note-persona-segment = Правило, по которому персону узнают среди настоящих клиентов.
template-note-map-scores = Какие события несут оценку и по какой шкале: nps 0–10, csat и stars 1–5, ces, ten 1–10.
template-note-map-stages = Этапы слева направо. Их можно добавлять, убирать, переставлять.
template-note-stage-after =
    После каких этапов идёт этот. Не написано — после предыдущего.
    Два этапа после одного и того же — это ветки.
template-note-stage-goal = Чего клиент хочет добиться на этом этапе.
template-note-stage-deal =
    Событие-сделка: заказ оплачен, договор подписан. Такой этап на карте один.
    void — события, которые сделку отменяют: отмена заказа, возврат товара.
template-note-stage-window = Свой срок перехода дальше для этого этапа.
template-note-stage-silence = Свой срок молчания для этого этапа.
template-note-stage-moment_of_truth = Момент истины: здесь решается, останется ли клиент. На картинке — звезда.
template-note-stage-owner = Кто отвечает. Впишите имя или роль.
template-note-stage-does = Что клиент делает.
template-note-stage-thinks = Что думает — его словами.
template-note-stage-asks = О чём спрашивает.
template-note-stage-doubts = В чём сомневается.
template-note-stage-feels =
    Что чувствует: оценка от −2 (очень плохо) до +2 (прекрасно) и чувства словами.
    Это мнение команды; рядом встанет измеренное, когда появятся ответы клиентов.
template-note-stage-expects = Чего ждёт от вас.
template-note-stage-barriers =
    Что мешает, по видам: payment — оплата, queue — очередь, stock — нет в наличии, staff — персонал,
    lateness — опоздание, price — цена, trust — доверие, delivery — доставка, information — мало сведений.
template-note-stage-strengths = Что уже хорошо и чего нельзя потерять.
template-note-stage-pains =
    Боли — словами клиента. Есть подтверждение — добавьте к боли основание:
    evidence: [{"{"}quote: Ждал курьера весь день, source: отзыв, date: 2026-03-02{"}"}]
template-note-pain-severity = 1 — раздражает, 2 — мешает, 3 — из-за этого уходят.
template-note-stage-opportunities = Возможности: где можно сделать больше, чем ждут.
template-note-opportunity-kind = improve — улучшить, wow — приятно удивить, word-of-mouth — повод рассказать друзьям.
template-note-stage-brand = Ваша сторона: чего хотите вы и что для этого делаете.
template-note-brand-task =
    Главная задача: inform — информировать, position — позиционировать, remove-barriers — убрать барьеры,
    teach — научить, keep — удержать, remind — напомнить.
template-note-stage-metrics =
    За чем следите. reading — цифра, которую Tropa посчитает сама: conversion — идут дальше,
    to_deal — доходят до сделки, satisfaction — оценка, time_to_next — время до следующего этапа, repeat_rate — покупают снова.
template-note-metric-at_least = Цель: не меньше этого. at_most — не больше.
template-note-stage-touchpoints = Точки контакта: где клиент встречается с вами на этом этапе.
template-note-touchpoint-channel = Канал: website, ads, search, social, email, sms, chat, phone, shop, courier… или своё слово.
template-note-touchpoint-when =
    Какие события журнала относятся к этой точке. Оставьте свои названия, лишние уберите.
    Нет when — точку не видно в данных, и цифр у неё не будет.
template-note-touchpoint-droppable = Точка, без которой можно обойтись.
template-note-stage-stages = Этап разбит на шаги; у каждого — свои точки контакта.
template-note-map-loops =
    Петли — путь назад: loyalty — покупает снова, bad-experience — после плохого опыта начинает сначала,
    rework — приходится повторить шаг.
template-note-map-improvements = Улучшения: что сделаем с болью. Добавьте ответственного (owner) и срок (due: 2026-12-31).
template-note-improvement-status = idea — идея, planned — запланировано, doing — в работе, testing — проверяем, done — сделано, dropped — отказались.
template-note-improvement-effort = Сколько сил потребует, в любых единицах, одинаковых для всех улучшений.
template-note-map-views = Виды: какие строки скрыть и какие этапы показать.

TR-C901 = Шаблона «{ $name }» нет. Есть такие: { $known }.
    .fix = { $near ->
        [none] Выберите один из списка.
       *[other] Возможно, вы имели в виду «{ $near }»?
    }
