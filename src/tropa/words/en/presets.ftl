column-role-alias = another number of the same customer
role-because-preset = by the preset
table-role-alias = customer's other number

table-preset = This looks like an export of { $name }, by its columns { $marks }. If it is not: “--preset none”.
table-preset-told = Read as an export of { $name }.
table-made = Columns that begin with “=” are made out of the file's own.
table-dropped = Not kept as they stand: { $columns }.

preset-utm = A table with utm marks
preset-metrica-hits = Yandex Metrica, Logs API, events
preset-metrica-visits = Yandex Metrica, Logs API, visits
preset-ga4 = Google Analytics 4, BigQuery export
preset-matomo = Matomo, visits with actions
preset-snowplow = Snowplow, events
preset-posthog = PostHog, events
preset-mixpanel = Mixpanel, events
preset-amplitude = Amplitude, events
preset-segment = Segment or RudderStack, calls
preset-shopify = Shopify, orders
preset-woocommerce = WooCommerce, orders
preset-insales = InSales, orders
preset-retailcrm = RetailCRM, orders
preset-moysklad = MoySklad, customer orders (JSON API)
preset-moysklad-table = MoySklad, customer orders (table)
preset-amocrm = amoCRM, deals
preset-bitrix24 = Bitrix24, deals
preset-ozon = Ozon, postings
preset-wildberries = Wildberries, orders and sales
preset-calltouch = Calltouch, call log
preset-unisender = UniSender, delivery of letters
preset-tilda = Tilda, leads and orders
preset-bitrix = 1C-Bitrix, orders

preset-note-utm = The channel is told by utm marks and click ids (in columns or in the address), else by the page that people came from. Another column: --as channel=…; none of this: --preset none.
preset-note-metrica-zone = Times in “dateTime” are in the counter's zone; we take it for Moscow's. Another zone: “--zone”. “dateTimeUTC” and the times of goals are in UTC+3.
preset-note-pages = Events are named by the page's address: cart, product, checkout; the rest is “page_view”.
preset-note-goals = Each goal that was reached is an event of its own: “goal_” and its number.
preset-note-metrica-both = Visits and events of one counter tell of the same things: import one of them, or goals count twice.
preset-note-stitched = A person's browser number and login are joined: the path before the login is theirs too.
preset-note-once = Every event has a number of its own: a repeat does not count twice, even from another file.
preset-note-ga4-money = Only purchases and refunds have money; the value of a cart is no revenue.
preset-note-orders = A row is an order: created, paid, sent, delivered, cancelled, returned become events. What only the status tells is dated by the status's time, else by the row's latest date.
preset-note-lines = An order may have several rows, one for each item: the first of them is the order.
preset-note-refunds = A sum given back in full is a return; a part takes money off the order.
preset-note-minor = Amounts in the file are in hundredths.
preset-note-zone-moscow = The file has no time zone: we take it for Moscow's. Another: “--zone”.
preset-note-leads = A request that was not paid is the event “order_created”.
preset-note-deals = A row is a deal: its creation, success and loss become events. Stages in between have no dates in such an export and stay a property.
preset-note-calls = A call that nobody answered is the event “call_missed”.
preset-note-letters = The event is the last thing that happened to a letter: such an export has no earlier steps.
preset-note-market = Reports of marketplaces have no customers: repeat purchases, returns to earlier stages and segments cannot be seen in them.

events-warn-unknown-statuses = These statuses are unknown to us and make no event: { $statuses }.

cli-preset = Whose export it is: a preset's name such as ga4 or shopify; none: do not recognise it.
cli-zone-of = Time zone of one time column; may be repeated.
cli-meta-zone-of = COLUMN=ZONE
cli-rates = Exchange rates: a CSV with the columns date, currency, rate.
table-returns = Returns with numbers of their own: { $n }. Without a purchase, wholly or in part: { $odd }, { $left } in all; --json lists them.
