/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "energy-test-case.h"
#include "fabric-test-case.h"

#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace ns3::opticalfabric::fabrictest;
using namespace opticalfabrictest;

namespace
{

constexpr double SOCKET = 1.1 / 0.9;   ///< power at the socket over that of parts
constexpr uint64_t AFTER_PS = 2000000; ///< time without traffic before sleep, ps
constexpr uint64_t WAKE_PS = 5000000;  ///< time to wake, ps
constexpr double WAKE_J = 3e-6;        ///< energy to wake, J
constexpr int64_t US = 1000000;        ///< a microsecond, ps

/// @return sleep after 2 us, awake after 5 us, 3 uJ a time
PowerPolicySpec
MakePolicy()
{
    PowerPolicySpec policy;
    policy.kind = PowerPolicy::SLEEP;
    policy.sleepAfterPs = AFTER_PS;
    policy.wakePs = WAKE_PS;
    policy.wakeEnergyJ = WAKE_J;
    return policy;
}

/**
 * @ingroup optical-fabric-tests
 * @brief Two transfers with a gap, reckoned by hand.
 *
 * Endpoint 0, the switch and endpoint 1 are joined by two links, each with a module at each end.
 */
class SleepTimelineTestCase : public EnergyTestCase
{
  public:
    SleepTimelineTestCase()
        : EnergyTestCase("Two transfers with a gap arrive, and draw, as reckoned by hand")
    {
    }

