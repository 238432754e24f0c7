#!/bin/sh
# Make sure that what the site takes from npm is there; install Debian's Node.js when that is allowed. Where it cannot be had,
# say what is left out and go on: the site stands without it, and its pages say so.
set -eu
if ! command -v npm >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null || true
fi
if ! command -v npm >/dev/null; then
  echo "Node.js and npm are missing, so PDFs in the reader's browser and the contribution form are left out; all else is built." >&2
  echo "On Debian or Ubuntu: sudo apt-get install nodejs npm, then make site again." >&2
  exit 0
fi
npm ci --silent --omit=optional
touch node_modules/.ready
