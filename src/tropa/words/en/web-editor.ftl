# The editor of a map and the panel at its right
editor-table = Map “{ $map }”: stages across, rows down
editor-corner = Rows
editor-stages = Stages
editor-rows = Rows
editor-opening = Opening the map…
editor-quoted = “{ $text }”
editor-typing = { $row }, { $column }: { $line ->
        [none] new line
       *[other] { $line }
    }
editor-not-here = This is said of the stage as a whole
editor-n = n = { $n }
editor-talks = { $n ->
        [one] { $n } open discussion
       *[other] { $n } open discussions
    }
editor-copied = { $n ->
        [one] { $n } cell copied
       *[other] { $n } cells copied
    }
editor-pasted = { $n ->
        [one] { $n } cell pasted
       *[other] { $n } cells pasted
    }
editor-pasted-lost = { $n ->
        [one] { $n } line found no place: the map ends at the right or below
       *[other] { $n } lines found no place: the map ends at the right or below
    }
editor-removed = Removed: { $name }
editor-undo = Undo
editor-redo = Redo

# how the work is kept
editor-state-offline = offline, changes are kept here
editor-state-connecting = connecting…
editor-state-saving = saving…
editor-state-saved = saved
editor-state-refused = change refused
editor-refused = The server did not take the last changes.
editor-discard = Give them up

# new things
editor-new-stage = New stage
editor-new-point = New touchpoint
editor-new-part = New part
editor-new-row = New row
editor-new-view = New view
editor-new-persona = A name, in two words
editor-new-tag = New tag
editor-new-line-text = New line
editor-new-line = Write…
editor-new-touchpoints = Where do they meet? For example, “Chat”
editor-new-metrics = What do we watch?
editor-add = Add
editor-add-stage = Add a stage
editor-add-stage-after = Add a stage after “{ $stage }”
editor-add-point = Touchpoint
editor-add-part = Part of the stage
editor-add-row = Add a row
editor-add-line = Add
editor-row-kind = { $kind ->
        [list] List
        [text] Text
        [number] Number
        [curve] Curve, −2 to +2
        [image] Picture
       *[file] File
    }
editor-rename = Rename
editor-move-up = Move up
editor-move-down = Move down
editor-move-left = Move left
editor-move-right = Move right
editor-copy-stage = Make a copy
editor-open-stage = { $n ->
        [0] Open: touchpoints
       *[other] Open: touchpoints ({ $n })
    }
editor-close-stage = Close ({ $n })
editor-whole-stage = the whole stage
editor-stage-menu = What to do with the stage “{ $stage }”
editor-row-menu = What to do with the row “{ $row }”
editor-stage-name = Name of the stage
editor-point-name = Name of the touchpoint
editor-row-name = Name of the row
editor-hide-row = Hide in this view
editor-remove-row = Remove the row
editor-remove-stage = Remove the stage
editor-remove-stage-ask = Remove the stage “{ $stage }”?
    .text = Everything said in it goes with it. You can undo this right away, and later from the map’s history.
editor-remove-point = Remove the touchpoint
editor-remove-line = Remove the line
editor-opens-map = Opens another map
editor-passes = { $n ->
        [one] { $n } pass
       *[other] { $n } passes
    }

# the trail
editor-came = { $n ->
        [one] { $n } pass came here
       *[other] { $n } passes came here
    }
editor-goes-on = Go on: { $rate }
editor-after = Usually after { $time }
editor-rate = { $share } ({ $part } of { $whole }; with 95% confidence { $low } to { $high }{ $left ->
        [0] {""}
       *[other] ; { $left } more not seen long enough
    })
editor-left-exit = { $n } left
editor-left-loop = { $n } did not return
editor-left-done = { $n } finished here
editor-lost-deals = { $n ->
        [one] −{ $n } deal
       *[other] −{ $n } deals
    }
editor-loop-rate = { $share } buy again{ $interval ->
        [none] {""}
       *[other] , usually after { $interval }
    }
editor-loop-passes = { $name }: { $n ->
        [one] { $n } pass
       *[other] { $n } passes
    }
