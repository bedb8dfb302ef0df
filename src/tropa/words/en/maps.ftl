# Maps of the workspace: what the server does and writes
map-first-stage = First stage
map-untitled = New map

audit-map-made = New map “{ $title }”
audit-map-archived = Map { $subject } put into the archive
audit-map-restored = Map { $subject } taken out of the archive
audit-map-brought-back = Map { $subject } brought back to change { $seq }
audit-version-named = Map { $subject }: version “{ $title }”
audit-comment-removed = Map { $subject }: comment of { $by } removed
audit-formula-set = Map { $subject }: priority formula { $formula }
audit-file-attached = Map { $subject }: file { $name } attached
audit-webhook-made = New webhook: { $url }
audit-webhook-changed = Webhook { $url } { $active ->
    [true] changed
   *[false] paused
}
audit-webhook-removed = Webhook removed

mail-mention-subject = { $who } mentions you on the map “{ $map }”
mail-mention =
    { $who } mentions you in a comment on the map “{ $map }”:

    { $text }

    { $link ->
        [none] Open the map in the app to answer.
       *[other] Answer: { $link }
    }
mail-answer-subject = { $who } answers on the map “{ $map }”
mail-answer =
    { $who } answers in a discussion on the map “{ $map }” that you took part in:

    { $text }

    { $link ->
        [none] Open the map in the app to answer.
       *[other] Answer: { $link }
    }

plan-title = Plan: { $map }
plan-formula = Priority = { $formula }
plan-head-text = Improvement
plan-head-stage = Stage
plan-head-pain = Pain
plan-head-owner = Owner
plan-head-due = Due
plan-head-status = Status
plan-head-impact = Impact in 30 days
plan-head-confidence = Confidence
plan-head-effort = Effort
plan-head-priority = Priority
plan-head-effect = What came of it
plan-status-idea = idea
plan-status-planned = planned
plan-status-doing = doing
plan-status-testing = testing
plan-status-done = done
plan-status-dropped = dropped
plan-from-pain = Remove: { $pain }
plan-from-exit = Keep those who leave at the stage “{ $stage }”
plan-from-loop = Win back those who do not buy again after the stage “{ $stage }”
