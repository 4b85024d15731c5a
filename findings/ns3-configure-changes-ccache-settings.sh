#!/usr/bin/env bash
# Configuring ns-3.37 changes the settings that ccache has for all of the user's projects.
#
# Expected: a project that wants options of ccache passes them for its own compilations
# (CCACHE_SLOPPINESS), and leaves the configuration file alone.
# Seen: cmake, each time that it configures the tree, runs "ccache --set-config sloppiness=...": what
# the user had set is gone (below "locale"), and every project of theirs is compiled from then on
# with include_file_mtime and include_file_ctime, which let ccache trust headers that change while
# they are compiled.
#
# So what configures ns-3 for others gives it a configuration of its own (CCACHE_CONFIGPATH).
. "$(dirname "$0")/packages.sh"
unpack ccache=4.8+really4.7.5-1 libhiredis0.14=0.14.1-3
unpack_source ns3=3.37-2

export PATH="$root/usr/bin:$PATH" CCACHE_CONFIGPATH="$root/ccache.conf"
echo "sloppiness = locale" > "$CCACHE_CONFIGPATH"
expect "before" "locale" "$(ccache --get-config sloppiness)"
cmake -S "$root"/source/ns-3.37 -B "$root/build" -DNS3_ENABLED_MODULES=core \
  -DNS3_PYTHON_BINDINGS=OFF > "$root/cmake.log" 2>&1 || true
expect "ns-3 says" "-- CCache is enabled." "$(grep CCache "$root/cmake.log" | head -1)"
expect "after" "include_file_ctime, include_file_mtime, pch_defines, time_macros" \
  "$(ccache --get-config sloppiness)"
