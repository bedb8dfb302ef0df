# “Where customers leave” and other questions to the trail
web-breaks = Where customers leave
    .lead = By what could be regained in 30 days if the share that leaves fell to one that has been attained before.
web-breaks-none = No break has a price yet
    .text = A price appears when the log has the event of a deal and enough passes that were watched for the whole silence limit.
    .data = Bring data
    .deal = Name the deal’s event
web-breaks-no-log = This is what the team believes: there is no event log yet
    .text = Add an export of orders or events, and every place on the map gets its price.
web-breaks-together = All of them mended at once: { $price } in 30 days
    .note = This is no sum: the same people leave in several places.
web-breaks-scope = { $period } · { $passes } · { $open } still under way and not counted as gone
web-breaks-money = { $kind ->
    [margin] margin
    [deals] deals
   *[revenue] revenue
}
web-break-place = { $kind ->
    [loop] { $stage } → do not come back
   *[exit] { $stage }
}
web-break-left = { $kind ->
    [loop] { $share } do not come back: { $part } of { $whole }
   *[exit] { $share } leave: { $part } of { $whole }
}
web-break-against = { $kind ->
    [target] your target is { $rate }
    [segment] in the group “{ $name }” it is { $rate }
    [period] { $name }: { $rate }
   *[none] nothing to compare with yet
}
web-break-interval =
    .title = With 95% probability what could be regained lies between these
web-break-ceiling = The ceiling is { $price }: the value of all who left here
web-break-sensitivity = Waiting half as long: { $half }, twice as long: { $double }
web-break-improve = Make an improvement
    .done = The improvement is in the plan
    .open = Open the plan
web-break-on-map = Show on the map
web-break-scale = What could be regained: the dot is the estimate, the bar its 95% interval
web-passes = { $n ->
    [one] { $shown } pass
   *[other] { $shown } passes
}

# Over whom and when
web-break-deals = { $n ->
    [one] { $n } deal
   *[other] { $n } deals
}
web-break-between = { $low } to { $high }
web-break-up-to = up to { $high }, perhaps nothing
web-break-changed = { $month }: { $kind ->
    [loop] { $now } come back
   *[exit] { $now } go on
}, it was { $was } — more than chance
web-break-why = What sets those who left apart from those who went on
    .asking = Comparing those who left with the others…
    .none = Too few have left here to look for differences.
web-break-words = In customers’ words
web-reason-words = No words
    .nowhere = No words beside the differences: those who left wrote nothing.
web-reason-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
} oftener
web-reason-only = only those who left
web-reason-shares = { $left } of those who left and { $on } of those who went on; { $low }–{ $high } points apart
web-break-how = How it is counted
    .price = The price of a place is the money that comes back in 30 days if the share that leaves falls to your target or, without one, to that of the best comparable group or month. What those who stay are worth is taken from what customers like them went on to do.
    .interval = The range shows how exact that is: the price was counted hundreds of times over random parts of the customers, and 95% of the time it lay in here.
    .ceiling = The ceiling is the value of all who left here. Nobody has ever regained them all.
    .sum = Prices are never added up: the same people leave in several places, so “all at once” is counted by itself.

# Measures
web-params = Settings of the measure
web-param-none = any
web-param-by-map = as on the map
web-param-days = { $title }, days
web-param-stages = Stages
web-param-points = Touchpoints
web-param-events = Events
web-param-add-step = Add a step…
web-param-earlier = Earlier: { $name }
web-param-later = Later: { $name }
web-measure-means = What this means
    .counts = What is counted: { $unit }. Beside each share stands how many that are, and of how many.
    .interval = In brackets: the 95% interval. The fewer were observed, the wider it is.
    .seen = Whoever was seen for less than the window is not counted as gone; the notes tell of them.
web-measure-unknown = There is no such measure
web-measure-empty = This cannot be told yet
web-measure-picture = Picture: { $title }. The same figures are in the table below
web-measure-table = Figures: { $title }
web-measure-of = { $part } of { $whole }
web-measure-all = Show all rows: { $n }
web-measure-rests = Rests on { $n } { $unit }. Data version { $version }.

