/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "abort-message.h"
#include "network-fault-test-case.h"

#include "ns3/rng-seed-manager.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

/**
 * @ingroup optical-fabric-tests
 * @brief Which of the shortest paths packets take.
 */
class PoliciesTestCase : public FaultTestCase
{
  public:
    PoliciesTestCase()
        : FaultTestCase("Paths of each routing policy, counted at the links")
    {
    }

  private:
    static constexpr uint32_t SPINES = 4; ///< spines, and endpoints of a leaf

    void DoRun() override
    {
        for (uint32_t destination = SPINES; destination < 2 * SPINES; ++destination)
        {
            // Destination modulo the number of choices; also where packets are held back, because
            // the link up is faster than the one they come by.
            for (const char* rate : {"400Gbps", "100Gbps"})
            {
                const std::vector<uint64_t> fixed =
                    Uplinks("Deterministic", 0, destination, 100, rate);
                for (uint32_t s = 0; s < SPINES; ++s)
                {
                    NS_TEST_EXPECT_MSG_EQ(fixed[s], (s == destination % SPINES ? 100 : 0), rate);
                }
            }
        }
        std::set<uint32_t> used;
        for (uint32_t source = 0; source < SPINES; ++source)
        {
            for (uint32_t destination = SPINES; destination < 2 * SPINES; ++destination)
            {
                const std::vector<uint64_t> hashed = Uplinks("Ecmp", source, destination, 50);
                const bool same = hashed == Uplinks("Ecmp", source, destination, 50);
                NS_TEST_EXPECT_MSG_EQ(same, true, "another path for the same flow");
                for (uint32_t s = 0; s < SPINES; ++s)
                {
                    NS_TEST_EXPECT_MSG_EQ((hashed[s] == 0 || hashed[s] == 50), true, "one path");
                    if (hashed[s] != 0)
                    {
                        used.insert(s);
                    }
                }
            }
        }
        NS_TEST_EXPECT_MSG_EQ(used.size(), SPINES, "the hash never takes some");
        for (const char* routing : {"Spray", "Adaptive"})
        {
            for (const uint64_t packets : Uplinks(routing, 0, SPINES, 400))
            {
                NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(packets), 100, 2, routing);
            }
        }
    }

    /**
     * @param routing choice of path
     * @param source endpoint
     * @param destination endpoint of the other leaf
     * @param packets packets to send
     * @param rate rate of the endpoints' links; those to the spines have 400 Gb/s
     * @return packets by spine
     */
    std::vector<uint64_t> Uplinks(const std::string& routing,
                                  uint32_t source,
                                  uint32_t destination,
                                  uint32_t packets,
                                  const std::string& rate = "400Gbps")
    {
        MakeNetwork(US, US);
        m_network->SetAttribute("Routing", StringValue(routing));
        AddClos(2, SPINES, SPINES);
        for (uint32_t i = 0; i < 2 * SPINES; ++i)
        {
            m_network->GetLink(i)->SetAttribute("Rate", StringValue(rate));
        }
        Build();
        Post(source, destination, 4096 * packets);
        Simulator::Run();
        CheckDone();
        std::vector<uint64_t> counts;
        for (uint32_t s = 0; s < SPINES; ++s)
        {
            const Ptr<FabricLink> link = m_network->GetLink(2 * SPINES + s);
            counts.push_back(link->GetPort(0)->GetCounters().packets);
            NS_TEST_EXPECT_MSG_EQ(link->GetPort(1)->GetCounters().packets, 0, "turned back");
        }
        NS_TEST_EXPECT_MSG_EQ(m_network->GetPacketHops(), 4 * packets, "a path of four links");
        Drop();
        return counts;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Two choices of two on the way up: all four paths are used, whoever chooses.
 */
class TwoChoicesTestCase : public FaultTestCase
{
  public:
    TwoChoicesTestCase()
        : FaultTestCase("One choice after another: all paths are used")
    {
    }

  private:
    static constexpr uint32_t PER_LEAF = 4; ///< endpoints of a leaf

    void DoRun() override
    {
        for (const char* routing : {"Deterministic", "Ecmp", "Spray", "Adaptive"})
        {
            MakeNetwork(US, US);
            m_network->SetAttribute("Routing", StringValue(routing));
            AddThreeLevels();
            Build();
            for (uint32_t source = 0; source < PER_LEAF; ++source)
            {
                for (uint32_t i = 0; i < PER_LEAF; ++i)
                {
                    Post(source, PER_LEAF + i, 4096 * 100);
                }
            }
            Simulator::Run();
            CheckDone();
            for (uint32_t core = 0; core < 4; ++core)
            {
                uint64_t packets = 0;
                for (uint32_t p = 0; p < 2; ++p)
                {
                    packets += m_network->GetSwitch(core)->GetPort(p)->GetCounters().packets;
                }
                if (std::string(routing) == "Ecmp")
                {
                    NS_TEST_EXPECT_MSG_GT(packets, 0, routing << ", core " << core);
                }
                else
                {
                    // 1,600 packets, four paths.
                    NS_TEST_EXPECT_MSG_EQ_TOL(static_cast<double>(packets), 400, 20, routing);
                }
            }
            Drop();
        }
    }

    /// Switches 0 to 3 are the cores; two pods have two aggregation switches and a leaf each.
    void AddThreeLevels()
    {
        std::vector<Ptr<FabricSwitch>> cores;
        for (uint32_t i = 0; i < 4; ++i)
        {
            cores.push_back(AddSwitch());
        }
        for (uint32_t pod = 0; pod < 2; ++pod)
        {
            const Ptr<FabricSwitch> leaf = AddSwitch();
            for (uint32_t i = 0; i < PER_LEAF; ++i)
            {
                Connect(AddEndpoint(), leaf);
            }
            for (uint32_t a = 0; a < 2; ++a)
            {
                const Ptr<FabricSwitch> upper = AddSwitch();
                Connect(leaf, upper);
                Connect(upper, cores[2 * a]);
                Connect(upper, cores[2 * a + 1]);
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief An all-to-all over a leaf-spine network with links side by side.
 */
class SideBySideTestCase : public FaultTestCase
{
  public:
    using FaultTestCase::FaultTestCase;

  protected:
    static constexpr uint32_t LEAVES = 3;   ///< leaves
    static constexpr uint32_t SPINES = 2;   ///< spines
    static constexpr uint32_t LINKS = 4;    ///< links from a leaf to a spine
    static constexpr uint32_t PER_LEAF = 8; ///< endpoints of a leaf

    /**
     * Run it.
     * @param routing how paths are chosen
     * @param salt attribute EcmpSalt
     * @param run number of the run, for random numbers
     * @return when it was done, ps
     */
    int64_t RunAllToAll(const std::string& routing, const std::string& salt, uint32_t run)
    {
        const uint64_t before = RngSeedManager::GetRun();
        RngSeedManager::SetRun(run);
        MakeNetwork(US, US);
        m_network->SetAttribute("Routing", StringValue(routing));
        m_network->SetAttribute("EcmpSalt", StringValue(salt));
        std::vector<Ptr<FabricSwitch>> leaves;
        for (uint32_t i = 0; i < LEAVES * PER_LEAF; ++i)
        {
            if (i % PER_LEAF == 0)
            {
                leaves.push_back(AddSwitch());
            }
            Connect(AddEndpoint(), leaves.back());
        }
        for (uint32_t s = 0; s < SPINES; ++s)
        {
            const Ptr<FabricSwitch> spine = AddSwitch();
            for (const Ptr<FabricSwitch>& leaf : leaves)
            {
                Connect(leaf, spine, LINKS);
            }
        }
        Build();
        for (uint32_t source = 0; source < LEAVES * PER_LEAF; ++source)
        {
            for (uint32_t i = 1; i < LEAVES * PER_LEAF; ++i)
            {
                Post(source, (source + i) % (LEAVES * PER_LEAF), 4096 * 4);
            }
        }
        Simulator::Run();
        CheckDone();
        int64_t donePs = 0;
        for (const RecordingClient::Record& record : m_client.records)
        {
            donePs = std::max(donePs, record.receivedPs);
        }
        m_counts.assign(2, {});
        for (uint32_t i = LEAVES * PER_LEAF; i < m_network->GetNLinks(); ++i)
        {
            for (uint32_t end = 0; end < 2; ++end)
            {
                const Ptr<FabricPort> port = m_network->GetLink(i)->GetPort(end);
                m_counts[end].push_back(port->GetCounters().packets);
            }
        }
        Drop();
        RngSeedManager::SetRun(before);
        return donePs;
    }

    /// Packets on links between leaves and spines, up and down; those side by side follow each
    /// other.
    std::vector<std::vector<uint64_t>> m_counts;
};

/**
 * @ingroup optical-fabric-tests
 * @brief Deterministic paths use all links side by side, either way.
 */
class SharedOutTestCase : public SideBySideTestCase
{
  public:
    SharedOutTestCase()
        : SideBySideTestCase("Deterministic paths load all links side by side alike")
    {
    }

  private:
    void DoRun() override
    {
        RunAllToAll("Deterministic", "PerSwitch", 1);
        for (const std::vector<uint64_t>& counts : m_counts)
        {
            for (const uint64_t packets : counts)
            {
                // 8 endpoints to 16 others over 8 links, four packets each.
                NS_TEST_EXPECT_MSG_EQ(packets, 64, "one of them has more than its share");
            }
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Hashed paths differ from run to run and from switch to switch, unless that is not wanted.
 */
class SaltTestCase : public SideBySideTestCase
{
  public:
    SaltTestCase()
        : SideBySideTestCase("Ecmp has a salt per switch that is drawn; one for all polarizes")
    {
    }

  private:
    void DoRun() override
    {
        std::set<int64_t> timesPs;
        for (uint32_t run = 1; run <= 4; ++run)
        {
            timesPs.insert(RunAllToAll("Ecmp", "PerSwitch", run));
            const auto counts = m_counts;
            NS_TEST_EXPECT_MSG_EQ(CountUsed(), LINKS, "links used of those to a leaf");
            RunAllToAll("Ecmp", "PerSwitch", run);
            NS_TEST_EXPECT_MSG_EQ((counts == m_counts), true, "the same run, other paths");
            RunAllToAll("Ecmp", "Same", run);
            // The half of the hashes that leads to a spine takes one half of its links.
            NS_TEST_EXPECT_MSG_EQ(CountUsed(), LINKS / SPINES, "links used of those to a leaf");
        }
        NS_TEST_EXPECT_MSG_GT(timesPs.size(), 1, "replications have no width");
    }

    /// @return links used of those from a spine to a leaf; 0 if not as many everywhere
    uint32_t CountUsed() const
    {
        std::set<uint32_t> numbers;
        for (uint32_t first = 0; first < m_counts[1].size(); first += LINKS)
        {
            uint32_t used = 0;
            for (uint32_t i = first; i < first + LINKS; ++i)
            {
                used += m_counts[1][i] > 0 ? 1 : 0;
            }
            numbers.insert(used);
        }
        return numbers.size() == 1 ? *numbers.begin() : 0;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A network whose packets could wait in a circle is not built.
 */
class RefusedRingTestCase : public FaultTestCase
{
  public:
    RefusedRingTestCase()
        : FaultTestCase("Build refuses a ring of four switches or more, and takes a triangle")
    {
    }

  private:
    void DoRun() override
    {
        for (const uint32_t switches : {3, 4, 5, 6, 9})
        {
            MakeNetwork(US, US);
            for (uint32_t i = 0; i < switches; ++i)
            {
                Connect(AddEndpoint(), AddSwitch());
            }
            for (uint32_t i = 0; i < switches; ++i)
            {
                Connect(m_network->GetSwitch(i), m_network->GetSwitch((i + 1) % switches));
            }
            const std::string message = AbortMessage([this]() { m_network->Build(); });
            if (switches == 3)
            {
                NS_TEST_EXPECT_MSG_EQ(message, "", "a triangle");
                m_network->Build();
            }
            else
            {
                NS_TEST_EXPECT_MSG_NE(message.find("deadlock"), std::string::npos, message);
                NS_TEST_EXPECT_MSG_NE(message.find("s0 port "), std::string::npos, message);
            }
            Drop();
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What else is refused, and that it says what is wrong.
 */
class RefusedTestCase : public FaultTestCase
{
  public:
    RefusedTestCase()
        : FaultTestCase("What cannot work is refused, naming it")
    {
    }

  private:
    void DoRun() override
    {
        MakeStar();
        Refuses("has no port", [this]() {
            AddEndpoint();
            m_network->Build();
        });
        Refuses("BufferBytes 4000", [this]() {
            m_network->SetAttribute("BufferBytes", UintegerValue(4000));
            m_network->Build();
        });
        Refuses("to itself",
                [this]() { Connect(m_network->GetSwitch(0), m_network->GetSwitch(0)); });
        Refuses("not of this network",
                [this]() { Connect(m_network->GetSwitch(0), CreateObject<FabricSwitch>()); });
        Refuses("Post before Build", [this]() { Post(0, 1, 1); });
        Refuses("more than 64 ports", [this]() {
            const Ptr<FabricEndpoint> endpoint = AddEndpoint();
            Connect(endpoint, m_network->GetSwitch(0), 65);
            m_network->Build();
        });
        m_network->Build();
        Refuses("Build after Build", [this]() { m_network->Build(); });
        Refuses("AddEndpoint after Build", [this]() { AddEndpoint(); });
        Refuses("AddSwitch after Build", [this]() { AddSwitch(); });
        Refuses("Connect after Build",
                [this]() { Connect(m_network->GetEndpoint(0), m_network->GetSwitch(0)); });
        Refuses("allowed 0 to 2", [this]() { Post(0, 3, 1); });
        Refuses("allowed 0 to 2", [this]() { Post(3, 0, 1); });
        Refuses("to itself", [this]() { Post(1, 1, 1); });
        Refuses("virtual lane 1", [this]() { Post(0, 1, 1, 1); });
        Refuses("under account 1, allowed 0 to 0", [this]() {
            Transfer transfer;
            transfer.destination = 1;
            transfer.account = 1;
            m_network->Post(transfer, &m_client);
        });
        Refuses("has no port 1", [this]() { m_network->GetEndpoint(0)->GetPort(1); });
        Refuses("allowed 0 to 2", [this]() { m_network->GetNodeId(3); });
        RefusesState("rate", [](LinkState& state) { state.rate = DataRate("999Mbps"); });
        RefusesState("rate", [](LinkState& state) { state.rate = DataRate(100000000000001); });
        RefusesState("delay", [](LinkState& state) { state.propagation = MicroSeconds(1001); });
        RefusesState("delay", [](LinkState& state) { state.phyLatency = NanoSeconds(-1); });
        RefusesState("error ratio", [](LinkState& state) { state.frameErrorRatio = 1.01; });
        RefusesState("error ratio", [](LinkState& state) { state.frameErrorRatio = -0.01; });
        RefusesState("error ratio", [](LinkState& state) { state.frameErrorRatio = std::nan(""); });
        Refuses("direction 2", [this]() { m_network->GetLink(0)->SetState(2, LinkState()); });
        Drop();
    }

    /// A star that is not built yet.
    void MakeStar()
    {
        MakeNetwork(US, US);
        AddStar(3);
    }

    /// @param words what the message should say @param action what should be refused
    template <typename F>
    void Refuses(const std::string& words, F&& action)
    {
        const std::string message = AbortMessage(action);
        NS_TEST_EXPECT_MSG_NE(message.find(words), std::string::npos, words << ": " << message);
    }

    /// @param words what the message should say @param spoil makes a state that is none
    template <typename F>
    void RefusesState(const std::string& words, F&& spoil)
    {
        Refuses(words, [this, spoil]() {
            LinkState state;
            spoil(state);
            m_network->GetLink(0)->SetState(1, state);
        });
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Routing in a network that runs.
 */
class NetworkRoutingTestSuite : public TestSuite
{
  public:
    NetworkRoutingTestSuite()
        : TestSuite("optical-fabric-network-routing", Type::UNIT)
    {
        AddTestCase(new PoliciesTestCase);
        AddTestCase(new TwoChoicesTestCase);
        AddTestCase(new SharedOutTestCase);
        AddTestCase(new SaltTestCase);
        AddTestCase(new RefusedRingTestCase);
        AddTestCase(new RefusedTestCase);
    }
};

NetworkRoutingTestSuite g_networkRoutingTestSuite; ///< registers the suite

} // namespace
