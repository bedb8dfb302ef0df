# What the audit log says of second factors, proofs and erasures, and letters about one's own account

audit-factor-made = A second factor set up
audit-factor-removed = A second factor taken away
audit-factor-dropped = The second factor of somebody taken away
audit-recovery-codes-made = New recovery codes
audit-recovery-code-used = A recovery code used
audit-proved = Showed again who they are
audit-proof-refused = Could not show who they are
audit-policy-changed = Rules of signing in changed
audit-customer-erased = A customer erased for good
audit-erasures-applied = Erasures applied again after a restore

mail-account-subject = Tropa: { $act }
mail-account = { $act }, { $at } (UTC), from { $address }.

    If this was not you, sign out everywhere in your account and tell an owner of the workspace.
    { $link }
mail-act-password-changed = your password was changed
mail-act-email-changed = the e-mail of your account was changed
mail-act-factor-made = a second factor was set up for your account
mail-act-factor-removed = the second factor of your account was taken away
mail-act-recovery-code-used = a recovery code of your account was used

# tropa erase, tropa restore --erased

cli-erase-name = A name to look for in texts too (several times, if told)
cli-erase-phone = A phone to look for in texts too
cli-erase-email = An e-mail to look for in texts too
cli-erase-dry = Only tell what would be touched
cli-erase-events = Events of the trail: { $n }
cli-erase-place = { $place }{ $where }: { $n }
cli-erase-in-map = {" "}· map { $map }
cli-erase-short = Too short to be looked for in texts (ids under 6 characters, names under 4): { $n }
cli-erase-ledger = Keep the folder “erasures” beside your backups: tropa restore --erased applies it again.
cli-restore-erased = The folder “erasures” of the workspace as it was last: who was erased after the backup is erased again
cli-restore-erased-again = Customers erased again: { $n }
