# The story in the terminal, and its tables.
story-simulated = simulated data
story-proposal = proposed from the log, not yet checked by anybody
story-no-log = There is no event log yet: the map holds what the team believes. Add an export and the figures will come.
story-price = About { $price } a month could be regained{ $what ->
        [none] { $between ->
            [none] { "" }
           *[other] { "" } ({ $between })
        }
       *[other] { $between ->
            [none] { "" } ({ $what })
           *[other] { "" } ({ $what }: { $between })
        }
    }{ $than ->
        [none] .
       *[other] : { $kind ->
            [loop] they stay away
           *[exit] they leave
        }{ $oftener ->
            [none] { "" } more often
           *[other] { "" } { $oftener }
        } { $than }.
    }
story-than-segment = than “{ $name }” ({ $rate })
story-than-period = than in { $name } ({ $rate })
story-than-target = than you aim at ({ $rate })
story-breaks = Where customers leave, by what could be regained a month ({ $what })
story-break = { $rank }. { $place }: { $price }{ $between ->
        [none] { "" }
       *[other] { "" } ({ $between })
    }; { $kind ->
        [loop] not coming back
       *[exit] leaving
    }: { $leave }
story-more-breaks = { $n ->
        [one] … and { $n } more place: tropa breaks
       *[other] … and { $n } more places: tropa breaks
    }
story-together = All of them mended at once: { $price } a month. This is no sum: the same people leave in several places.
story-few = { $part } of { $whole } (may really be { $low } to { $high } in a hundred)
story-few-cell = { $part } of { $whole } ({ $low }–{ $high } in 100)
story-loop = { $share } come back for another purchase{ $usually ->
        [none] { "" }
       *[other] , usually after { $usually }
    }{ $horizon ->
        [none] .
       *[other] { $length ->
            [none] . We waited { $horizon }.
           *[other] . We waited only { $horizon }: the whole log is { $length } long.
        }
    }
story-loop-nobody = None of { $n } has come back for another purchase yet{ $horizon ->
        [none] .
       *[other] { $length ->
            [none] . We waited { $horizon }.
           *[other] . We waited only { $horizon }: the whole log is { $length } long.
        }
    }
story-no-deal = { $proposal ->
        [yes] No deal was recognised: no event looks like one, so there are no purchases and no losses in money here. Name it: deal: at a stage in map.yaml – or read the file anew with --event order_paid, if each row is an order.
       *[no] The map names no deal event, so there are no purchases and no losses in money here. Name it: deal: at a stage in map.yaml.
    }
story-notes = How the files were read
story-quarantine = { $accepted } read, { $held } in quarantine ({ $reasons }) → tropa events { $folder } --quarantine
story-note-of = { $file }: { $note }
story-ask-none = none of these
story-loop-unknown = Whether they come back for more cannot be told yet: { $why }.
story-not-bought-again = These goods are not bought twice, so no repeat purchases are awaited.
story-felt = { $worst ->
        [none] Customers' scores: { $best } { $high }.
       *[other] Customers feel best at “{ $best }” ({ $high }) and worst at “{ $worst }” ({ $low }).
    }
story-next = What to do next
story-do = “{ $stage }”: { $text }{ $owner ->
        [none] { "" }
       *[other] { "" } – { $owner }
    }{ $due ->
        [none] { "" }
       *[other] , by { $due }
    }.
story-mend = Start with “{ $stage }”. The pain there: “{ $pain }”. What will you do about it, who, and by when?
story-ask = { $kind ->
        [loop] Ask those who bought and did not come back (stage “{ $stage }”) what kept them away.
       *[exit] Ask those who left at “{ $stage }” what stopped them.
    }
story-check-proposal = { $folder ->
        [none] Stages and bindings were proposed from the log: check them in map.yaml.
       *[other] Stages and bindings were proposed from the log: check them in { $folder }/map.yaml.
    }
story-collect-quarter = { $n ->
        [one] To make the figures twice as exact takes four times the data: about { $n } more deal.
       *[other] To make the figures twice as exact takes four times the data: about { $n } more deals.
    }
