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
