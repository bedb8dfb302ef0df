# Sessions: questions that are put to them, and how they are cut.
measure-param-unit = Count
measure-choice-passes = passes
measure-choice-customers = customers
measure-choice-sessions = sessions
measure-column-sessions = Sessions
measure-note-sessions = Sessions were counted: each stands by itself. Events without a session of their own lie in one until a silence of { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}{ $by ->
    [source] {" "}or another channel
   *[silence] {""}
}.
measure-note-left-out-sessions = { $n ->
    [one] { $n } session is not counted: the time after its first step is not over yet.
   *[other] { $n } sessions are not counted: the time after their first step is not over yet.
}
diff-part-session = end of a session
diff-part-session_by = what ends a session
