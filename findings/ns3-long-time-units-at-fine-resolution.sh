#!/usr/bin/env bash
# Years(1) is 8.76 hours in ns-3.37 at a resolution of picoseconds, and Days(1) 86.4 ms at
# femtoseconds.
#
# Expected: a unit that 64 bits of the resolution cannot hold (a year is 3.15e19 ps) is refused, or
# saturates. Seen: the unit goes on being counted as at the default resolution of nanoseconds, so
# that it is 1,000 or 1,000,000 times too short; also from text ("0.001y", which would fit), and
# GetYears and GetDays are wrong by the same factor, or negative. Source: core/model/time.cc marks
# such units invalid and only asserts; Debian's build is without asserts. A time in days that does
# not fit (Days(200) in picoseconds) wraps to a negative one.
#
# So lifetimes and repairs belong into doubles with their unit, never into ns3::Time.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/times.cc" <<'C'
#include "ns3/nstime.h"

#include <iostream>
#include <string>

using namespace ns3;

int
main(int, char* argv[])
{
    const std::string unit = argv[1];
    Time::SetResolution(unit == "ps" ? Time::PS : unit == "fs" ? Time::FS : Time::NS);
    std::cout << Years(1).GetSeconds() << " " << Time("0.001y").GetSeconds() << " "
              << Hours(1).GetYears() << " | " << Days(1).GetSeconds() << " " << Hours(2).GetDays()
              << " | " << Days(200).GetSeconds() << std::endl;
    return 0;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include times.cc -o times \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
echo "seconds of 1 and 0.001 years, 1 hour in years | seconds of a day, 2 hours in days | of 200 days"
expect "ns" "3.1536e+07 31536 0.000114155 | 86400 0.0833333 | 1.728e+07" "$(./times ns)"
expect "ps" "31536 31.536 0.114155 | 86400 0.0833333 | -1.16674e+06" "$(./times ps)"
expect "fs" "31.536 0.031536 114.155 | 0.0864 83333.3 | 17.28" "$(./times fs)"
