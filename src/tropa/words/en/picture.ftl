# Everything written on pictures: headline, trail, emotion, legend, tips.
picture-quoted = “{ $text }”
picture-n = n = { $n }
picture-score = mood { $score }
picture-due = by { $day }
picture-impact = { $money } a month
picture-droppable = could be dropped
picture-more = { $n } more — see the list
picture-at-least = target: at least { $value }
picture-at-most = target: at most { $value }
picture-metric = { $title }: { $value }
picture-lane-thinks = Thinks and asks

picture-unit-customers = customers
picture-unit-passes = passes
picture-unit-sessions = sessions
picture-unit-events = events
picture-unit-deals = deals
picture-unit-answers = answers
picture-rate = { $share } ({ $numerator } of { $denominator } { $unit }; 95% sure it is between { $low } and { $high }{ $left ->
        [0] {""}
       *[other] ; { $left } more were not seen long enough
    })
picture-satisfaction = Mean score { $mean } [{ $low }; { $high }] on a scale from −2 to +2, answers: { $n }{ $instruments ->
        [none] {""}
       *[other] {" "}({ $instruments })
    }
picture-instrument-nps = likelihood to recommend, 0–10
picture-instrument-csat = satisfaction, 1–5
picture-instrument-ces = ease
picture-instrument-stars = stars, 1–5
picture-instrument-ten = score, 1–10
picture-instrument-native = score, −2…+2

picture-cannot-not-observed = The data cannot show this stage: no event is bound to it

picture-headline-exit-money = { $sure ->
        [yes] We lose about { $money } a month at “{ $stage }”: { $share } leave there
       *[no] We may be losing about { $money } a month at “{ $stage }”: { $share } leave there
    }
picture-headline-exit-deals = { $n ->
        [one] We lose about { $n } deal a month at “{ $stage }”: { $share } leave there
       *[other] We lose about { $n } deals a month at “{ $stage }”: { $share } leave there
    }
picture-headline-loop-money = { $sure ->
        [yes] We lose about { $money } a month: { $share } of buyers do not come back
       *[no] We may be losing about { $money } a month: { $share } of buyers do not come back
    }
picture-headline-loop-deals = { $n ->
        [one] We lose about { $n } deal a month: { $share } of buyers do not come back
       *[other] We lose about { $n } deals a month: { $share } of buyers do not come back
    }
picture-headline-loop = { $share } of customers buy again
picture-headline-loop-nobody = None of { $n } has come back for another purchase yet
picture-headline-loop-all = All { $n } of { $n } came back for another purchase
picture-headline-narrow = The narrowest place is “{ $stage }”: { $share } go no further
picture-headline-narrow-nobody = The narrowest place is “{ $stage }”: none of { $n } went further
picture-headline-deals = { $n ->
        [one] { $n } deal
       *[other] { $n } deals
    } by { $people ->
        [one] { $people } buyer
       *[other] { $people } buyers
    }{ $time ->
        [none] { "" }
       *[other] { "" } in { $time }
    }{ $few ->
        [yes] : too few to conclude from yet
       *[no] { "" }
    }
picture-headline-events = { $n ->
        [one] { $n } event
       *[other] { $n } events
    } of { $people ->
        [one] { $people } customer
       *[other] { $people } customers
    }{ $time ->
        [none] { "" }
       *[other] { "" } in { $time }
    }{ $few ->
        [yes] : too few to conclude from yet
       *[no] { "" }
    }

picture-persona-of = { $name }, { $share } of customers
picture-persona-share = Share of customers: { $share }
picture-counts = { $passes ->
        [one] { $passes } pass
       *[other] { $passes } passes
    } · { $customers ->
        [one] { $customers } customer
       *[other] { $customers } customers
    }
picture-open = { $share } still under way, not counted as gone
picture-flag-simulated = simulated data
picture-flag-proposal = a draft from the data, confirmed by nobody
picture-flag-entered = figures entered by hand
picture-continued = { $title } — continued

