#!/bin/sh
# Publish a built site to object storage: sh deploy/storage.sh s3://BUCKET[/FOLDER] [OPTION ...]
# It calls the AWS command line tool, which speaks to other providers' storage too: --endpoint-url https://storage.example.org
# New files go first and old ones last, so that a page that is open meanwhile still finds what it names.
set -eu
place=${1:?"where to? sh deploy/storage.sh s3://BUCKET[/FOLDER] [OPTION ...]"}
shift
[ -f site/index.html ] || { echo "There is no site/index.html here; run make site first, in the folder of the project." >&2; exit 2; }

kept="pagefind/fragment/* pagefind/index/* assets/stylesheets/*.min.css assets/javascripts/bundle.*.min.js"
types="mjs=text/javascript wasm=application/wasm md=text/markdown csv=text/csv txt=text/plain jsonld=application/ld+json
  geojson=application/geo+json bib=application/x-bibtex ics=text/calendar gz=application/gzip"
set -f # the patterns are for the tool, not for the shell

# 1. What has a hash in its name: a browser keeps it for a year.
only="" but=""
for pattern in $kept; do
  only="$only --include $pattern" but="$but --exclude $pattern"
done
# shellcheck disable=SC2086
aws s3 sync site "$place" --no-progress --exclude "*" $only --cache-control "public, max-age=31536000, immutable" "$@"

# 2. What storage has no right type for.
for pair in $types; do
  type=${pair#*=}
  case $type in text/*) type="$type; charset=utf-8" ;; esac
  aws s3 sync site "$place" --no-progress --exclude "*" --include "*.${pair%%=*}" --cache-control no-cache --content-type "$type" "$@"
  but="$but --exclude *.${pair%%=*}"
done

# 3. Everything else, pages above all: a browser asks each time whether it is still the same.
# shellcheck disable=SC2086
aws s3 sync site "$place" --no-progress $but --cache-control no-cache "$@"

# 4. What the site has no more.
aws s3 sync site "$place" --no-progress --size-only --delete "$@"
