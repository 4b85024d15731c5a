/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "clos-network.h"
#include "measured-run.h"
#include "probe-scheduler.h"
#include "stopwatch.h"

#include "ns3/double.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <functional>

namespace opticalfabricbench
{

namespace
{

/**
 * Let all links damage frames.
 * @param network network
 * @param ratio share of damaged frames
 * @param mode what is sent again
 */
void
DamageFrames(const Ptr<FabricNetwork>& network, double ratio, const std::string& mode)
{
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        network->GetLink(i)->SetAttribute("RetryMode", StringValue(mode));
        network->GetLink(i)->SetAttribute("FrameErrorRatio", DoubleValue(ratio));
    }
}

/**
 * @param network network
 * @return repeats of damaged frames, all links
 */
uint64_t
CountRetries(const Ptr<FabricNetwork>& network)
{
    uint64_t retries = 0;
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        for (uint32_t end = 0; end < 2; ++end)
        {
            retries += network->GetLink(i)->GetPort(end)->GetCounters().retries;
        }
    }
    return retries;
}

/**
 * @ingroup optical-fabric-bench
 * @brief Looks at the packets in flight every microsecond.
 */
class FlightSampler
{
  public:
    /// @param network network to look at
    explicit FlightSampler(const Ptr<FabricNetwork>& network)
        : m_network(network)
    {
    }

    /// Look now, and again later while there is anything to see.
    void Sample()
    {
        const uint64_t inFlight = m_network->GetPacketsInFlight();
        if (m_samples > 0 && inFlight == 0)
        {
            return;
        }
        ++m_samples;
        m_sum += inFlight;
        m_max = std::max(m_max, inFlight);
        Simulator::Schedule(MicroSeconds(1), &FlightSampler::Sample, this);
    }

    /// @param figures to add to
    void Describe(Figures& figures) const
    {
        figures.Set("in_flight_mean",
                    static_cast<double>(m_sum) /
                        static_cast<double>(std::max<uint64_t>(m_samples, 1)));
        figures.Set("in_flight_max", static_cast<double>(m_max));
    }

  private:
    Ptr<FabricNetwork> m_network; ///< network to look at
    uint64_t m_samples{0};        ///< times looked
    uint64_t m_sum{0};            ///< sum of what was seen
    uint64_t m_max{0};            ///< most that was seen
};

} // namespace

Figures
RunAllToAll(CaseArguments& arguments)
{
    ClosNetwork clos;
    clos.Read(arguments, "Spray");
    clos.uplinks = arguments.GetCount("uplinks", 1);
    WindowedTraffic::Spec spec;
    spec.ranks = clos.endpoints;
    spec.bytes = arguments.GetCount("bytes", 65536);
    spec.window = arguments.GetCount("window", 8);
    spec.order = arguments.GetText("order", "rotation");
    spec.peers = arguments.GetCount("peers", 0);
    const uint32_t rounds = arguments.GetCount("rounds", 1);
    const std::string scheduler = arguments.GetText("scheduler", WHEEL);
    const double errorRatio = arguments.GetNumber("frame-error-ratio", 0);
    const std::string retryMode = arguments.GetText("retry-mode", "GoBackN");
    const bool buildOnly = arguments.GetCount("build-only", 0) != 0;
    const bool probe = arguments.GetCount("probe", 0) != 0;
    arguments.RefuseOthers();
    clos.Check();
    if (errorRatio > 1)
    {
        throw std::invalid_argument("frame-error-ratio is " + std::to_string(errorRatio) +
                                    ", allowed 0 to 1");
    }
    spec.transfers = rounds * (spec.peers == 0 ? spec.ranks - 1 : spec.peers);

    Figures figures;
    PrepareSimulator(scheduler);
    const Ptr<ProbeRecord> record = CreateObject<ProbeRecord>();
    if (probe)
    {
        WatchScheduler(record);
    }
    const double heapBefore = GetHeapBytes();
    const Stopwatch stopwatch;
    const BuiltFabric fabric = clos.Build();
    fabric.AssignStreams(1);
    figures.Set("build_s", stopwatch.GetElapsedS());
    const Ptr<FabricNetwork> network = fabric.networks[0];
    DamageFrames(network, errorRatio, retryMode);
    DescribeBuilt(network, heapBefore, figures);
    if (buildOnly)
    {
        return figures;
    }
    FlightSampler sampler(network);
    if (probe)
    {
        Simulator::ScheduleNow(&FlightSampler::Sample, &sampler);
    }
    MeasureTraffic(network, spec, figures);
    const double wireBytes = static_cast<double>(spec.transfers) * static_cast<double>(spec.bytes);
    figures.Set("ideal_s", wireBytes * 8 / ClosNetwork::LINK_RATE);
    figures.Set("retries", static_cast<double>(CountRetries(network)));
    figures.Set("heap_end_bytes", GetHeapBytes() - heapBefore);
    if (probe)
    {
        record->Describe(figures);
        sampler.Describe(figures);
    }
    Simulator::Destroy();
    return figures;
}

} // namespace opticalfabricbench