# Data
web-data = Data
    .lead = Exports of orders, events, calls and scores: where they come from, how fresh they are and what could not be read.
web-data-empty = There is no data yet
    .text = A map lives without it, but only an event log can tell the price of each place.
    .bring = Drop an export of your shop, order system or web counter here.
    .check = Look whether the columns were recognised, and start the import.
    .bind = Bind the events to the stages of the map.
web-upload = Bring files
web-upload-here = Drop files here
web-upload-kinds = CSV, XLSX, JSONL, Parquet, XES: any export; extra columns do no harm
web-upload-pick = Choose files
web-upload-coming = Taking { $name }
web-upload-plan = How { $name } would be read
web-upload-size = { $size } { $unit ->
    [B] B
    [kB] kB
    [MB] MB
   *[GB] GB
}, about { $rows } { $n ->
    [one] row
   *[other] rows
}
web-upload-drop = Do not import { $name }
web-upload-columns = Columns
web-upload-column = Column
web-upload-role = Taken for
web-upload-role-of = What column { $column } is taken for
web-upload-samples = Samples
web-upload-how = How to read it: encoding, times, currencies
web-upload-encoding = Encoding
web-upload-delimiter = Delimiter
web-upload-tab = tab
web-upload-decimal = Decimals
web-upload-time-format = Time format
    .hint = For example %d.%m.%Y %H:%M; empty: we find out
web-upload-zone = Time zone
web-upload-source = Source
    .hint = Freshness is told under this name
web-upload-event = Name of the event
    .hint = Where the file has no column with the event
web-upload-sample = First rows
web-upload-import = { $n ->
    [one] Import the file
   *[other] Import { $n } files
}
web-upload-not-ready = Name the columns that are still missing
web-column-role = { $role ->
    [customer] customer
    [time] time
    [event] event
    [channel] channel
    [value] amount
    [currency] currency
    [score] score
    [instrument] kind of survey
    [session] session
    [order] order
    [text] customer’s words
    [message_id] message number
    [phone] phone
    [email] e-mail
    [name] name
    [quantity] quantity
    [price] price
    [clock] time of day
    [event_time] date of an event
    [property] property
   *[ignore] not needed
}
web-job-cancel = Stop
web-job-over = { $status ->
    [done] Imported
    [failed] It did not work
   *[cancelled] Stopped
}
web-import-accepted = { $n ->
    [one] { $shown } event came in
   *[other] { $shown } events came in
}
web-import-duplicates = { $n ->
    [one] { $n } was there already
   *[other] { $n } were there already
}
web-import-held = { $n ->
    [one] { $shown } row could not be read and waits in quarantine:
   *[other] { $shown } rows could not be read and wait in quarantine:
}
web-import-mend = Mend them in quarantine
web-sources = Sources
web-sources-all = { $events } events, { $customers } customers. Data version { $version }.
web-source = Source
web-source-since = Since
web-source-until = Complete until
web-source-age = { $n ->
    [0] today
    [one] { $n } day ago
   *[other] { $n } days ago
}
web-events = Events
web-imports = Imports
web-import-file = File
web-import-at = When
web-import-new = Came in
web-import-twice = There already
web-quarantine = Quarantine
    .lead = Rows that could not be read. Mend them right here and bring them in; all other data is in already.
web-quarantine-empty = The quarantine is empty
    .text = All that you brought could be read.
web-held-line = Row
web-held-reason = What is wrong
web-held-cell = { $column }, row { $line }
web-held-replay = { $n ->
    [0] Bring in
    [one] Bring in { $n } row
   *[other] Bring in { $n } rows
}
web-held-how = Mend the cells; those that kept a row out are marked

# Binding events
web-bindings = Binding events
    .lead = What the log has, and where that is on the map. Drag an event onto a stage or touchpoint, or choose it from the menu: the figures follow at once.
web-bindings-no-log = There is nothing to bind yet
    .text = Bring an event log first.
