#!/usr/bin/env bash
# Once the dev container is made: what `npm run check` and .ci/run need besides Node.
set -euo pipefail
cd "$(dirname "$0")/.."

# A browser for the page, databases that load a world, shells that complete command lines.
sudo apt-get update
sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y \
  chromium python3 python3-venv sqlite3 postgresql zsh fish

npm install --global deno@2.9.6
npm ci

python3 -m venv .ci/venv
.ci/venv/bin/pip install --quiet --disable-pip-version-check -r tests/clients/requirements.txt