picture-ribbon-label = The trail: how many passes reach each stage and where they leave
picture-emotion-label = Emotion by stage: the team's view and the measured scores
picture-legend-label = Legend
picture-no-data = No data yet: the way is drawn, but nobody has been counted on it
picture-no-passes = The data hold no pass along these stages
picture-not-observed = not seen in the data
picture-no-scores = no scores
picture-joiners = { $n ->
        [one] { $n } starts here
       *[other] { $n } start here
    }
picture-scale = from here on scale ×{ $times }
picture-left-exit = { $n } left
picture-left-loop = { $n } did not return
picture-left-done = { $n } finished here
picture-lost-deals = { $n ->
        [one] −{ $n } deal
       *[other] −{ $n } deals
    }
picture-loop = { $name }: { $figure }
picture-loop-rate = { $share } buy again{ $interval ->
        [none] {""}
       *[other] , usually after { $interval }
    }
picture-loop-few = { $part } of { $whole } bought again
picture-loop-passes = { $n ->
        [one] { $n } pass
       *[other] { $n } passes
    }
picture-asserted = The team's view
picture-segment-counts = { $passes ->
        [one] { $passes } pass
       *[other] { $passes } passes
    }
picture-segment-tip = The trail of the group “{ $name }” at its own scale; the dot at the right is its mean score, above the bar is better

picture-tip-assumed = Assumed: rests on nothing yet
picture-tip-observed = Observed
picture-tip-measured = Measured from data
picture-tip-contradicted = Contradicted by the data
picture-tip-entered = Entered by hand
picture-tip-stale = Stale: older than its shelf life
picture-tip-asserted = The team thinks: { $score }
picture-tip-deal = The deal is at this stage
picture-tip-stage = Reached by { $entrants ->
        [one] { $entrants } pass
       *[other] { $entrants } passes
    }, { $customers ->
        [one] { $customers } customer
       *[other] { $customers } customers
    }
picture-tip-touchpoint = Events: { $events }, passes: { $entrants }
picture-tip-conversion = Go on: { $rate }
picture-tip-times = Usually { $median } to the next stage (half of them { $low } to { $high }; n = { $n })
picture-tip-exits = Left here: { $n }
picture-tip-open = Still under way: { $n }
picture-tip-skips = Went past it: { $n }
picture-tip-returns = Went back to earlier stages: { $n }
picture-tip-backward-entries = Came here from later stages: { $n }
picture-tip-break-exit = Leave here: { $rate }
picture-tip-break-loop = Do not come back: { $rate }
picture-tip-loss-revenue = Revenue that could be regained in 30 days: { $value } ({ $low } to { $high }); all who left are worth { $ceiling }, which is the ceiling
picture-tip-loss-margin = Margin that could be regained in 30 days: { $value } ({ $low } to { $high }); all who left are worth { $ceiling }, which is the ceiling
picture-tip-loss-deals = Deals that could be regained in 30 days: { $value } ({ $low } to { $high }); all who left: { $ceiling }, which is the ceiling
picture-tip-never-added = Losses of different places do not add up
picture-reference-target = Held to be attainable: your target, { $rate }
picture-reference-segment = Held to be attainable: the rate of the best comparable group, { $rate }{ $name ->
        [none] {""}
       *[other] {" "}({ $name })
    }
picture-reference-period = Held to be attainable: the rate of the best period, { $rate }{ $name ->
        [none] {""}
       *[other] {" "}({ $name })
    }
picture-reference-none = There is nothing to compare with yet
picture-tip-loop = Buy again: { $rate }
picture-tip-horizon = We wait { $horizon }: nine in ten of those who return do so by then
picture-tip-buyers = Buyers: { $buyers }, more than once: { $again }, deals: { $deals }
picture-tip-loop-passes = Passes straight from here to there: { $n }

