TR-L001 = The stage “{ $stage }” has no metric.
    .fix = Add metrics: what shows that the stage goes well, with a target.
    .about = A stage has no metric: one cannot see whether it goes well.
TR-L002 = Nobody owns the pain “{ $pain }”.
    .fix = Name an owner at the pain, the touchpoint or the stage.
    .about = A pain has no owner: neither its own, nor the touchpoint’s, nor the stage’s.
TR-L003 = The emotion at “{ $place }” ({ $score }) rests on nothing.
    .fix = Give a customer’s words, an interview, a visit or a reading, or ask the customers.
    .about = An emotion is only what the team assumes: no words of customers, no reading.
TR-L004 = Evidence is out of date: “{ $place }”, row “{ $lane ->
        [goal] Customer’s goal
        [does] Does
        [thinks] Thinks
        [asks] Asks
        [doubts] Doubts
        [feels] Feels
        [expects] Expects
        [pains] Pains
        [barriers] Barriers
        [strengths] Strengths to keep
        [opportunities] Opportunities
        [brand] Brand: goal and actions
        [front_stage] Front stage
        [back_stage] Back stage
        [metrics] Metrics
        [touchpoints] Touchpoints
        [improvements] Improvements
        [figures] Figures entered by hand
       *[other] { $lane }
    }”.
    .fix = Check whether it still holds, and renew the date or the data.
    .about = Evidence is older than its shelf life (90 days unless the map says otherwise).
TR-L005 = { $kind ->
        [unreachable] The stage “{ $stage }” cannot be reached from the first one.
       *[other] The stage “{ $stage }” leads nowhere, though it is not the last.
    }
    .fix = Check after at this stage and at those that follow.
    .about = A branch hangs in the air: it cannot be reached, or nothing leads on from it.
TR-L006 = The data have none of the events of this binding: { $event }.
    .fix = { $near ->
        [none] See the list of events: tropa events.
       *[other] Did you mean “{ $near }”?
    }
    .about = A touchpoint, stage, deal, score or segment is bound to an event that the data do not have.
TR-L007 = The event “{ $event }” is already taken by “{ $first }” under the same conditions.
    .fix = Take the event out of one of them, or add a condition (channel, property).
    .about = Two places ask for the same event under the same conditions: the second gets nothing.
TR-L008 = { $kind ->
        [unbound] The stage “{ $stage }” is bound to no event, so it is not observed.
       *[other] The stage “{ $stage }” is bound, but the data have no such events.
    }
    .fix = Bind events (when), or leave it: the stage will be hatched on the map.
    .about = A stage is not observed: it has no passes, no share, no loss.
TR-L009 = The metric “{ $metric }” misses its target: { $value }; the target is { $target }.
    .fix = Start an improvement or think the target over.
    .about = A metric, with its whole interval, lies on the other side of its target.
TR-L010 = The improvement “{ $improvement }” has no owner.
    .fix = Name an owner.
    .about = Nobody owns an improvement.
TR-L011 = The improvement “{ $improvement }” has no due date.
    .fix = Give due: year-month-day.
    .about = An improvement is planned or under way without a due date.
TR-L012 = The improvement “{ $improvement }” was due on { $due }, { $days ->
        [one] { $days } day
       *[other] { $days } days
    } ago.
    .fix = Close it, move the date, or drop it (status: dropped).
    .about = An improvement is past its due date and not done.
TR-L013 = People leave because of “{ $pain }”, and no improvement is for it.
    .fix = Start an improvement with pain: and the name of this pain.
    .about = A pain of the gravest kind (severity 3) has no improvement.
TR-L014 = The loop “{ $source } → { $target }” does not lead back.
    .fix = A loop returns to an earlier stage; describe ways forward in after.
    .about = A loop does not return to an earlier stage.
TR-L015 = No stage has the deal.
    .fix = Add deal with its event to the stage where the deal is made.
    .about = It is not known which event is the deal: losses and repeat purchases cannot be counted.
TR-L016 = The persona “{ $persona }” is bound to no segment.
    .fix = Give segment: the rule by which it is known among customers.
    .about = A persona cannot be told among real customers: it has no segment rule.
TR-L017 = The stage “{ $stage }” is empty.
    .fix = Fill it in or take it out.
    .about = A stage has nothing but a title.
TR-L018 = The team gives “{ $place }” { $asserted }, the customers { $mean } (answers: { $n }).
    .fix = Believe the customers: correct the score and look for the reason.
    .about = The team’s opinion of an emotion is more than half a point off what was measured.
TR-L019 = The text “{ $text }” is not in all languages of the map; missing: { $missing }.
    .fix = Add the translation.
    .about = The map speaks several languages, this text not all of them.
TR-L020 = The customer’s words “{ $quote }” have no source.
    .fix = Give source: where the words are from.
    .about = It is not known where a customer’s words come from.
TR-L021 = The map “{ $title }” is the journey to be, and differs in nothing from the journey as is.
    .fix = Describe what will change.
    .about = A to-be map repeats the as-is map.
TR-L022 = The improvement is for a pain “{ $pain }” that does not exist.
    .fix = { $near ->
        [none] Give the id of a pain of the map.
       *[other] Did you mean “{ $near }”?
    }
    .about = An improvement names a pain that the map does not have.
TR-L023 = There is no figure “{ $reading }”.
    .fix = { $near ->
        [none] Known: entrants, conversion, to_deal, time_to_next, satisfaction, exits, repeat_rate, loss.
       *[other] Did you mean “{ $near }”?
    }
    .about = A metric, a piece of evidence or a figure entered by hand names a reading that does not exist.
TR-L024 = The map has no lane “{ $lane }”.
    .fix = { $near ->
        [none] Describe it in lanes.
       *[other] Did you mean “{ $near }”?
    }
    .about = A cell or a view names a lane that is described nowhere.
TR-L025 = Stages and bindings were proposed by the program and nobody has confirmed them.
    .fix = Look through them, correct them and remove proposal: true.
    .about = The map was proposed from the data; confirm it.
TR-L026 = The scores of the criterion “{ $criterion }” rest on nothing.
    .fix = Give the scores evidence: customers’ words, a mystery shopper’s visit, a link, a reading.
    .about = No score of a criterion in the comparison with competitors rests on anything.
TR-L027 = The comparison with competitors does not say who of them is us.
    .fix = Put us: true at yourselves among the rivals.
    .about = In the comparison with competitors nobody is marked as us.
TR-L028 = { $kind ->
        [us] “{ $name }” is the second one said to be us: the first counts.
       *[score] “{ $name }” has two scores on the criterion “{ $criterion }”: the first counts.
    }
    .fix = Keep one.
    .about = The comparison with competitors says something twice: two scores of one rival on one criterion, or two who are us.
