/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_WORKLOAD_TEST_CASE_H
#define OPTICAL_FABRIC_WORKLOAD_TEST_CASE_H

#include "ns3/collective-spec.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/transfer-engine.h"
#include "ns3/workload-runner.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{
namespace workloadtest
{

inline constexpr int64_t ALPHA_PS = 1000000; ///< time per message, in picoseconds
inline constexpr int64_t BETA_PS = 20;       ///< time per byte, in picoseconds

/**
 * @ingroup optical-fabric-tests
 * @brief A network that is nothing but alpha + bytes * beta: a sender's port takes one message at a
 * time, everything else is free.
 */
class IdealTransferEngine : public TransferEngine
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::opticalfabric::IdealTransferEngineOfWorkloadTest")
                                .SetParent<TransferEngine>()
                                .SetGroupName("OpticalFabric");
        return tid;
    }

    /**
     * @param nEndpoints number of endpoints
     */
    explicit IdealTransferEngine(uint32_t nEndpoints)
        : m_portFree(nEndpoints)
    {
    }

    uint32_t GetNEndpoints() const override
    {
        return static_cast<uint32_t>(m_portFree.size());
    }

    uint32_t GetNodeId(uint32_t endpoint) const override
    {
        return endpoint + 100;
    }

    std::string GetFidelity() const override
    {
        return "ideal";
    }

    void Post(const Transfer& transfer, TransferClient* client) override
    {
        hasForeignContext |= Simulator::GetContext() != GetNodeId(transfer.source);
        Time& portFree = m_portFree[transfer.source];
        portFree = std::max(portFree, Simulator::Now()) +
                   PicoSeconds(ALPHA_PS + BETA_PS * static_cast<int64_t>(transfer.bytes));
        const Time delay = portFree - Simulator::Now();
        const uint64_t failed = fail ? fail(transfer) : 0;
        Simulator::Schedule(delay, &TransferClient::OnSent, client, transfer);
        if (failed > 0 || (loseEmpty && transfer.bytes == 0))
        {
            Simulator::ScheduleWithContext(GetNodeId(transfer.destination),
                                           delay,
                                           &TransferClient::OnFailed,
                                           client,
                                           transfer);
        }
        Simulator::ScheduleWithContext(GetNodeId(transfer.destination),
                                       delay,
                                       &TransferClient::OnReceived,
                                       client,
                                       transfer,
                                       failed);
        ++posted;
    }

    std::function<uint64_t(const Transfer&)> fail; ///< bytes of a transfer that get lost
    bool loseEmpty{false};                         ///< transfers without bytes get lost
    bool hasForeignContext{false};                 ///< a post came from another node
    uint64_t posted{0};                            ///< messages

  private:
    std::vector<Time> m_portFree; ///< by endpoint
};

/**
 * @ingroup optical-fabric-tests
 * @brief A test case with an engine and a runner.
 */
class WorkloadTestCase : public TestCase
{
  public:
    /**
     * @param name name of the case
     */
    explicit WorkloadTestCase(const std::string& name)
        : TestCase(name)
    {
    }

  protected:
    /**
     * @param nEndpoints endpoints of a new engine with a new runner
     */
    void Make(uint32_t nEndpoints)
    {
        m_engine = Create<IdealTransferEngine>(nEndpoints);
        m_runner = CreateObject<WorkloadRunner>();
        m_runner->SetEngine(m_engine);
    }

    /**
     * Run all that was added, to its end.
     */
    void Run()
    {
        m_runner->Start();
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_runner->IsFinished(), true, "not all collectives ended");
        NS_TEST_EXPECT_MSG_EQ(m_engine->hasForeignContext, false, "posted in a foreign context");
        for (uint32_t i = 0; i < m_runner->GetNCollectives(); ++i)
        {
            NS_TEST_EXPECT_MSG_EQ(m_runner->GetUnmatched(i), 0, "messages nobody received");
        }
        const WorkloadProgress progress = m_runner->GetProgress();
        NS_TEST_EXPECT_MSG_EQ(progress.transfersStarted, m_engine->posted, "posts");
        NS_TEST_EXPECT_MSG_EQ(progress.transfersDone, m_engine->posted, "receptions");
        NS_TEST_EXPECT_MSG_EQ(progress.rankIterationsDone, progress.rankIterationsTotal, "ranks");
        if (progress.transfersExpected != RankProgram::UNKNOWN)
        {
            NS_TEST_EXPECT_MSG_EQ(progress.transfersExpected, m_engine->posted, "expectation");
        }
    }

    /// Forget engine, runner and simulation.
    void Drop()
    {
        m_runner->Dispose();
        m_runner = nullptr;
        m_engine->Dispose();
        m_engine = nullptr;
        Simulator::Destroy();
    }

    void DoSetup() override
    {
        // Once a simulation has run, ns-3 does not take another resolution.
        if (Time::GetResolution() != Time::PS)
        {
            Time::SetResolution(Time::PS);
        }
    }

    /**
     * @param kind kind in words
     * @param algorithm algorithm in words
     * @param ranks number of ranks, endpoints 0 on
     * @param bytes size of the buffer
     * @return the collective
     */
    static CollectiveSpec MakeSpec(const std::string& kind,
                                   const std::string& algorithm,
                                   uint32_t ranks,
                                   uint64_t bytes)
    {
        CollectiveSpec spec;
        spec.kind = ParseCollectiveKind(kind);
        spec.algorithm = ParseCollectiveAlgorithm(algorithm);
        spec.bytes = bytes;
        for (uint32_t i = 0; i < ranks; ++i)
        {
            spec.group.push_back(i);
        }
        return spec;
    }

    Ptr<IdealTransferEngine> m_engine; ///< network
    Ptr<WorkloadRunner> m_runner;      ///< what is tested
};

} // namespace workloadtest
} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_WORKLOAD_TEST_CASE_H */
