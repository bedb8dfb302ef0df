column-role-alias = ещё один номер того же покупателя
role-because-preset = по образцу
table-role-alias = второй номер покупателя

table-preset = Похоже на выгрузку: { $name }. Узнали по колонкам: { $marks }. Если это не так — «--preset none».
table-preset-told = Читаем как выгрузку: { $name }.
table-made = Колонки, которые начинаются с «=», составлены из колонок файла.
table-dropped = Сами по себе не нужны: { $columns }.

preset-utm = Таблица с метками utm
preset-metrica-hits = Яндекс Метрика, Logs API, события
preset-metrica-visits = Яндекс Метрика, Logs API, визиты
preset-ga4 = Google Analytics 4, выгрузка BigQuery
preset-matomo = Matomo, визиты с действиями
preset-snowplow = Snowplow, события
preset-posthog = PostHog, события
preset-mixpanel = Mixpanel, события
preset-amplitude = Amplitude, события
preset-segment = Segment или RudderStack, вызовы
preset-shopify = Shopify, заказы
preset-woocommerce = WooCommerce, заказы
preset-insales = InSales, заказы
preset-retailcrm = RetailCRM, заказы
preset-moysklad = МойСклад, заказы покупателей (JSON API)
preset-moysklad-table = МойСклад, заказы покупателей (таблица)
preset-amocrm = amoCRM, сделки
preset-bitrix24 = Битрикс24, сделки
preset-ozon = Ozon, отправления
preset-wildberries = Wildberries, заказы и продажи
preset-calltouch = Calltouch, журнал звонков
preset-unisender = UniSender, доставка писем
preset-tilda = Tilda, заявки и заказы
preset-bitrix = 1С-Битрикс, заказы

preset-note-utm = Канал определён по меткам utm и меткам клика (в колонках или в адресе), без них — по странице, с которой пришли. Другая колонка канала — «--as channel=…», без этого — «--preset none».
preset-note-metrica-zone = Время в «dateTime» — в часовом поясе счётчика; считаем, что это Москва. Другой пояс — «--zone». «dateTimeUTC» и время целей — в UTC+3.
preset-note-pages = Событие названо по адресу страницы: корзина, карточка товара, оформление; остальное — «page_view».
preset-note-goals = Каждая достигнутая цель — своё событие: «goal_» и её номер.
preset-note-metrica-both = Визиты и события одного счётчика описывают одно и то же: загрузите что-то одно, иначе цели посчитаются дважды.
preset-note-stitched = Номера браузера и входа одного человека соединены: путь до входа — его же.
preset-note-once = У каждого события свой номер: повтор не посчитается дважды, даже из другого файла.
preset-note-ga4-money = Деньги — только у покупок и возвратов; стоимость корзины не выручка.
preset-note-orders = Строка — заказ: создание, оплата, отправка, доставка, отмена и возврат станут событиями. Что видно только по статусу, датировано его временем, а если его нет — последней датой строки.
preset-note-lines = У заказа может быть несколько строк, по одной на товар: заказ — первая из них.
preset-note-refunds = Возвращённая полностью сумма — возврат; часть уменьшает сумму заказа.
preset-note-minor = Суммы в файле — в копейках.
preset-note-zone-moscow = В файле нет часового пояса: считаем, что это Москва. Другой — «--zone».
preset-note-leads = Заявка без оплаты — событие «order_created».
preset-note-deals = Строка — сделка: её создание, успех и провал станут событиями. Промежуточные этапы воронки в выгрузке не датированы, они останутся свойством.
preset-note-calls = Звонок, на который не ответили, — событие «call_missed».
preset-note-letters = Событие — последнее, что случилось с письмом: предыдущих шагов в такой выгрузке нет.
preset-note-market = В отчётах маркетплейсов нет покупателей: повторных покупок, возвращений и сегментов по ним не увидеть.

events-warn-unknown-statuses = Эти статусы нам не знакомы, события из них не получится: { $statuses }.

cli-preset = Чья это выгрузка: имя образца, например ga4 или shopify; none — не узнавать.
cli-zone-of = Часовой пояс одной колонки времени; можно повторять.
cli-meta-zone-of = КОЛОНКА=ПОЯС
cli-rates = Курсы валют: CSV с колонками date, currency, rate.
table-returns = Возвратов под своими номерами: { $n }. Не нашли покупку, целиком или частью: { $odd } на { $left }; список — с --json.
