/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-scenario-fabric.h"
#include "random-scenario.h"

#include <algorithm>
#include <string>
#include <vector>

namespace opticalfabrictest
{

namespace
{

/**
 * @brief Makes up a scenario.
 */
class Maker : public RandomFabricMaker
{
  public:
    using RandomFabricMaker::RandomFabricMaker;

    /// @return the scenario
    LinedScenario Make()
    {
        m_scenario.AddText("", "name", "random");
        m_isPlain = m_dice.Chance(35);
        MakeFabric();
        MakeNetwork();
        MakeCollectives();
        MakeOptics();
        MakeFaults();
        MakePower();
        MakeEngine();
        return m_scenario;
    }

  private:
    /// @param section section of a collective @return how many ranks it has
    uint32_t MakeRanks(const std::string& section)
    {
        uint32_t most = m_shape.accelerators;
        uint32_t ranks = most;
        if (m_shape.second > 1 && m_dice.Chance(40))
        {
            m_scenario.AddText(section, "network", "rdma");
            most = m_shape.second;
            ranks = most;
            Maybe(30, section, "ranks", {"npus", "all", "npu"});
        }
        else if (m_shape.others > 0 && m_dice.Chance(20))
        {
            most += m_shape.others;
            ranks = most;
            m_scenario.AddText(section, "ranks", "all");
        }
        else if (m_shape.others > 1 && m_dice.Chance(10))
        {
            ranks = m_shape.others;
            m_scenario.AddText(section, "ranks", "cpu");
        }
        else
        {
            ranks = SelectRanks(section, most);
        }
        if (ranks >= 4 && m_dice.Chance(12))
        {
            const auto stride = static_cast<uint32_t>(m_dice.Between(1, ranks / 2));
            m_scenario.Add(section, "stride", std::to_string(stride));
            ranks = (ranks + stride - 1) / stride;
        }
        return ranks;
    }

    /// @param section section of a collective @param most accelerators @return how many it has
    uint32_t SelectRanks(const std::string& section, uint32_t most)
    {
        const uint64_t way = m_dice.Between(0, 9);
        if (way < 2 && most >= 3)
        {
            const uint64_t first = m_dice.Between(2, most);
            m_scenario.AddText(section, "ranks", "first:" + std::to_string(first));
            return static_cast<uint32_t>(first);
        }
        if (way == 2 && most >= 5)
        {
            const uint64_t high = m_dice.Between(1, most - 3);
            m_scenario.AddText(section,
                               "ranks",
                               "0-" + std::to_string(high) + "," + std::to_string(most - 1));
            return static_cast<uint32_t>(high + 2);
        }
        if (way == 3 && most >= 4)
        {
            // Not in their order.
            std::string list = "[" + std::to_string(most - 1) + ", 0, " + std::to_string(most / 2);
            const bool isLong = most >= 6;
            m_scenario.Add(section, "ranks", list + (isLong ? ", 1, 2]" : "]"));
            return isLong ? 5 : 3;
        }
        return most;
    }

    void MakeCollectives()
    {
        const uint64_t count = m_dice.Chance(55) ? 1 : m_dice.Between(2, 4);
        m_packets = m_dice.Log(4, 12000) / count + 1;
        bool isFirst = true;
        for (uint64_t i = 0; i < count; ++i)
        {
            const std::string section = "collective " + std::to_string(i);
            m_scenario.AddText(section, "name", "c" + std::to_string(i));
            MakeCollective(section, isFirst);
            isFirst = false;
        }
    }

