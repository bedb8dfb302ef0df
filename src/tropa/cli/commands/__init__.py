"""One command a module. `command(say)` makes it in one language."""
