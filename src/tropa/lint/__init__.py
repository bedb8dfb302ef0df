"""Rules over a map and its evidence."""
