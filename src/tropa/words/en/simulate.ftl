simulate-label = Simulated data: there is no such shop
simulate-cause-silence = After delivery the shop goes silent: nobody tells beginners how to use it, nobody reminds them to reorder
simulate-cause-reviews = Reviews are only on the marketplace, not on the shop’s own site
simulate-cause-delivery-time = Customers cannot see when the order will arrive before they check out
simulate-cause-chat = Nobody answers the chat after 8 p.m.
simulate-cause-late = The parcel takes longer than four days