editor-scale = scale ×{ $times } from here
editor-not-observed = not seen in the data
editor-no-log = The trail will lie here: how many go on and where they leave. It needs an event log, or figures typed by hand.
editor-no-passes = The data have not one pass along these stages
editor-no-figures = No figures yet

# emotion and feelings
editor-asserted = The team thinks: { $score }
editor-measured = Customers: { $mean } ({ $low } to { $high }), answers: { $n }
editor-no-opinion = The team has no opinion
editor-no-score = not set
editor-no-scores = no scores
editor-emotion-empty = Drag a point in any column: up is good for the customer, down is bad
editor-drag-point = Drag it; by keyboard Enter, then arrows
editor-score = Mood
editor-score-of = Mood at the stage “{ $stage }”
editor-mood = mood
editor-feeling = Feeling

# what it rests on
editor-rests-assumed = Assumed: rests on nothing yet
editor-rests-observed = Observed
editor-rests-measured = Measured from the data
editor-rests-contradicted = Contradicted by the data
editor-rests-entered = Entered by hand
editor-rests-stale = Stale: the data are past their shelf life

# metrics
editor-at-least = target: at least { $value }
editor-at-most = target: at most { $value }
editor-droppable = can be dropped

# the bar above the table
editor-bar = Filters and view
editor-persona = Persona
editor-everybody = all customers
editor-period = Over what time
    .hint = For example, October 2026
editor-all-time = all time
editor-last-days = { $n ->
        [one] Last { $n } day
       *[other] Last { $n } days
    }
editor-from = From
editor-to = To
editor-apply = Show
editor-window = Window
editor-by-data = from the data
editor-compare = Compare
editor-nobody = with nobody
editor-view = View
editor-whole-map = whole map
editor-make-view = New view
editor-view-name = Name of the view
editor-view-made = A new view was made: rows hidden in it stay in the map
editor-remove-view = Remove the view
editor-search = Find in the map
editor-data-until = data up to { $day }
editor-entered-note = figures entered by hand

# the panel
editor-panel = Panel about what is chosen
editor-close-panel = Close the panel
editor-side-details = Details
editor-side-why = Why
editor-side-words = Customers’ words
editor-side-talk = Discussion
editor-side-history = History
editor-a-month = a month
editor-ceiling = The ceiling is { $value }: what all who left here are worth
editor-gone-exit = Leave here: { $rate }
editor-gone-loop = Do not return: { $rate }
editor-still-open = { $n } still under way
editor-break-exit = They leave here
editor-break-loop = They do not return
editor-against = { $kind ->
        [target] Held to be attainable: your target, { $rate }
        [segment] Held to be attainable: the share of the best group, { $rate } ({ $name })
        [period] Held to be attainable: the share of the best period, { $rate } ({ $name })
       *[none] Nothing to compare with yet
    }
editor-shares = Share among those who left : share among those who went on
editor-never-added = Losses of different places are not added up: the same people leave in different places.
editor-go-breaks = All places where they leave
editor-choose-line = Choose the line to tell about:
editor-empty-cell = Nothing here yet. Press Enter and write: “{ $row }”. Each thought in a line of its own.
editor-empty-emotion = The mood is set on a scale from −2 to +2, and feelings are named: anxiety, joy, confusion.
editor-of-point = Said of the touchpoint “{ $point }”
editor-none = none
editor-done = Done
editor-show = Show

# a stage
editor-comes-after = After which stages
editor-after-previous = after the previous one
editor-after-these = after those chosen
editor-window-stage = Window
editor-silence = Silence limit
editor-opens = Opens the map
editor-go-map = Go to that map
editor-parts = Parts of the stage
editor-part-name = Name of the part
editor-dissolve-part = Dissolve

# a touchpoint
editor-own-channel = Or a channel of your own
editor-point-figures = Events: { $events }, passes: { $passes }
editor-to-deal = Reach the deal: { $rate }
editor-point-unbound = No event is bound to this touchpoint, so it has no figures.

