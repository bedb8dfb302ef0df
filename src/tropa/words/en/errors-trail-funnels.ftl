TR-T341 = “{ $name }” is a step of the funnel, so it cannot end an attempt.
    .fix = Take it out of the steps, or out of what ends an attempt.
TR-T342 = Only where steps have an order can each have a time of its own.
    .fix = Give a time for the whole funnel (per=funnel), or an order of steps (order=ordered).
TR-T343 = There is no group “{ $name }”.
    .fix = { $near ->
        [none] Name a segment, a channel or a period, for example: { $known }.
       *[other] Perhaps “{ $near }” was meant.
    }
TR-T344 = There is nothing to compare the group “{ $name }” with: it is named twice.
    .fix = Name two different groups: segments, channels, or periods such as 2026-01-01..2026-01-31.
