# Sourced by each finding: fetches pinned Debian packages into a temp folder of its own, where they
# are unpacked, not installed. Needs apt-get, dpkg-deb, gcc and g++; no root.
#
#   unpack NAME=VERSION ...      unpacks into $root
#   expect WHAT WANTED GOT       ends the script with status 1 if the two differ

set -euo pipefail
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
export LD_LIBRARY_PATH="$root/usr/lib/x86_64-linux-gnu:$root/usr/lib/x86_64-linux-gnu/hdf5/serial"

unpack()
{
  (cd "$root" && apt-get -q -q download "$@" 2>/dev/null) || {
    echo "cannot fetch $*" >&2
    exit 77
  }
  for package in "$root"/*.deb; do
    dpkg-deb -x "$package" "$root"
    rm "$package"
  done
}

expect()
{
  if [ "$2" != "$3" ]; then
    printf 'changed: %s\n  noted: %s\n  now:   %s\n' "$1" "$2" "$3" >&2
    exit 1
  fi
  printf '%s: %s\n' "$1" "$3"
}
