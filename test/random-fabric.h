/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_FABRIC_H
#define OPTICAL_FABRIC_RANDOM_FABRIC_H

#include "network-test-case.h"

#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief A test case that makes up small fabrics, workloads and faults from a number.
 */
class RandomFabricTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    /// What may go wrong in a run.
    enum Trouble : uint32_t
    {
        NONE,   ///< nothing
        ERRORS, ///< frame errors
        LINKS,  ///< links go down, for good or not
        RATES,  ///< rates and delays change
        ALL     ///< all of that
    };

    /// @param low least @param high most @return a random number
    uint32_t Draw(uint32_t low, uint32_t high)
    {
        return m_random->GetInteger(low, high);
    }

    /// @param probability of true @return true or false
    bool Chance(double probability)
    {
        return m_random->GetValue(0, 1) < probability;
    }

    /// @param choices some values @return one of them
    template <typename T>
    T Pick(std::initializer_list<T> choices)
    {
        return *(choices.begin() + Draw(0, static_cast<uint32_t>(choices.size()) - 1));
    }

    /// @param low least @param high most @return a random number, its logarithm evenly spread
    uint64_t DrawLog(double low, double high)
    {
        return static_cast<uint64_t>(
            std::exp(m_random->GetValue(std::log(low), std::log(high + 1))));
    }

    /**
     * @param number number of the fabric; the same number, the same fabric and fate
     * @param trouble what may go wrong
     */
    void MakeRandom(uint32_t number, Trouble trouble)
    {
        MakeRandomNetwork(number, trouble);
        MakeWorkload();
        MakeTrouble();
    }

    /**
     * Make a fabric that nothing runs on.
     * @param number number of the fabric; the same number, the same fabric
     * @param trouble what may go wrong; only frame errors do, if they are in it
     */
    void MakeRandomNetwork(uint32_t number, Trouble trouble)
    {
        m_random = CreateObject<UniformRandomVariable>();
        m_random->SetStream(10000 + number);
        Simulator::SetScheduler(ObjectFactory(
            Pick<const char*>({"ns3::MapScheduler", "ns3::opticalfabric::WheelScheduler"})));
        Make();
        m_trouble = trouble;
        SetAttributes();
        switch (Draw(0, 4))
        {
        case 0:
            AddRandomStar();
            break;
        case 1:
        case 2:
            AddPlanes(1);
            break;
        case 3:
            AddPlanes(Draw(2, 3));
            break;
        default:
            AddDualHomed();
            break;
        }
        SetNodeLatencies();
        m_network->Build();
        m_network->AssignStreams(1000000 + 1000 * number);
    }

    Ptr<UniformRandomVariable> m_random; ///< what decides

  private:
    /// The network's attributes.
    void SetAttributes()
    {
        const auto mtuBytes = Pick<uint32_t>({64, 256, 1000, 4096});
        const auto headerBytes = Pick<uint32_t>({0, 16, 64});
        const auto packets = Pick<double>({1, 1, 1.5, 2, 8, 64});
        const auto bufferBytes = static_cast<uint32_t>(packets * (mtuBytes + headerBytes));
        const auto set = [this](const char* name, uint64_t value) {
            m_network->SetAttribute(name, UintegerValue(value));
        };
        set("Mtu", mtuBytes);
        set("HeaderBytes", headerBytes);
        set("BufferBytes", bufferBytes);
        set("VirtualLanes", Draw(1, 3));
        set("MaxResends", Pick<uint64_t>({0, 1, 3, 7}));
        const auto choose = [this](const char* name, std::initializer_list<const char*> choices) {
            m_network->SetAttribute(name, StringValue(Pick(choices)));
        };
        choose("Routing", {"Deterministic", "Ecmp", "Spray", "Adaptive"});
        choose("Switching", {"CutThrough", "StoreAndForward"});
        choose("Arbitration", {"RoundRobin", "OldestFirst"});
        choose("CommitAhead", {"0ns", "0ns", "20ns", "1us"});
        choose("ResendTimeout", {"1us", "10us", "100us"});
        choose("DetectionDelay", {"0ns", "1us", "10us"});
        choose("ConvergenceDelay", {"0ns", "1us", "20us"});
    }

    /// Links to come get new attributes.
    void ChangeLinks()
    {
        m_link.Set("Rate", StringValue(Pick({"5Gbps", "25Gbps", "100Gbps", "400Gbps", "800Gbps"})));
        m_link.Set("Delay", StringValue(Pick({"0ns", "5ns", "50ns", "1us"})));
        m_link.Set("PhyLatency", StringValue(Pick({"0ns", "0ns", "120ns"})));
        m_link.Set("LinkRetry", BooleanValue(Chance(0.7)));
        m_link.Set("RetryMode", StringValue(Pick({"GoBackN", "Selective"})));
        m_link.Set("MaxRepeats", UintegerValue(Pick<uint64_t>({1, 3, 16})));
        m_link.Set("MaxRetrains", UintegerValue(Pick<uint64_t>({0, 1, 3})));
        m_link.Set("RetryTurnaround", StringValue(Pick({"0ns", "30ns"})));
        m_link.Set("RetryTimeout", StringValue(Pick({"0ns", "0ns", "1ps", "1us", "7us"})));
        m_link.Set("RetrainTime", StringValue(Pick({"0ns", "1us", "20us"})));
        m_link.Set("ReplayBufferBytes", UintegerValue(DrawReplayBuffer()));
        m_link.Set("FrameErrorRatio", DoubleValue(0));
        if ((m_trouble == ERRORS || m_trouble == ALL) && Chance(0.5))
        {
            m_link.Set("FrameErrorRatio", DoubleValue(Pick<double>({1e-3, 0.1, 0.5, 0.9})));
        }
    }

    /// @return a replay buffer, bytes; 0, no limit, where nothing goes wrong or in half of the
    /// cases
    uint32_t DrawReplayBuffer()
    {
        if (m_trouble == NONE || m_trouble == RATES || Chance(0.5))
        {
            return 0;
        }
        const double packetBytes = m_network->GetMtu() + m_network->GetHeaderBytes();
        return static_cast<uint32_t>(Pick<double>({1, 1.3, 2, 3, 10}) * packetBytes);
    }

    /// @param a node @param b node
    void ConnectRandom(Ptr<FabricNode> a, Ptr<FabricNode> b)
    {
        if (Chance(0.5))
        {
            ChangeLinks();
        }
        Connect(a, b);
    }

    /// Endpoints around a switch, with one to three links each.
    void AddRandomStar()
    {
        ChangeLinks();
        const Ptr<FabricSwitch> hub = AddSwitch();
        const uint32_t endpoints = Draw(2, 12);
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = AddEndpoint();
            for (uint32_t k = Draw(1, 3); k > 0; --k)
            {
                ConnectRandom(endpoint, hub);
            }
        }
    }

    /**
     * @param leaves leaf switches, each to be connected to
     * @param spines spine switches
     */
    void AddSpines(const std::vector<Ptr<FabricSwitch>>& leaves, uint32_t spines)
    {
        for (uint32_t s = 0; s < spines; ++s)
        {
            const Ptr<FabricSwitch> spine = AddSwitch();
            for (const Ptr<FabricSwitch>& leaf : leaves)
            {
                ConnectRandom(leaf, spine);
            }
        }
    }

    /// @param planes Clos networks or stars, a port of each endpoint on each
    void AddPlanes(uint32_t planes)
    {
        ChangeLinks();
        std::vector<Ptr<FabricEndpoint>> endpoints;
        for (uint32_t i = Draw(2, 12); i > 0; --i)
        {
            endpoints.push_back(AddEndpoint());
        }
        for (uint32_t p = 0; p < planes; ++p)
        {
            std::vector<Ptr<FabricSwitch>> leaves;
            for (uint32_t l = Draw(1, 4); l > 0; --l)
            {
                leaves.push_back(AddSwitch());
            }
            for (size_t i = 0; i < endpoints.size(); ++i)
            {
                // The first endpoints make sure that no leaf stands alone.
                ConnectRandom(endpoints[i], leaves[i % leaves.size()]);
            }
            AddSpines(leaves, leaves.size() > 1 ? Draw(1, 3) : 0);
        }
    }

    /// Each endpoint on two leaves.
    void AddDualHomed()
    {
        ChangeLinks();
        std::vector<Ptr<FabricSwitch>> leaves;
        for (uint32_t l = Draw(2, 4); l > 0; --l)
        {
            leaves.push_back(AddSwitch());
        }
        const uint32_t endpoints = Draw(2, 12);
        for (uint32_t i = 0; i < endpoints; ++i)
        {
            const Ptr<FabricEndpoint> endpoint = AddEndpoint();
            ConnectRandom(endpoint, leaves[i % leaves.size()]);
            ConnectRandom(endpoint, leaves[(i + 1) % leaves.size()]);
        }
        AddSpines(leaves, Draw(1, 2));
    }

    /// Latencies of switches and endpoints, before Build.
    void SetNodeLatencies()
    {
        for (uint32_t i = 0; i < m_network->GetNSwitches(); ++i)
        {
            m_network->GetSwitch(i)->SetAttribute("ForwardingLatency",
                                                  StringValue(Pick({"0ns", "200ns"})));
        }
        for (uint32_t i = 0; i < m_network->GetNEndpoints(); ++i)
        {
            const Ptr<FabricEndpoint> endpoint = m_network->GetEndpoint(i);
            endpoint->SetAttribute("DepartureLatency", StringValue(Pick({"0ns", "70ns"})));
            endpoint->SetAttribute("ArrivalLatency", StringValue(Pick({"0ns", "90ns"})));
        }
    }

    /// @return a size, 0 to 100 kB and to 300 packets
    uint64_t DrawBytes()
    {
        const uint64_t most = std::min<uint64_t>(100000, 300 * m_network->GetMtu());
        return Chance(0.1) ? 0 : DrawLog(1, static_cast<double>(most));
    }

    /// Transfers, now and later; some are answered.
    void MakeWorkload()
    {
        const uint32_t endpoints = m_network->GetNEndpoints();
        const auto lanes = static_cast<uint32_t>(GetNumber("VirtualLanes"));
        const uint32_t transfers = Draw(1, 40);
        for (uint32_t i = 0; i < transfers; ++i)
        {
            const uint32_t source = Draw(0, endpoints - 1);
            const uint32_t destination = (source + Draw(1, endpoints - 1)) % endpoints;
            const auto lane = static_cast<uint8_t>(Draw(0, lanes - 1));
            PostAt(Chance(0.3) ? 0 : Draw(0, 50000000), source, destination, DrawBytes(), lane);
        }
        m_answers = Draw(0, 20);
        m_client.whenReceived = [this](const Transfer& transfer) {
            if (m_answers > 0)
            {
                --m_answers;
                Post(transfer.destination, transfer.source, DrawBytes(), transfer.virtualLane);
            }
        };
    }

    /// Faults and changes.
    void MakeTrouble()
    {
        for (uint32_t i = m_trouble == NONE ? 0 : Draw(1, 6); i > 0; --i)
        {
            const int64_t atPs = Draw(0, 80000000);
            const Ptr<FabricLink> link = m_network->GetLink(Draw(0, m_network->GetNLinks() - 1));
            const auto kind =
                static_cast<Trouble>(m_trouble == ALL ? Draw(ERRORS, RATES) : uint32_t{m_trouble});
            if (kind == LINKS)
            {
                At(atPs, [link]() { link->SetUp(false); });
                for (int64_t upPs = atPs; Chance(0.8);)
                {
                    // It comes up, and perhaps goes down and comes up again.
                    upPs += static_cast<int64_t>(DrawLog(1e4, 5e7));
                    At(upPs, [link]() { link->SetUp(true); });
                    if (Chance(0.6))
                    {
                        break;
                    }
                    upPs += static_cast<int64_t>(DrawLog(1e4, 2e7));
                    At(upPs, [link]() { link->SetUp(false); });
                }
                continue;
            }
            if (kind == ERRORS && Chance(0.3))
            {
                const std::string mode = Pick({"GoBackN", "Selective"});
                const uint32_t bytes = DrawReplayBuffer();
                At(atPs, [link, mode, bytes]() {
                    link->SetAttribute("RetryMode", StringValue(mode));
                    link->SetAttribute("ReplayBufferBytes", UintegerValue(bytes));
                });
                continue;
            }
            const uint32_t direction = Draw(0, 1);
            LinkState state = link->GetState(direction);
            if (kind == ERRORS)
            {
                state.frameErrorRatio = Pick<double>({0, 1e-3, 0.1, 0.5, 1});
            }
            else
            {
                state.rate = DataRate(Pick({"1Gbps", "10Gbps", "100Gbps", "800Gbps"}));
                state.propagation = Time(Pick({"0ns", "5ns", "1us", "5us"}));
            }
            At(atPs, [link, direction, state]() {
                LinkState next = state;
                next.up = link->IsUp();
                link->SetState(direction, next);
            });
        }
    }

    Trouble m_trouble{NONE}; ///< what may go wrong
    uint32_t m_answers{0};   ///< transfers still to be answered
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_FABRIC_H */
