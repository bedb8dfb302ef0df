"""Kernels: small numba functions over arrays in (customer, time) order, each beside a naive twin in plain Python (`naive_…`).

`kernel` is the one decorator. Compiled code is kept under the user's cache folder, in a folder named by a hash of all kernel
sources, so that a helper edited in another file never leaves a stale result; an unwritable cache means compiling anew, with
one notice on the log.
"""

from tropa.trail.kernels.jit import kernel

__all__ = ["kernel"]
