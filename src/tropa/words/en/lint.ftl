lint-severity-error = error
lint-severity-warning = warning
lint-severity-hint = hint
lint-page-title = What tropa lint checks
lint-page-intro = Errors end the command with status 1; warnings only with --strict; hints never. This page is made from the rules themselves.
lint-page-code = Code
lint-page-severity = Severity
lint-page-rule = What was found
