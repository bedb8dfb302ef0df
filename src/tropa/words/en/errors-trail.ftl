TR-T001 = The log has no column “{ $name }”; it has: { $known }.
    .fix = { $near ->
        [none] Correct the name in the rule, or import a log that has this column.
       *[other] Did you mean “{ $near }”?
    }
TR-T002 = The map has too many stages ({ $stages }) or touchpoints ({ $touchpoints }) to be measured.
    .fix = Split the map: at most 62 stages and 65,534 touchpoints in each.
TR-T003 = The log has no events, so there is nothing to draft from.
    .fix = Import events first: tropa import FOLDER FILE.
