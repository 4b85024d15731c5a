/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "network-fault-test-case.h"

#include "ns3/flow-engine.h"
#include "ns3/hybrid-engine.h"
#include "ns3/workload-runner.h"

#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers between endpoints that no links connect are refused.
 */
class IslandsTestCase : public FaultTestCase
{
  public:
    IslandsTestCase()
        : FaultTestCase("Two islands: no transfer from one to the other is taken")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool tables : {true, false})
        {
            MakeIslands(tables);
            if (tables)
            {
                CheckEngine(m_network);
                const auto hybrid = CreateObject<HybridEngine>();
                hybrid->SetNetwork(m_network);
                CheckEngine(hybrid);
                hybrid->Dispose();
            }
            const auto flow = CreateObject<FlowEngine>();
            flow->SetNetwork(m_network);
            CheckEngine(flow);
            flow->Dispose();
            Drop();
        }

        // A path that is lost, or not there yet, is another matter.
        MakeNetwork(US, US);
        AddStar(2);
        m_network->GetLink(1)->SetUp(false);
        Build();
        NS_TEST_EXPECT_MSG_EQ(m_network->ExplainNoPath(0, 1), "", "down when built");
        SetUpAt(1, 8 * US, true);
        Post(0, 1, 4096);
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        Drop();
    }

    /// Endpoints 0 and 1 on a switch, 2 and 3 on another. @param tables with route tables
    void MakeIslands(bool tables)
    {
        MakeNetwork(US, US);
        m_network->SetRouteTables(tables);
        AddStar(2);
        const Ptr<FabricSwitch> other = AddSwitch();
        Connect(AddEndpoint(), other);
        Connect(AddEndpoint(), other);
        Build();
    }

    /// @param engine an engine on the two islands
    void CheckEngine(Ptr<TransferEngine> engine)
    {
        NS_TEST_EXPECT_MSG_EQ(engine->ExplainNoPath(2, 3), "", engine->GetFidelity());
        const auto expectNames = [&](const std::string& said) {
            for (const char* name : {"endpoint 1 (e1)", "endpoint 2 (e2)", "no links lead"})
            {
                NS_TEST_EXPECT_MSG_NE(said.find(name),
                                      std::string::npos,
                                      engine->GetFidelity() << ": " << said);
            }
        };
        expectNames(AbortMessage([&]() {
            Transfer transfer;
            transfer.source = 1;
            transfer.destination = 2;
            transfer.bytes = 1;
            engine->Post(transfer, &m_client);
        }));
        const auto runner = CreateObject<WorkloadRunner>();
        runner->SetEngine(engine);
        CollectiveSpec spec;
        spec.name = "mine";
        spec.bytes = 1024;
        spec.group = {0, 1};
        runner->AddCollective(spec);
        spec.group = {1, 0, 2};
        std::string said;
        try
        {
            runner->AddCollective(spec);
        }
        catch (const std::invalid_argument& e)
        {
            said = e.what();
        }
        expectNames(said);
        NS_TEST_EXPECT_MSG_EQ(said.find("collective \"mine\""), 0, said);
        runner->Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Networks in several pieces.
 */
class NetworkIslandsTestSuite : public TestSuite
{
  public:
    NetworkIslandsTestSuite()
        : TestSuite("optical-fabric-network-islands", Type::UNIT)
    {
        AddTestCase(new IslandsTestCase);
    }
};

NetworkIslandsTestSuite g_networkIslandsTestSuite; ///< registers the suite

} // namespace
