TR-W210 = There is no change { $seq } in the history of this map.
    .fix = The last change is { $last }. Choose a point on the history page.
TR-W220 = The formula could not be read: { $formula }
    .fix = Write arithmetic with the names { $names }, for example impact * confidence / effort. Allowed: + − * / **, brackets, min, max, sqrt, log.
TR-W221 = There is no such pain or break on the map: { $name }.
    .fix = { $near ->
        [none] Reload the page: somebody may have changed the map.
       *[other] Did you mean “{ $near }”?
    }
TR-W230 = { $name } may not read this map and so cannot be mentioned.
    .fix = Choose somebody from the list, or ask the owner to open the map to them.
TR-W231 = The address of the mail server in TROPA_SMTP is not usable.
    .fix = Write smtp://name:password@server:587?from=tropa@example.org (smtps:// encrypts from the start; smtp+plain:// does not encrypt and is for this machine only).
TR-W240 = The address { $url } will not do for a webhook.
    .fix = It must be a full address that begins with https://, without a name and a password.
TR-W241 = The server makes no calls to { $host }.
    .fix = The name must lead to the open Internet, not to this machine or a private network.
TR-W242 = There is no event “{ $name }”. There are: { $known }.
    .fix = { $near ->
        [none] Choose one or several of these.
       *[other] Did you mean “{ $near }”?
    }
TR-W243 = There can be no more than { $most } webhooks.
    .fix = Remove those that are no longer needed.
TR-W250 = Too many tabs of this map are open.
    .fix = Close the ones you do not need and reload the page.
TR-W260 = The file { $name } is not taken: its kind is not known, or its content is not what its name says.
    .fix = These will do: { $known }.
TR-W270 = { $file } is no backup of Tropa, or it is damaged: { $reason }
    .fix = Take a file that tropa backup wrote, and check that it was copied whole.
TR-W271 = The backup was made by a newer Tropa (format { $format }, known here is { $known }).
    .fix = Update Tropa and try again.
TR-W272 = The folder { $folder } is not empty.
    .fix = Restore into a new folder.
TR-W273 = There are records in the database already.
    .fix = Give an empty database: --database postgresql+psycopg://…
