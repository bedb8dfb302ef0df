# The filter by a rule, for those who know the language
web-filter-where = Rule
    .none = none
    .label = A rule over customers
    .hint = Columns of the log, did, count, sum, since, recency, age, events, money; and, or, not, in, contains. For instance:
    .fitting = Customers that fit: { $customers } of { $all }.
    .use = Filter
    .drop = Take the rule away

# Whom channel and rule choose where the question is about sessions
web-filter-scope = Choose
    .customers = customers
    .customers-hint = by all they did: every session of theirs counts
    .sessions = sessions
    .sessions-hint = by what was in the session: the channel it began with, what was done in it
