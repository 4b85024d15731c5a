/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "clos-network.h"

#include "ns3/clos-helper.h"
#include "ns3/nstime.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <stdexcept>

namespace opticalfabricbench
{

using namespace ns3;
using namespace ns3::opticalfabric;

void
ClosNetwork::Read(CaseArguments& arguments, const std::string& fallback)
{
    endpoints = arguments.GetCount("endpoints", endpoints);
    routing = arguments.GetText("routing", fallback);
}

void
ClosNetwork::Check() const
{
    if (endpoints % PER_LEAF != 0 || endpoints < 2 * PER_LEAF)
    {
        throw std::invalid_argument("endpoints is " + std::to_string(endpoints) +
                                    ", allowed a multiple of 16 from 32 on");
    }
}

BuiltFabric
ClosNetwork::Build(bool hasPackets) const
{
    const Ptr<ClosHelper> clos = CreateObject<ClosHelper>();
    clos->SetAttribute("Endpoints", UintegerValue(endpoints));
    clos->SetAttribute("Leaves", UintegerValue(endpoints / PER_LEAF));
    clos->SetAttribute("Spines", UintegerValue(PER_LEAF));
    clos->SetAttribute("UplinksPerSpine", UintegerValue(uplinks));
    for (const char* name : {"LinkDelay", "UplinkDelay"})
    {
        clos->SetAttribute(name, TimeValue(NanoSeconds(linkNs)));
    }
    for (const char* name : {"LeafLatency", "SpineLatency"})
    {
        clos->SetAttribute(name, TimeValue(NanoSeconds(switchNs)));
    }
    for (const char* name :
         {"LinkPhyLatency", "UplinkPhyLatency", "DepartureLatency", "ArrivalLatency"})
    {
        clos->SetAttribute(name, StringValue("0ns"));
    }
    clos->SetNetworkAttribute("Mtu", UintegerValue(4096));
    clos->SetNetworkAttribute("Routing", StringValue(routing));
    clos->SetNetworkAttribute("TransferOrder", StringValue(transferOrder));
    clos->SetRouteTables(hasPackets);
    return clos->Build();
}

} // namespace opticalfabricbench
