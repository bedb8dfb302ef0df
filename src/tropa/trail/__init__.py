"""The tape, bindings, measures and their kernels: what the trail answers, and where it runs."""
