"""Where the doors are."""

API = "/api/v1"
"""What every address of the HTTP API begins with; the number changes only when old programs would break."""
EMBED = "/embed"
"""What other sites may show inside their pages."""