# a statement
editor-severity = Severity
editor-kind = Kind
editor-owner-name = Name
editor-reading = What is measured
editor-by-hand = entered by hand
editor-least = At least
editor-most = At most
editor-status = Status
editor-due = Due
editor-impact = Gain a month
editor-confidence = Confidence, %
editor-effort = Effort
editor-effect = What came of it
editor-go-plan = The whole plan
editor-until = by { $day }
editor-impact-month = { $money } a month
editor-improvement = Improvement: { $text }
editor-improvement-made = The improvement is in the plan
editor-improve-pain = Make an improvement
editor-improve-break = Make an improvement from the break
editor-evidence = What it rests on
editor-no-evidence = On nothing yet. Add a customer’s words, a link or a reading, and the mark grows fuller.
editor-remove-evidence = Remove this evidence
editor-reading-says = { $place } — { $name }: { $value }
editor-no-readings = no readings yet
editor-source = Where from
editor-date = When
editor-times = How often heard
editor-upload = Upload
editor-number = Number
editor-unit = Unit
editor-image-address = Address of a picture
editor-file-address = Address of a file

# figures
editor-figure = Which figure
editor-value = Value
editor-cases = Number of cases
editor-days = days
editor-not-a-number = This is not a number
editor-figures-empty = No log? Enter figures yourself: the map is drawn from them and marks them □.
editor-add-figure = Enter a figure
editor-remove-figure = Remove the figure
editor-times-words = usually { $median } (half of them { $low } to { $high })

# customers' words
editor-no-words = No customers’ words here yet
    .text = Choose a line and add a quotation to “What it rests on”: from support, reviews, interviews.

# discussion
editor-comment = Comment
editor-comment-hint = What do you think? @ calls a colleague
editor-answer = Answer
editor-resolve = Resolve
editor-reopen = Open again
editor-show-resolved = Show resolved ({ $n })
editor-hide-resolved = Hide resolved ({ $n })
editor-remove-comment = Delete your comment
editor-comment-removed = The comment was deleted
editor-comment-gone = This comment is not here any more: it, or the place it was about, was removed
editor-edited = edited
editor-mention = Whom to call
editor-no-talk = Nobody has argued here yet
    .text = If you doubt a cell, ask your colleagues right here.

# history of a cell
editor-no-history = This cell has not been changed yet
    .text = Who changed what in it will be seen here.
editor-older = Earlier
editor-go-history = History of the whole map
editor-went = Removed:
editor-came-words = Written:

# the map as a whole
editor-map-title = Name of the map
editor-map-kind = What the map shows
editor-scenario = Scenario: what the customer does
editor-tags = Tags
editor-personas = Personas
editor-no-personas = Whose journey is it? Describe the customer: a name, wishes, fears.
editor-add-persona = Add a persona
editor-remove-persona = Remove the persona
editor-persona-name = A name and two or three words
editor-persona-quote = In their words
editor-persona-share = Share of customers: { $share }
editor-persona-needs = What they need
editor-persona-goals = What they want to achieve
editor-persona-pains = What they fear
editor-persona-expects = What they expect of us
editor-demographics = Who they are
editor-about = About them
editor-picture = Portrait
editor-share = Share of customers
editor-segment = Which customers they stand for
editor-no-segment = not bound to a group
editor-main-persona = The map is about them
editor-loops = Ways back
editor-add-loop = Add a way back
editor-remove-loop = Remove
editor-loop-from = From
editor-loop-to = To
editor-loop-words = In words

# the scheme
editor-scheme-node = Space or Enter chooses the stage, arrows move it
editor-scheme-controls = Zoom of the scheme
editor-scheme-way = Way between stages
editor-scheme-reset = Arrange anew
editor-zoom-in = Larger
editor-zoom-out = Smaller
editor-zoom-fit = Show all

# the infographic and the presentation
editor-infographic = Infographic: arrows move it, plus and minus zoom
editor-drawing = Drawing…
editor-picture-download = Download the picture
editor-picture-format = { $format ->
        [pdf] PDF for print
        [png] PNG, an image
        [svg] SVG, curves
        [pptx] PowerPoint
       *[html] HTML with tables
    }
editor-with-personas = Trails of personas
editor-present = Present
editor-slide-back = Back
editor-slide-next = Next
editor-fullscreen = Full screen
editor-leave-present = End the presentation

