"""Long work in the background: with progress, cancelled without harm, remembered over restarts."""

from tropa.jobs.runner import Cancelled, Progress, Runner

__all__ = ["Cancelled", "Progress", "Runner"]
