TR-T410 = The file has no column “{ $name }”; it has: { $known }.
    .fix = { $near ->
        [none] Name the column of each role: customer=…, time=…, event=…
       *[other] Did you mean “{ $near }”?
    }
TR-T411 = Column “{ $name }” cannot be trusted as it is: { $kind }.
    .fix = Trusted files need whole-number customers that lie close together, instants (timestamps, or µs as numbers), events and channels as text of at most 65,535 names, money as numbers. Leave out rows="trusted": the usual import reads any log.
TR-T412 = Row { $row } has nothing in column “{ $name }”.
    .fix = Leave out rows="trusted": the usual import puts such rows aside and reads the rest.
TR-T413 = Only one Parquet file can be read with rows="trusted"; this is { $name }.
    .fix = Write the log as one Parquet file, or leave out rows="trusted".
TR-T414 = rows="{ $name }" is not known; it is one of: { $known }.
    .fix = "checked" reads any log and puts bad rows aside; "trusted" reads a clean Parquet file as it is, fast.
TR-T416 = “{ $name }” says other things of its rows than they are: its statistics do not fit its columns.
    .fix = The file is damaged, was written wrongly or is being written right now. Write it anew, or leave out rows="trusted": the usual import looks at the rows alone.
