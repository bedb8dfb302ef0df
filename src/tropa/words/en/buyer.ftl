# The buyer journey: its rows, and what the app says of it (R-09)
buyer-title = Buyer journey: { $title }
buyer-lane-goal = What is being decided
buyer-lane-asks = Wants to know
buyer-lane-touchpoints = Seeks answers at
buyer-lane-does = Does to decide
buyer-lane-expects = Chooses by
buyer-lane-doubts = Doubts
buyer-lane-barriers = Holds back
buyer-lane-brand = How we help to decide
buyer-lane-metrics = How the decision goes
buyer-none = Which purchase is being decided?
buyer-none-text = The buyer journey ends with the deal, and the map does not say yet at which stage it happens.
buyer-none-stage = Open the table and choose the heading of the stage where people pay.
buyer-none-deal = In the panel on the right, name the event of the deal, such as order_paid.
buyer-to-table = To the table