    /// @param section its section @param isFirst whether it is the first
    void MakeCollective(const std::string& section, bool isFirst)
    {
        const std::string kind = m_dice.Pick({"all-reduce",
                                              "all-reduce",
                                              "all-reduce",
                                              "reduce-scatter",
                                              "all-gather",
                                              "all-to-all",
                                              "all-to-all",
                                              "broadcast",
                                              "barrier",
                                              "moe-dispatch",
                                              "moe-combine",
                                              "moe-layer"});
        m_scenario.AddText(section, "kind", kind);
        const uint32_t ranks = MakeRanks(section);
        uint64_t iterations = 1;
        if (m_dice.Chance(40))
        {
            iterations = m_dice.Between(1, 4);
            m_scenario.Add(section, "iterations", std::to_string(iterations));
        }
        const std::string algorithm = PickAlgorithm(section, kind, ranks);
        if (kind.compare(0, 3, "moe") == 0)
        {
            MakeMoe(section, kind, ranks, iterations);
        }
        else if (kind != "barrier")
        {
            MakeBytes(section, kind, algorithm, ranks, iterations);
        }
        if (kind == "broadcast" && ranks > 1)
        {
            MaybeRaw(50, section, "root", {"0", std::to_string(ranks - 1)});
        }
        Maybe(12, section, "start", {"0ns", "1ps", "3us", "1ms"});
        Maybe(15, section, "gap", {"1ps", "500ns", "20us"});
        Maybe(8, section, "period", {"1us", "200us"});
        Maybe(12, section, "reduce_rate", {"8Gbps", "50GB/s", "3TB/s"});
        if (m_lanes > 1)
        {
            m_scenario.Add(section, "virtual_lane", std::to_string(m_dice.Between(0, m_lanes - 1)));
        }
        if (!isFirst && m_dice.Chance(45))
        {
            m_scenario.Add(section, "concurrent", "true");
        }
        if (m_dice.Chance(2))
        {
            m_scenario.AddText(section + ".published", "time", "1.5ms");
            m_scenario.AddText(section + ".published", "source", "nobody");
        }
    }

    /// @param section section @param kind kind @param ranks ranks @return what it has now
    std::string PickAlgorithm(const std::string& section, const std::string& kind, uint32_t ranks)
    {
        const bool isPower = (ranks & (ranks - 1)) == 0;
        std::string algorithm = "auto";
        if (kind == "all-reduce")
        {
            algorithm = m_dice.Pick(
                {"auto", "ring", "halving-doubling", "double-binary-tree", "hierarchical"});
        }
        else if (kind == "reduce-scatter")
        {
            algorithm = m_dice.Pick({"auto", "ring", "recursive-halving"});
        }
        else if (kind == "all-gather")
        {
            algorithm = m_dice.Pick({"ring", "bruck", isPower ? "recursive-doubling" : "auto"});
        }
        else if (kind == "all-to-all")
        {
            algorithm = m_dice.Pick({"auto", "pairwise", "all-at-once"});
        }
        else if (kind == "broadcast")
        {
            algorithm = m_dice.Pick({"auto", "scatter-all-gather", "binomial", "chain"});
        }
        else if (kind == "barrier")
        {
            algorithm = m_dice.Pick({"auto", "dissemination"});
        }
        if (algorithm == "hierarchical")
        {
            std::vector<std::string> divisors;
            for (uint32_t g = 2; g <= ranks / 2; ++g)
            {
                if (ranks % g == 0)
                {
                    divisors.push_back(std::to_string(g));
                }
            }
            if (divisors.empty())
            {
                algorithm = "ring";
            }
            else
            {
                m_scenario.Add(section, "group_size", m_dice.Pick(divisors));
            }
        }
        if (algorithm != "auto")
        {
            m_scenario.AddText(section, "algorithm", algorithm);
        }
        return algorithm;
    }

    /**
     * @param section section @param kind kind @param algorithm its algorithm
     * @param ranks ranks @param iterations how often
     */
    void MakeBytes(const std::string& section,
                   const std::string& kind,
                   const std::string& algorithm,
                   uint32_t ranks,
                   uint64_t iterations)
    {
        const uint64_t packetsPerByte = (kind == "all-reduce" ? 2 : 1) * (std::max(ranks, 2U) - 1);
        uint64_t bytes = m_packets * m_mtu / packetsPerByte / iterations;
        bytes = std::max<uint64_t>(1, std::min<uint64_t>(bytes, uint64_t{1} << 24));
        if (m_dice.Chance(15))
        {
            bytes =
                m_dice.Pick({uint64_t{1}, uint64_t{2}, uint64_t{ranks} - 1, uint64_t{ranks} + 1});
            bytes = std::max<uint64_t>(1, bytes);
        }
        else if (m_dice.Chance(40))
        {
            // Parts of one size.
            bytes = (bytes / ranks + 1) * ranks;
        }
        if (m_dice.Chance(1) && m_dice.Chance(30))
        {
            bytes = 0;
        }
        m_scenario.Add(section, "bytes", std::to_string(bytes));
        if ((algorithm == "double-binary-tree" || algorithm == "chain") && m_dice.Chance(60))
        {
            const uint64_t chunk = std::max<uint64_t>(1, bytes / m_dice.Log(1, 20));
            m_scenario.Add(section, "chunk_bytes", std::to_string(chunk));
        }
    }

