# The map's editor: what came after web-editor.ftl
editor-deal = Deal: the event at this stage
editor-deal-hint = Do people buy here? Name the event of the deal, such as order_paid; without a log, any word.
editor-deal-elsewhere = The deal is at the stage “{ $stage }” now: name an event and it moves here.
editor-moods = Curves of
editor-moods-common = everybody
editor-moods-show = Beside the common curve
editor-moods-edit = The points move the curve of
editor-pasted-notes = { $n ->
    [one] { $n } statement added
   *[other] { $n } statements added
}
