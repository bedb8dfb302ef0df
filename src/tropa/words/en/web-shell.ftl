web-name = tropa

# what any page says
web-cancel = Cancel
web-close = Close
web-save = Save
web-saved = Saved
web-done = Done
web-add = Add
web-undo = Undo
web-more = Show more
web-remove = Remove: { $name }
web-retry = Try again
web-loading = Loading…
web-copy = Copy
web-copied = Copied
web-and-more = and { $n } more
web-acts = Actions
web-acts-of = Actions: { $name }
web-never = never yet
web-until = until { $day }
web-yes-no = { $yes ->
    [true] yes
   *[other] no
}
web-told-once = Shown only once: keep it now.
web-offline = The server does not answer
    .fix = Check the network; nothing done is lost. If the server was stopped, start it: tropa serve
web-fault = Something went wrong in the page itself
    .fix = Reload the page. If it happens again, send us the code and the line below it.
web-missing = There is no such page
    .fix = The link is out of date, or the address has a typing error.
web-skip = To the content
web-to-maps = To the maps

# header and menu
web-nav = Sections
web-nav-maps = Maps
web-nav-trail = The trail
web-nav-breaks = Where they leave
web-nav-customers = Customers
web-nav-change = Change
web-nav-plan = Plan
web-nav-timeline = What changed
web-nav-history = History
web-nav-data = Data
web-nav-sources = Sources
web-nav-quarantine = Quarantine
web-nav-bindings = Event bindings
web-nav-team = Team
web-nav-people = People
web-nav-settings = Settings
web-crumbs = Where you are
web-views = View of the map
web-view = { $view ->
    [table] Table
    [scheme] Scheme
    [buyer] Buyer journey
   *[infographic] Infographic
}
web-kind = { $kind ->
    [to-be] to be
   *[as-is] as is
}
web-here = On the map now
web-download = Download
web-file = { $format ->
    [pdf] Document to print
    [png] Picture
    [svg] Vector drawing
    [pptx] Slide
    [html] Standalone page
    [yaml] Map file
    [json] Map file for programs
    [xlsx] Excel table
    [csv] Comma-separated table
    [mmd] Mermaid journey
   *[md] Markdown text
}
web-workshop = Empty map for a wall
web-share = Share
web-guest = Guest
web-account-menu = Menu: { $name }
web-sign-in = Sign in
web-sign-out = Sign out
web-language = Language
web-theme = { $theme ->
    [light] Light theme
    [dark] Dark theme
   *[system] Theme of the system
}
web-theme-now = { $theme ->
    [light] Light theme now
    [dark] Dark theme now
   *[system] Theme of the system now
}
web-theme-choice = Appearance
web-theme-short = { $theme ->
    [light] Light
    [dark] Dark
   *[system] As the system
}

# coming in
web-login = Sign in
web-email = E-mail
web-password = Password
web-password-now = Current password
web-password-new = New password
web-password-hint = At least 10 characters. A few words in a row are best.
web-password-why = To change the address, confirm that it is you.
web-password-change = Change the password
web-password-changed = The password is changed
web-password-ends = All other devices will have to sign in again.
web-forgot = Forgot your password? An owner of the workspace gives you a one-time link: “People” → “Link for a new password”.
web-first-start = There is no owner yet
    .text = Open the one-time link that the server printed. If you cannot see it, stop the server and start it again:
web-setup = Welcome
    .text = Make the owner’s account. You will invite the others yourself.
    .yes = Create and sign in
web-name-yours = Your name
web-invite = Invitation to the team
    .workspace = { $by } invites you to the workspace as { $role ->
        [owner] an owner
        [editor] an editor
        [commenter] a commenter
       *[viewer] a viewer
    }.
    .map = { $by } invites you to one map as { $role ->
        [editor] an editor
        [commenter] a commenter
       *[viewer] a viewer
    }.
web-invite-accept = Create an account
web-invite-as = You are signed in as { $name }.
web-invite-join = Join
web-invite-known = Have an account already?
web-shared = A map was opened to you
web-shared-for = { $role ->
    [commenter] You can look at it and discuss it.
   *[viewer] You can look at it.
}
web-shared-name = The name you have in the discussion.
web-shared-open = Open the map

# roles and rights
web-role = { $role ->
    [owner] Owner
    [editor] Editor
    [commenter] Commenter
    [viewer] Viewer
   *[none] Single maps only
}
web-role-means = { $role ->
    [owner] All that an editor may, and: people, links, tokens, the log, journeys of single customers.
    [editor] Edits maps and the plan, brings in data, discusses.
    [commenter] Sees everything and discusses, but changes nothing.
   *[viewer] Only looks.
}
web-role-of = Role: { $name }
web-role-workspace = As in the workspace
web-role-inherited = { $role ->
    [editor] As in the workspace: editor
    [commenter] As in the workspace: commenter
   *[viewer] As in the workspace: viewer
}
web-roles-help = What each role may do
web-right = { $right ->
    [read] look
    [comment] discuss
    [edit] edit
    [data] bring in data
    [reveal] see single customers
   *[manage] manage people and links
}

# access to a map
web-share-map = Access: { $title }
web-share-links = By link
web-share-people = People
web-share-title = For whom
    .example = Designers of the agency, for example
web-share-role = Role
web-share-term = Good for
web-share-password = Password
    .none = no password
web-share-make = Create a link
web-share-made = The link is ready
web-share-none = No links yet. By a link, people without an account see the map; it can be revoked at any time.
web-share-untitled = Untitled
web-share-locked = with a password
web-share-since = made { $day }
web-share-revoke = Revoke the link?
    .text = Whoever came by it loses access at once. The link cannot be brought back; you can create a new one.
    .yes = Revoke
