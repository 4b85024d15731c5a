#!/usr/bin/env bash
# The largest of negative values is 0 in ns3::Average of ns-3.37.
#
# Expected: of -12.5, -3 and -7.25 dBm the maximum is -3, as its calculator
# MinMaxAvgTotalCalculator, which is in the same module, has it.
# Seen: Average begins with a maximum of 0, so Max() is 0 for powers in dBm, margins that are missed
# and any other values below 0, and so is the maximum where it is printed. What is printed in
# parentheses is the standard deviation of values, where the comment of the operator has "err".
#
# So levels in dB have to go through MinMaxAvgTotalCalculator, or one's own maximum.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/average.cc" <<'C'
#include "ns3/average.h"
#include "ns3/basic-data-calculators.h"

#include <iostream>

int
main()
{
    ns3::Average<double> average;
    ns3::MinMaxAvgTotalCalculator<double> calculator;
    for (const double dbm : {-12.5, -3.0, -7.25})
    {
        average.Update(dbm);
        calculator.Update(dbm);
    }
    std::cout << average.Max() << ' ' << calculator.getMax() << '\n' << average << std::endl;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include average.cc -o average \
  -L usr/lib/x86_64-linux-gnu -lns3-stats -lns3-core -Wl,--allow-shlib-undefined
text=$(./average)
expect "Average and its calculator" "0 -3" "$(head -1 <<< "$text")"
expect "printed" "-7.58333 (4.75876) [-12.5, 0]" "$(tail -1 <<< "$text")"
