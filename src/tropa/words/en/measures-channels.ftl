measure-param-goal = Stage to be reached (the deal, if none)
measure-channels-param-order = Touches the chain remembers
measure-param-costs = Costs, for example ads=120000, seo=30000
measure-param-rule = Rule
measure-param-intervals = With intervals
measure-param-move-from = Move money from the channel
measure-param-move-to = To the channel
measure-param-move = How much
measure-param-elasticity = Money grows as cost to the power
measure-choice-markov = without it (Markov)
measure-choice-shapley = Shapley
measure-choice-first = first touch
measure-choice-last = last touch
measure-choice-linear = equal parts
measure-choice-decay = the later, the more
measure-choice-position = first and last
measure-note-channels-goal = Passes with known channels that reached the stage “{ $stage }”: { $n }. These are the shares that a rule puts down to a channel, not what the channel brought: only a holdout group shows that.
measure-note-channels-few = { $n ->
    [one] { $n } channel is told by name, the others together.
   *[other] { $n } channels are told by name, the others together.
}
measure-channel-return = What channels give back
    .question = What does each channel cost, what does it give back, and what would moving money between two of them do?
measure-column-cost = Cost
measure-column-credited = Deals put down to it
measure-column-credited_low = Deals put down to it, from
measure-column-credited_high = Deals put down to it, to
measure-column-earned = Money put down to it
measure-column-earned_low = Money put down to it, from
measure-column-earned_high = Money put down to it, to
measure-column-deal_cost = Cost of a deal
measure-column-deal_cost_low = Cost of a deal, from
measure-column-deal_cost_high = Cost of a deal, to
measure-column-return = Back for each unit spent
measure-column-return_low = Back for each unit spent, from
measure-column-return_high = Back for each unit spent, to
measure-column-cost_after = Cost after moving
measure-column-change = Change of money
measure-column-change_low = Change of money, from
measure-column-change_high = Change of money, to
cannot-tell-no-costs = No costs are given. Write what each channel cost in the time of the log: ads=120000, seo=30000.
measure-note-return = Deals with known channels: { $n }, shared out by the rule “{ $rule ->
    [markov] without it (Markov)
    [shapley] Shapley
    [first] first touch
    [last] last touch
    [linear] equal parts
    [decay] the later, the more
   *[position] first and last
}”. This is what the rule puts down to a channel. No uplift by a holdout group is known for these channels, so what they really brought is not.
measure-note-return-revenue = Money is revenue: the map has no margin. A return above 1 may still be a loss.
measure-note-return-margin = Money is margin, as the map says.
measure-note-return-no-money = No money is known: neither the log has it, nor does the map say what a deal is worth.
measure-note-return-chosen = The deals are those of the chosen customers alone; the costs are for everybody, so the return is too low.
measure-note-costs-outside = Costs of days outside the time asked about are left out: { $n }.
measure-note-moved = If { $amount } were moved from “{ $from }” to “{ $to }”, money would change by { $change } [{ $low }; { $high }] in the same time. { $verdict ->
    [more] That is more than chance would explain, if the assumptions hold.
    [less] That would be a loss, if the assumptions hold.
   *[open] The data do not tell whether that is a gain or a loss.
}
measure-note-moved-assumed = Assumed, not measured: the money of a channel grows as its cost to the power { $elasticity } (1: in proportion; less: each further unit brings less); what the rule puts down to a channel is taken to be caused by it; the other channels stay as they are. The interval knows chance alone, not how wrong these may be.
measure-column-people = People who met it
measure-column-person_cost = Cost per person
measure-column-extra_cost = Cost of an extra deal
measure-column-extra_cost_low = Cost of an extra deal, from
measure-column-extra_cost_high = Cost of an extra deal, to
measure-column-deal_difference = Deals: with it − without
measure-column-deal_difference_low = Deals: with it − without, from
measure-column-deal_difference_high = Deals: with it − without, to
measure-note-touchpoint-costs = Cost of an extra deal: the cost over the people who met the touchpoint times how much more often those with it reached a deal. It is told only where that difference is surely above nothing, and takes it to be caused by the touchpoint.
measure-note-costs-untold = Costs of touchpoints that are not compared (too few passes with it or without it, or everybody meets it): { $n }.
