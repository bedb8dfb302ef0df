TR-C001 = The file cannot be read: { $reason }.
    .fix = Check the path and whether the file is open to you.
TR-C002 = The file is too large for a map: { $size } bytes, at most { $limit }.
    .fix = Check that this is the map and not a log of events; events are brought in with “tropa import”.
TR-C003 = This is not text in UTF-8: a byte here means nothing in it.
    .fix = Save the file as UTF-8 (in Notepad: Save as → Encoding).
TR-C004 = YAML cannot be read here: { $problem }.
    .fix = Look at this line and the one above: indents, colons, quotes.
TR-C005 = There is a tab here. YAML is indented with spaces only.
    .fix = Replace tabs with spaces, two a level.
TR-C006 = A quotation mark that is opened here or above is never closed.
    .fix = Close it at the end of the text.
TR-C007 = A colon is in the wrong place: either a second one on the line, or the line is indented differently from its neighbours.
    .fix = Put text with a colon in quotes and align the line with its neighbours.
TR-C008 = A bracket is not closed, or a comma is missing between items.
    .fix = Check the square and curly brackets on this line and above.
TR-C009 = The key “{ $key }” stands twice in one place.
    .fix = Join the two or remove one.
TR-C010 = The reference *{ $alias } leads to no mark &{ $alias }.
    .fix = Write the value itself in place of the reference.
TR-C011 = The file holds more than one document: a second one begins here after “---”.
    .fix = Keep each map in a file of its own.
TR-C012 = The file is nested too deeply, or references blow it up too far.
    .fix = A map needs no more than a few levels: take the circular or repeated references out.
TR-C013 = A character that may not stand in a map file: { $character }.
    .fix = Remove it; it is invisible in most editors, so retype the word.
TR-C014 = Special YAML types are not used in maps: { $tag }.
    .fix = Remove the tag and write a plain value.
TR-C015 = A key must be text, and here is “{ $key }”.
    .fix = Put the key in quotes.
TR-C016 = This is not a finite number.
    .fix = Write an ordinary number.
TR-C017 = The file is empty.
    .fix = Start from a template: tropa new FOLDER --template classic.
TR-C018 = A map begins with keys such as “title:” and “stages:”, and this file does not.
    .fix = Compare with the example in the guide to the map file.
