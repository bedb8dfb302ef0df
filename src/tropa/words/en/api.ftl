result-rows = { $shown } of { $all } rows are shown; a data frame has them all.
result-trail = { $events ->
    [one] { $events } event
   *[other] { $events } events
} of { $customers ->
    [one] { $customers } customer
   *[other] { $customers } customers
}
result-breaks = Where customers leave: what could be regained each month ({ $kind ->
    [revenue] revenue
    [margin] margin
   *[deals] deals
})
result-kind = How
result-kind-exit = leave
result-kind-loop = do not come again
result-from = At least
result-to = At most
result-events = Events by how often they occur
result-imported = What became of the sources
result-quarantined = In quarantine: { $n ->
    [one] { $n } row
   *[other] { $n } rows
} — { $why } ({ $code })
result-roles = What each column was taken for
TR-S018 = { $name } is neither the name of a file nor a table.
    .fix = Give a file name, a pandas or Polars data frame, an Arrow table, or a DuckDB relation.
TR-S019 = The library “{ $name }” is not installed.
    .fix = Install it beside Tropa with pip install { $name }, or take .to_arrow().
TR-S020 = A trail has no role “{ $name }” for a column. Roles: { $known }.
    .fix = { $near ->
        [none] Write it like customer="client_id".
       *[other] Did you mean “{ $near }”? Write it like { $near }="column".
    }
TR-S021 = Tropa does not speak “{ $name }”. Languages: { $known }.
    .fix = Choose one of these languages.
TR-S022 = There is no filter “{ $name }”. Filters: { $known }.
    .fix = { $near ->
        [none] Choose one of these filters.
       *[other] Did you mean “{ $near }”?
    }
TR-S023 = { $name }: “{ $value }” is not a day.
    .fix = Write it like 2026-11-28.
TR-S024 = There is no event that can be read. Unreadable rows: { $n } ({ $known }).
    .fix = Say which columns they are: customer=, event=, time=.
TR-S027 = The table cannot be read: { $reason }.
    .fix = Leave columns of text, numbers and dates in it.
TR-S028 = The column “{ $name }” was given twice: as { $first } and as { $second }. A column has one role.
    .fix = Name another column for one of them; if both do need it, copy it under another name.
diff-everybody = all customers
diff-head-chance = Probability of chance
diff-head-corrected = Share of false findings
