cli-ask = Any question to the trail: transitions, steps, paths, funnel, retention, reasons.
    .details = Without a measure: the list of all with their parameters. Example: tropa ask shop funnel -p path=point:cart,event:order_paid -p window=3d
cli-reasons = Why they leave: what sets those who left apart from those who went on.
    .details = Without a place the dearest one is taken. This is association, not a proven cause.
ask-meta-measure = [MEASURE]
ask-meta-param = NAME=VALUE
ask-param = A parameter of the measure (may be repeated).
ask-channel = Only customers whose first channel is this.
ask-from = Only passes that began on this day or later.
ask-to = Only passes that began on this day or earlier.
ask-out = Write the answer into a file: csv, svg or png.
ask-head-measure = Measure
ask-head-question = What it answers
ask-head-params = Parameters
ask-title = What can be asked
ask-how = Ask like this: tropa ask FOLDER MEASURE -p NAME=VALUE. Definitions: docs/guide/measures.md.
ask-written = { $rows ->
    [one] { $rows } row was written: { $path }
   *[other] { $rows } rows were written: { $path }
}
reasons-meta-place = [STAGE/exit|STAGE/loop]
