"""Files in object storage: which there are under an address, and how they are read (R-20, R-63).

`s3://bucket/prefix/*.parquet` (Amazon's and whatever speaks like it), `gs://…`, `abfs://…`. Keys, region and endpoint are those of the
usual environment variables; none is kept.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tropa.model import TropaError

_SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss")
_ADDRESS = re.compile(rf"({'|'.join(_SCHEMES)})://", re.IGNORECASE)
_WILD = re.compile(r"[*?\[]")
_BLOCK = 8 << 20


def is_address(text: object) -> bool:
    """Whether a text is the address of something in object storage."""
    return isinstance(text, str) and _ADDRESS.match(text) is not None


@dataclass(frozen=True)
class Objects:
    """What lies under an address: `paths` in the order of their names."""

    filesystem: Any
    paths: tuple[str, ...]
    name: str
    """What rows of them all are identified under: the last word of the address that is no pattern."""


def find(address: str) -> Objects:
    """The objects that an address means: one, all that fit a pattern (`*` ends at a `/`, `**` does not), or all in a folder.

    Raises TR-S043 where there is none, TR-S044 where the storage cannot be reached.
    """
    parts = urlsplit(address.replace("?", "\0"))  # a question mark is a sign of the pattern here
    bucket, key = parts.netloc, parts.path.strip("/").replace("\0", "?")
    fixed = _WILD.split(f"{bucket}/{key}", maxsplit=1)[0]
    wild = _WILD.search(key) is not None
    base = fixed.rpartition("/")[0] if wild else fixed.strip("/")
    with answering(address):
        system = _filesystem(parts.scheme.lower(), bucket)
        bucket = bucket.rpartition("@")[2]
        base = base.rpartition("@")[2]
        paths = _listed(system, base, wild, f"{bucket}/{key}")
    if not paths:
        raise TropaError("TR-S043", name=address)
    name = base.rpartition("/")[2] if wild or len(paths) > 1 else re.split(r"[.]", paths[0].rpartition("/")[2])[0]
    return Objects(system, tuple(paths), name or bucket)


def _listed(system: Any, base: str, wild: bool, pattern: str) -> list[str]:
    from pyarrow import fs

    if not wild:
        (found,) = system.get_file_info([base])
        if found.type == fs.FileType.File:
            return [base]
    fits = re.compile(_pattern(pattern)) if wild else None
    inside = system.get_file_info(fs.FileSelector(base, recursive=True, allow_not_found=True))
    files = [one.path for one in inside if one.type == fs.FileType.File]
    if fits is not None:
        return sorted(one for one in files if fits.fullmatch(one))
    hidden = re.compile(r"(^|/)[._][^/]*")
    return sorted(one for one in files if not hidden.search(one[len(base) :]))


def _pattern(text: str) -> str:
    """The pattern as an expression: a lone `*` or `?` stays within a folder."""
    pieces = re.split(r"(\*\*|\*|\?)", text)
    kinds = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(kinds.get(piece) or translate(piece)[4:-3] for piece in pieces)


def _filesystem(scheme: str, bucket: str) -> Any:
    from pyarrow import fs

    if scheme != "s3":
        system, _ = fs.FileSystem.from_uri(f"{'gs' if scheme == 'gcs' else scheme}://{bucket}/")
        return system
    told: dict[str, Any] = {}
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if endpoint:
        parts = urlsplit(endpoint if "//" in endpoint else f"https://{endpoint}")
        told |= {"endpoint_override": parts.netloc, "scheme": parts.scheme}
    elif not region:
        region = fs.resolve_s3_region(bucket.rpartition("@")[2])
    if bucket.startswith("anonymous@"):
        told["anonymous"] = True
    return fs.S3FileSystem(region=region or "us-east-1", request_timeout=60, connect_timeout=10, **told)


def bring(objects: Objects, folder: Path) -> list[Path]:
    """Copies the objects into a folder, block by block. Raises TR-S044."""
    out = []
    for number, path in enumerate(objects.paths):
        target = folder / f"{number:05d}" / path.rpartition("/")[2]
        target.parent.mkdir(parents=True)
        with (
            answering(path),
            objects.filesystem.open_input_stream(path, compression=None) as source,
            target.open("wb") as to,
        ):
            shutil.copyfileobj(source, to, _BLOCK)
        out.append(target)
    return out


@contextmanager
def answering(address: str) -> Iterator[None]:
    """Faults of the storage as TR-S044."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException) as fault:
        raise TropaError("TR-S044", name=address, reason=str(fault).partition("\n")[0][:300]) from fault
