#!/usr/bin/env bash
# ns-3.37 writes attributes with six digits: what ConfigStore saves does not bring the run back.
#
# Expected: text from which the value can be read again. Seen: a Time of 1,234,567,890,123 ps is
# saved as +1.23457e+12ps and loaded as 1,234,570,000,000 ps, 2.1 us later; a double of
# 0.1234567890123 comes back as 0.123457; no message. Seen at a resolution of nanoseconds, too.
#
# So a package that reproduces a run must hold its settings in another form than ConfigStore's.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/settings.cc" <<'C'
#include "ns3/config-store.h"
#include "ns3/core-module.h"

#include <iomanip>
#include <iostream>

using namespace ns3;

class Laser : public Object
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::Laser")
                                .SetParent<Object>()
                                .AddConstructor<Laser>()
                                .AddAttribute("Wake",
                                              "",
                                              TimeValue(Time(0)),
                                              MakeTimeAccessor(&Laser::wake),
                                              MakeTimeChecker())
                                .AddAttribute("Margin",
                                              "",
                                              DoubleValue(0),
                                              MakeDoubleAccessor(&Laser::margin),
                                              MakeDoubleChecker<double>());
        return tid;
    }

    Time wake;
    double margin;
};

NS_OBJECT_ENSURE_REGISTERED(Laser);

static void
Store(const std::string& mode)
{
    Config::SetDefault("ns3::ConfigStore::Filename", StringValue("settings.txt"));
    Config::SetDefault("ns3::ConfigStore::FileFormat", StringValue("RawText"));
    Config::SetDefault("ns3::ConfigStore::Mode", StringValue(mode));
    ConfigStore store;
    store.ConfigureDefaults();
}

static void
Print(const char* when)
{
    Ptr<Laser> laser = CreateObject<Laser>();
    std::cout << when << " " << laser->wake.GetTimeStep() << " " << std::setprecision(13)
              << laser->margin << " ";
}

int
main(int, char* argv[])
{
    Time::SetResolution(std::string(argv[1]) == "ps" ? Time::PS : Time::NS);
    Config::SetDefault("ns3::Laser::Wake", TimeValue(Time(1234567890123)));
    Config::SetDefault("ns3::Laser::Margin", DoubleValue(0.1234567890123));
    Print("set");
    Store("Save");
    Store("Load");
    Print("loaded");
    std::cout << std::endl;
    return 0;
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include settings.cc -o settings \
  -L usr/lib/x86_64-linux-gnu -lns3-core -lns3-config-store -Wl,--allow-shlib-undefined
expect "picoseconds" "set 1234567890123 0.1234567890123 loaded 1234570000000 0.123457" \
  "$(./settings ps | xargs)"
expect "nanoseconds" "set 1234567890123 0.1234567890123 loaded 1234570000000 0.123457" \
  "$(./settings ns | xargs)"
grep "ns3::Laser::" settings.txt
