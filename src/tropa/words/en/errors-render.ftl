TR-R001 = There is no view “{ $name }”. There are: { $known }.
    .fix = { $near ->
        [none] Choose one of these views.
       *[other] Did you mean “{ $near }”?
    }
TR-R002 = There is no paper “{ $name }”. There are: { $known }.
    .fix = { $near ->
        [none] Choose one of these sizes.
       *[other] Did you mean “{ $near }”?
    }
TR-R003 = The map has no named view “{ $name }”. There are: { $known ->
        [none] none
       *[other] { $known }
    }.
    .fix = { $near ->
        [none] Add it to the map's views, or name no view.
       *[other] Did you mean “{ $near }”?
    }
TR-R004 = The picture could not be made: { $reason }.
    .fix = Save it as SVG and send us this text.
TR-R005 = The buyer journey ends with the deal, and no stage of the map has it.
    .fix = Say at a stage which event is the deal: deal: {"{"}event: order_paid{"}"}.
