cli-import-follow = keep reading: whatever is appended to the files comes in until you press Ctrl+C
cli-follow-began = Reading on: { $files }. Ctrl+C stops it.
cli-follow-waits = { $file } has no rows yet: waiting for the first. How it is read is told from them.
cli-follow-read = { $file }: { $n ->
    [one] { $n } new event
   *[other] { $n } new events
}{ $bad ->
    [0] {""}
   *[other] , { $bad } in quarantine
}{ $same ->
    [0] {""}
   *[other] , { $same } known already
}
cli-follow-ended = Stopped. { $n ->
    [0] Nothing new came in.
    [one] { $n } event came in.
   *[other] { $n } events came in.
}
import-note-appended = Only what was appended to “{ $file }” since the last time was read ({ $size } bytes).
import-note-unchanged = Nothing was appended to “{ $file }” since the last time: it was read already.
import-note-anew = “{ $file }” is not what it was (shortened, rewritten, or read in another way): it was read anew from its beginning; rows that are known did not come twice.
import-note-left-behind = “{ $file }” is the log that was put aside: what had come into it after it was read last has been read to its end ({ $size } bytes).

TR-S047 = Only files of this machine can be followed.
    .fix = Leave out --follow for a query or an object storage, and run the import again when there is something new.
TR-S048 = Somebody else has imported this file in the meantime.
    .fix = Run the import again: it takes what is still new.
