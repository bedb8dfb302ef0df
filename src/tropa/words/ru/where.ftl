# Отбор по правилу
cli-meta-rule = ПРАВИЛО
cli-where = Только клиенты, которых называет правило: count("order_paid") >= 2 and recency < 30d and city in ("Москва", "Казань")
measure-where = по правилу { $rule }
