/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/moe-traffic.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * Draws experts by popularity, each at most once per token.
 */
class ExpertPicker
{
  public:
    /**
     * @param routing what decides the traffic
     * @param uniform uniform in [0, 1)
     */
    ExpertPicker(const MoeRouting& routing, const std::function<double()>& uniform)
        : m_uniform(uniform),
          m_isUniform(routing.zipfSkew == 0.0),
          m_experts(routing.experts),
          m_weights(routing.experts),
          m_sums(routing.experts),
          m_lastPick(routing.experts, 0)
    {
        std::vector<uint32_t> order(m_experts);
        std::iota(order.begin(), order.end(), 0U);
        if (!m_isUniform)
        {
            for (uint32_t i = m_experts - 1; i > 0; --i)
            {
                std::swap(order[i], order[Below(i + 1)]);
            }
        }
        for (uint32_t i = 0; i < m_experts; ++i)
        {
            m_weights[order[i]] = std::pow(i + 1.0, -routing.zipfSkew);
        }
        std::partial_sum(m_weights.begin(), m_weights.end(), m_sums.begin());
    }

    /// Forget what the last token has picked.
    void StartToken()
    {
        ++m_token;
    }

    /// @return an expert that this token has not picked yet
    uint32_t Pick()
    {
        // Throwing away what was picked before gives the right distribution; where popularity is
        // so uneven that it takes long, weigh what is left instead.
        for (uint32_t attempt = 0; attempt < 16; ++attempt)
        {
            const uint32_t expert = m_isUniform ? Below(m_experts) : DrawFromAll();
            if (m_lastPick[expert] != m_token)
            {
                m_lastPick[expert] = m_token;
                return expert;
            }
        }
        const uint32_t expert = DrawFromRest();
        m_lastPick[expert] = m_token;
        return expert;
    }

  private:
    /**
     * @param limit at least 1
     * @return an integer, uniform in 0 .. limit - 1
     */
    uint32_t Below(uint32_t limit)
    {
        return std::min(static_cast<uint32_t>(m_uniform() * limit), limit - 1);
    }

    /// @return an expert, by popularity
    uint32_t DrawFromAll()
    {
        const double point = m_uniform() * m_sums.back();
        const auto it = std::upper_bound(m_sums.begin(), m_sums.end(), point);
        return std::min(static_cast<uint32_t>(it - m_sums.begin()), m_experts - 1);
    }

    /// @return an expert this token has not picked, by popularity
    uint32_t DrawFromRest()
    {
        double rest = 0;
        for (uint32_t e = 0; e < m_experts; ++e)
        {
            rest += m_lastPick[e] == m_token ? 0.0 : m_weights[e];
        }
        double point = m_uniform() * rest;
        uint32_t last = 0;
        for (uint32_t e = 0; e < m_experts; ++e)
        {
            if (m_lastPick[e] == m_token)
            {
                continue;
            }
            last = e;
            point -= m_weights[e];
            if (point < 0)
            {
                break;
            }
        }
        return last;
    }

    const std::function<double()>& m_uniform; ///< uniform in [0, 1)
    const bool m_isUniform;                   ///< all experts are equally popular
    const uint32_t m_experts;                 ///< number of experts
    std::vector<double> m_weights;            ///< popularity by expert
    std::vector<double> m_sums;               ///< of the popularities up to and with an expert
    std::vector<uint64_t> m_lastPick;         ///< last token that picked an expert, from 1
    uint64_t m_token{0};                      ///< the token that picks, from 1
};

} // namespace

MoeTraffic::MoeTraffic(uint32_t ranks,
                       const MoeRouting& routing,
                       const std::function<double()>& uniform)
    : m_ranks(ranks),
      m_copies(static_cast<size_t>(ranks) * ranks),
      m_loads(routing.experts)
{
    ExpertPicker picker(routing, uniform);
    for (uint32_t source = 0; source < ranks; ++source)
    {
        uint32_t* row = &m_copies[static_cast<size_t>(source) * ranks];
        for (uint32_t token = 0; token < routing.tokensPerRank; ++token)
        {
            picker.StartToken();
            for (uint32_t k = 0; k < routing.topK; ++k)
            {
                const uint32_t expert = picker.Pick();
                ++m_loads[expert];
                ++row[GetHome(expert, routing.experts, ranks)];
            }
        }
    }
}

uint32_t
MoeTraffic::GetNRanks() const
{
    return m_ranks;
}

uint32_t
MoeTraffic::GetCopies(uint32_t source, uint32_t destination) const
{
    return m_copies[static_cast<size_t>(source) * m_ranks + destination];
}

uint64_t
MoeTraffic::GetExpertLoad(uint32_t expert) const
{
    return m_loads[expert];
}

uint32_t
MoeTraffic::GetHome(uint32_t expert, uint32_t experts, uint32_t ranks)
{
    return static_cast<uint32_t>(static_cast<uint64_t>(expert) * ranks / experts);
}

} // namespace opticalfabric
} // namespace ns3
