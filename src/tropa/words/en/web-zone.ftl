# The workspace's time zone
web-zone = Time zone
    .hint = Days, weeks, months and times of day are counted by it: cohorts, the timeline, “leave at night”, the days of the filter. Events stay where they are.
web-zone-now = { $zone ->
    [UTC] Now: Greenwich (UTC).
   *[other] Now: { $title }, { $ahead } from Greenwich.
}
web-zone-mine = As on this device: { $zone }
