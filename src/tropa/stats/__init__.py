"""Pure maths: intervals, tests, survival, value of a state. Numbers in, numbers out (numpy and scipy only)."""
