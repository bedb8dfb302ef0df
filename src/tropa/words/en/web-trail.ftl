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
web-break-interval = { $low } to { $high }
    .title = With 95% probability what could be regained lies between these
web-break-ceiling = The ceiling is { $price }: the value of all who left here
web-break-sensitivity = Waiting half as long: { $half }, twice as long: { $double }
web-break-improve = Make an improvement
    .done = The improvement is in the plan
    .open = Open the plan
web-break-on-map = Show on the map
web-break-how = How it is counted
web-break-scale = What could be regained: the dot is the estimate, the bar its 95% interval
web-passes = { $n ->
    [one] { $shown } pass
   *[other] { $shown } passes
}
