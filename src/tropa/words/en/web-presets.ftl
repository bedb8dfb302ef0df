web-column-role-alias = customer's other number
web-preset = Whose export this is
web-preset-none = any table
web-preset-found = This looks like an export of { $name }, by its columns { $marks }.
web-preset-told = Read as an export of { $name }.
web-preset-refuse = It is not