web-bindings-unbound = { $n ->
    [one] { $shown } event is bound to nothing
   *[other] { $shown } events are bound to nothing
} ({ $share })
web-bindings-all = All events are bound
web-bindings-seek = Find an event
web-binding-none = bound to nothing
web-binding-none-here = Drag an event here
web-binding-part = { $shown } not bound; the others: { $places }
web-binding-unseen = not observed
web-binding-deal = deal
web-bind-to = Bind
web-bind-to-of = Bind { $event } to…
web-unbind = Take { $event } from “{ $place }”
web-event-facts = { $events } events, { $customers } customers, { $first } to { $last }
web-event-months = Events by month, { $first } to { $last }
web-event-value = Amounts: { $least } to { $most }, usually { $median }
web-draft = This map is bound to nothing yet. Stages and bindings can be proposed from the log itself, to be mended by you.
web-draft-ask = Propose stages from the log
web-draft-take = Take this as a start
web-draft-taken = Stages and bindings were added

# The plan
web-plan = Improvement plan
    .lead = Pain or break → solution → who and when. What brings most for least effort is on top.
web-plan-empty = The plan is empty
    .text = Open a place where customers leave and press “Make an improvement”: its impact is taken from the price of the break.
web-plan-one = Improvement
web-plan-new = A new improvement
web-plan-add = Add
web-plan-views = View of the plan
web-plan-view = { $view ->
    [board] Board
    [matrix] Matrix
   *[list] List
}
web-plan-what = What we do
web-plan-where = Stage
web-plan-due = Due
web-plan-status = Status
web-plan-status-of = Move: { $text }
web-plan-move = Move
web-plan-impact = Impact in 30 days, { $currency }
web-plan-impact-short = Impact
web-plan-from-break = Take the price of the break: { $price }
web-plan-confidence = Confidence, %
web-plan-confidence-short = Confidence
web-plan-effort = Effort
    .hint = Weeks of work, for example; one measure for all
web-plan-priority = Priority
web-plan-stage = Stage “{ $stage }” on the map
web-plan-pain = Pain: { $pain }
web-plan-remove = Delete
web-plan-removed = The improvement is gone
web-plan-a-month = { $money } in 30 days
web-plan-late = late, was due { $day }
web-plan-first = These first
web-plan-big = Large works
web-plan-small = Small things
web-plan-never = Not worth the effort
web-plan-axis-impact = impact × confidence
web-plan-axis-effort = effort
web-plan-apart = Without impact or effort: no place in the matrix
web-plan-download = Download the plan
web-plan-formula = Priority formula
    .hint = impact, confidence and effort; + − * / **, brackets, min, max, sqrt, log
web-plan-formula-usual = Back to the usual one

# History
web-history = History of the map
    .lead = Who changed the map and when, what any two of its states differ in, and the way back.
web-history-by = { $who ->
    [file] edit of the map’s file
   *[other] { $name }
}
web-history-updates = { $n ->
    [one] { $n } edit
   *[other] { $n } edits
}
web-history-before = { $n ->
    [1] the beginning
   *[other] state no. { $n }
}
web-diff-of = “{ $thing }”
web-history-first = Here the map began: there is nothing to compare with yet
web-version-name = Name this version
web-version-title = Name of the version
    .hint = For example: after the meeting of 3 December
web-restore = Bring the map back to this state?
    .text = That is one more edit and can be taken back, too: nothing goes from the history.
    .yes = Bring back
web-restore-this = Bring this state back
web-restored = The map is back in its former state
web-diff = Differences
web-diff-from = Before
web-diff-to = After
web-diff-same = There are no differences
web-diff-map = The map as a whole
web-diff-count = { $kind ->
    [added] added
    [removed] removed
    [moved] moved
   *[changed] changed
}: { $n }
web-diff-kind = { $kind ->
    [added] Added.
    [removed] Removed.
    [moved] Moved.
   *[changed] Changed.
}
web-diff-went = was:
web-diff-came = is:
web-diff-yes = yes
web-diff-no = no
web-diff-part = { $part ->
    [id] Name in the address
    [title] Title
    [when] Binding of events
    [deal] Event of the deal
    [stages] Stages
    [personas] Personas
    [segments] Segments
    [people] People
    [loops] Loops
    [targets] Targets
    [limits] Limits
    [money] Money
    [tags] Tags
    [views] Views
    [lanes] Rows
    [competitors] Competitors
    [kind] Kind of map
    [language] Language
   *[other] { $part }
}