picture-key-band = go on
picture-key-by = went past the stage
picture-key-strand = leave; the disc is what could be regained a month
picture-key-points = measured score with its 95% interval; the line between points is for the eye
picture-key-dots = the team's view
picture-key-squares = severity of a pain
picture-key-gold = opportunity
picture-key-star = moment of truth
picture-key-loop = way back
picture-date = map of { $day }
picture-version = version { $version }
picture-data-version = data { $version }
picture-counted = A stage counts as passed if the next one is reached within { $window }; a pass has ended when the customer is not seen for { $silence }
picture-priced-revenue = The dearest break: { $value } of revenue could be regained in 30 days ({ $low } to { $high }). { $reference }. Losses of different places do not add up
picture-priced-margin = The dearest break: { $value } of margin could be regained in 30 days ({ $low } to { $high }). { $reference }. Losses of different places do not add up
picture-priced-deals = The dearest break: { $value } deals could be regained in 30 days ({ $low } to { $high }). { $reference }. Losses of different places do not add up
picture-left-truncated = Passes that may have begun before the data do: { $n }
picture-unbound = Events outside the map: { $n } ({ $share })
picture-entered-note = The figures were entered by hand, without an event log
picture-hidden-rows = { $n ->
        [one] { $n } more row is in the table: { $names }
       *[other] { $n } more rows are in the table: { $names }
    }
picture-collect = What to collect next: { $what }
picture-collect-log = an event log or an orders export — then the map shows where customers leave.
picture-collect-events = events for the { $n ->
        [one] stage
       *[other] stages
    } { $names }, which cannot be seen now;
picture-collect-scores = customers' scores: one question after the purchase will do;
picture-collect-money = order amounts, to price the breaks;
picture-collect-deal = the deal event (deal: in map.yaml) – without it neither purchases nor losses are seen;
picture-collect-currency = the currency: it is not named – money.currency in map.yaml;
picture-collect-longer = a log of at least 3 months{ $time ->
        [none] ;
       *[other] : this one is only { $time } long, too short for most to come back;
    }
picture-collect-more = there are few passes yet, so the intervals are wide: judge by the number of people, not by per cent.
picture-full-texts = Full texts of what is shortened in the drawing
picture-description = Customer journey map “{ $title }”. Stages: { $stages }

picture-table-stages = The stages in figures
picture-table-breaks = Where customers leave
picture-table-statements = What the map says
picture-column-stage = Stage
picture-column-entrants = Passes
picture-column-conversion = Go on
picture-column-time = Usually after
picture-column-exits = Left
picture-column-open = Under way
picture-column-satisfaction = Score
picture-column-kind = What happened
picture-column-left = How many
picture-column-loss = Could be regained in 30 days
picture-column-interval = 95% interval
picture-column-ceiling = Ceiling
picture-column-reference = Compared with
picture-column-lane = Row
picture-break-exit = leave
picture-break-loop = do not come back

picture-scheme-label = Scheme: stages, touchpoints and the ways between them
picture-scheme-flow = { $source } → { $target }: { $passes ->
        [one] { $passes } pass
       *[other] { $passes } passes
    }
picture-scheme-flow-time = usually after { $median }
picture-scheme-planned = { $source } → { $target }: intended, not seen in the data
picture-scheme-opens = opens another map
picture-key-flow = a step; its width is the number of passes
picture-key-back = a way back
picture-key-planned = intended, without data

picture-view-infographic = Infographic
picture-view-buyer = Buyer journey
picture-view-workshop = Empty map
picture-view-table = Table
picture-view-scheme = Scheme
picture-views = View of the map
picture-data = The data as tables
picture-stage-cards = Stage by stage
picture-skip = Skip to the data tables
picture-column-from = From
picture-column-to = To
picture-table-flows = Ways between stages

comparison-line = { $criterion } (weight { $weight }): { $scores }
comparison-positioning = What sets us apart: { $text }
comparison-criterion = Criterion
comparison-weight = Weight
comparison-total = By weight
comparison-total-part = { $n } of { $whole }
comparison-at = Against competitors: stage “{ $stage }”, scores from 0 to 10
comparison-tip = { $criterion }, { $rival }: { $score } of 10

# the empty map for a wall
workshop-title = { $title }: an empty map for the wall
workshop-description = An empty map to work on together: stages { $stages }, rows { $lanes }.
workshop-lanes = Rows
workshop-sheet = Sheet { $n } of { $whole }: row { $row }, place { $place }
workshop-persona = The journey of: { $name }
workshop-whose = Whose journey is it?
workshop-edge = { $edge ->
        [begins] Begins when
       *[ends] Ends when
    }
