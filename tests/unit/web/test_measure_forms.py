"""An answer to take along: as a page and as a Vega-Lite specification, besides table and pictures (R-26, R-62)."""

from __future__ import annotations

import pytest

from tropa.service.desk import Desk
from web_desk import MAP, ClientOf

BASE = f"/api/v1/maps/{MAP}"


@pytest.mark.parametrize(
    ("measure", "query"), [("funnel", "order=strict"), ("sankey", "level=stages"), ("loops", "level=stages")]
)
def test_pages_and_specifications_are_downloads(trail: Desk, client_of: ClientOf, measure: str, query: str) -> None:
    """R-62: a page is never shown within the app's own origin; a specification is JSON that names its schema."""
    client = client_of("viewer")
    page = client.get(f"{BASE}/measures/{measure}.html?{query}")
    assert page.status_code == 200
    assert page.headers["content-disposition"].startswith("attachment")
    assert "<table>" in page.text
    spec = client.get(f"{BASE}/measures/{measure}.vega?{query}")
    assert spec.headers["content-type"].startswith("application/json")
    assert f"{measure}.vl.json" in spec.headers["content-disposition"]
    assert "vega-lite" in spec.json()["$schema"]


def test_a_form_that_is_not_written_is_refused(trail: Desk, client_of: ClientOf) -> None:
    """R-62: with what there is."""
    assert client_of("viewer").get(f"{BASE}/measures/funnel.gif").status_code == 400
