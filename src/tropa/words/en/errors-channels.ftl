TR-T381 = The costs cannot be read at “{ $value }”.
    .fix = Write names and amounts with commas between them: { $known }. A file (@costs.csv) is read by the command line and in Python, not here.
TR-T382 = Costs are given for “{ $name }”, which the log does not have.
    .fix = { $near ->
        [none] There are: { $known }.
       *[other] Perhaps “{ $near }” was meant. There are: { $known }.
    }
TR-T383 = { $why ->
    [none] Money can be moved only between two channels that have costs, not { $name ->
        [none] without a name
       *[other] with “{ $name }”
    }.
   *[much] From “{ $name }” so much cannot be moved, or it is moved to itself.
}
    .fix = { $why ->
        [none] { $near ->
            [none] With costs: { $known }.
           *[other] Perhaps “{ $near }” was meant. With costs: { $known }.
        }
       *[much] Name two different channels and an amount above 0, at most { $known }.
    }
TR-S026 = The costs in { $file } cannot be read{ $line ->
    [none] { "" }
   *[other] , line { $line }
}: { $reason }.
    .fix = A table with the columns channel (or touchpoint), amount and, if wanted, day (or start, end); dates as 2024-05-31 or 31.05.2024.
