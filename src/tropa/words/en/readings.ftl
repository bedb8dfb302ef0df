cannot-tell-not-observed = Not observed: no event is bound to this stage.
cannot-tell-no-deal = No deals: the map names no deal event, or the log does not have it yet.
cannot-tell-too-few = { $n ->
    [0] No data.
    [one] Too little data: only { $n } observation.
   *[other] Too little data: only { $n } observations.
}
cannot-tell-no-channels = There are no channels: the log says of no event where the customer came from.
cannot-tell-nothing-found = { $n ->
    [0] Nothing of the kind was found.
    [one] Nothing of the kind was found in { $n } observation.
   *[other] Nothing of the kind was found in { $n } observations.
}
cannot-tell-one-side = There is nothing to compare with: nearly all observations ({ $n }) are on one side.
cannot-tell-window-not-seen = { $n ->
    [one] The time to wait is not over yet: { $n } pass is still under way.
   *[other] The time to wait is not over yet: { $n } passes are still under way.
}
cannot-tell-no-scores = No scores: customers have not been asked here yet.
cannot-tell-no-money = The log has no amounts of money.
cannot-tell-one-stage = Only one stage of the map has events: there is nothing to compare it with.
cannot-tell-not-bought-again = These goods are not bought again: the map says so.
cannot-tell-last-stage = Nothing is observed after this stage.
cannot-tell-after-deal = This stage comes after the deal.
draft-title = Customer journey: a draft from the event log
draft-about = Proposed from the log: { $events } { $events ->
    [one] event
   *[other] events
}, { $customers } { $customers ->
    [one] customer
   *[other] customers
}. Check the stages, the deal event and the limits, make them yours, then drop the line proposal.
draft-stage-awareness = Awareness
draft-stage-consideration = Consideration
draft-stage-decision = Decision
draft-stage-checkout = Checkout
draft-stage-purchase = Purchase
draft-stage-delivery = Delivery
draft-stage-use = Use
draft-stage-loyalty = Loyalty
draft-point-error = Error
draft-point-review-read = Reading reviews
draft-point-instruction = Instructions
draft-point-nps = Would you recommend us?
draft-point-score = Score
draft-point-review = Review
draft-point-referral = Telling friends
draft-point-loyalty = Loyalty programme
draft-point-support = Customer support
draft-point-chat = Consultation
draft-point-sent = Order sent
draft-point-delivered = Order received
draft-point-delivery-terms = Delivery terms
draft-point-payment-step = Payment step
draft-point-checkout = Checkout
draft-point-order = Order placed
draft-point-cart = Cart
draft-point-trial = Lead or trial
draft-point-signup = Sign-up
draft-point-wishlist = Wish list
draft-point-compare = Comparing products
draft-point-search = Search
draft-point-filter = Filters
draft-point-ad = Advertising
draft-point-promo = Promotion
draft-point-article = Article
draft-point-video = Video
draft-point-letter = Letter or message
draft-point-social = Social networks
draft-point-home = Home page
draft-point-catalog = Catalogue
draft-point-product = Product page
draft-point-account = Account
draft-point-page = Page views
draft-point-deal = The deal
cannot-tell-no-difference = { $n ->
    [one] No difference beyond chance: { $n } possible reason was tried.
   *[other] No difference beyond chance: { $n } possible reasons were tried.
}
