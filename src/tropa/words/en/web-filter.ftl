# Filters: over whom, when, and with which data. The same on every page of a map.
web-filter = Over whom and when
web-filter-who = Who
web-filter-everybody = everybody
web-filter-period = Time
    .note = Passes that began in these days are counted, each as a whole.
web-filter-all-time = all time
web-filter-since = from { $day }
web-filter-until = to { $day }
web-filter-last = { $n } days
web-filter-from = From
web-filter-to = To
web-filter-slide = { $end ->
        [from] Start of the period
       *[to] End of the period
    }
web-filter-channel = Channel
web-filter-any-channel = any
web-filter-clear = Clear filters
web-filter-as-of = Data
    .note = What the map would have said that day: only what had been imported by its end, with the bindings and limits the map had then.
    .day = As of
    .from = The first data came on { $day }.
web-filter-now = as of today
    .back = Back to today’s
web-memory = This is what was known on { $day }: { $n ->
        [one] { $n } import
       *[other] { $n } imports
    } and the map of that day.
web-memory-erased = Customers’ data have been erased since ({ $n ->
        [one] { $n } event
       *[other] { $n } events
    }), so the figures of then do not come out exactly any more.

# Versions and days side by side.
web-compare-version = Version of the map
    .note = The version decides what is said and how it is counted; the day, which data had been imported by then. No day: today’s. No version: the map of that day.
web-compare-version-now = as it is now
web-compare-version-then = the map of that day
web-compare-as-of = Data as of
web-compare-known = as known on { $day }
web-history-figures = Figures of these versions
web-history-other = Compare with another map
web-compare-version-of = { $title }, version { $n }
