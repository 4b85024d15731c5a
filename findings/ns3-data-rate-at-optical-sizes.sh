#!/usr/bin/env bash
# DataRate of ns-3.37 at the rates and sizes of optical links.
#
# Expected: 1.6Tbps is a rate as 1600Gbps is; 512 MiB take 10.7 ms at 400 Gb/s; what does not fit is
# refused. Seen: there is no tera ("Could not parse rate"), nor an exponent (1e9bps), while Time
# takes both 1e3s and its long units; CalculateBytesTxTime multiplies by eight in 32 bits, so
# 512 MiB take no time at all and 513 MiB what 1 MiB does; 2^64-1 bit/s, the largest rate that
# DataRate(uint64_t) holds and that it writes, is 0 when it is read again; fractions of a bit per
# second are dropped.
#
# So sizes of whole messages need arithmetic of one's own, and rates are read as numbers with units.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/rates.cc" <<'C'
#include "ns3/data-rate.h"

#include <iostream>
#include <sstream>
#include <string>

using namespace ns3;

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS);
    if (argc == 2)
    {
        DataRate rate;
        std::istringstream text(argv[1]);
        text >> rate;
        std::cout << (text.fail() ? "refused" : std::to_string(rate.GetBitRate())) << std::endl;
        return 0;
    }
    const DataRate rate("400Gbps");
    for (const uint32_t mebibytes : {1, 511, 512, 513})
    {
        std::cout << rate.CalculateBytesTxTime(mebibytes << 20).GetTimeStep() << " ";
    }
    std::ostringstream text;
    text << DataRate(~uint64_t{0});
    std::cout << text.str() << " " << DataRate(text.str()).GetBitRate() << std::endl;
    return 0;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include rates.cc -o rates \
  -L usr/lib/x86_64-linux-gnu -lns3-core -lns3-network -Wl,--allow-shlib-undefined
expect "1600Gbps" "1600000000000" "$(./rates 1600Gbps)"
expect "1.6Tbps" "refused" "$(./rates 1.6Tbps)"
expect "1e9bps" "refused" "$(./rates 1e9bps)"
expect "1.9bps" "1" "$(./rates 1.9bps)"
expect "ps of 1, 511, 512, 513 MiB at 400 Gb/s; highest rate as text, and read again" \
  "20971520 10716446720 0 20971520 18446744073709551615bps 0" "$(./rates)"
