#!/usr/bin/env bash
# ns3::Time::GetSeconds of a negative time is what C++17 leaves undefined, in ns-3.37.
#
# Expected: -1 ms is -0.001 s, and nothing else, as times may be negative (Time has IsNegative).
# Seen: the number is right, and the undefined-behaviour sanitizer of the compiler reports a left
# shift of a negative value in int64x64-128.h, which all conversions to fractions go through. The
# numbers of whole picoseconds are converted without it.
#
# So a program that is tested with that sanitizer divides GetPicoSeconds by 1e12 where a time may be
# negative, in messages about times that are refused for example.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/negative.cc" <<'C'
#include "ns3/nstime.h"

#include <iostream>

int
main(int argc, char*[])
{
    ns3::Time::SetResolution(ns3::Time::PS);
    const ns3::Time time = ns3::PicoSeconds(-1000000000);
    std::cout << (argc > 1 ? time.GetPicoSeconds() / 1e12 : time.GetSeconds()) << std::endl;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -fsanitize=undefined -I usr/include negative.cc -o negative \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
expect "seconds" "-0.001" "$(./negative 2> seconds.txt)"
report=$(grep -o 'int64x64-128.h.*left shift of negative value' seconds.txt | sed 's/:[0-9:]* / /')
expect "reported" "int64x64-128.h runtime error: left shift of negative value" "$report"
expect "picoseconds" "-0.001" "$(./negative whole 2> whole.txt)"
expect "reported of these" "" "$(cat whole.txt)"
