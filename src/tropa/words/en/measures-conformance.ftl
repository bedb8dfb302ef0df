measure-conformance = The map against the trail
    .question = What do customers do that the map does not have, and what does the map have that nobody does?
measure-param-sort = The dearest or the most frequent first
measure-choice-often = the most frequent
measure-choice-money = the dearest
measure-column-deviation = How it differs
measure-column-what = What
measure-column-effect = More or less in 30 days
measure-column-effect_low = More or less in 30 days, from
measure-column-effect_high = More or less in 30 days, to
measure-mark-skipped = Stage skipped
measure-mark-back = Way back that the map does not have
measure-mark-unknown-event = Event that the map does not know
measure-mark-unseen = On the map, but not in the log
measure-note-fit-passes = { $n } of { $all } passes go wholly along the map: forward without skipping, back only by its loops.
measure-note-fit-events = { $n } of { $all } events within passes are on the map.
measure-note-fit-association = Finished passes with a deviation are held against those that had the occasion, but not the deviation. That is association: whoever skips a stage may have known it already.
measure-note-fit-names = { $n ->
    [one] { $n } more event name, the rarest, is left out.
   *[other] { $n } more event names, the rarest, are left out.
}
measure-column-mine_share = Deals with it
measure-column-mine_low = Deals with it, from
measure-column-mine_high = Deals with it, to
measure-column-mine_on = Passes with it and a deal
measure-column-mine_all = Finished passes with it
measure-column-rest_share = Deals without it
measure-column-rest_low = Deals without it, from
measure-column-rest_high = Deals without it, to
measure-column-rest_on = Passes without it and with a deal
measure-column-rest_all = Finished passes without it
