#!/usr/bin/env bash
# Makes interop/inspect/.venv with the pinned Inspect AI. Nothing of it is committed.
set -euo pipefail
cd "$(dirname "$0")"

python3 -m venv .venv
.venv/bin/pip install -q --disable-pip-version-check -r requirements.txt
