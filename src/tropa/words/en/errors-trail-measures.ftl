TR-T301 = There is no measure “{ $name }”.
    .fix = { $near ->
        [none] There are: { $known }.
       *[other] Perhaps “{ $near }” was meant. There are: { $known }.
    }
TR-T302 = The measure “{ $measure }” has no parameter “{ $name }”.
    .fix = { $known ->
        [none] It has no parameters.
       *[other] { $near ->
            [none] It has: { $known }.
           *[other] Perhaps “{ $near }” was meant. It has: { $known }.
        }
    }
TR-T303 = The parameter “{ $name }” does not take { $value ->
        [none] nothing: it must be given
       *[other] “{ $value }”
    }.
    .fix = It takes, for example: { $known }.
TR-T304 = A funnel has two to { $most } steps, not { $n }.
    .fix = List stages, touchpoints or events with commas between them: stage:choice, point:cart, event:order_paid.
TR-T305 = Neither the map nor the log has “{ $name }”.
    .fix = { $near ->
        [none] There are: { $known }.
       *[other] Perhaps “{ $near }” was meant.
    }
TR-T306 = “{ $name }” does not name a place where customers leave.
    .fix = Write the stage and the kind with a slash between them: { $known }.
TR-T307 = “{ $measure }” is not asked of sessions, so a filter cannot choose sessions for it.
    .fix = Let the filter choose customers, or ask by sessions (unit=sessions): { $known }.
