# Readings in few words: tables on slides, in Markdown, in the terminal.
text-of = { $part } of { $whole }
text-times = { $median } ({ $low } – { $high })
text-score = { $score }, { $n ->
        [one] { $n } answer
       *[other] { $n } answers
    }
text-deals = { $n ->
        [one] { $n } deal
       *[other] { $n } deals
    }
text-up-to = up to { $high }, and possibly nothing
text-between = { $low } to { $high }
text-deals-between = { $low } to { $high ->
        [one] { $high } deal
       *[other] { $high } deals
    }
text-deals-up-to = up to { $high ->
        [one] { $high } deal
       *[other] { $high } deals
    }, and possibly nothing
text-loss-revenue = revenue
text-loss-margin = margin
text-loss-deals = deals
text-break-loop = { $stage } → do not come back
text-oftener = { $times } times more often
text-reference-target = your target: { $rate }
text-reference-segment = { $kind ->
        [loop] “{ $name }”: { $rate } do not come back
       *[exit] “{ $name }”: { $rate } leave
    }
text-reference-period = { $kind ->
        [loop] { $name }: { $rate } did not come back
       *[exit] { $name }: { $rate } left
    }
text-reference-none = nothing to compare with yet
text-entered = figures entered by hand
text-scope = { $passes ->
        [one] { $passes } pass
       *[other] { $passes } passes
    } · { $customers ->
        [one] { $customers } customer
       *[other] { $customers } customers
    } · { $events ->
        [one] { $events } event
       *[other] { $events } events
    }
text-under-way = { $share } still under way ({ $n }), not counted as gone

text-table-stages = Figures by stage
text-table-breaks = Where customers leave
text-table-loop = Do they come back for more
text-head-stage = Stage
text-head-entrants = Passes
text-head-goes-on = Go on
text-head-of = Out of
text-head-to-next = To the next
text-head-left = Left
text-head-open = Under way
text-head-score = Score (−2…+2)
text-head-rank = #
text-rank-between = { $rank } ({ $first }–{ $last })
text-head-where = Where
text-head-price-revenue = Recoverable per month, revenue
text-head-price-margin = Recoverable per month, margin
text-head-price-deals = Recoverable per month, deals
text-head-between = 95% likely
text-head-leave = Leave
text-head-reference = Compared with
text-head-ceiling = Ceiling: if all were kept
text-head-reading = Reading
text-head-value = Value
text-deal-stage = { $stage } (deal)
text-not-observed = not seen in the log
text-repeat-parts = Deals followed by another, of those seen to the end
text-repeat-curve = With those whose time is not up yet
text-buyers = Buyers
text-buyers-again = Of them, bought more than once

# Markdown
markdown-loops = Loops
markdown-stages = Stages
markdown-personas = Personas
markdown-main = { "" } (this map's own)
markdown-legend = How to read it
markdown-severity = ■■■ severity of a pain
markdown-star = ★ moment of truth
markdown-task = The brand's key task: { $task }
markdown-deal = The deal is here
markdown-opens = More in a map of its own: { $file }
markdown-persona-about = About
markdown-persona-demographics = Who they are
markdown-persona-share = Share of customers
markdown-persona-needs = Needs
markdown-persona-goals = Goals
markdown-persona-pains = Pains and fears
markdown-persona-expects = Expects
markdown-head-what = What we will do
markdown-head-stage = Stage
markdown-head-owner = Who
markdown-head-due = Due
markdown-head-status = Status
markdown-head-impact = Hoped for a month
markdown-head-effect = What came of it

# Mermaid: what this format has no place for
mermaid-customer = Customer
mermaid-loss-unscored = { $n ->
        [one] { $n } touchpoint has no score: { $score } was written, since the format knows no gap.
       *[other] { $n } touchpoints have no score: { $score } was written, since the format knows no gap.
    }
mermaid-loss-statements = Lines about customer and brand (goals, actions, thoughts, questions…): { $n }.
mermaid-loss-pains = Pains: { $n }.
mermaid-loss-opportunities = Opportunities: { $n }.
mermaid-loss-feelings = Named feelings: { $n }; only the score is left.
mermaid-loss-metrics = Metrics and figures entered by hand: { $n }.
mermaid-loss-parts = Parts of stages: { $n }; their touchpoints stand in a row.
mermaid-loss-branches = Order and branches (after): { $n }; stages follow one another.
mermaid-loss-loops = Loops: { $n }.
mermaid-loss-improvements = Improvements: { $n }.
mermaid-loss-personas = Portraits of personas: { $n }; the main one's name is left.
mermaid-loss-lanes = Lanes of your own: { $n }.
mermaid-loss-bindings = Bindings of events, and the deal.
mermaid-loss-readings = Readings: passes, shares, times, losses, intervals, numbers of answers; of scores the mean is left.
mermaid-loss-languages = Texts in other languages: { $names }.
mermaid-loss-owners = Owners of whole stages: { $n }; a touchpoint keeps its own.
mermaid-loss-marks = Marks (moments of truth, touchpoints to drop): { $n }.
mermaid-loss-settings = Segments, views, targets, rules of scores, tags: { $n }.
mermaid-loss-about = The map's description and scenario.
mermaid-loss-comparison = Comparison with competitors: { $n } criteria.