story-unbound = { $folder ->
        [none] { $share } of events are bound to nothing ({ $names }): see tropa events --unbound.
       *[other] { $share } of events are bound to nothing ({ $names }): tropa events { $folder } --unbound
    }
story-files = Written to { $folder }
story-head-passes = passes
story-head-goes-on = go on
story-head-after = usually after
story-head-score = score
story-goes-on = go on
story-leaves = leave
story-scale = from here scale ×{ $times }
story-unseen = not seen

table-stage = Stage
table-passes = Passes
table-goes-on = Go on
table-to-deal = To the deal
table-after = Usually after
table-left = Left
table-score = Score
table-cycle = First contact to deal: { $times }.
table-limits = Going on means within { $window }; having left means silent for longer than { $silence }{ $way ->
        [none] { "" }
       *[other] ; { $way }
    }.
table-left-out = Shares leave out those not seen for long enough: up to { $n } at one stage.
table-score-note = Scores run from −2 to +2, whatever the scale they were given on.
table-deal-note = ★ the deal is at this stage.
table-no-breaks = No place where customers leave can be found yet.
table-price = Recoverable
table-ceiling = Ceiling
table-break-note = “Recoverable” is what a month would bring back ({ $what }) if customers left as seldom as where we compared. The ceiling is if nobody left: so much cannot be regained.
table-rank-note = In brackets, the places that a break may really take: it differs from its neighbours by no more than chance.
table-event = Event
table-events = Events
table-customers = Customers
table-bound = Stage / touchpoint
table-log = { $events ->
        [one] { $events } event
       *[other] { $events } events
    } · { $customers ->
        [one] { $customers } customer
       *[other] { $customers } customers
    }
table-sources = Sources: { $names }
table-unbound = { $n ->
        [one] { $n } event is bound to nothing.
       *[other] { $n } events are bound to nothing.
    }
table-column = Column
table-role = What it is
table-samples = For example
table-confidence = How sure
table-sure = sure
table-likely = likely
table-unsure = unsure
table-tab = tab
table-delimiter = delimiter { $sign }
table-rows = { $n ->
        [one] about { $n } row
       *[other] about { $n } rows
    }
table-fixed-event = There is no column of events: each row is the event { $event }. Otherwise: --event NAME.
table-instrument = Scale of the scores: { $name }. Otherwise: --instrument.
table-currency = Currency: { $code }. Otherwise: --currency CODE.
table-zone = Time zone of times without one: { $zone }. Otherwise: --zone Europe/Moscow.
table-role-customer = customer
table-role-time = time
table-role-event = event
table-role-channel = channel
table-role-value = amount
table-role-currency = currency
table-role-score = score
table-role-instrument = scale of the score
table-role-session = session
table-role-order = order number
table-role-text = text of a review
table-role-message-id = message number
table-role-phone = phone
table-role-email = e-mail
table-role-name = person's name
table-role-event-time = date of an event
table-role-property = property
table-role-quantity = quantity
table-role-price = price
table-role-clock = time of day (beside the date)
table-role-ignore = left out
table-file = File
table-accepted = Accepted
table-duplicates = Repeated
table-quarantined = In quarantine
table-in-all = The log now holds { $customers ->
        [one] { $customers } customer
       *[other] { $customers } customers
    }; data version { $version }.
table-reasons = Not readable in { $file } (import { $import }): mend and bring back with tropa events FOLDER --export FILE.csv
table-reason = Reason
table-lines = Rows
table-import = Import
table-quarantine = Quarantine: rows that could not be read
table-quarantine-note = To mend: tropa events FOLDER --export FILE.csv --import IMPORT, then tropa import FOLDER FILE.csv --replay IMPORT
table-severity-error = error
table-severity-warning = warning
table-severity-hint = hint
table-severity-info = hint
table-place = Place
table-line = line { $n }
table-lint-clean = Nothing to remark.
table-lint-count = Errors: { $errors }, warnings: { $warnings }, hints: { $other }.
table-draft = Proposed from the log: check it before you trust the figures
table-bound-events = Events
table-left-over = Left without a place: { $names }{ $more ->
        [0] .
       *[other] { "" } and { $more } more.
    }
table-before = Before
table-after-edit = After
