TR-T420 = The log has no column “{ $name }”; it has: { $known }.
    .fix = { $near ->
        [none] Name the column of each role: customer=…, time=…, event=…
       *[other] Did you mean “{ $near }”?
    }
TR-T421 = Column “{ $name }” cannot have this role: it is of type { $kind }.
    .fix = Customers are text or whole numbers, times are timestamps or µs as numbers, money and scores are numbers, everything else is a plain value. Cast the column in Spark first.
TR-T422 = { $n } rows have nothing in column “{ $name }”.
    .fix = Leave such rows out in Spark first: frame.where("… is not null").
TR-T423 = Column “{ $name }” has more than { $most } different values.
    .fix = Such a column is no name of anything that can be counted. Leave it out, or group its values in Spark first.
TR-T424 = The log has no rows.
    .fix = Look at the filter before it: frame.count() should not be 0.
TR-T425 = { $n } customers lie in more than one partition.
    .fix = Leave out together=True: then Spark brings the rows of each customer together itself.
