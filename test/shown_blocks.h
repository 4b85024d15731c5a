/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef SHOWN_BLOCKS_H
#define SHOWN_BLOCKS_H

// What pieces of code in the manual take for granted; test/shown_commands.py puts it before them.

#include "ns3/core-module.h"
#include "ns3/network-module.h"
#include "ns3/optical-fabric-module.h"

#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;

/// @return a CloudMatrix of two nodes
inline BuiltFabric
MakeFabric()
{
    const auto helper = CreateObject<CloudMatrixHelper>();
    helper->SetAttribute("Nodes", UintegerValue(2));
    return helper->Build();
}

/**
 * @param collectives gets an all-reduce over 32 dies
 */
inline void
InstallAllReduce(CollectiveHelper& collectives)
{
    collectives.Install("all-reduce", 1 << 16, CollectiveHelper::GetRange(0, 32), "ring");
}

/// Does nothing with what a trace tells.
inline void
CollectiveEnded(const CollectiveResult& /* result */)
{
}

/// Does nothing with what a trace tells.
inline void
PacketSent(const PacketView& /* packet */)
{
}

/// Does nothing with what a trace tells.
inline void
PacketLost(const PacketView& /* packet */)
{
}

/// Does nothing with what a trace tells.
inline void
OnPower(const PowerSample& /* sample */)
{
}

/// @param transfer a transfer @return whether it is to be sent by packets
inline bool
IsOfMyJob(const Transfer& transfer)
{
    return transfer.source == 0;
}

/**
 * @param run a block
 * @return exit status: 3 if it threw
 */
inline int
RunBlock(void (*run)())
{
    Time::SetResolution(Time::PS);
    try
    {
        run();
    }
    catch (const std::exception& thrown)
    {
        std::cerr << thrown.what() << std::endl;
        return 3;
    }
    return 0;
}

#endif /* SHOWN_BLOCKS_H */
