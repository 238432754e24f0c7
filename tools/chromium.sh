#!/bin/sh
# Make sure that there is a Chromium for the browser tests; install Debian's when that is allowed, else say what to do.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
  echo "The browser tests need Chromium. On Debian: sudo apt-get install chromium; elsewhere set CHROMIUM to its path." >&2
  exit 1
fi
