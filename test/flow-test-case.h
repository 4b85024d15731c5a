/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_TEST_CASE_H
#define OPTICAL_FABRIC_FLOW_TEST_CASE_H

#include "network-fault-test-case.h"

#include "ns3/flow-engine.h"

#include <string>

namespace opticalfabrictest
{

/**
 * @param network a network that has been built
 * @return flows over it
 */
inline Ptr<FlowEngine>
MakeFlowEngine(Ptr<FabricNetwork> network)
{
    auto engine = CreateObject<FlowEngine>();
    engine->SetNetwork(network);
    return engine;
}

/**
 * @ingroup optical-fabric-tests
 * @brief Networks made by hand, with flows over them; with latencies as they are by default, and
 * without headers, unless a test says otherwise. A link of 400 Gb/s carries 0.05 bytes per ps.
 */
class FlowTestCase : public FaultTestCase
{
  public:
    using FaultTestCase::FaultTestCase;

  protected:
    static constexpr double BYTES_PER_S = 50e9;  ///< what a link of 400 Gb/s carries
    static constexpr int64_t LINK_PS = 10000;    ///< latency of a link
    static constexpr int64_t SWITCH_PS = 200000; ///< latency of a switch

    /// Build, and let flows move what is posted.
    void BuildFlows()
    {
        Build();
        m_flows = MakeFlowEngine(m_network);
        m_engine = m_flows;
    }

    /// Forget all.
    void DropFlows()
    {
        m_flows = nullptr;
        Drop();
    }

    /// Run to the end, and see that nothing is missing.
    void RunFlows()
    {
        Simulator::Run();
        CheckDone();
    }

    /**
     * @param source endpoint
     * @param destination endpoint
     * @param expected rate of each transfer between them, byte/s
     */
    void ExpectRate(uint32_t source, uint32_t destination, double expected)
    {
        NS_TEST_EXPECT_MSG_EQ_TOL(m_flows->GetRate(source, destination),
                                  expected,
                                  1e-9 * expected,
                                  "rate from " << source << " to " << destination << " at "
                                               << Simulator::Now().GetPicoSeconds() << " ps");
    }

    /**
     * @param tag a transfer's
     * @param leftPs when its last byte should have left, ps
     * @param what what it is
     * @param links links on its way
     */
    void ExpectArrival(uint64_t tag, int64_t leftPs, const std::string& what, uint32_t links = 2)
    {
        const int64_t latencyPs = links * LINK_PS + (links - 1) * SWITCH_PS;
        // Ends are rounded up to whole picoseconds.
        NS_TEST_EXPECT_MSG_EQ_TOL(m_client.records.at(tag).receivedPs, leftPs + latencyPs, 2, what);
    }

    Ptr<FlowEngine> m_flows; ///< what is tested
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_FLOW_TEST_CASE_H */
