measure-reasons = Why they leave
    .question = What sets those who left a stage apart from those who went on?
measure-transitions = Transitions
    .question = From where to where do customers go, how often and how fast?
measure-steps = Steps
    .question = What happens at each step: from the beginning, or around a chosen event?
measure-paths = Frequent paths
    .question = By which paths do customers most often reach a deal, and by which do they leave?
measure-funnel = Funnel
    .question = What share takes the steps in order within the given time?
measure-retention = Retention
    .question = How many customers of each cohort come back in the periods after?
measure-purchase-interval = Time between purchases
    .question = How long after a purchase do customers come for the next one?
measure-param-break = Where they leave
measure-param-level = Look at
measure-param-repeats = Count repeats in a row
measure-param-rows = Rows at most
measure-param-around = Around what
measure-param-before = Steps before
measure-param-after = Steps after
measure-param-outcome = How it ended
measure-param-length = Last steps
measure-param-path = Steps of the funnel
measure-param-window = Within
measure-param-by = What counts as activity
measure-param-period = Period
measure-param-counted = How periods are counted
measure-param-width = Periods at most
measure-param-points = Points of the curve
measure-choice-stages = stages
measure-choice-touchpoints = touchpoints
measure-choice-events = events
measure-choice-deal = a deal
measure-choice-left = leaving
measure-choice-deals = deals
measure-choice-visits = any events on the map
measure-choice-month = month
measure-choice-week = week
measure-choice-calendar = by the calendar
measure-choice-age = from the first time
measure-column-reason = What sets them apart
measure-column-having = With or without
measure-column-left_share = Left
measure-column-left_low = Of those who left, from
measure-column-left_high = Of those who left, to
measure-column-left = Left with it
measure-column-left_all = Left in all
measure-column-on_share = Went on
measure-column-on_low = Of those who went on, from
measure-column-on_high = Of those who went on, to
measure-column-on = Went on with it
measure-column-on_all = Went on in all
measure-column-difference = Difference
measure-column-difference_low = Difference of shares, from
measure-column-difference_high = Difference of shares, to
measure-column-odds = Odds ratio
measure-column-odds_low = Odds ratio, from
measure-column-odds_high = Odds ratio, to
measure-column-chance = Share of false discoveries
measure-column-same = Other names of it
measure-column-words = In the words of those who left
measure-words-beside = { $quotes ->
    [none] { $reason }: no words
   *[other] { $reason }: { $quotes }
}
measure-words-none = No words beside the reasons: those who left wrote nothing.
measure-column-from = From
measure-column-to = To
measure-column-times = Times
measure-column-customers = Customers
measure-column-share = Share
measure-column-low = Share, from
measure-column-high = Share, to
measure-column-whole = Of how many
measure-column-median = Usual time
measure-column-q25 = Time: a quarter is faster
measure-column-q75 = Time: a quarter is slower
measure-column-step = Step
measure-column-state = What
measure-column-passes = Passes
measure-column-path = Path
measure-column-onward = Of the step before
measure-column-onward_low = Of the step before, from
measure-column-onward_high = Of the step before, to
measure-column-previous = At the step before
measure-column-cohort = Cohort
measure-column-age = Period
measure-column-active = Active
measure-column-seen = Observed
measure-column-time = Time gone by
measure-column-waiting = Still awaited
measure-note-rows = { $shown } of { $all } are shown: the most frequent ones.
measure-note-left-out = { $n ->
    [one] { $n } customer is not counted: the time after the first step is not over yet.
   *[other] { $n } customers are not counted: the time after the first step is not over yet.
}
measure-note-cohorts-unseen = { $n ->
    [one] { $n } cohort is not shown: its first period is not over yet.
   *[other] { $n } cohorts are not shown: their first period is not over yet.
}
measure-note-waits = Repeat purchases: { $came }. Still awaited: { $waiting }; those waits count up to today and are not taken for leaving.
measure-note-sides = One pass of each customer was compared: { $left } left, { $on } went on (of { $eligible } passes that fit).
measure-note-tried = Possible reasons tried: { $n }; differences beyond chance: { $found }. This is association, not a proven cause: only an experiment shows the cause.
measure-mark-start = Beginning
measure-mark-left = Left
measure-mark-deal = Deal
measure-mark-open = Still under way
measure-mark-other = Others
measure-unit-customers = customers
measure-unit-passes = passes
measure-unit-sessions = sessions
measure-unit-events = transitions
measure-unit-deals = deals
measure-unit-answers = answers
reason-event = { $having ->
    [without] had no event “{ $name }”
   *[other] had an event “{ $name }”
}
reason-before = { $having ->
    [without] did not come from “{ $name }”
   *[other] came from “{ $name }”
}
reason-repeat-stage = { $having ->
    [without] did not come back to this stage
   *[other] came back to this stage
}
reason-pass-again = { $having ->
    [without] the customer's first pass
   *[other] the customer had been here before
}
reason-time-weekend = { $having ->
    [without] on weekdays
   *[other] at the weekend
}
reason-time-night = { $having ->
    [without] not at night
   *[other] at night
} (0 to 6 o'clock { $zone ->
    [UTC] UTC
   *[other] { $zone } time
})
reason-time-morning = { $having ->
    [without] not in the morning
   *[other] in the morning
} (6 to 12 o'clock { $zone ->
    [UTC] UTC
   *[other] { $zone } time
})
reason-time-day = { $having ->
    [without] not in the afternoon
   *[other] in the afternoon
} (12 to 18 o'clock { $zone ->
    [UTC] UTC
   *[other] { $zone } time
})
reason-time-evening = { $having ->
    [without] not in the evening
   *[other] in the evening
} (18 to 24 o'clock { $zone ->
    [UTC] UTC
   *[other] { $zone } time
})
reason-time-to-stage-over = { $having ->
    [without] took no longer than { $limit } to get here
   *[other] took longer than { $limit } to get here
}
reason-time-to-stage-upto = { $having ->
    [without] took longer than { $limit } to get here
   *[other] took no longer than { $limit } to get here
}
reason-count-events-over = { $having ->
    [without] no more than { $limit } events before the stage
   *[other] more than { $limit } events before the stage
}
reason-count-events-upto = { $having ->
    [without] more than { $limit } events before the stage
   *[other] no more than { $limit } events before the stage
}
reason-score-given = { $having ->
    [without] gave no score
   *[other] gave a score
}
reason-score-low = { $having ->
    [without] gave no low score
   *[other] gave a low score
}
reason-channel = { $having ->
    [without] did not come through “{ $name }”
   *[other] came through “{ $name }”
}
reason-segment = { $having ->
    [without] not “{ $name }”
   *[other] “{ $name }”
}
reason-property-known = { $having ->
    [without] “{ $name }” is not known
   *[other] “{ $name }” is known
}
reason-property-is = { $having ->
    [without] { $name } is not “{ $value }”
   *[other] { $name } is “{ $value }”
}
reason-property-over = { $having ->
    [without] { $name } is { $limit } at most
   *[other] { $name } is over { $limit }
}
reason-property-upto = { $having ->
    [without] { $name } is over { $limit }
   *[other] { $name } is { $limit } at most
}
measure-source = Based on { $n } { $unit }. Data version { $version }.
measure-from = from { $day }
measure-to = to { $day }
measure-drawn = { $shown } of the { $all } rows of the answer are in the picture; all of them are in the table.
measure-channels = Channels
    .question = Which channels lead to deals, by each of the usual rules?
