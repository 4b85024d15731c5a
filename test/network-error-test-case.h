/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NETWORK_ERROR_TEST_CASE_H
#define OPTICAL_FABRIC_NETWORK_ERROR_TEST_CASE_H

#include "network-test-case.h"

#include "ns3/frame-error-process.h"

namespace opticalfabrictest
{

inline constexpr int64_t FRAME_PS = 81920;     ///< a full packet, 4096 bytes, at 400 Gb/s
inline constexpr int64_t FLIGHT_PS = 50000;    ///< signal flight
inline constexpr int64_t PHY_PS = 100000;      ///< FEC and signal processing
inline constexpr int64_t TURN_PS = 30000;      ///< from damage to request
inline constexpr int64_t TIMEOUT_PS = 5000000; ///< until a source notices a loss
inline constexpr int64_t US = 1000000;         ///< a microsecond, ps

/// A packet over the link.
inline constexpr int64_t HOP_PS = FRAME_PS + FLIGHT_PS + PHY_PS;

/// From the end of a frame to that of its answer.
inline constexpr int64_t ROUND_TRIP_PS = 2 * (FLIGHT_PS + PHY_PS) + TURN_PS;

/// A repeat: the request comes back, and the frame goes again.
inline constexpr int64_t REPEAT_PS = FRAME_PS + ROUND_TRIP_PS;

/// Patience of the sender if RetryTimeout does not say.
inline constexpr int64_t DEFAULT_TIMEOUT_PS = 3 * REPEAT_PS;

/**
 * @ingroup optical-fabric-tests
 * @brief Links that damage frames.
 */
class ErrorTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    static constexpr int64_t STREAM = 77; ///< first random stream of the network

    /// A new network; links to come repeat frames without end.
    void MakeNetwork()
    {
        Make();
        m_network->SetAttribute("ResendTimeout", TimeValue(PicoSeconds(TIMEOUT_PS)));
        m_network->SetAttribute("MaxResends", UintegerValue(0));
        m_link.Set("Delay", TimeValue(PicoSeconds(FLIGHT_PS)));
        m_link.Set("PhyLatency", TimeValue(PicoSeconds(PHY_PS)));
        m_link.Set("RetryTurnaround", TimeValue(PicoSeconds(TURN_PS)));
        m_link.Set("MaxRepeats", UintegerValue(1000000));
    }

    /// Endpoints 0 and 1 and a link between them.
    void AddPair()
    {
        const Ptr<FabricEndpoint> first = AddEndpoint();
        Connect(first, AddEndpoint());
    }

    /// Build, and assign streams.
    void Build()
    {
        m_network->Build();
        m_network->AssignStreams(STREAM);
    }

    /**
     * From now on.
     * @param ratio share of damaged frames
     * @param direction 0: from end 0 to end 1; 1: the other
     * @param link number of the link
     */
    void SetRatio(double ratio, uint32_t direction = 0, uint32_t link = 0)
    {
        LinkState state = m_network->GetLink(link)->GetState(direction);
        state.frameErrorRatio = ratio;
        m_network->GetLink(link)->SetState(direction, state);
    }

    /// @return port of end 0 of link 0
    Ptr<FabricPort> Sender() const
    {
        return m_network->GetLink(0)->GetPort(0);
    }

    /// @return counters of that port
    FabricPort::Counters Counters() const
    {
        return Sender()->GetCounters();
    }

    /// @return the stream of damaged frames from end 0 of link 0
    int64_t ErrorStream() const
    {
        return STREAM + m_network->GetNEndpoints();
    }

    /// @return the stream of damaged answers to those frames
    int64_t AnswerStream() const
    {
        return ErrorStream() + 2 * m_network->GetNLinks();
    }
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_NETWORK_ERROR_TEST_CASE_H */
