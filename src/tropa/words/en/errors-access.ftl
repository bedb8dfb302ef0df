TR-A001 = Please sign in.
    .fix = Sign in with your e-mail and try again. If you have no account yet, ask the owner for an invitation.
TR-A002 = You do not have the right to do this.
    .fix = Ask the workspace’s owner for another role.
TR-A003 = There is nothing here: { $name }.
    .fix = Check the address. Access may have been withdrawn, or it was removed.
TR-A004 = Somebody changed this before you did.
    .fix = Reload the page and try again: your change will go on top of the new one.
TR-A005 = Too many tries in a row.
    .fix = Wait { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    } and try again.
TR-A006 = The file or request is too large.
    .fix = The limit is { $limit }. Split the file, or bring it in with the command tropa import.
TR-A007 = The request could not be read: { $where }.
    .fix = { $reason }
