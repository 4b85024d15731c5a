/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "transfer-engine.h"

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
TransferEngine::AdoptSymmetry(TransferSymmetry::Kind, const std::vector<uint32_t>&, uint32_t)
{
    return {};
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