    /// @param section section @param kind kind @param ranks ranks @param iterations how often
    void MakeMoe(const std::string& section,
                 const std::string& kind,
                 uint32_t ranks,
                 uint64_t iterations)
    {
        const std::string moe = section + ".moe";
        const uint64_t experts = m_dice.Log(1, 64);
        const uint64_t topK = m_dice.Between(1, std::min<uint64_t>(experts, 4));
        uint64_t copies = std::max<uint64_t>(1, m_packets / std::max(1U, ranks) / iterations);
        const uint64_t tokens = m_dice.Log(1, std::max<uint64_t>(1, copies / topK));
        copies = std::max<uint64_t>(1, m_packets / (ranks * iterations * topK * tokens));
        m_scenario.Add(moe, "tokens", std::to_string(tokens));
        m_scenario.Add(moe, "top_k", std::to_string(topK));
        m_scenario.Add(moe, "experts", std::to_string(experts));
        MaybeRaw(30, moe, "skew", {"0", "0.5", "1.2", "10"});
        m_scenario.Add(moe, "dispatch_bytes", std::to_string(m_dice.Log(1, copies * m_mtu)));
        m_scenario.Add(moe, "combine_bytes", std::to_string(m_dice.Log(1, copies * m_mtu)));
        if (kind == "moe-layer")
        {
            Maybe(50, moe, "expert_time", {"0ns", "1ps", "10us"});
        }
        if (m_dice.Chance(10))
        {
            m_scenario.AddText(moe, "traffic", "t");
        }
    }

    void MakeOptics()
    {
        const bool isLit = m_scenario.Get("fabric", "uplink_medium") != "Copper" &&
                           m_scenario.Get("fabric", "uplink_medium") != "Board" &&
                           m_shape.kind != "nvl72";
        if (m_isPlain || !isLit || !m_dice.Chance(20))
        {
            return;
        }
        const bool isClos = m_shape.kind == "clos";
        const bool isSingleMode = isClos || m_dice.Chance(20);
        m_scenario.AddText("optics", "transceiver", isSingleMode ? "400G-DR4" : "400G-SR8-LPO");
        if (isSingleMode)
        {
            m_scenario.AddText("optics", "fibre", "SMF");
            m_scenario.AddText("optics", "connector", "MPO");
            m_scenario.Set("fabric", "uplink_rate", isClos ? "\"400Gbps\"" : "\"200Gbps\"");
            if (!isClos)
            {
                m_scenario.Set("fabric", "module", "\"400G-DR4\"");
            }
            else if (m_scenario.Get("fabric", "link_medium") == "Optical")
            {
                m_scenario.Set("fabric", "link_rate", "\"400Gbps\"");
            }
        }
        else
        {
            m_scenario.Set("fabric", "uplink_rate", "\"224Gbps\"");
        }
        m_scenario.AddText("optics", "relock_time", "100us"); // so that links are back within a run
        MaybeRaw(30, "optics", "connectors", {"2", "4", "6"});
        MaybeRaw(30, "optics", "contaminated_fraction", {"0", "0.05", "0.5", "1"});
        MaybeRaw(10, "optics", "age_h", {"0", "40000", "1000000"});
        MaybeRaw(10, "optics", "case_temperature_c", {"20", "70"});
        if (m_dice.Chance(15))
        {
            m_scenario.Add("optics", "extra_loss_module", "0");
            m_scenario.Add("optics", "extra_loss_db", m_dice.Pick({"0.5", "3", "20"}));
        }
        if (m_dice.Chance(25))
        {
            m_scenario.Add("survey", "draws", std::to_string(m_dice.Between(1, 3)));
        }
    }

