# What was known on a day: for the terminal and for pictures.
measure-as-of = as known on { $day }
cli-as-of = What was known at the end of this day: only what had been imported by then.
cli-as-of-erased = Customers’ data have been erased since: { $n ->
        [one] { $n } event
       *[other] { $n } events
    } of those known then. The figures of then do not come out exactly any more.
TR-S030 = Nothing had been imported yet on { $day }: the first data came on { $first }.
    .fix = Choose { $first } or a later day.
TR-S031 = This map was not there yet on { $day }.
    .fix = Choose a later day: its history says when the map was made.
