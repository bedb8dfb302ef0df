TR-E001 = The file cannot be opened{ $reason ->
    [none] .
   *[other] : { $reason }.
}
    .fix = Check the path and the right to read it.
TR-E002 = The file has no row of data.
    .fix = Export it again and make sure that there are events in it.
TR-E003 = “{ $name }” is not a table: CSV, TSV, JSONL, Parquet, XLSX and XES are understood, packed with gz or zst too.
    .fix = Save the data in one of these formats. Open an old .xls in Excel and save it as .xlsx.
TR-E004 = The packed file is damaged or was not downloaded to its end: { $reason }
    .fix = Download or pack it again.
TR-E005 = Unpacked, the file grows beyond the limit ({ $limit }).
    .fix = If you trust the file, raise the limit with the environment variable { $knob }.
TR-E006 = The encoding “{ $name }” is unknown.
    .fix = Name a known one: utf-8, cp1251, utf-16, cp866, koi8-r.
TR-E007 = It is not clear which column holds the time of the event. Columns of the file: { $columns }.
    .fix = Say which: --as time=COLUMN (in Python time="column").
TR-E008 = It is not clear which column holds the customer, a phone or an e-mail. Columns of the file: { $columns }.
    .fix = Say which: --as customer=COLUMN (in Python customer="column").
TR-E009 = The file has no column “{ $name }”. It has: { $known }.
    .fix = { $near ->
        [none] Choose one of the file's columns.
       *[other] Did you mean “{ $near }”?
    }
TR-E010 = Too many columns: { $count }, and the limit is { $limit }.
    .fix = Keep the columns you need, or raise the limit with the environment variable TROPA_LIMIT_COLUMNS.
TR-E011 = The Parquet file cannot be read: { $reason }
    .fix = Export it again.
TR-E012 = The Excel workbook cannot be read: { $reason }
    .fix = Open it in Excel and save it again as .xlsx without a password.
TR-E013 = The time zone “{ $name }” is unknown.
    .fix = Write it like Europe/Moscow, Asia/Yekaterinburg, UTC or +03:00.
TR-E014 = The role { $role } was given to two columns.
    .fix = Leave it to one of them.
TR-E015 = The instrument “{ $name }” is unknown. Known: { $known }.
    .fix = Choose one of these.
TR-E016 = The file has no JSON objects: neither one on each line nor a list of them.
    .fix = Export the data as JSON Lines (every line an object in braces) or as one list of objects.
TR-E017 = “{ $name }” cannot separate anything.
    .fix = Columns are separated by one sign, such as ; , a tab or |. The decimal sign is a point or a comma.
TR-E018 = The time format “{ $name }” is unknown. Known: { $known }.
    .fix = Choose one of these, or write a pattern such as %d.%m.%Y %H:%M.
TR-E019 = The workbook has no sheet “{ $name }”. It has: { $known }.
    .fix = Choose one of its sheets.
TR-E020 = The quarantine has no import “{ $name }”.
    .fix = { $known ->
        [none] The quarantine is empty: there is nothing to fix.
       *[other] It has: { $known }.
    }
TR-E021 = The quarantine file is damaged: { $reason }
    .fix = Delete it and import the original again: the rows that cannot be read will come back to the quarantine.
TR-E022 = The fixed file has no column “{ $name }”.
    .fix = Change cells only: leave the headings and the first column with the line number as they are.
TR-E023 = Here the file ceases to be JSON{ $reason ->
    [depth] : it is nested too deep.
    [comma] : a comma or a bracket is missing.
    [colon] : a colon is missing.
    [key] : the quoted name of a field is missing.
    [value] : a value is missing.
    [text] : a text has a sign that it may not have.
   *[other] .
}
    .fix = Mend this place, or export the file again.

TR-E101 = Unreadable time “{ $value }” in the column “{ $column }”
    .fix = Write the date like 2025-12-31 23:59 or 31.12.2025 23:59.
    .short = unreadable time
TR-E102 = No time: the column “{ $column }” is empty
    .fix = Fill in the date.
    .short = no time
TR-E103 = No customer
    .fix = Fill in the customer's number, phone or e-mail.
    .short = no customer
TR-E104 = No event: the column “{ $column }” is empty
    .fix = Fill in the event.
    .short = no event
TR-E105 = “{ $value }” in the column “{ $column }” is not a number
    .fix = Write the amount in digits, like 1234.50.
    .short = the value is not a number
TR-E106 = The score “{ $value }” in the column “{ $column }” is not a number
    .fix = Write the score in digits.
    .short = the score is not a number
TR-E107 = The score “{ $value }” in the column “{ $column }” lies outside its scale
    .fix = Correct the score, or name another scale.
    .short = the score is off its scale
TR-E108 = The row has { $actual ->
    [one] { $actual } cell
   *[other] { $actual } cells
} instead of { $expected }
    .fix = Check the delimiters and quotes of the row.
    .short = wrong number of cells
TR-E109 = The column “{ $column }” has bytes that the file's encoding does not know: { $value }
    .fix = Type the text again, or name the right encoding.
    .short = bytes outside the encoding
TR-E110 = A quote was opened and never closed
    .fix = Close the quote or remove it.
    .short = a quote never closed
TR-E111 = The row is longer than { $expected } characters
    .fix = Split the row, or raise the limit with the environment variable TROPA_LIMIT_RECORD.
    .short = row too long
TR-E112 = The line is not a JSON object
    .fix = Write an object in braces.
    .short = not a JSON object
TR-E113 = The JSON is nested deeper than { $expected }
    .fix = Make it simpler.
    .short = JSON nested too deep
TR-E114 = The time “{ $value }” in the column “{ $column }” lies outside the years 1970–2099
    .fix = Correct the year.
    .short = impossible year
TR-E115 = The order has no date at all
    .fix = Fill in at least the date it was created.
    .short = an order without dates
TR-E118 = It is not clear which survey “{ $value }” in the column “{ $column }” is
    .fix = Write nps, csat, ces, stars, ten or native.
    .short = unknown survey
TR-E119 = The JSON object has more than { $expected } fields
    .fix = Keep the fields you need.
    .short = too many fields
TR-E120 = A row of totals, not an event
    .fix = Delete it: it is not on the trail anyway.
    .short = a row of totals
