TR-W301 = There is no such job in the list: { $name }.
    .fix = Refresh the list. The last two hundred imports and recounts are kept.
TR-W302 = The job ended because of a fault in Tropa itself.
    .fix = The data is as it was. Try again; if it happens again, send the developers the last lines of the server's log.
TR-W303 = The uploaded file is no longer there: { $name }.
    .fix = Upload it again. Files that nobody imported are kept for seven days.
TR-W304 = Line { $line } no longer waits to be mended.
    .fix = Refresh the quarantine: perhaps somebody has mended it already.
TR-W305 = The log has no events “{ $name }”.
    .fix = { $near ->
        [none] See the names in the list of events.
       *[other] Perhaps “{ $near }” was meant.
    }
TR-W306 = There is no file in the request.
    .fix = Send it as the field file of a multipart/form-data form.
