"""Map files in and out; migrations beside the format."""

from tropa.codec.document import Document, load, loads, write_whole
from tropa.codec.matrix import Matrix, to_matrix
from tropa.codec.matrix_back import Edit, from_matrix
from tropa.codec.mermaid_in import from_mermaid
from tropa.codec.schema import schema, schema_text
from tropa.codec.tables import read_csv, read_table, read_xlsx, write_csv
from tropa.codec.writer import dumps, plain_map

__all__ = [
    "Document",
    "Edit",
    "Matrix",
    "dumps",
    "from_matrix",
    "from_mermaid",
    "load",
    "loads",
    "plain_map",
    "read_csv",
    "read_table",
    "read_xlsx",
    "schema",
    "schema_text",
    "to_matrix",
    "write_csv",
    "write_whole",
]
