/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "media-test-case.h"

#include "ns3/optical-circuit-switch.h"

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;
using namespace opticalfabrictest;

namespace
{

constexpr int64_t US = 1000000;           ///< a microsecond, ps
constexpr int64_t SWITCHING_PS = 10 * US; ///< of the switch tested
constexpr int64_t RELOCK_PS = 3 * US;     ///< of transceivers and NICs

/**
 * @ingroup optical-fabric-tests
 * @brief Switches around one circuit switch, two endpoints each.
 */
class CircuitTestCase : public MediaTestCase
{
  public:
    using MediaTestCase::MediaTestCase;

  protected:
    /**
     * Switch i is at port i; every pair of switches has a circuit, none of them up.
     * @param switches how many
     * @param lossSpreadDb spread of the circuit switch's loss, dB
     */
    void MakeCircuits(uint32_t switches, double lossSpreadDb = 0)
    {
        CircuitSwitchSpec spec;
        spec.name = "test";
        spec.technology = "mirrors";
        spec.ports = switches + 2;
        spec.lossDb = 1.5;
        spec.lossMaxDb = 3;
        spec.lossSpreadDb = lossSpreadDb;
        spec.reflectanceDb = -46;
        spec.wavelengthMinNm = 1260;
        spec.wavelengthMaxNm = 1360;
        spec.reconfigurationS = SWITCHING_PS * 1e-12;
        spec.powerW = 108;
        spec.Validate();
        m_ocs = CreateObject<OpticalCircuitSwitch>();
        m_ocs->SetSpec(std::make_shared<const CircuitSwitchSpec>(spec));
        if (lossSpreadDb > 0)
        {
            const auto normal = CreateObject<NormalRandomVariable>();
            normal->SetStream(7);
            m_ocs->Draw(normal);
        }

        Make();
        // Routing does not react: packets wait for their circuit.
        m_network->SetAttribute("DetectionDelay", TimeValue(Seconds(10)));
        std::vector<Ptr<FabricSwitch>> nodes;
        for (uint32_t i = 0; i < switches; ++i)
        {
            nodes.push_back(AddSwitch());
            Connect(AddEndpoint(), nodes[i]);
            Connect(AddEndpoint(), nodes[i]);
        }
        for (uint32_t a = 0; a < switches; ++a)
        {
            for (uint32_t b = a + 1; b < switches; ++b)
            {
                Connect(nodes[a], nodes[b]);
            }
        }
        m_network->Build();
        m_media.clear();
        uint32_t link = 2 * switches;
        for (uint32_t a = 0; a < switches; ++a)
        {
            for (uint32_t b = a + 1; b < switches; ++b)
            {
                const Ptr<OpticalMedium> medium =
                    MakeMedium({MakeModule(LANES), 0}, {MakeModule(LANES), 0}, LANES);
                medium->SetAttribute("RelockTime", TimeValue(PicoSeconds(RELOCK_PS)));
                PathPart pass;
                pass.kind = PathElement::SWITCH;
                pass.element = m_ocs->GetPass(a, b);
                medium->AddPart(pass);
                m_ocs->AddCircuit(medium, a, b);
                medium->Carry(m_network->GetLink(link++));
                m_media.push_back(medium);
            }
        }
    }

    /// Every endpoint sends to every other.
    void PostAll(uint64_t bytes)
    {
        for (uint32_t s = 0; s < m_network->GetNEndpoints(); ++s)
        {
            for (uint32_t d = 0; d < m_network->GetNEndpoints(); ++d)
            {
                if (s != d)
                {
                    Post(s, d, bytes);
                }
            }
        }
    }

    /// Forget everything.
    void Forget()
    {
        m_media.clear();
        m_ocs->Dispose();
        m_ocs = nullptr;
        Drop();
    }

    Ptr<OpticalCircuitSwitch> m_ocs; ///< what is tested
};

/**
 * @ingroup optical-fabric-tests
 * @brief A circuit is down for as long as switching and locking take; what is offered waits.
 */
class CircuitDowntimeTestCase : public CircuitTestCase
{
  public:
    CircuitDowntimeTestCase()
        : CircuitTestCase("Down for switching and locking, nothing lost, nothing twice")
    {
    }