measure-param-half-life = Half-life
measure-column-channel = Channel
measure-column-touched = Passes with it
measure-column-first = First touch
measure-column-last = Last touch
measure-column-linear = Equal parts
measure-column-decay = The later, the more
measure-column-position = First and last
measure-column-markov = Without it (Markov)
measure-column-shapley = Shapley
measure-note-channels = Deals with known channels: { $n }. These are the shares of deals that a rule puts down to a channel, not what the channel brought: only a holdout group shows that.
measure-note-no-channel = Deals without a single channel, left out: { $n }.
measure-column-first_low = First touch, from
measure-column-first_high = First touch, to
measure-column-last_low = Last touch, from
measure-column-last_high = Last touch, to
measure-column-linear_low = Equal parts, from
measure-column-linear_high = Equal parts, to
measure-column-decay_low = The later, the more, from
measure-column-decay_high = The later, the more, to
measure-column-position_low = First and last, from
measure-column-position_high = First and last, to
measure-column-markov_low = Without it (Markov), from
measure-column-markov_high = Without it (Markov), to
measure-column-shapley_low = Shapley, from
measure-column-shapley_high = Shapley, to
measure-touchpoints = What a touchpoint adds
    .question = What share goes on with a touchpoint, and without it?
measure-param-stage = Stage
measure-column-met = Met it
measure-column-with_all = Met it, passes
measure-column-with_share = Went on with it
measure-column-with_low = Went on with it, from
measure-column-with_high = Went on with it, to
measure-column-with_on = Went on of those who met it
measure-column-without_share = Went on without it
measure-column-without_low = Went on without it, from
measure-column-without_high = Went on without it, to
measure-column-without_on = Went on of those who did not
measure-column-without_all = Did not meet it, passes
measure-note-touchpoints = Touchpoints compared: { $n }. This is association, not a proven benefit: only an experiment shows that.
