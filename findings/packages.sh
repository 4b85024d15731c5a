# Sourced by each finding: fetches pinned Debian packages into a temp folder of its own, where they
# are unpacked, not installed. Needs apt-get, dpkg-deb, gcc and g++ (dpkg-source and cmake where a
# source package is looked at); no root.
#
#   unpack NAME=VERSION ...      unpacks into $root
#   unpack_source NAME=VERSION   unpacks a source package into $root/source
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

unpack_source()
{
  # The machine's own entries, as those of source packages.
  local apt="$root/apt" file
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/parts"
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
    sed -n 's/^[[:space:]]*deb[[:space:]]/deb-src /p' > "$apt/sources.list" || true
  for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" > "$apt/parts/$(basename "$file")"
  done
  local get=(apt-get -q -q -o "Dir::Etc::sourcelist=$apt/sources.list"
    -o "Dir::Etc::sourceparts=$apt/parts" -o "Dir::State::lists=$apt/lists"
    -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=)
  (cd "$apt" && "${get[@]}" update && "${get[@]}" source --download-only "$1" &&
    dpkg-source --no-check -x ./*.dsc "$root/source") > "$root/source.log" 2>&1 || {
    echo "cannot fetch the source of $1" >&2
    exit 77
  }
}

expect()
{
  if [ "$2" != "$3" ]; then
    printf 'changed: %s\n  noted: %s\n  now:   %s\n' "$1" "$2" "$3" >&2
    exit 1
  fi
  printf '%s: %s\n' "$1" "$3"
}
