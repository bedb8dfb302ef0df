cli-lifecycle = of an XES log with starts and completions: only completions become events (complete, the default), or both (all)
cli-classifier = of an XES log: the classifier that names events, such as “Activity classifier” (the plan lists those that the log has)
cli-globals = of an XES log: give events and cases the attributes that they lack and the log declares for all (never who and when)
preset-xes = Event log of process mining (XES)
preset-note-xes = A case stands for a customer: if a case is an order or a request, repeat purchases cannot be seen. What is known of the case stands beside each of its events.
events-warn-lifecycle-complete = Activities have starts and completions: only completions become events (--lifecycle all takes both).
events-warn-lifecycle-all = Activities have starts and completions: each is an event of its own, such as “pay+start”.
events-warn-classifiers = The log has classifiers that may name its events: { $classifiers } (--classifier takes one). Now the event is its name.
events-warn-classifier = Events are named by { $classifier }.

TR-E040 = The file cannot be read as an event log in XES{ $reason ->
    [none] : it has no event.
    [torn] : it breaks off before the first event.
    [tag] : an element is closed by another one's name.
    [entity] : it uses a named sign that XML does not have.
    [sign] : there is a sign that may not stand here.
    [long] : one value is longer than the limit.
    [depth] : elements are nested too deep.
   *[other] : it is no sound XML.
}
    .fix = Export it again. An XES file is XML: a log with traces (cases), and events in them.
TR-E041 = The file declares entities: no XES log needs them, and they can be used to exhaust a computer's memory.
    .fix = Export the log again, or take the <!DOCTYPE …> with its <!ENTITY …> lines out of the file.
TR-E042 = The log has no classifier “{ $name }”. It has: { $known }.
    .fix = { $near ->
        [none] Name one of those, or leave --classifier out.
       *[other] Did you mean “{ $near }”?
    }
TR-E130 = From this line on the XML cannot be read{ $value ->
    [torn] : the file breaks off.
    [tag] : an element is closed by another one's name.
    [entity] : it uses a named sign that XML does not have.
    [sign] : there is a sign that may not stand here.
    [long] : one value is longer than the limit.
    [depth] : elements are nested too deep.
   *[other] : it is no sound XML.
}
    .fix = What stood before was read. Export or download the file again and import it: only what is new will be added.
    .short = the XML breaks
TR-E131 = An attribute of a case stands behind more of its events than are held back ({ $value })
    .fix = Put the attributes of a case before its events, as the standard has them, if the attribute matters.
    .short = an attribute of a case behind its events
