/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NETWORK_FAULT_TEST_CASE_H
#define OPTICAL_FABRIC_NETWORK_FAULT_TEST_CASE_H

#include "network-test-case.h"

namespace opticalfabrictest
{

inline constexpr int64_t FRAME_PS = 81920;     ///< a full packet, 4096 bytes, at 400 Gb/s
inline constexpr int64_t TIMEOUT_PS = 5000000; ///< until a source notices a loss
inline constexpr int64_t US = 1000000;         ///< a microsecond, ps

/**
 * @ingroup optical-fabric-tests
 * @brief Networks with short timeouts.
 */
class FaultTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    /**
     * @param detection until routing notices, ps
     * @param convergence until it has new paths, ps
     */
    void MakeNetwork(int64_t detection, int64_t convergence)
    {
        Make();
        m_network->SetAttribute("ResendTimeout", TimeValue(PicoSeconds(TIMEOUT_PS)));
        m_network->SetAttribute("DetectionDelay", TimeValue(PicoSeconds(detection)));
        m_network->SetAttribute("ConvergenceDelay", TimeValue(PicoSeconds(convergence)));
    }

    /// Build, and assign streams.
    void Build()
    {
        m_network->Build();
        m_network->AssignStreams(5);
    }

    /// @param link number of a link @param atPs when, ps @param up comes up, or goes down
    void SetUpAt(uint32_t link, int64_t atPs, bool up)
    {
        const Ptr<FabricLink> target = m_network->GetLink(link);
        At(atPs, [target, up]() { target->SetUp(up); });
    }

    /// @param tag a transfer's @return from posting to the last byte accounted for, ps
    int64_t Latency(uint64_t tag) const
    {
        return m_client.records[tag].receivedPs - m_client.records[tag].postedPs;
    }
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_NETWORK_FAULT_TEST_CASE_H */
