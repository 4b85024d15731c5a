/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "verdict-memo.h"

#include <stdexcept>
#include <string>

namespace ns3
{
namespace opticalfabric
{

VerdictMemo::VerdictMemo(const DegradationModel& model)
    : m_model(model)
{
}

FabricVerdict
VerdictMemo::Get(const std::vector<DegradedComponent>& degraded, const StateSignature& signature)
{
    {
        const std::lock_guard<std::mutex> lock(m_mutex);
        const auto found = m_verdicts.find(signature);
        if (found != m_verdicts.end())
        {
            return found->second;
        }
    }
    // Not while others wait: it may be a simulation.
    const FabricVerdict verdict = m_model.Assess(degraded, signature);
    if (!(verdict.speed >= 0 && verdict.speed <= 1))
    {
        throw std::logic_error("degradation model: speed = " + std::to_string(verdict.speed) +
                               " of state \"" + m_model.Explain(signature) +
                               "\" is not allowed; allowed: 0 to 1");
    }
    const std::lock_guard<std::mutex> lock(m_mutex);
    m_verdicts.emplace(signature, verdict);
    return verdict;
}

const DegradationModel&
VerdictMemo::GetModel() const
{
    return m_model;
}

std::size_t
VerdictMemo::GetSize() const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_verdicts.size();
}

} // namespace opticalfabric
} // namespace ns3
