# The filter by a rule
cli-meta-rule = RULE
cli-where = Only customers that a rule means: count("order_paid") >= 2 and recency < 30d and city in ("Moscow", "Kazan")
measure-where = by the rule { $rule }
