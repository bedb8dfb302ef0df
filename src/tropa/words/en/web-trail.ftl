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
web-break-interval =
    .title = With 95% probability what could be regained lies between these
web-break-ceiling = The ceiling is { $price }: the value of all who left here
web-break-sensitivity = Waiting half as long: { $half }, twice as long: { $double }
web-break-improve = Make an improvement
    .done = The improvement is in the plan
    .open = Open the plan
web-break-on-map = Show on the map
web-break-scale = What could be regained: the dot is the estimate, the bar its 95% interval
web-passes = { $n ->
    [one] { $shown } pass
   *[other] { $shown } passes
}

# Over whom and when
web-filter = Over whom and when
web-filter-who = Who
web-filter-everybody = all customers
web-filter-period = Time
web-filter-all-time = all the time
web-filter-last = { $n } days
web-filter-from = From
web-filter-to = To
web-filter-apply = Show
web-filter-channel = Channel
web-filter-any-channel = any
web-filter-clear = Clear the filters
web-break-deals = { $n ->
    [one] { $n } deal
   *[other] { $n } deals
}
web-break-between = { $low } to { $high }
web-break-up-to = up to { $high }, perhaps nothing
web-break-changed = { $month }: { $kind ->
    [loop] { $now } come back
   *[exit] { $now } go on
}, it was { $was } — more than chance
web-break-why = What sets those who left apart from those who went on
    .asking = Comparing those who left with the others…
    .none = Too few have left here to look for differences.
web-break-words = In customers’ words
web-reason-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
} oftener
web-reason-only = only those who left
web-reason-shares = { $left } of those who left and { $on } of those who went on; { $low }–{ $high } points apart
web-break-how = How it is counted
    .price = The price of a place is the money that comes back in 30 days if the share that leaves falls to your target or, without one, to that of the best comparable group or month. What those who stay are worth is taken from what customers like them went on to do.
    .interval = The range shows how exact that is: the price was counted hundreds of times over random parts of the customers, and 95% of the time it lay in here.
    .ceiling = The ceiling is the value of all who left here. Nobody has ever regained them all.
    .sum = Prices are never added up: the same people leave in several places, so “all at once” is counted by itself.
