/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "bench-sections.h"
#include "like-events.h"

#include <algorithm>
#include <functional>
#include <map>

namespace opticalfabricbench
{

namespace
{

constexpr uint32_t PEERS = 16;             ///< others that each endpoint sends to
constexpr uint32_t MANY = 12288;           ///< the largest network; all have as many transfers
constexpr uint32_t MOST_UDP = 384;         ///< endpoints beyond which ns-3's routes take too long
constexpr double LONGEST_PEER_RUN_S = 120; ///< what a peer may take for a size, s

/**
 * @ingroup optical-fabric-bench
 * @brief The table: time per transfer by system and size.
 */
class SizeTable
{
  public:
    /**
     * @param runner runs the cases
     * @param sizes endpoints of each size
     */
    SizeTable(BenchRunner& runner, const std::vector<uint32_t>& sizes)
        : m_runner(runner),
          m_sizes(sizes)
    {
    }

    /// Measure ours, and the empty event, which are compared round by round.
    void MeasureOurs()
    {
        for (const uint32_t size : m_sizes)
        {
            const std::vector<std::string> packets =
                GetWords(size, {"engine=packet", "routing=Adaptive"});
            std::vector<std::string> watched = packets;
            watched.emplace_back("probe=1");
            const std::optional<Figures> probe = m_runner.Run("flow-all-to-all", watched);
            if (!probe)
            {
                continue;
            }
            RepeatedCase event("event", LikeEventsOf(*probe, "each"));
            RepeatedCase packet("flow-all-to-all", packets);
            RepeatedCase flow("flow-all-to-all", GetWords(size, {"engine=flow"}));
            RepeatedCase folded("flow-all-to-all", GetWords(size, {"engine=flow", "symmetry=1"}));
            m_runner.Alternate({&event, &packet, &flow, &folded});
            m_eventNs[size] = event.Get("ns_per_event");
            m_hopNs[size] = packet.GetRatio("run_s", "packet_hops", 1e9);
            m_us["packet"][size] = packet.GetRatio("run_s", "transfers", 1e6);
            m_us["flow"][size] = flow.GetRatio("run_s", "transfers", 1e6);
            m_us["folded"][size] = folded.GetRatio("run_s", "transfers", 1e6);
        }
    }

    /**
     * Measure a peer, once each size, until one takes too long.
     * @param system for programs
     * @param name case
     * @param words its parameters, but for the size
     * @param most endpoints at most
     */
    void MeasurePeer(const std::string& system,
                     const std::string& name,
                     std::vector<std::string> words,
                     uint32_t most)
    {
        words.push_back("peers=" + std::to_string(PEERS));
        words.emplace_back();
        for (const uint32_t size : m_sizes)
        {
            words.back() = "endpoints=" + std::to_string(size);
            const std::optional<Figures> figures =
                size <= most ? m_runner.Try(name, words, LONGEST_PEER_RUN_S) : std::nullopt;
            if (!figures)
            {
                return;
            }
            m_us[system][size] = {figures->Get("run_s") * 1e6 / (double{PEERS} * size)};
        }
    }

    /// @param section to add to
    void Describe(BenchSection& section) const
    {
        section.table.assign(1, {"endpoints"});
        for (const uint32_t size : m_sizes)
        {
            section.table.front().push_back(std::to_string(size));
        }
        AddRow(section, "event_ns", "empty event, ns", "ns", [this](uint32_t size) {
            return Find(m_eventNs, size);
        });
        AddRow(section, "hop_ns", "packets, ns per packet-hop", "ns", [this](uint32_t size) {
            return Find(m_hopNs, size);
        });
        AddRow(section, "hop_per_event", "packet-hop : empty event", "x", [this](uint32_t size) {
            return Divide(Find(m_hopNs, size), Find(m_eventNs, size));
        });
        const std::vector<std::pair<std::string, std::string>> systems{
            {"packet", "packets"},
            {"flow", "flows"},
            {"folded", "flows, ranks stand for others"},
            {"simgrid", "SimGrid"},
            {"udp", "ns-3 point-to-point, UDP/IP"}};
        for (const auto& [name, label] : systems)
        {
            AddRow(section,
                   name + "_us",
                   label + ", us per transfer",
                   "us",
                   [this, system = name](uint32_t size) { return GetUs(system, size); });
        }
        const auto addRatio =
            [&](const std::string& above, const std::string& below, const std::string& label) {
                AddRow(section, above + "_per_" + below, label, "x", [=](uint32_t size) {
                    std::vector<double> values = GetUs(above, size);
                    const std::vector<double> others = GetUs(below, size);
                    if (values.size() == 1)
                    {
                        // A peer ran once: all of our runs are compared with that.
                        values.resize(others.size(), values[0]);
                    }
                    return Divide(values, others);
                });
            };
        addRatio("udp", "packet", "ns-3 : packets");
        addRatio("packet", "flow", "packets : flows");
        addRatio("simgrid", "flow", "SimGrid : flows");
        addRatio("simgrid", "folded", "SimGrid : flows, ranks stand for others");
    }