web-share-revoked = The link is revoked
web-term = { $term ->
    [day] a day
    [week] a week
    [month] a month
    [quarter] three months
   *[ever] no end
}
web-member-add = Add from the team
web-member-choose = Choose somebody
web-member-invite = Invite to this map
web-you = you

# people
web-people-lead = Who works with the maps, and what each may do.
web-person = Name
web-person-reveal = Sees single customers
web-person-reveal-of = { $name }: sees single customers
web-person-disabled = shut out
web-person-disable = Shut out
web-person-enable = Let in again
web-person-link = Link for a new password
    .for = Link for { $name }
    .text = It is good for a week and works once. When it is used, the old password and all earlier sign-ins end.
web-person-remove = Remove { $name }?
    .text = The account is gone for good. Maps, comments and history stay.
    .yes = Remove
web-person-removed = { $name } is no longer in the team
web-invite-person = Invite
web-invite-email = E-mail of the invited
    .hint = May be left out: then the first to open the link uses it.
web-invite-make = Create an invitation
web-invite-made = The invitation is ready
web-invite-send = Send this link yourself, whichever way suits you. It is good until { $day }.
web-invite-anybody = anybody with the link
web-invite-withdraw = Withdraw
web-invitations = Waiting for an answer

# settings
web-settings-tab = { $tab ->
    [profile] Profile
    [workspace] Workspace
    [safety] Password and sign-ins
    [tokens] Tokens
    [hooks] Webhooks
   *[audit] Log
}
web-logins = Where you are signed in
web-login-here = this device
web-login-seen = last seen { $when }
web-login-unknown = Unknown browser
web-login-end = Sign out there
web-logins-end = Sign out everywhere but here
web-tokens-none = No tokens yet
    .text = With a token a program uses Tropa in your name, and may do only what you allow it.
web-token-make = New token
    .yes = Create the token
web-token-made = Token “{ $title }”
web-token-use = The program sends it with every request:
web-token-title = Name
    .example = Export to the report, for example
web-token-scopes = What is allowed
web-token-used = Last used
web-token-until = Good until
web-token-end = Revoke the token?
    .text = The program with the token “{ $title }” loses access at once.
    .yes = Revoke
web-audit-about = Who did what that matters for safety, and when. The log is only added to.
web-audit-at = When
web-audit-who = Who
web-audit-told = What
web-audit-address = From where
web-audit-nobody = not signed in

# maps
web-archive = Archive
web-archive-empty = The archive is empty.
web-stages = { $n ->
    [one] { $n } stage
   *[other] { $n } stages
}
web-map-new = New map
web-map-title = Title
    .example = The path of our shop’s customer, for example
web-map-language = Language of the map
web-map-from = Where to begin
web-map-blank = Empty map
    .about = One stage; you add the rest.
web-map-blank-stage = Stage 1
web-map-make = Create the map
web-map-bring = From a file
web-map-brought = The map is brought in
web-map-lost = Not everything could be kept:
web-map-open = Open the map
web-map-find = Find a map
web-map-not-found = Nothing found for “{ $asked }”.
web-map-counting = Working out what the log tells…
web-map-unmeasured = No figures yet: connect data, or type in measurements yourself.
web-map-simulated = practice data
web-map-proposal = draft from the data
web-map-comments = Open discussions
web-map-duplicate = { $kind ->
    [to-be] Make a copy
   *[as-is] Copy “to be”
}
web-map-archive = To the archive
web-map-restore = Bring back from the archive
web-map-archived = “{ $title }” is in the archive now
web-map-restored = “{ $title }” is among the maps again
web-maps-none = Your maps will be here
    .text = A map shows the whole path of a customer: from the first thought of buying to the next deal and telling friends.
    .first = Take the template nearest to your business and name the map.
    .second = Write down what the customer does, thinks and feels at each stage.
    .third = Connect orders or an event log: the map shows where customers leave, and why.
web-first-steps = First steps
    .away = Do not show again
web-step = { $step ->
    [map] Make a map
    [data] Bring in data
   *[people] Call the team
}
web-step-why = { $step ->
    [map] A template gives stages and rows; you fill in your own.
    [data] An export of orders or events: then the map has real figures.
   *[people] Together the map is more honest: everybody knows their part of the path.
}
web-step-done = done

# search and notices
web-search = Search
    .hint = Words of maps and discussions
web-search-hits = What was found
web-search-found = { $n ->
    [one] { $n } place found
   *[other] { $n } places found
}
web-notices = Notices
web-notices-new = { $n ->
    [one] Notices: { $n } new
   *[other] Notices: { $n } new
}
web-notices-none = When somebody mentions or answers you, it appears here.
web-notice = { $kind ->
    [mention] { $by } mentioned you in a discussion
   *[answer] { $by } answered in your discussion
}

# webhooks
web-hooks-none = No webhooks yet
    .text = Tropa tells another program when something changes: it sends a signed request to the address you name.
web-hook-make = New webhook
    .yes = Create the webhook
web-hook-url = Address
web-hook-events = What to tell of
web-hook-event = { $event ->
    [map-made] a map was made
    [map-changed] a map was changed
    [map-archived] a map was archived
    [map-restored] a map was brought back
    [version-named] a version was named
    [comment-made] a new comment
    [comment-resolved] a discussion was closed
   *[data-imported] data were brought in
}
web-hook-made = Secret to check the signature with
    .hint = Shown only once. Each request carries its signature in the header Tropa-Signature.
web-hook-active = On
web-hook-last = Last call
web-hook-call = { $state ->
    [done] delivered { $when }
    [failed] not delivered { $when }
   *[waiting] waits to be sent
}
web-hook-remove = Remove the webhook?
    .text = Nothing more is sent to { $url }.
    .yes = Remove
