/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-test-case.h"

#include "ns3/boolean.h"
#include "ns3/clos-helper.h"
#include "ns3/cloud-matrix-helper.h"
#include "ns3/hybrid-engine.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;

namespace
{

constexpr uint32_t RANKS = 32; ///< endpoints that post
constexpr uint32_t EVERY = 50; ///< one transfer in so many goes by packets

/// @param transfer a transfer @return true for one in EVERY, as if at random
bool
IsChosen(const Transfer& transfer)
{
    return ((transfer.tag + 1) * 2654435761U >> 8) % EVERY == 0;
}

/**
 * @ingroup optical-fabric-tests
 * @brief Notes how long transfers take, by tag.
 */
class Stopwatch : public TransferClient
{
  public:
    void OnSent(const Transfer&) override
    {
    }

    void OnReceived(const Transfer& transfer, uint64_t) override
    {
        receivedPs.at(transfer.tag) = Simulator::Now().GetPicoSeconds();
    }

    std::vector<int64_t> receivedPs; ///< when each was complete, ps
};

/// What moves the transfers.
enum class Mover
{
    PACKETS, ///< packets
    FLOWS,   ///< flows
    BOTH     ///< chosen ones packets, others flows
};

/**
 * @ingroup optical-fabric-tests
 * @brief The same transfers by packets, as flows, and both.
 */
class HybridValidationTestCase : public FabricTestCase
{
  public:
    /**
     * @param clos whether the fabric is a Clos, or a CloudMatrix
     * @param load of each endpoint's links; 0: from each to each at once
     * @param bytes size of a transfer
     * @param count transfers of each endpoint, with a load
     * @param least least that the chosen ones' mean may be of that with packets alone
     * @param most most
     */
    HybridValidationTestCase(bool clos,
                             double load,
                             uint64_t bytes,
                             uint32_t count,
                             double least,
                             double most)
        : FabricTestCase(std::string(clos ? "Clos, " : "CloudMatrix, ") +
                         (load > 0 ? "load " + std::to_string(load) : "all to all") + ", " +
                         std::to_string(bytes) + " bytes"),
          m_clos(clos),
          m_least(least),
          m_most(most)
    {
        const auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(77);
        // Byte/ps: a port of 400 Gb/s, or seven of 448.
        const double rate = clos ? 0.05 : 7 * 0.056;
        for (uint32_t source = 0; source < RANKS; ++source)
        {
            double atPs = 0;
            for (uint32_t i = 1; i < (load > 0 ? count : RANKS); ++i)
            {
                Transfer transfer;
                transfer.source = source;
                transfer.destination = (source + i) % RANKS;
                if (load > 0)
                {
                    const double meanPs = static_cast<double>(bytes) / (rate * load);
                    atPs -= std::log(1 - random->GetValue(0, 1)) * meanPs;
                    transfer.destination = (source + random->GetInteger(1, RANKS - 1)) % RANKS;
                }
                transfer.bytes = bytes;
                transfer.tag = m_transfers.size();
                m_transfers.push_back(transfer);
                m_postedPs.push_back(static_cast<int64_t>(atPs));
            }
        }
    }

  private:
    void DoRun() override
    {
        const std::vector<int64_t> packets = Run(Mover::PACKETS);
        const std::vector<int64_t> flows = Run(Mover::FLOWS);
        const std::vector<int64_t> both = Run(Mover::BOTH);
        double packetsPs = 0;
        double bothPs = 0;
        for (size_t i = 0; i < m_transfers.size(); ++i)
        {
            if (IsChosen(m_transfers[i]))
            {
                packetsPs += static_cast<double>(packets[i] - m_postedPs[i]);
                bothPs += static_cast<double>(both[i] - m_postedPs[i]);
                continue;
            }
            // To flows it makes no difference whether the others are flows or shadows.
            NS_TEST_EXPECT_MSG_EQ_TOL(both[i], flows[i], 100, "flow number " << i);
        }
        NS_TEST_EXPECT_MSG_GT_OR_EQ(bothPs / packetsPs, m_least, "too fast");
        NS_TEST_EXPECT_MSG_LT_OR_EQ(bothPs / packetsPs, m_most, "too slow");
    }

