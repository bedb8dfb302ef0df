# Second factors, proving again who one is, erasing customers (TR-W15…)

TR-W150 = The code of your authenticator is needed too.
    .fix = Open the authenticator app on your phone and type the six digits it shows for Tropa. Without the phone, use one of your recovery codes.
TR-W151 = This code is not right, or it was used already.
    .fix = Wait for the next six digits and type those; check that the phone's clock is right. A recovery code works once.
TR-W152 = Please show once more that it is you.
    .fix = This act is not undone easily, so it asks for your password (and the code of your authenticator) again.
TR-W153 = This workspace asks everybody for a second factor, and you have none yet.
    .fix = Set one up under your account: it takes a minute and an authenticator app on a phone.
TR-W154 = A second factor is set up already.
    .fix = Take it away first, then set up another.
TR-W155 = Nobody is named whose words could be erased.
    .fix = Name a customer of the trail by pseudonym, or give a phone, an e-mail or a name.
TR-W156 = The ledger of erasures is damaged, or its key is gone.
    .fix = Bring the folder “erasures” back from a backup of this workspace; without it erased customers could come back unnoticed.
TR-W157 = These erasures are not of this workspace.
    .fix = Give the folder “erasures” of the workspace that the backup was made of.
TR-W158 = A second factor cannot be asked of everybody before you have one yourself.
    .fix = Set up your own under your account first.
TR-W159 = The customer is erased, but not everywhere: { $places }.
    .fix = A map's file that cannot be read is left alone. Mend it (the page of the map says what is wrong), then erase once more.
