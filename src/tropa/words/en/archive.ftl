archive-warning-future = { $n ->
    [one] { $n } event is dated in the future: it is counted, but check the clock and time zone of the source.
   *[other] { $n } events are dated in the future: they are counted, but check the clock and time zone of the source.
}
archive-warning-before-1970 = { $n ->
    [one] { $n } event is earlier than 1970: it is counted, but the date looks like an empty one.
   *[other] { $n } events are earlier than 1970: they are counted, but the dates look like empty ones.
}
archive-warning-shared-contact = { $n ->
    [one] { $n } phone or e-mail belongs to a great many customers. It looks like a placeholder: customers were not joined by it.
   *[other] { $n } phones or e-mails belong to a great many customers each. They look like placeholders: customers were not joined by them.
}
archive-warning-erased = { $n ->
    [one] { $n } event of a customer who was erased on request was left out.
   *[other] { $n } events of customers who were erased on request were left out.
}
archive-warning-too-varied = The column “{ $name }” has too many different values to make rules of; it is kept, but takes no part in the analysis.
