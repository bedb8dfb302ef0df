TR-M020 = The rule cannot be read at character { $at }{ $found ->
        [none] , where it ends
       *[other] , at “{ $found }”
    }: { $text }
    .fix = { $near ->
        [none] Expected there: { $wanted }. Example: count("order_paid") >= 2 and recency < 30d and city in ("Moscow", "Kazan")
       *[other] Did you mean “{ $near }”? Expected there: { $wanted }.
    }
TR-M021 = The rule is too long or too deep: at most { $most } characters, and { $deepest } brackets within one another.
    .fix = Split it into several segments, or name a property of the customers instead.