  private:
    static constexpr int64_t FIRST_PS = 100 * US;  ///< all modules are asleep
    static constexpr int64_t SECOND_PS = 300 * US; ///< and again
    static constexpr uint64_t BYTES = 4000;        ///< one packet each

    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            for (const int64_t stepPs : {0, 777777, 10000000})
            {
                MakeStar(2, usesFlows);
                LetSleep(MakePolicy());
                PostAt(FIRST_PS, 0, 1, BYTES);
                PostAt(SECOND_PS, 0, 1, BYTES);
                Check(Record(stepPs), stepPs, usesFlows ? "flows" : "packets");
            }
        }
    }

    /// @param got what was recorded @param stepPs time between samples, ps @param how by what
    void Check(const Recording& got, int64_t stepPs, const std::string& how)
    {
        constexpr double WIRE = BYTES + 96;
        constexpr int64_t FRAME_PS = 81920; // 4096 bytes at 50 GB/s
        constexpr int64_t WAKE = WAKE_PS;
        constexpr int64_t AFTER = AFTER_PS;
        for (const uint64_t tag : {0, 1})
        {
            const int64_t postedPs = tag == 0 ? FIRST_PS : SECOND_PS;
            // Cut through at the switch; each link wakes its two modules when the packet gets
            // there.
            NS_TEST_EXPECT_MSG_EQ(m_client.records.at(tag).receivedPs,
                                  postedPs + 2 * WAKE + 2 * LINK_PS + SWITCH_PS + FRAME_PS,
                                  how << ": arrival");
        }
        // The first link: from the posting until its last bit is at the switch, and then 2 us.
        const int64_t firstPs = WAKE + FRAME_PS + LINK_PS + AFTER;
        // The second link: from the first bit's arrival there.
        const int64_t secondPs = WAKE + FRAME_PS + LINK_PS + AFTER;
        const double awakeS =
            1e-12 * static_cast<double>(4 * AFTER + 2 * (2 * firstPs + 2 * secondPs));
        const double asleepS = 4 * END_S - awakeS;
        const double moduleJ =
            SOCKET * (4 * 2 * END_S - 1 * asleepS + 8 * WAKE_J + 4 * 3 * 2 * WIRE / 100e9);
        ExpectEnergy(got.classJ[PartClass::MODULE], moduleJ, how + ": modules");
        const EnergyRecord& record = got.record;
        NS_TEST_EXPECT_MSG_EQ(record.Check(), "", "fit to be written");
        NS_TEST_ASSERT_MSG_EQ(record.sleeps.size(), 2, "lines of modules, by rack");
        const ModuleSleepRecord& a = record.sleeps[0];
        const ModuleSleepRecord& b = record.sleeps[1];
        NS_TEST_EXPECT_MSG_EQ(a.modules + b.modules, 4, "modules");
        NS_TEST_EXPECT_MSG_EQ(a.wakeUps + b.wakeUps, 8, "each module woke twice");
        NS_TEST_EXPECT_MSG_EQ_TOL(a.asleepS + b.asleepS, asleepS, 1e-15, how << ": asleep");
        ExpectEnergy(a.savedJ + b.savedJ, SOCKET * (asleepS - 8 * WAKE_J), how + ": saved");
        ExpectSums(got, stepPs > 0);
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Modules that carry several links, and traffic that finds them awake.
 */
class SleepSharingTestCase : public EnergyTestCase
{
  public:
    SleepSharingTestCase()
        : EnergyTestCase("A module is awake while any of its links is used, in any direction")
    {
    }

  private:
    static constexpr int64_t HOP_PS = LINK_PS + SWITCH_PS; ///< from one link to the next
    static constexpr int64_t FRAME_PS = 81920;             ///< 4096 bytes at 50 GB/s

    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            CheckShared(usesFlows);
            CheckWarm(usesFlows);
            CheckWait(usesFlows);
        }
    }

    /// @param usesFlows whether flows move transfers; one module carries both ends at the switch
    void CheckShared(bool usesFlows)
    {
        MakeStar(2, usesFlows);
        m_network->GetLink(1)->SetModule(1, m_network->GetLink(0)->GetModule(1));
        LetSleep(MakePolicy());
        PostAt(100 * US, 1, 0, 4000);
        const Recording got = Record(0);
        const double shared = static_cast<double>(2 * WAKE_PS + HOP_PS + FRAME_PS + LINK_PS);
        const double first = static_cast<double>(WAKE_PS + FRAME_PS + LINK_PS);
        const double awakeS = (3 * 2.0 * AFTER_PS + shared + 2 * first) * 1e-12;
        ExpectSleep(got.record, 3 * END_S - awakeS, 3);
    }

    /// @param usesFlows whether flows move transfers; the second one follows in time, and back
    void CheckWarm(bool usesFlows)
    {
        MakeStar(2, usesFlows);
        PowerPolicySpec policy = MakePolicy();
        policy.sleepAfterPs = 20 * US;
        LetSleep(policy);
        PostAt(100 * US, 0, 1, 4000);
        const int64_t againPs = 100 * US + 2 * WAKE_PS + 14 * US;
        PostAt(againPs, 1, 0, 4000);
        const Recording got = Record(0);
        NS_TEST_EXPECT_MSG_EQ(m_client.records.at(1).receivedPs - againPs,
                              HOP_PS + FRAME_PS + LINK_PS,
                              "nobody sleeps");
        NS_TEST_EXPECT_MSG_EQ(got.record.sleeps[0].wakeUps + got.record.sleeps[1].wakeUps,
                              4,
                              "each woke once");
    }

    /// @param usesFlows whether flows move transfers; the second one comes while modules wake
    void CheckWait(bool usesFlows)
    {
        MakeStar(3, usesFlows);
        LetSleep(MakePolicy());
        PostAt(100 * US, 0, 2, 4000);
        PostAt(100 * US + 1000000, 1, 2, 4000);
        const Recording got = Record(0);
        const int64_t firstPs = 100 * US + 2 * WAKE_PS + HOP_PS + FRAME_PS + LINK_PS;
        // Both wait for the last link. Packets queue there, and the inputs take turns.
        const int64_t secondPs = firstPs + (usesFlows ? 0 : FRAME_PS);
        const int64_t onePs = m_client.records.at(0).receivedPs;
        const int64_t otherPs = m_client.records.at(1).receivedPs;
        NS_TEST_EXPECT_MSG_EQ(std::min(onePs, otherPs), firstPs, "one");
        NS_TEST_EXPECT_MSG_EQ(std::max(onePs, otherPs), secondPs, "the other");
        NS_TEST_EXPECT_MSG_EQ(got.record.sleeps[0].wakeUps + got.record.sleeps[1].wakeUps,
                              6,
                              "each woke once");
    }

    /// @param record what was recorded @param asleepS expected, s @param wakeUps expected
    void ExpectSleep(const EnergyRecord& record, double asleepS, uint64_t wakeUps)
    {
        ModuleSleepRecord sum;
        for (const ModuleSleepRecord& one : record.sleeps)
        {
            sum.asleepS += one.asleepS;
            sum.wakeUps += one.wakeUps;
        }
        NS_TEST_EXPECT_MSG_EQ_TOL(sum.asleepS, asleepS, 1e-15, "asleep");
        NS_TEST_EXPECT_MSG_EQ(sum.wakeUps, wakeUps, "wake-ups");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Random traffic, with links that flap: nothing is lost, and energies agree.
 */
class SleepPropertyTestCase : public EnergyTestCase
{
  public:
    SleepPropertyTestCase()
        : EnergyTestCase(
              "Everything arrives whenever modules sleep, and the sampling step does not "
              "matter")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            for (const uint64_t afterPs : {0, 1, 100000, 3000000})
            {
                for (const uint64_t wakePs : {0, 1, 50000, 20000000})
                {
                    Check(usesFlows, afterPs, wakePs);
                }
            }
        }
    }

    /// @param usesFlows whether flows move transfers @param afterPs see PowerPolicySpec
    /// @param wakePs see PowerPolicySpec
    void Check(bool usesFlows, uint64_t afterPs, uint64_t wakePs)
    {
        std::vector<double> energiesJ;
        for (const int64_t stepPs : {0, 333333})
        {
            MakeStar(5, usesFlows);
            PowerPolicySpec policy = MakePolicy();
            policy.sleepAfterPs = afterPs;
            policy.wakePs = wakePs;
            LetSleep(policy);
            const auto random = CreateObject<UniformRandomVariable>();
            random->SetStream(77);
            for (uint32_t i = 0; i < 60; ++i)
            {
                const uint32_t source = random->GetInteger(0, 4);
                const uint32_t destination = (source + random->GetInteger(1, 4)) % 5;
                PostAt(random->GetInteger(0, 400000000),
                       source,
                       destination,
                       random->GetInteger(0, 600000));
            }
            for (int64_t atPs = 50 * US; atPs < 400 * US; atPs += 70 * US)
            {
                SetUpAt(2, atPs, false);
                SetUpAt(2, atPs + 10 * US, true);
            }
            const Recording got = Record(stepPs);
            NS_TEST_EXPECT_MSG_EQ(got.record.Check(), "", "fit to be written");
            energiesJ.push_back(got.record.socketJ);
            if (stepPs > 0)
            {
                ExpectEnergy(got.toldJ, got.record.socketJ, "samples add up");
            }
        }
        ExpectEnergy(energiesJ[0], energiesJ[1], "the same with samples");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Paths that change under way, over modules that sleep.
 */
class SleepRerouteTestCase : public FlowTestCase
{
  public:
    SleepRerouteTestCase()
        : FlowTestCase("Everything arrives while links between switches fail and come back")
    {
    }

  private:
    void DoRun() override
    {
        for (const bool usesFlows : {false, true})
        {
            for (const uint64_t afterPs : {0, 2000000})
            {
                Check(usesFlows, afterPs);
            }
        }
    }

    /// @param usesFlows whether flows move transfers @param afterPs see PowerPolicySpec
    void Check(bool usesFlows, uint64_t afterPs)
    {
        constexpr uint32_t ENDPOINTS = 4;
        MakeNetwork(3 * US, 2 * US);
        AddClos(2, 2, 2);
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            // Those between switches, two links to a module.
            if (m_network->GetLink(i)->GetPort(0)->GetOwner()->IsSwitch())
            {
                m_network->GetLink(i)->SetModule(0, i / 2);
                m_network->GetLink(i)->SetModule(1, 100 + i);
            }
        }
        usesFlows ? BuildFlows() : Build();
        const auto sleep = CreateObject<ModuleSleep>();
        PowerPolicySpec policy = MakePolicy();
        policy.sleepAfterPs = afterPs;
        sleep->Install(m_network, policy);
        if (usesFlows)
        {
            m_flows->SetGate(PeekPointer(sleep));
        }
        else
        {
            m_engine = nullptr;
        }
        const auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(78);
        for (uint32_t i = 0; i < 40; ++i)
        {
            const uint32_t source = random->GetInteger(0, ENDPOINTS - 1);
            PostAt(random->GetInteger(0, 300000000),
                   source,
                   (source + 2) % ENDPOINTS,
                   random->GetInteger(1, 900000));
        }
        for (uint32_t link = 0; link < m_network->GetNLinks(); ++link)
        {
            if (m_network->GetLink(link)->GetModule(1) == 100 + link && link % 2 == 0)
            {
                SetUpAt(link, (40 + 20 * link) * US, false);
                SetUpAt(link, (60 + 20 * link) * US, true);
            }
        }
        Simulator::Run();
        CheckDone();
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            const uint32_t module = m_network->GetLink(i)->GetModule(1);
            const bool maySleep = module != FabricLink::NO_MODULE;
            NS_TEST_EXPECT_MSG_EQ(sleep->IsAsleep(module), maySleep, "all sleep in the end");
        }
        DropFlows();
        sleep->Dispose();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Messages of a packet each, one at a time, over links of which each packet takes one.
 *
 * Spreading them as fluid over all links would wake all at the first message, so that no later one
 * had to wait.
 */
class SleepFewPacketsTestCase : public FlowTestCase
{
  public:
    SleepFewPacketsTestCase()
        : FlowTestCase("A message of one packet wakes one path, by packets and as a flow")
    {
    }

  private:
    static constexpr uint32_t SPINES = 4;         ///< ways from leaf to leaf
    static constexpr uint32_t MESSAGES = 12;      ///< one after the other
    static constexpr int64_t SPACING_PS = 1 * US; ///< between them
    static constexpr int64_t FRAME_PS = 20000;    ///< time of a message on a link

    void DoRun() override
    {
        for (const auto routing : {Routing::ADAPTIVE, Routing::ECMP})
        {
            const std::vector<int64_t> packets = Send(routing, false);
            const std::vector<int64_t> flows = Send(routing, true);
            for (uint32_t i = 0; i < MESSAGES; ++i)
            {
                // Packets that woke a path together go down it one by one.
                NS_TEST_EXPECT_MSG_EQ_TOL(flows[i],
                                          packets[i],
                                          1 + i * FRAME_PS,
                                          "routing " << +routing << ", message " << i);
            }
            const uint32_t paths = routing == Routing::ADAPTIVE ? SPINES : 1;
            const auto slow = std::count_if(flows.begin(), flows.end(), [](int64_t latencyPs) {
                return latencyPs > static_cast<int64_t>(WAKE_PS);
            });
            NS_TEST_EXPECT_MSG_GT_OR_EQ(slow, paths, "a path sleeps until its first message");
        }
    }

    /// @param routing choice of path @param usesFlows whether flows move them @return latencies, ps
    std::vector<int64_t> Send(Routing::Kind routing, bool usesFlows)
    {
        MakeNetwork(3 * US, 2 * US);
        m_network->SetAttribute("Routing", EnumValue(routing));
        AddClos(2, SPINES, 1);
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            if (m_network->GetLink(i)->GetPort(0)->GetOwner()->IsSwitch())
            {
                m_network->GetLink(i)->SetModule(0, 2 * i);
                m_network->GetLink(i)->SetModule(1, 2 * i + 1);
            }
        }
        usesFlows ? BuildFlows() : Build();
        const auto sleep = CreateObject<ModuleSleep>();
        sleep->Install(m_network, MakePolicy());
        if (usesFlows)
        {
            m_flows->SetGate(PeekPointer(sleep));
        }
        else
        {
            m_engine = nullptr;
        }
        for (uint32_t i = 0; i < MESSAGES; ++i)
        {
            PostAt(100 * US + i * SPACING_PS, 0, 1, 1000);
        }
        Simulator::Run();
        CheckDone();
        std::vector<int64_t> latencies;
        for (uint32_t i = 0; i < MESSAGES; ++i)
        {
            latencies.push_back(Latency(i));
        }
        DropFlows();
        sleep->Dispose();
        return latencies;
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Where packets say their time went, and what cannot be.
 */
class SleepWaitTestCase : public EnergyTestCase
{
  public:
    SleepWaitTestCase()
        : EnergyTestCase("Packets count waking as reconfiguration; other policies are refused")
    {
    }

  private:
    void DoRun() override
    {
        MakeStar(2, false);
        LetSleep(MakePolicy());
        PostAt(100 * US, 0, 1, 4000);
        At(END_PS, [this]() {
            const LatencyBreakdown::Averages mean = Mean();
            // A packet begins when it leaves its source: it waits at the switch.
            NS_TEST_EXPECT_MSG_EQ(mean.partsPs[RECONFIGURATION], WAKE_PS, "waking");
            NS_TEST_EXPECT_MSG_EQ(mean.partsPs[QUEUE], 0, "nobody else is there");
            NS_TEST_EXPECT_MSG_EQ(m_sleep->IsAsleep(0), true, "again");
        });
        Record(0);

        MakeStar(2, false);
        PowerPolicySpec policy = MakePolicy();
        policy.kind = PowerPolicy::RATE_ADAPTIVE;
        const auto sleep = CreateObject<ModuleSleep>();
        std::string message;
        try
        {
            sleep->Install(m_network, policy);
        }
        catch (const std::invalid_argument& refusal)
        {
            message = refusal.what();
        }
        NS_TEST_EXPECT_MSG_NE(message.find("SLEEP"), std::string::npos, message);
        m_fabric = BuiltFabric();
        DropFlows();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Sleeping modules.
 */
class ModuleSleepTestSuite : public PicosecondTestSuite
{
  public:
    ModuleSleepTestSuite()
        : PicosecondTestSuite("optical-fabric-module-sleep", Type::UNIT)
    {
        AddTestCase(new SleepTimelineTestCase);
        AddTestCase(new SleepSharingTestCase);
        AddTestCase(new SleepPropertyTestCase);
        AddTestCase(new SleepRerouteTestCase);
        AddTestCase(new SleepFewPacketsTestCase);
        AddTestCase(new SleepWaitTestCase);
    }
};

ModuleSleepTestSuite g_moduleSleepTestSuite; ///< registers the suite

} // namespace