    /// @param mover what moves them @return when each transfer was complete, ps
    std::vector<int64_t> Run(Mover mover)
    {
        Ptr<FabricHelper> helper = CreateObject<ClosHelper>();
        if (!m_clos)
        {
            helper = CreateObject<CloudMatrixHelper>();
            helper->SetAttribute("ScaleOut", BooleanValue(false));
            helper->SetAttribute("Nodes", UintegerValue(4));
        }
        helper->SetNetworkAttribute("Routing", StringValue("Adaptive"));
        // Flows do not wait behind packets of their pair, nor packets behind flows.
        helper->SetNetworkAttribute("TransferOrder", StringValue("TakeTurns"));
        BuiltFabric fabric = helper->Build();
        fabric.AssignStreams(1);
        Ptr<TransferEngine> engine = fabric.networks.at(0);
        if (mover == Mover::FLOWS)
        {
            const auto flows = CreateObject<FlowEngine>();
            flows->SetNetwork(fabric.networks.at(0));
            flows->SetAttribute("SettleSpacing", TimeValue(Time(0)));
            engine = flows;
        }
        else if (mover == Mover::BOTH)
        {
            const auto hybrid = CreateObject<HybridEngine>();
            hybrid->SetNetwork(fabric.networks.at(0));
            hybrid->GetFlows()->SetAttribute("SettleSpacing", TimeValue(Time(0)));
            hybrid->SetChoice(MakeCallback(&IsChosen));
            engine = hybrid;
        }
        Stopwatch watch;
        watch.receivedPs.assign(m_transfers.size(), 0);
        for (size_t i = 0; i < m_transfers.size(); ++i)
        {
            Simulator::ScheduleWithContext(engine->GetNodeId(m_transfers[i].source),
                                           PicoSeconds(m_postedPs[i]),
                                           &TransferEngine::Post,
                                           PeekPointer(engine),
                                           m_transfers[i],
                                           &watch);
        }
        Simulator::Run();
        const NetworkTotals& totals = fabric.networks.at(0)->GetTotals();
        NS_TEST_EXPECT_MSG_EQ(totals.finishedTransfers, m_transfers.size(), "transfers");
        NS_TEST_EXPECT_MSG_EQ(totals.receivedBytes, totals.sentBytes, "bytes");
        Simulator::Destroy();
        engine->Dispose();
        fabric.Dispose();
        return watch.receivedPs;
    }

    bool m_clos;                       ///< the fabric
    double m_least;                    ///< least that the quotient of means may be
    double m_most;                     ///< most
    std::vector<Transfer> m_transfers; ///< what is posted
    std::vector<int64_t> m_postedPs;   ///< when, ps
};

/**
 * @ingroup optical-fabric-tests
 * @brief Transfers by packets among flows take as long as among packets.
 */
class HybridValidationTestSuite : public PicosecondTestSuite
{
  public:
    HybridValidationTestSuite()
        : PicosecondTestSuite("optical-fabric-hybrid-validation", Type::UNIT)
    {
        using Case = HybridValidationTestCase;
        // All at once: each ends with the last bytes, whatever carries them, but for a packet's
        // time at the rate of one of 31. A transfer is 64 packets on one port...
        AddTestCase(new Case(true, 0, 256 << 10, 0, 1 - 1.0 / 64, 1 + 1.0 / 64));
        // ...and 64 on seven, of which each has one in 9.1; or 16, one in 2.3.
        AddTestCase(new Case(false, 0, 256 << 10, 0, 1 - 7.0 / 64, 1 + 7.0 / 64));
        AddTestCase(new Case(false, 0, 64 << 10, 0, 1 - 7.0 / 16, 1 + 7.0 / 16));
        // Arrivals at random, up to half of what links carry: flows have no queues, but share.
        AddTestCase(new Case(false, 0.5, 256 << 10, 100, 0.8, 1.2));
        AddTestCase(new Case(true, 0.3, 64 << 10, 200, 0.8, 1.2));
    }
};

HybridValidationTestSuite g_hybridValidationTestSuite; ///< registers the suite

} // namespace
