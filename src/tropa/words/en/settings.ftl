# Settings of the workspace: the time zone
cli-settings = Settings of the workspace: the time zone whose days, weeks, months and times of day are counted
    .details = They lie in tropa.toml beside the map. Until a zone is named, days are those of Greenwich (UTC): so figures do not depend on whose computer counted them.
settings-zone-option = Set the time zone, as Europe/Moscow
settings-zone = { $zone ->
    [UTC] Time zone: UTC (Greenwich)
   *[other] Time zone: { $zone } ({ $title })
}
settings-how = To set it: tropa settings FOLDER --zone Europe/Moscow
measure-note-zone = Days, weeks and months are those of the time zone { $zone }.
audit-settings-zone = Time zone of the workspace: { $after } instead of { $before }
TR-S060 = There is no time zone “{ $name }”.
    .fix = { $near ->
        [none] Name it as the IANA database does: { $known }.
       *[other] Did you mean { $near }? Names are those of the IANA database: { $known }.
    }
TR-S061 = The settings in { $file } cannot be read: { $reason }
    .fix = Mend the file, or delete it: days are then those of Greenwich. A line looks like this: zone = "Europe/Moscow"
TR-S062 = There is no setting “{ $name }”. There is: { $known }.
    .fix = { $near ->
        [none] Take that line out of tropa.toml.
       *[other] Did you mean “{ $near }”? Mend tropa.toml.
    }