  private:
    using BySize = std::map<uint32_t, std::vector<double>>; ///< values by size

    /**
     * @param size endpoints
     * @param more parameters
     * @return parameters of the case, such that all sizes have as many transfers
     */
    static std::vector<std::string> GetWords(uint32_t size, std::vector<std::string> more)
    {
        more.push_back("endpoints=" + std::to_string(size));
        more.push_back("peers=" + std::to_string(PEERS));
        more.push_back("transfers=" + std::to_string(PEERS * (MANY / size)));
        more.emplace_back("next=received");
        return more;
    }

    /// @param values by size @param size a size @return its values; empty if there are none
    static std::vector<double> Find(const BySize& values, uint32_t size)
    {
        const auto place = values.find(size);
        return place == values.end() ? std::vector<double>() : place->second;
    }

    /// @param system a system @param size a size @return time per transfer, us
    std::vector<double> GetUs(const std::string& system, uint32_t size) const
    {
        const auto place = m_us.find(system);
        return place == m_us.end() ? std::vector<double>() : Find(place->second, size);
    }

    /**
     * @param section to add to
     * @param name for programs
     * @param label for people
     * @param unit unit
     * @param get values of a size
     */
    void AddRow(BenchSection& section,
                const std::string& name,
                const std::string& label,
                const std::string& unit,
                const std::function<std::vector<double>(uint32_t)>& get) const
    {
        std::vector<std::string> row{label};
        for (const uint32_t size : m_sizes)
        {
            const std::string number = std::to_string(size);
            const BenchRecord record{"sizes." + name + "." + number,
                                     label + ", " + number + " endpoints",
                                     unit,
                                     get(size)};
            row.push_back(record.values.empty() ? "-" : FormatFigure(record.GetMedian()));
            section.Add(record);
        }
        section.table.push_back(std::move(row));
    }

    BenchRunner& m_runner;              ///< runs the cases
    std::vector<uint32_t> m_sizes;      ///< endpoints of each size
    BySize m_eventNs;                   ///< time per empty event, ns
    BySize m_hopNs;                     ///< time per packet-hop, ns
    std::map<std::string, BySize> m_us; ///< time per transfer, us, by system
};

} // namespace

BenchSection
MeasureSizes(BenchRunner& runner)
{
    BenchSection section;
    section.name = "sizes";
    section.title = "Cost against size: all systems, the same work";
    section.note =
        R"(
W1's network with more leaves on the same 16 spines. Each endpoint sends 64 KiB to each of 16
others, evenly spaced over the network, 8 under way; the next begins when one has arrived. Small
networks do so again and again. Packets: Adaptive. Flows: Deterministic, all ranks acting, and with
ranks that stand for others. Times without building, medians; a peer runs once. The empty event is
as in W1, as many pending as with packets, an object each. A dash: more than two minutes, or not
there.)";
    std::vector<uint32_t> sizes{96, 384};
    if (!runner.GetOptions().quick)
    {
        sizes.insert(sizes.end(), {768, 3072, MANY});
    }
    SizeTable table(runner, sizes);
    table.MeasureOurs();
    if (HasSimgrid())
    {
        table.MeasurePeer("simgrid", "simgrid", {"what=all-to-all", "window=8"}, MANY);
    }
    table.MeasurePeer("udp", "udp", {}, MOST_UDP);
    table.Describe(section);
    return section;
}

} // namespace opticalfabricbench
