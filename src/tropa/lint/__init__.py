"""Rules over a map and its evidence."""

from tropa.lint.check import RULES, Rule, check, guide_page
from tropa.lint.finding import SEVERITIES, Finding, Severity, exit_status, finding_data

__all__ = ["RULES", "SEVERITIES", "Finding", "Rule", "Severity", "check", "exit_status", "finding_data", "guide_page"]
