#!/usr/bin/env bash
# Two addresses of ns-3.37 can be equal, and yet one of them is less than the other.
#
# Expected: what is equal is found in a std::map. Seen: an address that was read from a packet (out
# of an ARP header, say) has no type; it equals the same Mac48Address, IsMatchingType takes it for
# one, but operator< looks at the type first, so a map keyed by Address does not find it.
# Mac48Address::ConvertFrom gives it the type back.
#
# So a device that looks receivers up by Address has to convert first, or no ARP reply arrives.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/addresses.cc" <<'C'
#include "ns3/address-utils.h"
#include "ns3/buffer.h"
#include "ns3/mac48-address.h"

#include <iostream>
#include <map>

using namespace ns3;

int
main()
{
    const Address written = Mac48Address("00:00:00:00:00:07");
    Buffer buffer;
    buffer.AddAtStart(written.GetLength());
    Buffer::Iterator to = buffer.Begin();
    WriteTo(to, written);
    Address read;
    Buffer::Iterator from = buffer.Begin();
    ReadFrom(from, read, written.GetLength());

    const std::map<Address, int> receivers{{written, 7}};
    std::cout << "equal " << (read == written) << ", less " << (read < written) << ", matching "
              << Mac48Address::IsMatchingType(read) << ", found " << receivers.count(read)
              << ", found after ConvertFrom "
              << receivers.count(Mac48Address::ConvertFrom(read)) << std::endl;
    return 0;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include addresses.cc -o addresses \
  -L usr/lib/x86_64-linux-gnu -lns3-core -lns3-network -Wl,--allow-shlib-undefined
expect "an address read from a packet, and the same one" \
  "equal 1, less 1, matching 1, found 0, found after ConvertFrom 1" "$(./addresses)"
