/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-packet.h"

#include "ns3/port-engine.h"

namespace ns3
{
namespace opticalfabric
{

bool
FabricPacket::Foresee(uint32_t step) const
{
    return m_port->ForeseeArrival(*this, step);
}

void
FabricPacket::Notify()
{
    m_port->Handle(this);
}

} // namespace opticalfabric
} // namespace ns3
