/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "transfer-engine.h"

#include "ns3/abort.h"

namespace ns3
{
namespace opticalfabric
{

NS_OBJECT_ENSURE_REGISTERED(TransferEngine);

TypeId
TransferEngine::GetTypeId()
{
    static TypeId tid = TypeId("ns3::opticalfabric::TransferEngine")
                            .SetParent<Object>()
                            .SetGroupName("OpticalFabric");
    return tid;
}

TransferSymmetry
TransferEngine::AdoptSymmetry(TransferSymmetry::Kind,
                              const std::vector<uint32_t>&,
                              uint32_t,
                              uint32_t)
{
    return {};
}

void
TransferEngine::PostUnequal(const Transfer&, uint32_t, TransferClient*)
{
    NS_ABORT_MSG("PostUnequal in an engine in which no rank stands for others");
}

std::vector<RingHop>
TransferEngine::FindFreeRing(const std::vector<uint32_t>&, uint64_t)
{
    return {};
}

void
TransferEngine::CountHop(const Transfer&, const RingHop&, uint64_t)
{
    NS_ABORT_MSG("CountHop in an engine that knows of no ring");
}

std::string
TransferEngine::ExplainNoPath(uint32_t, uint32_t) const
{
    return "";
}

void
TransferEngine::UpdateCounters()
{
}

uint32_t
TransferEngine::OpenAccount()
{
    return 0;
}

const TrafficAccount*
TransferEngine::GetAccount(uint32_t /* account */) const
{
    return nullptr;
}

} // namespace opticalfabric
} // namespace ns3