  private:
    /// @param direction direction that changed @param state its new state
    void Note(uint32_t direction, const LinkState& state)
    {
        if (direction == 1 && (m_changes.empty() || m_changes.back().second != state.up))
        {
            m_changes.emplace_back(Simulator::Now().GetPicoSeconds(), state.up);
        }
    }

    void DoRun() override
    {
        MakeCircuits(3);
        m_ocs->SetUp({{0, 1}});
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_media[0]->GetState().up, true, "joined from the start");
        NS_TEST_EXPECT_MSG_EQ(m_media[1]->GetState().up, false, "not joined");
        const Ptr<FabricLink> link = m_media[0]->GetLink();
        link->TraceConnectWithoutContext("State",
                                         MakeCallback(&CircuitDowntimeTestCase::Note, this));
        // Away and back, while both sides go on sending.
        const int64_t beginPs = Simulator::Now().GetPicoSeconds();
        const int64_t awayPs = 50 * US;
        const int64_t backPs = 200 * US;
        At(awayPs, [this]() { m_ocs->Reconfigure({{0, 2}}); });
        At(backPs, [this]() { m_ocs->Reconfigure({{0, 1}}); });
        for (uint32_t i = 0; i < 300; ++i)
        {
            PostAt(i * US, 0, 2, 20000);
            PostAt(i * US, 3, 1, 20000);
        }
        Simulator::Run();
        CheckDone();
        const std::vector<std::pair<int64_t, bool>> expected{
            {beginPs + awayPs, false},
            {beginPs + backPs + SWITCHING_PS + RELOCK_PS, true}};
        NS_TEST_EXPECT_MSG_EQ((m_changes == expected), true, "down and up");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().receivedBytes, 600 * 20000, "received");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().resentPackets, 0, "sent again end to end");
        NS_TEST_EXPECT_MSG_GT(Mean().partsPs[RECONFIGURATION], 0, "the wait has a name");
        Forget();
    }

    std::vector<std::pair<int64_t, bool>> m_changes; ///< when the link went up or down
};

/**
 * @ingroup optical-fabric-tests
 * @brief What does not change stays lit; a second order takes the place of the first.
 */
class CircuitChangeTestCase : public CircuitTestCase
{
  public:
    CircuitChangeTestCase()
        : CircuitTestCase("Only what changes goes dark; a new order replaces one under way")
    {
    }

