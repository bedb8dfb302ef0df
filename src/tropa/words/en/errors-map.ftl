TR-M001 = The name “{ $name }” occurs twice ({ $kind }).
    .fix = Give the second one another id.
TR-M002 = There is no “{ $name }” among the known names: { $known }.
    .fix = { $near ->
        [none] Choose one of the known names or add a new one.
       *[other] Did you mean “{ $near }”?
    }
TR-M003 = Two stages have the deal: “{ $first }” and “{ $second }”.
    .fix = Keep deal at one stage.
TR-M004 = The stage “{ $name }” comes after itself: the order runs in a circle.
    .fix = Take the circle out of after; describe ways back in loops.
