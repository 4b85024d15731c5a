/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "frame-error-process.h"

#include "ns3/abort.h"

#include <cmath>

namespace ns3
{
namespace opticalfabric
{

void
FrameErrorProcess::SetStream(int64_t stream)
{
    m_stream = stream;
    if (m_draw)
    {
        m_draw->SetStream(stream);
    }
}

void
FrameErrorProcess::SetRatio(double ratio)
{
    NS_ABORT_MSG_IF(!(ratio >= 0 && ratio <= 1),
                    "FrameErrorProcess: ratio " << ratio << ", allowed 0 to 1");
    m_ratio = ratio;
    m_scale = ratio > 0 && ratio < 1 ? 1 / std::log1p(-ratio) : 0;
}

uint64_t
FrameErrorProcess::Draw()
{
    constexpr double LONGEST = 1e18; // fits 64 bits, and no link sends as many
    if (m_ratio <= 0)
    {
        return NEVER;
    }
    if (m_ratio >= 1)
    {
        return 1;
    }
    if (!m_draw)
    {
        m_draw = CreateObject<UniformRandomVariable>();
        m_draw->SetStream(m_stream);
    }
    // 1 - u lies in (0, 1].
    const double u = m_draw->GetValue(0, 1);
    return 1 + static_cast<uint64_t>(std::fmin(std::log1p(-u) * m_scale, LONGEST));
}

} // namespace opticalfabric
} // namespace ns3