  private:
    void DoRun() override
    {
        MakeCircuits(4);
        // Circuits in order: 01 02 03 12 13 23.
        m_ocs->SetUp({{0, 1}, {2, 3}});
        Simulator::Run();
        const auto expectUp = [this](const std::vector<bool>& up, const std::string& when) {
            for (size_t i = 0; i < up.size(); ++i)
            {
                NS_TEST_EXPECT_MSG_EQ(m_media[i]->GetLink()->IsUp(), up[i], when << ", " << i);
            }
        };
        expectUp({true, false, false, false, false, true}, "at first");
        m_ocs->Reconfigure({{2, 3}});
        expectUp({false, false, false, false, false, true}, "2 and 3 are not touched");
        At(SWITCHING_PS / 2, [this]() { m_ocs->Reconfigure({{0, 2}, {1, 3}}); });
        At(SWITCHING_PS + 1, [this, &expectUp]() {
            NS_TEST_EXPECT_MSG_EQ(m_ocs->IsChanging(), true, "the time begins anew");
            expectUp({false, false, false, false, false, false}, "changing");
        });
        const int64_t upPs = SWITCHING_PS / 2 + SWITCHING_PS + RELOCK_PS;
        At(upPs - 1, [&expectUp]() {
            expectUp({false, false, false, false, false, false}, "locking");
        });
        At(upPs + 1, [&expectUp]() {
            expectUp({false, true, false, false, true, false}, "locked");
        });
        Simulator::Run();
        expectUp({false, true, false, false, true, false}, "at last");
        NS_TEST_EXPECT_MSG_EQ(m_ocs->GetPartner(1), 3, "partner");
        NS_TEST_EXPECT_MSG_EQ(m_ocs->GetPartner(4), OpticalCircuitSwitch::NO_PARTNER, "partner");
        m_ocs->FailPort(3);
        expectUp({false, true, false, false, false, false}, "port 3 failed");
        m_ocs->RepairPort(3);
        Simulator::Run();
        expectUp({false, true, false, false, true, false}, "repaired");
        NS_TEST_EXPECT_MSG_EQ(m_ocs->GetPowerW(), 108, "power");
        Forget();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief A rotor: every pair of switches has its turn, and all-to-all traffic gets through.
 */
class RotorTestCase : public CircuitTestCase
{
  public:
    RotorTestCase()
        : CircuitTestCase("A rotor serves every pair in turn, all bytes arrive once")
    {
    }

  private:
    void DoRun() override
    {
        MakeCircuits(4);
        PostAll(500000);
        uint32_t left = static_cast<uint32_t>(m_client.records.size());
        m_client.whenReceived = [this, &left](const Transfer&) {
            if (--left == 0)
            {
                m_ocs->StopRotating();
            }
        };
        m_ocs->Rotate({{{0, 1}, {2, 3}}, {{0, 2}, {1, 3}}, {{0, 3}, {1, 2}}},
                      PicoSeconds(100 * US));
        Simulator::Run();
        CheckDone();
        NS_TEST_EXPECT_MSG_EQ(left, 0, "transfers left");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().failedBytes, 0, "failed");
        NS_TEST_EXPECT_MSG_EQ(m_network->GetTotals().resentPackets, 0, "sent again end to end");
        // 4 MB from switch to switch, at 189 Gb/s for 87 us of every 300: two turns at least.
        NS_TEST_EXPECT_MSG_GT(Simulator::Now().GetMicroSeconds(), 300, "more than one round");
        Forget();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The loss of a pair of ports is drawn once.
 */
class PassLossTestCase : public CircuitTestCase
{
  public:
    PassLossTestCase()
        : CircuitTestCase("Loss of each pair of ports, drawn once")
    {
    }

  private:
    void DoRun() override
    {
        MakeCircuits(40, 0.4);
        double sumDb = 0;
        double squaresDb = 0;
        uint32_t pairs = 0;
        for (uint32_t a = 0; a < 40; ++a)
        {
            for (uint32_t b = a + 1; b < 40; ++b)
            {
                const double lossDb = m_ocs->GetPass(a, b).lossDb;
                NS_TEST_ASSERT_MSG_EQ(lossDb, m_ocs->GetPass(b, a).lossDb, "both ways");
                sumDb += lossDb;
                squaresDb += lossDb * lossDb;
                ++pairs;
            }
        }
        // 780 pairs: the mean is within 4 of its standard deviations, 0.4 / sqrt(780).
        const double meanDb = sumDb / pairs;
        NS_TEST_EXPECT_MSG_EQ_TOL(meanDb, 1.5, 4 * 0.4 / std::sqrt(pairs), "mean");
        const double spreadDb = std::sqrt(squaresDb / pairs - meanDb * meanDb);
        NS_TEST_EXPECT_MSG_EQ_TOL(spreadDb, 0.4, 0.05, "spread");
        Forget();
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief Optical circuit switches.
 */
class CircuitSwitchTestSuite : public TestSuite
{
  public:
    CircuitSwitchTestSuite()
        : TestSuite("optical-fabric-circuit-switch", Type::UNIT)
    {
        AddTestCase(new CircuitDowntimeTestCase);
        AddTestCase(new CircuitChangeTestCase);
        AddTestCase(new RotorTestCase);
        AddTestCase(new PassLossTestCase);
    }
};

CircuitSwitchTestSuite g_circuitSwitchTestSuite; ///< registers the suite

} // namespace
