web-column-role-alias = customer's other number
web-preset = Whose export this is
web-preset-none = any table
web-preset-found = This looks like an export of { $name }, by its columns { $marks }.
web-preset-told = Read as an export of { $name }.
web-preset-refuse = It is not
web-upload-zone-of = Time zone: { $column }
web-upload-rates = Exchange rates{ $known ->
    [yes] : how much { $currency } a unit is worth
   *[no] {""}
}
    .hint = A day, a currency, a rate on each line; a rate counts from its day on. Without one, rows in another currency wait in the quarantine.
web-upload-rates-file = Take them from a file
web-upload-classifier = What names events
web-upload-classifier-none = the event’s name
web-upload-lifecycle = Starts and completions
web-upload-lifecycle-way = { $way ->
    [all] both are events
   *[complete] completions only
}
web-upload-globals = Missing attributes from what the log declares for all
