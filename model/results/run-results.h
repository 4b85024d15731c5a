/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RUN_RESULTS_H
#define OPTICAL_FABRIC_RUN_RESULTS_H

#include "ns3/energy-record.h"
#include "ns3/fault-record.h"
#include "ns3/optics-record.h"
#include "ns3/provenance.h"
#include "ns3/quantile-interval.h"
#include "ns3/run-warning.h"
#include "ns3/traffic-account.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Version of the result files' layout; grows when a reader has to change.
constexpr uint32_t RESULTS_SCHEMA_VERSION = 2;

/// @ingroup optical-fabric
/// @brief Links of a network that join the same tiers, over the same medium, at the same rate.
struct LinkGroupRecord
{
    uint64_t lowerTier{0}; ///< tier of one end; 0: endpoints, 1: switches they are linked to, ...
    uint64_t upperTier{0}; ///< tier of the other, not below lowerTier
    std::string medium;    ///< board, copper or optical
    uint64_t bitRate{0};   ///< rate of a direction, bit/s
    uint64_t links{0};     ///< how many, both directions as one
};

/// @ingroup optical-fabric
/// @brief One network of the fabric.
struct NetworkRecord
{
    std::string name;                        ///< its name
    uint64_t endpoints{0};                   ///< endpoints attached
    uint64_t switches{0};                    ///< switches
    uint64_t links{0};                       ///< links, both directions counted as one
    uint64_t opticalLinks{0};                ///< those of them that run over optical modules
    uint64_t opticalModules{0};              ///< optical modules plugged in
    std::vector<uint64_t> tierSwitches;      ///< switches by tier; [0] is tier 1
    std::vector<LinkGroupRecord> linkGroups; ///< its links, by tiers, medium and rate
    std::string routing;                     ///< how paths are chosen, for example "Spray"
    std::string forwarding;                  ///< when switches send on, for example "CutThrough"
    uint64_t mtuBytes{0};                    ///< payload of a full packet, bytes
    uint64_t headerBytes{0};                 ///< what every packet has besides, bytes

    /**
     * @param tier a tier of switches, from 1
     * @return rate of all links below it over that of all links above it; NaN if there are none
     */
    double GetOversubscription(uint64_t tier) const;
};

/// @ingroup optical-fabric
/// @brief The whole fabric.
struct FabricRecord
{
    uint64_t endpoints{0}; ///< endpoints; one attached to several networks counts once
    std::vector<NetworkRecord> networks; ///< its networks
    std::string kind;                    ///< kind, for example "clos"; empty: not said
};

/// @ingroup optical-fabric
/// @brief What the transfer engine did.
struct EngineRecord
{
    std::string fidelity;        ///< "packet", "flow" or "hybrid"
    uint64_t packets{0};         ///< packets delivered
    uint64_t packetHops{0};      ///< links crossed by all of them together
    uint64_t events{0};          ///< events executed
    uint64_t packetTransfers{0}; ///< of a hybrid run: transfers that went packet by packet
    uint64_t flowTransfers{0};   ///< of a hybrid run: transfers that went as flows
};

/// @ingroup optical-fabric
/// @brief One execution of a collective.
struct CollectiveIteration
{
    uint64_t startPs{0}; ///< when the first rank began, ps of simulated time
    uint64_t endPs{0};   ///< when the last rank was done, ps of simulated time, at least startPs
    uint64_t failedBytes{
        0}; ///< payload reported lost; the collective failed if it is above 0, bytes

    /// @return how long it took, s
    double GetTimeS() const;
};

/// @ingroup optical-fabric
/// @brief What the messages of a collective put on links of one group.
struct LinkUseRecord
{
    std::string network;   ///< network they belong to
    LinkGroupRecord group; ///< the links
    uint64_t wireBytes{0}; ///< payload and headers, once per link crossed, bytes
    /// Part of what they could carry during its executions, both directions; NaN: there were none.
    double utilization{std::numeric_limits<double>::quiet_NaN()};
};

/// @ingroup optical-fabric
/// @brief A collective operation, executed some number of times.
struct CollectiveRecord
{
    std::string name;               ///< its name in the scenario
    std::string kind;               ///< what it does, for example "allreduce"
    std::string algorithm;          ///< how, for example "ring"
    uint64_t ranks{0};              ///< ranks taking part
    uint64_t bytes{0};              ///< size as its users count it, bytes
    double busBandwidthFactor{1.0}; ///< bus over algorithm bandwidth, for example 2 (n-1) / n; >= 0
    std::vector<CollectiveIteration> iterations; ///< its finished executions in order
    uint64_t unfinishedIterations{0}; ///< executions begun that the end of the run cut off
    /// Time of an execution that no algorithm beats, s; the mean of those of its finished
    /// executions if they differ; NaN: none is known.
    double boundS{std::numeric_limits<double>::quiet_NaN()};
    std::string boundLimit; ///< what sets it: latency, rank or cut; empty if there is none
    TrafficAccount traffic; ///< latencies of its packets and transfers
    std::vector<LinkUseRecord> linkUse; ///< what it put on links, by network and group

    /**
     * @brief How near it comes to the bound.
     * @return bound over mean time, exactly 1 if it is above that by roundings alone; NaN without
     *         either of them, or if payload was lost
     */
    double GetEfficiency() const;

    /// @return mean time of an execution, s; NaN if there was none
    double GetMeanTimeS() const;

    /// @return time of all its finished executions together, s
    double GetTotalTimeS() const;

