# Отбор по правилу
cli-meta-rule = ПРАВИЛО
cli-where = Только клиенты, которых называет правило: count("order_paid") >= 2 and recency < 30d and city in ("Москва", "Казань")
measure-where = по правилу { $rule }
measure-scope-sessions = отобраны сеансы, а не клиенты
ask-scope = Кого означают --channel и --where, если спрашивают о сеансах (unit=sessions): клиентов по всему, что они делали, или каждый сеанс по тому, что было в нём
