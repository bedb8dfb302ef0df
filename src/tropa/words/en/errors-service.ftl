TR-S001 = There is no workspace in { $folder }.
    .fix = Make one with: tropa new { $folder }   or from your own files: tropa map FILE
TR-S002 = The workspace has no such map. Maps here: { $known ->
        [none] none
       *[other] { $known }
    }.
    .fix = { $near ->
        [none] Make one with: tropa draft DIR, or tropa new DIR.
       *[other] Did you mean { $near }?
    }
TR-S003 = Nothing has been imported into { $folder } yet.
    .fix = Add a log: tropa import { $folder } FILE
TR-S004 = { $folder } is a file, not a folder.
    .fix = Choose another name for the workspace.
TR-S005 = There is no persona or segment “{ $name }” bound to customers. Known: { $known ->
        [none] none
       *[other] { $known }
    }.
    .fix = { $near ->
        [none] Give a persona a segment in the map file.
       *[other] Did you mean “{ $near }”?
    }
TR-S006 = Nothing here writes the format “{ $suffix }”. Known: { $known }.
    .fix = Give the output one of these suffixes.
TR-S007 = There is no template “{ $name }”. Known: { $known }.
    .fix = { $near ->
        [none] See them with: tropa new --list
       *[other] Did you mean “{ $near }”?
    }
TR-S008 = { $path } is there already.
    .fix = Choose another name, or overwrite it with --force.
TR-S009 = “{ $given }” does not say ROLE=COLUMN. Roles: { $known }.
    .fix = { $near ->
        [none] Write it like --as customer=client_id.
       *[other] Did you mean “{ $near }”? Write it like --as { $near }=COLUMN.
    }
TR-S010 = There is no column “{ $name }” in { $file }. Columns: { $known }.
    .fix = { $near ->
        [none] Choose one of these columns.
       *[other] Did you mean “{ $near }”?
    }
TR-S012 = There is no import “{ $name }” in quarantine. Known: { $known ->
        [none] none
       *[other] { $known }
    }.
    .fix = See the quarantine with: tropa events DIR --quarantine
TR-S013 = A map cannot be made of { $suffix }: that format is only written.
    .fix = Read from yaml, json, xlsx or csv.
TR-S014 = There is no file { $path }.
    .fix = { $near ->
        [none] Check the name.
       *[other] Did you mean { $near }?
    }
TR-S015 = There is no stage “{ $name }” to open. Stages: { $known }.
    .fix = { $near ->
        [none] Choose one of these, or all.
       *[other] Did you mean “{ $near }”?
    }
TR-S017 = { $folder } holds a map or data of your own; the demo does not overwrite them.
    .fix = Give the demo another folder: tropa demo --out DIR
TR-S025 = Through a share link a filter must mean at least { $least } customers, and leave out none or at least { $least }.
    .fix = Take a wider period, channel, segment or rule, or ask somebody of the team.
