TR-E024 = This is a marketplace's report: it has no customers, and no customer's path can be made of it.
    .fix = Its orders can be followed one by one: “--as customer=<the column of order numbers>”. That shows deliveries, cancellations and returns, but no repeat purchases.
TR-E025 = There is no preset “{ $name }”{ $near ->
        [none] .
       *[other] . Did you mean “{ $near }”?
    }
    .fix = There are: { $known }.
TR-E026 = The table of rates cannot be read: { $reason }
    .fix = It needs the columns date, currency and rate: a day, a currency's code, and what one unit is worth in yours.
TR-E121 = An amount in another currency ({ $value }) without a rate
    .fix = Give a table of rates (--rates), or import such rows by themselves.
    .short = an amount in another currency
TR-E027 = “{ $given }” is not COLUMN=ZONE.
    .fix = Write it like this: --zone-of "Paid at=Europe/Moscow".
