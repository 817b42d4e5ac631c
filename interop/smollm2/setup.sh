#!/usr/bin/env bash
# Gets the model and the library that runs it, and lets the working tree find the library. Nothing of it is committed.
set -euo pipefail
cd "$(dirname "$0")/../.."

python3 interop/smollm2/fetch.py

# The same weights as safetensors, for the engine.
python3 -m venv interop/smollm2/.venv
interop/smollm2/.venv/bin/pip install -q --disable-pip-version-check -r interop/smollm2/requirements.txt
interop/smollm2/.venv/bin/python interop/smollm2/to_safetensors.py

# Without a lock file: the registry lacks some platform packages that the library lists, so npm could not follow one.
# Without optional packages: those are GPU builds of several hundred megabytes.
(cd interop/llama && npm install --no-package-lock --omit=optional --ignore-scripts --no-audit --no-fund)

# A link, since an `npm install` here would drop the optional packages of the product's own tools. Its binaries are
# found beside where it really lies.
rm -rf node_modules/node-llama-cpp
ln -s ../interop/llama/node_modules/node-llama-cpp node_modules/node-llama-cpp
