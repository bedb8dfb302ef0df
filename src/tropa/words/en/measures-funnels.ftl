measure-funnel-difference = Funnels compared
    .question = At which steps do two groups of customers, or two periods, differ by more than chance?
measure-sankey = Flows by step
    .question = Where do customers go step by step: from the beginning, around an event, or up to it?
measure-loops = Loops and repeats
    .question = Where do customers come back to, what do they repeat, in which circles do they go — and do they reach the deal after it?
measure-param-order = Order of steps
measure-param-per = What the time is given for
measure-param-without = End an attempt where this happens
measure-param-split = Set side by side
measure-param-first = First group
measure-param-second = Second group
measure-param-states = Kinds of a step at most
measure-param-kind = Which loops
measure-choice-ordered = in order, with anything between
measure-choice-strict = strictly one after another
measure-choice-any-order = in any order
measure-choice-funnel = the whole funnel
measure-choice-step = each step
measure-choice-none = nobody
measure-choice-segments = segments
measure-choice-channels = channels
measure-choice-all = all
measure-choice-repeat = repeated at once
measure-choice-return = coming back
measure-choice-ping-pong = there and back
measure-choice-cycle = a circle
measure-column-group = Who
measure-column-total = From the first step
measure-column-total_q25 = From the first step: a quarter is faster
measure-column-total_q75 = From the first step: a quarter is slower
measure-column-one_group = First group
measure-column-other_group = Second group
measure-column-one_share = Came here, first
measure-column-one_low = Came here, first, from
measure-column-one_high = Came here, first, to
measure-column-one_n = Customers who came here, first
measure-column-one_whole = Began, first
measure-column-one_before = At the step before, first
measure-column-other_share = Came here, second
measure-column-other_low = Came here, second, from
measure-column-other_high = Came here, second, to
measure-column-other_n = Customers who came here, second
measure-column-other_whole = Began, second
measure-column-other_before = At the step before, second
measure-column-one_onward = From the step before, first
measure-column-one_onward_low = From the step before, first, from
measure-column-one_onward_high = From the step before, first, to
measure-column-other_onward = From the step before, second
measure-column-other_onward_low = From the step before, second, from
measure-column-other_onward_high = From the step before, second, to
measure-column-onward_difference = Difference from the step before
measure-column-onward_difference_low = Difference from the step before, from
measure-column-onward_difference_high = Difference from the step before, to
measure-column-onward_chance = Share of false discoveries, from the step before
measure-column-kind = Kind
measure-column-deal_share = Deals with the loop
measure-column-deal_low = Deals with the loop, from
measure-column-deal_high = Deals with the loop, to
measure-column-deal_on = Passes with a deal and the loop
measure-column-deal_all = Finished passes with the loop
measure-column-plain_share = Deals without it
measure-column-plain_low = Deals without it, from
measure-column-plain_high = Deals without it, to
measure-column-plain_on = Passes with a deal, without the loop
measure-column-plain_all = Finished passes without the loop
measure-mark-everybody = All customers
measure-loop-repeat = Repeated at once
measure-loop-return = Coming back
measure-loop-ping-pong = There and back
measure-loop-cycle = Circle
measure-period-between = { $start } – { $end }
measure-period-from = from { $start }
measure-period-to = to { $end }
measure-note-funnels-tried = Differences tested: { $n }; beyond chance when adjusted for their number: { $found }. A difference does not name its cause.
measure-note-funnels-both = { $n ->
    [one] { $n } customer is in both groups, so the intervals of differences are rather too wide.
   *[other] { $n } customers are in both groups, so the intervals of differences are rather too wide.
}
measure-note-funnels-left-out = Customers whose time after the first step is not over yet are not counted: { $first } in the first group, { $second } in the second.
measure-note-loops = Of finished passes, those with the loop before the deal are compared with those that had all its stages or touchpoints without the loop; “beyond chance” is adjusted for the number of comparisons. This is association, not a cause.
measure-note-loops-few = There are more than { $n } kinds of a step: loops are looked for among the most frequent ones.
measure-note-loops-shown = At most { $n } loops of each kind are shown: the most frequent of { $all }.
picture-step = Step { $n }
picture-step-before = { $n ->
    [one] { $n } step before
   *[other] { $n } steps before
}
picture-step-after = { $n ->
    [one] { $n } step after
   *[other] { $n } steps after
}
picture-lost = { $n } did not get here
picture-onward = { $share } go on
picture-beyond = beyond chance
picture-not-beyond = within chance
picture-cannot = cannot be compared
picture-loop-often = { $n ->
    [one] { $n } pass, { $share }
   *[other] { $n } passes, { $share }
}
picture-took = usually { $time }
picture-points = { $n } pp
vega-days = in days
measure-param-times = Show times