    void MakeFaults()
    {
        if (m_isPlain || !m_dice.Chance(30))
        {
            return;
        }
        if (m_dice.Chance(60))
        {
            m_scenario.AddText("faults", "schedule", "faults.csv");
        }
        else
        {
            const bool isLit =
                m_shape.kind == "cloud-matrix" ||
                (m_shape.kind == "clos" && m_scenario.Get("fabric", "spines") != "0");
            m_scenario.AddText("faults",
                               "modes",
                               isLit ? m_dice.Pick({"module, flap-burst, switch-chip",
                                                    "module",
                                                    "link-failure",
                                                    "npu, switch-chip",
                                                    "flap-burst"})
                                     : m_dice.Pick({"switch-chip", "npu", "npu, switch-chip"}));
            m_scenario.AddText("faults", "horizon", m_dice.Pick({"20us", "200us", "2ms"}));
            m_scenario.Add("faults", "acceleration", m_dice.Pick({"1", "1e10", "1e12"}));
            m_scenario.Add("faults", "duration_scale", m_dice.Pick({"1", "1e-6", "1e-9"}));
            MaybeRaw(20, "faults", "age_h", {"0", "50000"});
            MaybeRaw(20, "faults", "temperature_c", {"20", "85"});
        }
        MaybeRaw(10, "faults", "hosts_per_rack", {"0", "1", "4"});
        MaybeRaw(50, "faults", "compare", {"true", "false"});
    }

    void MakePower()
    {
        if (m_isPlain || !m_dice.Chance(30))
        {
            return;
        }
        m_scenario.Add("power", "enabled", m_dice.Chance(90) ? "true" : "false");
        Maybe(50, "power", "sample_step", {"0ns", "1us", "10us", "333ns"});
        MaybeRaw(20, "power", "accelerator_duty", {"0", "0.5", "1"});
        MaybeRaw(20, "power", "processor_duty", {"0", "0.5", "1"});
        MaybeRaw(20, "power", "enclosure_duty", {"0", "0.5", "1"});
        if (m_dice.Chance(50))
        {
            MaybeRaw(60, "power", "pue", {"1", "1.25", "10"});
        }
        else
        {
            m_scenario.AddText("power", "region", m_dice.Pick({"US", "China"}));
        }
        const bool hasModules = m_shape.kind == "clos" && m_scenario.Get("fabric", "spines") != "0";
        const uint64_t policy =
            hasModules || m_shape.kind == "cloud-matrix" ? m_dice.Between(0, 4) : 2;
        if (policy == 0)
        {
            m_scenario.AddText("power", "module_policy", "sleep");
            m_scenario.AddText("power", "sleep_after", m_dice.Pick({"0ns", "2us", "50us"}));
            m_scenario.AddText("power", "wake", m_dice.Pick({"0ns", "5us", "100us"}));
            MaybeRaw(30, "power", "wake_energy", {"0", "1e-6"});
        }
        else if (policy == 1)
        {
            m_scenario.AddText("power", "module_policy", "rate-adaptive");
            m_scenario.Add("power",
                           "rate_steps",
                           m_dice.Pick({"[0.25, 0.5, 1]", "[0.5, 1]", "[1]"}));
            m_scenario.AddText("power", "rate_epoch", m_dice.Pick({"1us", "10us"}));
            m_scenario.AddText("power", "rate_change", m_dice.Pick({"0ns", "1us"}));
            m_scenario.Add("power", "fixed_share", m_dice.Pick({"0", "0.5", "1"}));
            Maybe(30, "power", "slow_after", {"0ns", "20us"});
            MaybeRaw(30, "power", "rate_target", {"0.1", "0.9"});
        }
        if (policy < 2)
        {
            MaybeRaw(30, "power", "compare", {"true", "false"});
        }
    }

    void MakeEngine()
    {
        Maybe(25,
              "engine",
              "scheduler",
              {"ns3::MapScheduler",
               "ns3::PriorityQueueScheduler",
               "ns3::opticalfabric::WheelScheduler"});
        Maybe(m_isPlain ? 0 : 3, "engine", "time_limit", {"1ps", "3us", "1ms", "1s"});
        if (m_dice.Chance(75))
        {
            m_scenario.Add("hybrid", "packet_every", std::to_string(m_dice.Log(1, 50)));
        }
        else
        {
            m_scenario.AddText("hybrid", "packets", "Small");
            MaybeRaw(60, "hybrid", "packet_max_bytes", {"0", "1", "1000", "100000"});
        }
        m_scenario.Add("random", "seed", std::to_string(m_dice.Between(1, 1000)));
        MaybeRaw(20, "random", "run", {"0", "7", "1000000"});
        MaybeRaw(20, "output", "ports", {"true", "false"});
        MaybeRaw(20, "output", "tail_quantile", {"0", "0.5", "0.999"});
        MaybeRaw(10, "output", "confidence", {"0.5", "0.999"});
    }
};

} // namespace

LinedScenario
MakeRandomScenario(uint64_t seed, uint64_t index)
{
    return Maker(seed, index).Make();
}

} // namespace opticalfabrictest
