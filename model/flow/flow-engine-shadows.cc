/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The part of FlowEngine that lets packets take part.
#include "flow-engine.h"

#include "ns3/abort.h"
#include "ns3/log.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFlowEngineShadows");

void
FlowEngine::UseShadows(Callback<void> whenSettled)
{
    NS_LOG_FUNCTION(this);
    NS_ABORT_MSG_UNLESS(
        m_network && m_known.empty() && !m_shadows,
        "FlowEngine: UseShadows once, after SetNetwork and before the first transfer");
    // A few ranks cannot stand for all if some transfers are unlike others.
    m_useSymmetry = false;
    m_shadows = std::make_unique<FlowShadows>(*m_network);
    m_whenSettled = whenSettled;
}

uint32_t
FlowEngine::AddShadow(const Transfer& transfer, bool settlesNow)
{
    NS_ABORT_MSG_UNLESS(m_shadows, "FlowEngine: AddShadow before UseShadows");
    const uint64_t nowPs = Now();
    const uint32_t id = FindPair(transfer, true);
    FlowPair& pair = m_pairs[id];
    FlowTransfer* flow = m_pool.Acquire();
    flow->m_transfer = transfer;
    flow->m_engine = this;
    flow->m_whole = nullptr;
    flow->m_startPs = nowPs;
    m_shadows->Open(id);
    pair.Advance(nowPs);
    pair.Insert(flow, static_cast<double>(GetWireBytes(transfer.bytes)));
    if (pair.stranded)
    {
        Strand(id);
    }
    else
    {
        m_solver->SetCount(id, pair.shares);
        Touch(id);
    }
    if (settlesNow && m_settleAfterPs > nowPs)
    {
        // A look that was put off comes as well; it finds nothing to do.
        m_settleAfterPs = nowPs;
        m_settlePending = false;
    }
    RequestSettle();
    return id;
}

void
FlowEngine::CloseShadow(uint32_t id)
{
    m_shadows->Close(id);
    if (m_pairs[id].count == 0)
    {
        NoteIdle(id);
    }
}

bool
FlowEngine::HasBackground() const
{
    return m_shadows && m_shadows->HasBackground();
}

void
FlowEngine::UpdateShadows(uint64_t nowPs)
{
    m_shadows->Update(m_pairs, m_lanes, m_routes.GetBundles(), nowPs);
    m_whenSettled();
}

} // namespace opticalfabric
} // namespace ns3
