#!/usr/bin/env python3
"""The one way in from a fresh checkout (standard library only)."""
