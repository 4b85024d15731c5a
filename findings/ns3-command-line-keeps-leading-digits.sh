#!/usr/bin/env bash
# CommandLine of ns-3.37 takes the leading digits of a number and drops the rest of the text.
#
# Expected: a value that is not wholly a number of the option's type is refused, as "many" is and as
# 4294967296 is for 32 bits. Seen: --runs=1e2 runs once, --bytes=64k is 64, --runs=3.9 is 3,
# --runs=0x10 is 0, and a negative number becomes a large one; none is told. For double the tail is
# dropped, too: 0x1p4 is 0.
#
# So a program whose options users write as texts must read them as strings and parse them itself.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/options.cc" <<'C'
#include "ns3/command-line.h"

#include <iostream>

int
main(int argc, char* argv[])
{
    uint32_t runs = 7;
    double share = 7;
    ns3::CommandLine cmd;
    cmd.AddValue("runs", "a whole number", runs);
    cmd.AddValue("share", "a real number", share);
    cmd.Parse(argc, argv);
    std::cout << runs << " " << share << std::endl;
    return 0;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include options.cc -o options \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
run()
{
  local status=0
  text=$(./options "$1" 2>&1) || status=$?
  [ "$status" = 0 ] && echo "$text" || echo "refused"
}
expect "--runs=1e2" "1 7" "$(run --runs=1e2)"
expect "--runs=64k" "64 7" "$(run --runs=64k)"
expect "--runs=3.9" "3 7" "$(run --runs=3.9)"
expect "--runs=0x10" "0 7" "$(run --runs=0x10)"
expect "--runs=-5" "4294967291 7" "$(run --runs=-5)"
expect "--share=1e3x" "7 1000" "$(run --share=1e3x)"
expect "--share=0x1p4" "7 0" "$(run --share=0x1p4)"
expect "--runs=many" "refused" "$(run --runs=many)"
expect "--runs=4294967296" "refused" "$(run --runs=4294967296)"
