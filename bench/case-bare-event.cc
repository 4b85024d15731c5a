/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "measured-run.h"
#include "split-mix.h"

#include "ns3/event-impl.h"
#include "ns3/fabric-packet.h"
#include "ns3/simulator-impl.h"
#include "ns3/simulator.h"

#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief What the events of a run share.
 */
struct EventShare
{
    static constexpr uint32_t DELAYS = 4096; ///< different delays

    SimulatorImpl* simulator{nullptr}; ///< the simulator
    std::vector<uint32_t> delays;      ///< delays, ps
    uint64_t left{0};                  ///< events until the run stops
};

/**
 * @ingroup optical-fabric-bench
 * @brief Does nothing but schedule itself again. As large as a packet.
 */
class alignas(32) BareEvent : public EventImpl
{
  public:
    /// @param share what the events share
    explicit BareEvent(EventShare* share)
        : m_share(share)
    {
    }

    /// Schedule itself.
    void Schedule()
    {
        const uint32_t delay = m_share->delays[m_share->left % EventShare::DELAYS];
        Ref();
        m_share->simulator->ScheduleWithContext(0, TimeStep(delay), this);
    }

  protected:
    void Notify() override
    {
        if (__builtin_expect(--m_share->left == 0, 0))
        {
            Simulator::Stop();
        }
        Schedule();
    }

  private:
    EventShare* m_share;               ///< what the events share
    std::array<uint64_t, 9> m_pad{{}}; ///< to the size of a packet
};

static_assert(sizeof(BareEvent) == sizeof(FabricPacket), "as large as a packet");

} // namespace

Figures
RunBareEvent(CaseArguments& arguments)
{
    const uint32_t pending = arguments.GetCount("pending", 15000);
    const uint32_t events = arguments.GetCount("events", 10000000);
    const std::string objects = arguments.GetText("objects", "one");
    const std::string scheduler = arguments.GetText("scheduler", WHEEL);
    std::vector<double> quantiles = arguments.GetList("delays");
    arguments.RefuseOthers();
    if (quantiles.empty())
    {
        quantiles = {300000, 500000};
    }
    if (pending == 0 || events == 0 || quantiles.size() < 2 || quantiles.back() > UINT32_MAX)
    {
        throw std::invalid_argument("allowed: pending and events above 0, and at least two delays, "
                                    "none above 4 ms");
    }
    if (objects != "one" && objects != "each")
    {
        throw std::invalid_argument("objects is " + objects + ", allowed one or each");
    }

    PrepareSimulator(scheduler);
    EventShare share;
    share.simulator = PeekPointer(Simulator::GetImplementation());
    share.left = 10 * uint64_t{pending};
    SplitMix random(1);
    for (uint32_t i = 0; i < EventShare::DELAYS; ++i)
    {
        const double place = random.NextDouble() * static_cast<double>(quantiles.size() - 1);
        const auto below = static_cast<size_t>(place);
        const double part = place - static_cast<double>(below);
        const double delay = quantiles[below] * (1 - part) + quantiles[below + 1] * part;
        share.delays.push_back(static_cast<uint32_t>(delay));
    }
    std::vector<Ptr<BareEvent>> made;
    for (uint32_t i = 0; i < pending; ++i)
    {
        if (made.empty() || objects == "each")
        {
            made.push_back(Create<BareEvent>(&share));
        }
        share.left = i; // a delay of its own for each
        made.back()->Schedule();
    }
    share.left = 10 * uint64_t{pending};
    Simulator::Run();
    share.left = events;
    const double runS = RunSimulation();
    Simulator::Destroy();
    Figures figures;
    figures.Set("ns_per_event", runS * 1e9 / events);
    return figures;
}

} // namespace opticalfabricbench
