audit-owner-made = The first owner made an account
audit-login-made = Sign-in
audit-login-refused = Sign-in refused
audit-login-ended = Sign-out
audit-logins-ended = Signed out in all other browsers: { $count }
audit-link-made = A one-time sign-in link was made { $purpose ->
    [renew] in place of a forgotten password
   *[enter] from the terminal
}
audit-email-changed = A new e-mail
audit-password-changed = A new password
audit-person-changed = { $person }: role “{ $role ->
    [owner] owner
    [editor] editor
    [commenter] commenter
    [viewer] viewer
   *[none] only in single maps
}”{ $reveal ->
    [true] , sees customers’ names
   *[false] {""}
}{ $disabled ->
    [true] , shut out
   *[false] {""}
}
audit-person-removed = { $person }: account removed
audit-invitation-made = Invitation { $email ->
    [none] by link
   *[other] for { $email }
}, role “{ $role ->
    [owner] owner
    [editor] editor
    [commenter] commenter
    [viewer] viewer
   *[none] only in one map
}”
audit-invitation-withdrawn = Invitation withdrawn
audit-invitation-accepted = Invitation accepted
audit-map-role-set = { $person }: role in map { $map }: “{ $role ->
    [owner] owner
    [editor] editor
    [commenter] commenter
    [viewer] viewer
   *[none] as in the workspace
}”
audit-share-made = Link to map { $map }: { $role ->
    [commenter] look and comment
   *[viewer] look
}
audit-share-changed = Link to map { $map } changed
audit-share-revoked = Link to map { $map } revoked
audit-share-opened = Map { $map } opened by link
audit-token-made = Token “{ $title }” made, with rights { $scopes }
audit-token-ended = Token ended