# what to write in an empty cell
editor-hint-goal = What does the customer want at this stage?
editor-hint-does = What do they do? For example: “Compares prices on three sites”
editor-hint-thinks = What they think, in their words
editor-hint-asks = What they ask
editor-hint-doubts = What they doubt
editor-hint-feels = What they feel: anxiety, joy, confusion…
editor-hint-expects = What they expect of us
editor-hint-touchpoints = Where they meet us: site, chat, courier…
editor-hint-pains = What hurts or annoys here
editor-hint-barriers = What is in the way: payment, queue, out of stock…
editor-hint-strengths = What is good already and must stay
editor-hint-opportunities = Where expectations could be exceeded
editor-hint-brand = What we do here
editor-hint-front_stage = What of our work the customer sees: a greeting, the packing, the handover
editor-hint-back_stage = What is done behind the scenes: stock, payment checks, a call to the courier
editor-hint-metrics = Which figure we watch
editor-hint-improvements = What we will do, who, and by when
editor-hint-owner = Who is responsible

# the comparison with competitors
editor-rivals = Comparison with competitors
editor-rivals-about = What the customer chooses by, how much it matters to them, and who is stronger in what. Scores from 0 to 10.
editor-rivals-open = Open the comparison
editor-rivals-there = { $criteria ->
        [one] { $criteria } criterion
       *[other] { $criteria } criteria
    }, { $rivals ->
        [one] { $rivals } compared, us included
       *[other] { $rivals } compared, us included
    }
editor-rivals-none = No comparison yet
editor-rivals-begin = Start the comparison
editor-rivals-we = We
editor-rivals-new-rival = Competitor
editor-rivals-new-criterion = Criterion
editor-rivals-usual = { $criterion ->
        [price] Cheaper
        [reliable] More reliable
        [fast] Faster
       *[safe] Safer
    }
editor-rivals-add-criterion = Add a criterion
editor-rivals-add-rival = Add a competitor
editor-rivals-remove = Remove: { $name }
editor-rivals-remove-all = Delete the comparison
editor-rivals-criterion = Criterion
editor-rivals-weight = Weight
editor-rivals-weight-of = Weight of “{ $name }”
editor-rivals-rival = Compared with
editor-rivals-us = this is us
editor-rivals-score-of = { $criterion }, { $rival }: score from 0 to 10
editor-rivals-evidence = { $n ->
        [0] Rests on nothing: add evidence
        [one] { $n } piece of evidence
       *[other] { $n } pieces of evidence
    }
editor-rivals-evidence-of = { $criterion }, { $rival }: what the score rests on ({ $n })
editor-rivals-total = With the weights
editor-rivals-part = by { $n } of { $whole }
editor-rivals-ahead = We and the best of them
editor-rivals-lead = { $side ->
        [ahead] ahead by { $by }
        [behind] behind by { $by }
       *[even] level
    }
editor-rivals-keys = Scores by criterion: arrow keys move between cells, Enter moves down
editor-rivals-wrong-score = A score is a number from 0 to 10.
editor-rivals-wrong-weight = A weight is a number above zero.
editor-rivals-unscored = The score is gone, and its evidence with it
editor-rivals-positioning = How we differ
editor-rivals-positioning-hint = In a sentence: what we are chosen for.
editor-rivals-stage = The stage where they compare
editor-rivals-before-deal = before the deal

# the tour
editor-tour-offer = New here?
editor-tour-take = One-minute tour
editor-tour-decline = Not now
editor-tour-again = Tour of the editor
editor-tour-step = { $n } of { $whole }
editor-tour-skip = Leave the tour
editor-tour-back = Previous step
editor-tour-next = Next step
editor-tour-done = Got it
editor-tour-cells = Write right in the cells
    .text = Columns are stages, rows are what is said of them. Click a cell or press Enter and type; Enter begins a new line, arrows move on.
editor-tour-trail = The trail and the emotion
    .text = Above you see how many customers go on and where they leave, below it what they feel. Points of the emotion move by mouse or by arrow keys.
editor-tour-bar = Whom and when
    .text = Choose a persona and a period, and the figures follow. Search and views with the rows you need are here, too.
editor-tour-panel = The panel about what is chosen
    .text = Why customers leave here, what a statement rests on, their own words, and the discussion. F6 leads to the panel and back.
editor-tour-share = Together, and out
    .text = Invite the team, give out a link, download the map for print. Everything is saved by itself, and recent steps can be undone.
