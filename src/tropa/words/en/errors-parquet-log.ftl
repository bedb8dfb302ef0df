TR-T415 = “{ $name }” has other columns or types than “{ $known }”: they are not one log.
    .fix = Name only files that were written alike, or import them: there, each file is read by its own columns.