    /// @return times of its finished executions
    LatencyHistogram MakeExecutionLatency() const;

    /// @return whether payload of an execution was lost
    bool HasFailed() const;

    /// @return bytes over mean time, B/s; NaN unless that is above 0, or if payload was lost
    double GetAlgorithmBandwidth() const;

    /**
     * @param iteration an execution
     * @return bytes over its time, B/s; NaN unless that is above 0, or if payload was lost
     */
    double GetAlgorithmBandwidth(const CollectiveIteration& iteration) const;

    /// @return algorithm bandwidth times busBandwidthFactor, B/s: what each rank's ports carry if
    /// the algorithm wastes nothing
    double GetBusBandwidth() const;

    /**
     * @param iteration an execution
     * @return the same of it
     */
    double GetBusBandwidth(const CollectiveIteration& iteration) const;
};

/// @ingroup optical-fabric
/// @brief What became of all transfers.
struct TransferTotals
{
    uint64_t sentBytes{0};     ///< payload handed over by senders, bytes
    uint64_t receivedBytes{0}; ///< payload that arrived, bytes
    uint64_t failedBytes{0};   ///< payload reported lost for good, bytes
    uint64_t count{0};         ///< transfers that ended, well or not
    uint64_t failedCount{0};   ///< those of them that lost something
};

/// @ingroup optical-fabric
/// @brief What happened on all links together.
struct LinkTotals
{
    uint64_t retries{0};       ///< link-level retransmissions
    uint64_t linkDowns{0};     ///< times a link went down
    uint64_t lostPackets{0};   ///< packets lost with a link
    uint64_t resentPackets{0}; ///< packets sent again from end to end
};

/// @ingroup optical-fabric
/// @brief Counters of one port, in the direction that leaves it.
struct PortCounters
{
    std::string network;     ///< network it belongs to
    std::string node;        ///< node it is on
    uint32_t port{0};        ///< its number on the node
    uint64_t sentPackets{0}; ///< packets sent, retransmissions not counted
    uint64_t sentBytes{0};   ///< bytes of those packets on the wire
    uint64_t stalledPs{0};   ///< time it had packets and no credits, ps
    uint64_t retries{0};     ///< link-level retransmissions
    uint64_t lostPackets{0}; ///< packets lost on the link
};

/**
 * @ingroup optical-fabric
 * @brief Where port counters come from: calls the function it is given once for each port.
 *
 * So a fabric of 10^6 ports need not copy its counters to have them written. It is called more than
 * once, and must tell the same every time.
 */
using PortSource = std::function<void(const std::function<void(const PortCounters&)>&)>;

/// @ingroup optical-fabric
/// @brief What results have instead of packet latencies where those would be wrong.
constexpr const char* NO_PACKET_LATENCY =
    "latencies of packets and where they come from are not given: packets among flows are sent at "
    "the rate that flows leave, which counts as latency what they would have waited for at their "
    "source; given are latencies of transfers and executions";

/**
 * @ingroup optical-fabric
 * @brief Everything a run yields.
 */
struct RunResults
{
    Provenance provenance;                       ///< all that decided the results
    VolatileFacts facts;                         ///< what differs between runs of the same thing
    FabricRecord fabric;                         ///< what was simulated
    EngineRecord engine;                         ///< what the engine did
    std::vector<CollectiveRecord> collectives;   ///< collectives in the order of the scenario
    std::vector<RunWarning> warnings;            ///< which figures are not exact, and why
    TransferTotals transfers;                    ///< transfers
    LinkTotals links;                            ///< links
    std::vector<OpticsRecord> optics;            ///< by network; only networks that have optics
    std::vector<SurveyRecord> survey;            ///< link survey, likewise; empty if there was none
    std::optional<EnergyRecord> energy;          ///< what it drew; no value: nobody recorded it
    bool hasFaults{false};                       ///< whether there was a fault schedule
    std::vector<FaultRecord> faults;             ///< its faults, in its order
    std::vector<FaultEffectRecord> faultEffects; ///< what they did to each finished execution
    LatencyHistogram packetLatency;              ///< injection to last bit delivered, per packet
    LatencyHistogram transferLatency;            ///< post to last byte delivered, per transfer
    LatencyHistogram packetTransferLatency;      ///< likewise, of a hybrid run's by packets alone
    LatencyHistogram collectiveLatency;          ///< start to end, per execution of a collective
    LatencyBreakdown breakdown;                  ///< where packets spent their time
    double tailQuantile{0.99};                   ///< where the tail of the breakdown begins, 0 to 1
    double confidence{DEFAULT_CONFIDENCE}; ///< level of the quantiles' intervals, above 0, below 1
    PortSource ports; ///< counters per port; an empty function if there are none to write

    /**
     * Packets among flows are sent at the rate that those leave, and so spend on links what they
     * would have waited for at their source: what their latency says is no packet's latency.
     * @return whether latencies of packets, and where they come from, are right
     */
    bool HasPacketLatency() const;
};

/**
 * @ingroup optical-fabric
 * @brief Turn picoseconds into seconds, rounded once.
 * @param ps a time, ps
 * @return the same, s
 */
inline double
PsToSeconds(double ps)
{
    return ps / 1e12;
}

/**
 * @ingroup optical-fabric
 * @brief Look for values that no result file may hold.
 * @param results the results
 * @return what is wrong, naming the value and what is allowed; empty if nothing is
 */
std::string CheckRunResults(const RunResults& results);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_RUN_RESULTS_H */
