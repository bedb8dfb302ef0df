# The filter by a rule
cli-meta-rule = RULE
cli-where = Only customers that a rule means: count("order_paid") >= 2 and recency < 30d and city in ("Moscow", "Kazan")
measure-where = by the rule { $rule }
measure-scope-sessions = sessions chosen, not customers
ask-scope = Whom --channel and --where mean, where sessions are asked (unit=sessions): customers by all they did, or each session by what happened in it