TR-C019 = A character here cannot begin a value (@, `, % or the like).
    .fix = Put the text in quotes.
TR-C020 = The version of the format is not given.
    .fix = Add the first line: “tropa: { $version }”.
TR-C021 = The file is written in format { $value }; this program knows formats up to { $version }.
    .fix = Update Tropa.
TR-C022 = “{ $value }” is no version of the format.
    .fix = Write “tropa: { $version }”.
TR-C030 = There is no key “{ $key }” here.
    .fix = { $near ->
        [none] Known here: { $known }.
       *[other] Did you mean “{ $near }”?
    }
TR-C031 = The key “{ $key }” is missing.
    .fix = Add “{ $key }:” with a value.
TR-C032 = { $expected ->
        [text] Text
        [number] A number
        [whole] A whole number
        [truth] true or false
        [list] A list
        [mapping] A group of keys
        [text-or-mapping] Text or a group of keys
        [text-or-list] Text or a list
        [text-or-mapping-or-list] Text, a group of keys or a list
        [mapping-or-list] A group of keys or a list
       *[other] Another kind of value
    } is expected in “{ $key }”, and here is { $found ->
        [text] text
        [number] a number
        [truth] true/false
        [list] a list
        [mapping] a group of keys
        [nothing] nothing
       *[other] another kind of value
    }: { $value }.
    .fix = { $expected ->
        [list] Write it as a list: [one, two], or each item on its own line after “- ”.
       *[other] Correct the value, or remove the key if there is nothing to say.
    }
TR-C033 = “{ $key }” is { $value }, and it must be { $rule ->
        [gt] greater than
        [ge] at least
        [lt] less than
       *[le] at most
    } { $limit }.
    .fix = Write a number within the bounds.
TR-C034 = “{ $value }” cannot stand in “{ $key }”.
    .fix = Names (id) have letters, digits, “-”, “_” and “.”, no spaces, at most 64; a language has two small letters (en); a currency has three capitals (EUR).
TR-C035 = “{ $value }” is unknown in “{ $key }”.
    .fix = { $near ->
        [none] Choose one of: { $known }.
       *[other] Did you mean “{ $near }”? All of them: { $known }.
    }
TR-C036 = “{ $key }” must be text, and { $value } reads as a number or true/false.
    .fix = Put it in quotes: "{ $value }".
TR-C037 = “{ $value }” is no length of time.
    .fix = Write it like 30d, 24h, 90m or 15s.
TR-C038 = “{ $value }” is no date.
    .fix = Write it as year-month-day: 2026-11-22.
TR-C039 = One piece of evidence has exactly one of: quote, visit, interview, file, link, reading, experiment.
    .fix = Split it into several items, or add the missing key.
TR-C040 = The rule says nothing: it names no events.
    .fix = Name at least one of event, channel, value, score, props.
TR-C041 = The segment’s rule says nothing about customers.
    .fix = Name at least one of has, did, first_channel.
TR-C042 = The stage comes after itself.
    .fix = In after, name the stages before it; describe ways back in loops.
TR-C043 = “{ $key }” is empty.
    .fix = Add at least one item.
TR-C049 = The value of “{ $key }” does not fit: { $value } ({ $problem }).
    .fix = Compare with the guide to the map file.
TR-C050 = JSON cannot be read here: { $problem }.
    .fix = Check commas, quotes and brackets on this line and above.
TR-C060 = There is no place “{ $address }” in the map.
    .fix = Write the address as in stages.purchase.owner, with the ids from the file.
TR-C061 = The map has no file yet.
    .fix = Say where to save it.
TR-C062 = The file cannot be written: { $reason }.
    .fix = Check the free space and your rights to the folder; close the file in other programs.
TR-C070 = This is not an XLSX workbook, or it is damaged ({ $problem }).
    .fix = Save the table from Excel as an “Excel workbook (.xlsx)”.
TR-C071 = The workbook unpacks to more than a map can be ({ $limit } bytes or { $cells } rows and columns).
    .fix = Delete the empty formatted rows and other sheets, and save again.
TR-C072 = There is no table of a map here: neither our marks nor a row of stages were found.
    .fix = Start from the table that Tropa writes: tropa convert map.yaml map.xlsx.
TR-C073 = The value “{ $value }” does not fit here.
    .fix = { $kind ->
        [score] Write a number from −2 to 2.
        [severity] Write 1, 2 or 3.
        [number] Write a number.
        [date] Write a date such as 2026-11-22.
        [truth] Choose from the list, or leave the cell empty.
       *[other] Choose one of: { $known }.
    }
TR-C074 = The cell was changed both in the table and in the map since the table was made: the map says “{ $now }”, the table “{ $after }”.
    .fix = Decide which is right, correct it in the map and make the table anew.
TR-C075 = The hidden sheet with the rest of the map cannot be read.
    .fix = Give the map file itself as the base, or make the table anew.
TR-C076 = The mark “{ $mark }” stands in two { $kind ->
        [rows] rows
       *[columns] columns
    }: a copy took it along.
    .fix = In the copy, clear the hidden cell that holds the mark.
TR-C077 = The table’s text cannot be read as UTF-8 or Windows-1251.
    .fix = Save it as “CSV UTF-8”.
TR-C078 = The format “{ $ending }” is not a map or a table of one.
    .fix = Known: .yaml, .json, .xlsx, .csv.
TR-C079 = { $kind ->
        [rows] A row with text has no heading
       *[columns] A column with text has no title
    }.
    .fix = Write the name of the stage, touchpoint or row, or clear the cells.
TR-C090 = This is no journey diagram: one begins with the word “journey” and has sections or tasks.
    .fix = Other Mermaid diagrams make no map. Begin with “journey” and, on the next line, “section Title”.
TR-C091 = This line cannot be read: { $text }.
    .fix = A task is written “Name: score 1 to 5: actor, actor”; for “:”, “;” and “#” inside a name write #58; #59; #35;
