"""Map files in and out; migrations beside the format."""

from tropa.codec.document import Document, load, loads, write_whole
from tropa.codec.schema import schema, schema_text
from tropa.codec.writer import dumps, plain_map

__all__ = ["Document", "dumps", "load", "loads", "plain_map", "schema", "schema_text", "write_whole"]
