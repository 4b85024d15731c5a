#!/usr/bin/env bash
# HeapScheduler of ns-3.37 runs events out of order once one has been removed.
#
# Expected: with any scheduler events run in the order of their times. Seen: after
# Simulator::Remove an event at 10 ns runs before one at 5 ns, and the clock goes back; the other
# schedulers keep the order. Source: core/model/heap-scheduler.cc, Remove() puts the last event of
# the heap into the gap and lets it sink, but never rise. Simulator::Cancel does not come here.
# Debian's build is without asserts, so nothing is said.
#
# So a program that removes events must not offer this scheduler.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/order.cc" <<'C'
#include "ns3/object-factory.h"
#include "ns3/simulator.h"

#include <iostream>
#include <vector>

using namespace ns3;

static void
Print()
{
    std::cout << Simulator::Now().GetNanoSeconds() << " ";
}

int
main(int, char* argv[])
{
    ObjectFactory scheduler;
    scheduler.SetTypeId(argv[1]);
    Simulator::SetScheduler(scheduler);
    std::vector<EventId> events;
    for (const int ns : {1, 10, 2, 11, 12, 3, 4, 13, 14, 15, 16, 5})
    {
        events.push_back(Simulator::Schedule(NanoSeconds(ns), &Print));
    }
    Simulator::Remove(events[3]);
    Simulator::Run();
    Simulator::Destroy();
    std::cout << std::endl;
    return 0;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include order.cc -o order \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
for scheduler in MapScheduler ListScheduler PriorityQueueScheduler CalendarScheduler; do
  expect "$scheduler" "1 2 3 4 5 10 12 13 14 15 16" "$(./order "ns3::$scheduler" | xargs)"
done
expect "HeapScheduler" "1 2 3 4 10 5 12 13 14 15 16" "$(./order ns3::HeapScheduler | xargs)"
