/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FRAME_ERROR_PROCESS_H
#define OPTICAL_FABRIC_FRAME_ERROR_PROCESS_H

#include "ns3/random-variable-stream.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Draws which of the frames on a link arrive damaged, each with the same probability and
 * independently of the others.
 *
 * One draw tells how many frames there are up to the next damaged one, so what is not damaged costs
 * no draw. A ratio that can never hit costs no random stream either.
 */
class FrameErrorProcess
{
  public:
    static constexpr uint64_t NEVER = 0; ///< no frame is damaged

    /// @param stream random stream of what is drawn from now on; -1: the next free one of ns-3
    void SetStream(int64_t stream);

    /// @param ratio share of damaged frames from the next draw on, 0 to 1; aborts otherwise
    void SetRatio(double ratio);

    /// @return share of damaged frames
    double GetRatio() const
    {
        return m_ratio;
    }

    /**
     * Draw by inversion of the geometric distribution. Gaps end at about 22 / ratio, where the
     * 32 bits of ns-3's uniform draw end: a share of 2e-10 of them is shortened to that.
     * @return frames up to and including the next damaged one, from 1; NEVER if there is none
     */
    uint64_t Draw();

  private:
    Ptr<UniformRandomVariable> m_draw; ///< made with the first draw
    int64_t m_stream{-1};              ///< its stream
    double m_ratio{0};                 ///< share of damaged frames
    double m_scale{0};                 ///< 1 / ln(1 - ratio)
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FRAME_ERROR_PROCESS_H */
