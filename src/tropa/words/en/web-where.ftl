# The filter by a rule, for those who know the language
web-filter-where = Rule
    .none = none
    .label = A rule over customers
    .hint = Columns of the log, did, count, sum, since, recency, age, events, money; and, or, not, in, contains. For instance:
    .fitting = Customers that fit: { $customers } of { $all }.
    .use = Filter
    .drop = Take the rule away
