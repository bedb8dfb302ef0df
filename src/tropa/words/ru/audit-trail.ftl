audit-journey-looked-at = Открыт путь одного клиента на карте { $map }
audit-customer-revealed = Открыты имя и контакты клиента
