#!/bin/sh
# A library that gives a program another clock, for the test of reproducible builds; installed when that is allowed, else said.
set -eu
if ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libfaketime >/dev/null || echo "The test with another clock is left out: libfaketime could not be installed." >&2
else
  echo "The test with another clock needs a library; it is left out. On Debian: sudo apt-get install libfaketime" >&2
fi
