"""Package data of the pictures: web fonts, icons, and the scripts that make them from the published originals."""
