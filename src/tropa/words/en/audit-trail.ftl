audit-journey-looked-at = One customer's journey was opened on the map { $map }
audit-customer-revealed = A customer's name and contacts were opened
