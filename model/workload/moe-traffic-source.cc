/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/moe-traffic-source.h"

#include "ns3/abort.h"

namespace ns3
{
namespace opticalfabric
{

MoeTrafficSource::MoeTrafficSource(uint32_t ranks, const MoeRouting& routing)
    : m_ranks(ranks),
      m_routing(routing),
      m_uniform(CreateObject<UniformRandomVariable>())
{
}

void
MoeTrafficSource::AddUser()
{
    ++m_users;
}

std::shared_ptr<const MoeTraffic>
MoeTrafficSource::Take(uint32_t iteration)
{
    NS_ABORT_MSG_IF(iteration < m_first, "the matrix of iteration " << iteration << " is gone");
    while (iteration - m_first >= m_drawn.size())
    {
        const auto uniform = [this]() { return m_uniform->GetValue(0.0, 1.0); };
        m_drawn.push_back(
            {std::make_shared<MoeTraffic>(m_ranks, m_routing, uniform), m_users * m_ranks});
    }
    Drawn& drawn = m_drawn[iteration - m_first];
    const auto traffic = drawn.traffic;
    --drawn.left;
    while (!m_drawn.empty() && m_drawn.front().left == 0)
    {
        m_drawn.pop_front();
        ++m_first;
    }
    return traffic;
}

int64_t
MoeTrafficSource::AssignStreams(int64_t stream)
{
    m_uniform->SetStream(stream);
    return 1;
}

bool
MoeTrafficSource::Fits(uint32_t ranks, const MoeRouting& routing) const
{
    return ranks == m_ranks && routing.tokensPerRank == m_routing.tokensPerRank &&
           routing.topK == m_routing.topK && routing.experts == m_routing.experts &&
           routing.zipfSkew == m_routing.zipfSkew;
}

} // namespace opticalfabric
} // namespace ns3
