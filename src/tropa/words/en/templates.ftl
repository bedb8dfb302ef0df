# Templates of maps: names, descriptions, and the notes that teach the format inside the file.
template-classic = Classic journey
    .about = Six stages from awareness to loyalty. It suits almost everyone: start here.
template-loyalty-loop = Loyalty loop
    .about = Need, comparison, deal, experience, return and reminder. A bad experience sends the customer back to the start.
template-ecommerce = Online shop
    .about = From the ad to the second order: catalogue, cart, payment, delivery, returned goods.
template-b2b-saas = Cloud service for business
    .about = Several people decide together: discovery, trial, approval, payment, onboarding, renewal.
template-offline-retail = Retail shop
    .about = From the sign outside to the habit of dropping in: window, floor, fitting, till, home, loyalty card.
template-bank-clinic = Bank branch or clinic
    .about = Booking or the queue, the appointment, the outcome, aftercare. The two ways to the specialist are branches.
template-email-journey = The journey in letters
    .about = From subscribing to recommending: which letter each stage needs and what it should change.

template-note-head =
    { $title }
    { $about }

    This is a customer journey map. Change anything: words, stages, rows. The rules are simple:
    indent by two spaces, start a line of a list with a dash, start a note with a hash.
    As long as a phrase has no evidence beside it, it counts as assumed.
template-note-map-tropa = The version of the format. Leave it.
template-note-map-title = The name of the map, shown on every picture.
template-note-map-kind = as-is: how it is now; to-be: how it should become.
template-note-map-tags = Labels to find this map among others.
template-note-map-scenario = One sentence: which journey this is.
template-note-map-persona = Whom the map is about: one of the personas below.
template-note-map-bought_again = false: nobody buys such a thing twice, so no return is expected.
template-note-map-money = Money: the currency and the share of revenue that you keep (margin). Without it revenue is counted.
template-note-map-limits =
    Times for counting: d is days, h is hours. Within window a customer should go on;
    one who is silent for longer than silence has left (after the deal: has finished).
template-note-map-personas = Personas: portraits of customers. One or two sharp ones beat five vague ones.
template-note-persona-needs = What they need.
template-note-persona-pains = What they fear.
template-note-persona-goals = What they want to achieve.
template-note-persona-quote = A phrase in which you hear a real person.
template-note-persona-segment = The rule that finds this persona among your real customers.
template-note-map-scores = Which events carry a score, and its scale: nps 0–10, csat and stars 1–5, ces, ten 1–10.
template-note-map-stages = Stages from left to right. Add, drop and reorder them freely.
template-note-stage-after =
    The stages this one follows. Not written: the stage before it.
    Two stages after the same one are branches.
template-note-stage-goal = What the customer wants to achieve at this stage.
template-note-stage-deal =
    The event that is the deal: an order paid, a contract signed. One stage of the map has it.
    void: events that undo the deal, such as a cancelled order or returned goods.
template-note-stage-window = A time for going on of this stage’s own.
template-note-stage-silence = A silence limit of this stage’s own.
template-note-stage-moment_of_truth = A moment of truth: here it is decided whether the customer stays. Drawn as a star.
template-note-stage-owner = Who is responsible: a name or a role.
template-note-stage-does = What the customer does.
template-note-stage-thinks = What they think, in their own words.
template-note-stage-asks = What they ask.
template-note-stage-doubts = What they doubt.
template-note-stage-feels =
    What they feel: a score from −2 (terrible) to +2 (wonderful) and feelings in words.
    This is your team’s opinion; the measured one appears beside it once customers have answered.
template-note-stage-expects = What they expect of you.
template-note-stage-barriers =
    What stands in the way, by kind: payment, queue, stock, staff, lateness, price, trust, delivery,
    information (too little of it), or a word of your own.
template-note-stage-strengths = What is good already and must not be lost.
template-note-stage-pains =
    Pains, in the customer’s words. If something proves a pain, add the evidence to it:
    evidence: [{"{"}quote: I waited all day for the courier, source: review, date: 2026-03-02{"}"}]
template-note-pain-severity = 1: annoys, 2: gets in the way, 3: makes people leave.
template-note-stage-opportunities = Opportunities: where you can do more than people expect.
template-note-opportunity-kind = improve; wow: a pleasant surprise; word-of-mouth: a reason to tell friends.
template-note-stage-brand = Your side: what you want here and what you do for it.
template-note-brand-task = The key task: inform, position, remove-barriers, teach, keep or remind.
template-note-stage-metrics =
    What you watch. reading is a figure that Tropa counts itself: conversion (they go on), to_deal (they reach the deal),
    satisfaction, time_to_next (time to the next stage), repeat_rate (they buy again).
template-note-metric-at_least = The target: no less than this. at_most: no more.
template-note-stage-touchpoints = Touchpoints: where the customer meets you at this stage.
template-note-touchpoint-channel = The channel: website, ads, search, social, email, sms, chat, phone, shop, courier… or your own word.
template-note-touchpoint-when =
    Which events of the log are this touchpoint. Keep the names you have, remove the others.
    Without when the touchpoint cannot be seen in the data and has no figures.
template-note-touchpoint-droppable = A touchpoint you could do without.
template-note-stage-stages = The stage in smaller steps, each with touchpoints of its own.
template-note-map-loops =
    Loops are ways back: loyalty (buys again), bad-experience (starts over after a bad experience),
    rework (a step must be repeated).
template-note-map-improvements = Improvements: what you do about a pain. Add an owner and a date (due: 2026-12-31).
template-note-improvement-status = idea, planned, doing, testing, done or dropped.
template-note-improvement-effort = How much work it takes, in any unit, the same for all improvements.
template-note-map-views = Views: which rows to hide and which stages to show.

TR-C901 = There is no template “{ $name }”. There are: { $known }.
    .fix = { $near ->
        [none] Choose one of the list.
       *[other] Did you mean “{ $near }”?
    }
