/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HOLD_CLOCK_H
#define OPTICAL_FABRIC_HOLD_CLOCK_H

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Tells for how much of the time an output was held by link-level retry.
 *
 * It runs at the speed of time while the output is held, and stands still otherwise. Spans are told
 * of in advance; where outputs decide ahead, several may be to come.
 */
class HoldClock
{
  public:
    /**
     * The output is going to be held.
     * @param fromPs begin, ps; not before the present, nor before the last span
     * @param untilPs end, ps
     * @param nowPs the present, ps
     */
    void Hold(uint64_t fromPs, uint64_t untilPs, uint64_t nowPs)
    {
        auto over = m_spans.begin();
        for (; over != m_spans.end() && over->untilPs <= nowPs; ++over)
        {
            m_pastPs += over->untilPs - over->fromPs;
        }
        m_spans.erase(m_spans.begin(), over);
        if (!m_spans.empty() && fromPs <= m_spans.back().untilPs)
        {
            m_spans.back().untilPs = std::max(m_spans.back().untilPs, untilPs);
        }
        else
        {
            m_spans.push_back({fromPs, untilPs});
        }
    }

    /// @param atPs the present or later, ps; from then on it is not held
    void Stop(uint64_t atPs)
    {
        for (Span& span : m_spans)
        {
            span.fromPs = std::min(span.fromPs, atPs);
            span.untilPs = std::min(span.untilPs, atPs);
        }
    }

    /// @param nowPs the present, ps @return true if it is held, or is going to be
    bool IsHeld(uint64_t nowPs) const
    {
        return !m_spans.empty() && nowPs < m_spans.back().untilPs;
    }

    /// @param atPs the present or later, ps @return reading, ps
    uint64_t Read(uint64_t atPs) const
    {
        uint64_t sumPs = m_pastPs;
        for (const Span& span : m_spans)
        {
            sumPs += std::min(std::max(atPs, span.fromPs), span.untilPs) - span.fromPs;
        }
        return sumPs;
    }

  private:
    /// A time during which the output is held.
    struct Span
    {
        uint64_t fromPs;  ///< begin, ps
        uint64_t untilPs; ///< end, ps
    };

    uint64_t m_pastPs{0};      ///< spans that are over, ps
    std::vector<Span> m_spans; ///< the others, and perhaps some that have ended since, in order
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HOLD_CLOCK_H */