# What changed with time
web-timeline = What has changed
    .lead = Figures of the stages by month: what was before the improvements, and what after.
web-timeline-figures = Figure
web-timeline-figure = { $figure ->
    [to_deal] Get to the deal
    [satisfaction] Score
    [repeat_rate] Buy again
   *[conversion] Go on
}
web-timeline-repeat = Repeat purchases
web-timeline-changed = { $month }, “{ $stage }”: { $figure ->
    [to_deal] { $now } get to the deal
    [satisfaction] score { $now }
    [repeat_rate] { $now } buy again
   *[conversion] { $now } go on
}, it was { $was } — more than chance
web-timeline-quiet = { $n ->
    [one] { $n } pair of neighbouring months was compared: nothing beyond chance.
   *[other] { $n } pairs of neighbouring months were compared: nothing beyond chance.
}
web-timeline-curve = { $stage }: { $first } { $was }, { $last } { $now }
web-timeline-legend = Band: the 95% interval; hollow point: most passes of the month have not been seen to their end; number: an improvement; gold ring: a change beyond chance. A month is the passes that began in it.
web-timeline-none = This figure cannot be told of any stage yet
web-timeline-improvements = Improvements
web-timeline-not-cause = “Before” and “after” prove nothing: anything may have changed along with the improvement. Only an experiment shows the cause.
web-timeline-early = too early to compare
web-timeline-followed = before { $was }, after { $now }
web-timeline-table = Figures by month
web-timeline-month = Month
web-timeline-interval = Interval
web-timeline-n = Of how many

# Customers
web-customers = Customers
    .lead = One person’s way, step by step. Names are hidden; every look is written down.
web-customers-all = { $n ->
    [one] { $shown } customer fits
   *[other] { $shown } customers fit
}
web-customers-none = There are no such customers
web-customer = Customer
web-customer-last = Last seen
web-customer-status = How it ended
web-customer-visited = Was at stage
web-customer-stage = Last stage
web-customer-passes = Passes
web-customer-deals = Deals
web-customer-value = Brought
web-pass-status = { $status ->
    [deal] deal
    [left] left
   *[open] under way
}
web-replay = Customer { $id }
    .lead = The arrows ← and → lead along the steps.
web-replay-all = All customers
web-replay-back = Step back
web-replay-next = Next step
web-replay-play = Play
web-replay-pause = Pause
web-replay-step = Step
web-replay-of = { $n } of { $all }
web-replay-pass = Pass { $n }
web-replay-gap = after { $time }
web-replay-score = score { $score }
web-reveal = Show who this is?
    .text = Phone, e-mail and number of the customer will be on the screen, and the audit log will say that you have looked.
    .yes = Show
    .button = Who is this
web-reveal-nothing = Nothing is kept about them

# Side by side
web-nav-compare = Comparison
web-compare = Comparison
    .lead = Two maps, two versions, two segments or two periods side by side: what differs, and which differences are more than chance.
web-compare-by = What to compare
web-compare-kind = { $kind ->
    [maps] Two maps
    [segments] Two segments
    [periods] Two periods
   *[versions] Versions and days
}
web-compare-other = With which map
web-compare-this = This map
web-compare-choose = choose a map
web-compare-side = { $side ->
    [before] First side
   *[after] Second side
}
web-compare-last = { $n } days and as many before
web-compare-late = The period ends before it begins: swap the days
web-compare-none = { $kind ->
    [maps] Choose the second map
    [segments] Choose two different segments, or set a rule
    [periods] Choose two different periods
   *[versions] Choose different versions of the map or different days
}
web-compare-figures = Figures of the stages
web-compare-cells = What is written differently
web-compare-gap = Difference and its interval
web-compare-p = p, corrected
web-compare-verdict = Verdict
web-compare-no-figures = There are no measurements to compare
    .text = It takes data on events, and stages that both sides have, with at least a few customers.
