/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_FABRIC_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_FABRIC_H

#include "clos-latency-keys.h"
#include "random-scenario.h"

#include <algorithm>
#include <string>
#include <vector>

namespace opticalfabrictest
{

using Texts = std::vector<std::string>;

inline const Texts
    RATES{"400Gbps", "200Gbps", "100Gbps", "800Gbps", "1.6Tbps", "10Gbps", "224Gbps"};
inline const Texts LATENCIES{"0ns", "1ps", "9ns", "200ns", "600ns", "1us", "5us"};

/// What the rest of a scenario has to know of its fabric.
struct RandomShape
{
    std::string kind;         ///< kind of fabric
    uint32_t accelerators{0}; ///< endpoints that "npus" means
    uint32_t others{0};       ///< further endpoints of that network
    uint32_t second{0};       ///< endpoints of the second network; 0: there is none
};

/**
 * @ingroup optical-fabric-tests
 * @brief Makes up a fabric and its networks.
 */
class RandomFabricMaker
{
  public:
    /// @param seed seed @param index number of the scenario
    RandomFabricMaker(uint64_t seed, uint64_t index)
        : m_dice(seed, index)
    {
    }

  protected:
    /// @param percent how often @param section section @param key key @param values one of them
    void Maybe(uint32_t percent,
               const std::string& section,
               const std::string& key,
               const Texts& values)
    {
        if (m_dice.Chance(percent))
        {
            m_scenario.AddText(section, key, m_dice.Pick(values));
        }
    }

    /// @param percent how often @param section section @param key key @param values numbers
    void MaybeRaw(uint32_t percent,
                  const std::string& section,
                  const std::string& key,
                  const Texts& values)
    {
        if (m_dice.Chance(percent))
        {
            m_scenario.Add(section, key, m_dice.Pick(values));
        }
    }

    /// @param key a key of the fabric @param number its value
    void Count(const std::string& key, uint64_t number)
    {
        m_scenario.Add("fabric", key, std::to_string(number));
    }

    /// @param keys latencies and delays of the fabric
    void Latencies(const Texts& keys)
    {
        const uint32_t way = static_cast<uint32_t>(m_dice.Between(0, 3));
        for (const std::string& key : keys)
        {
            if (way == 0)
            {
                m_scenario.AddText("fabric", key, "0ns");
            }
            else if (way == 1)
            {
                Maybe(40, "fabric", key, LATENCIES);
            }
        }
    }

    void MakeFabric()
    {
        const uint64_t kind = m_dice.Between(0, 9);
        if (kind < 5)
        {
            MakeClos();
        }
        else if (kind < 8)
        {
            MakeCloudMatrix();
        }
        else
        {
            MakeNvl72();
        }
    }

    void MakeClos()
    {
        m_shape.kind = "clos";
        m_scenario.AddText("fabric", "kind", "clos");
        const uint64_t endpoints = m_dice.Chance(10) ? 13 : m_dice.Log(2, 32);
        const uint64_t leaves = m_dice.Between(1, std::min<uint64_t>(endpoints, 6));
        // A few that are refused, so that refusals are met too.
        const uint64_t spines = leaves == 1 ? (m_dice.Chance(4) ? 1 : 0) : m_dice.Between(1, 5);
        m_shape.accelerators = static_cast<uint32_t>(endpoints);
        Count("endpoints", endpoints);
        Count("leaves", leaves);
        Count("spines", spines);
        if (spines > 0 && m_dice.Chance(35))
        {
            Count("uplinks_per_spine", m_dice.Between(1, 4));
        }
        else if (spines > 0)
        {
            // Few odd shapes can have it exactly.
            MaybeRaw(4, "fabric", "oversubscription", {"1", "1.5", "2", "3", "4"});
        }
        if (!m_isPlain)
        {
            Maybe(50, "fabric", "link_rate", RATES);
            Maybe(50, "fabric", "uplink_rate", RATES);
            Latencies(ns3::opticalfabric::GetClosLatencyKeys());
            Maybe(15, "fabric", "link_medium", {"Board", "Copper", "Optical"});
            Maybe(15, "fabric", "uplink_medium", {"Board", "Copper", "Optical"});
            Maybe(3, "fabric", "accelerator", {"H20", "GB200-B200"});
            Maybe(3, "fabric", "nic", {"", "ConnectX-7"});
            Maybe(3, "fabric", "leaf", {"Tomahawk-5", "SN5600"});
            Maybe(3, "fabric", "spine", {"Tomahawk-5", "SN5600"});
            Maybe(3, "fabric", "module", {"400G-FR4", "400G-LPO-DR4", "800G-DR8"});
            Maybe(2, "fabric", "fibre_cable", {"MPO-16-trunk"});
            Maybe(2, "fabric", "copper_cable", {"400G-copper-cable"});
            if (spines > 0 && m_dice.Chance(4))
            {
                m_scenario.AddText("fabric", "uplink_ocs", m_dice.Pick({"Palomar", "Polatis-576"}));
                MaybeRaw(30, "fabric", "uplink_ocs_count", {"1", "7"});
            }
        }
    }

    void MakeCloudMatrix()
    {
        m_shape.kind = "cloud-matrix";
        m_scenario.AddText("fabric", "kind", "cloud-matrix");
        const uint64_t nodes = m_dice.Between(1, 3);
        const uint64_t npus = m_dice.Between(1, 3);
        const uint64_t cpus = m_dice.Between(0, 2);
        const bool hasDies = npus * nodes == 1 || m_dice.Chance(70);
        m_shape.accelerators = static_cast<uint32_t>(nodes * npus * (hasDies ? 2 : 1));
        m_shape.others = static_cast<uint32_t>(nodes * cpus);
        Count("nodes", nodes);
        Count("npus_per_node", npus);
        Count("cpus_per_node", cpus);
        Count("sub_planes", m_dice.Between(1, m_dice.Chance(20) ? 7 : 3));
        Count("l2_chips_per_plane", m_dice.Log(1, 16));
        if (!hasDies)
        {
            m_scenario.AddText("fabric", "endpoint_kind", "Npu");
        }
        if (m_dice.Chance(75))
        {
            m_scenario.Add("fabric", "scale_out", "false");
        }
        else
        {
            m_shape.second = static_cast<uint32_t>(nodes * npus);
            Count("rdma_spines", m_dice.Between(1, 3));
            if (!m_isPlain)
            {
                Maybe(30, "fabric", "rdma_link_rate", RATES);
                MaybeRaw(20, "fabric", "rdma_fibre_length_m", {"0", "1.5", "500"});
                Latencies({"rdma_phy_latency",
                           "rdma_leaf_latency",
                           "rdma_spine_latency",
                           "rdma_departure_latency",
                           "rdma_arrival_latency"});
                MaybeRaw(5, "fabric", "rdma_switch_ports", {"0", "1", "64"});
            }
        }
        if (!m_isPlain)
        {
            Maybe(30, "fabric", "die_link_rate", RATES);
            Maybe(15, "fabric", "cpu_link_rate", RATES);
            Maybe(30, "fabric", "uplink_rate", RATES);
            MaybeRaw(10, "fabric", "fibre_delay_ns_per_m", {"3", "5.1", "10"});
            MaybeRaw(20, "fabric", "fibre_length_m", {"0", "0.1", "2.5", "500", "3000"});
            MaybeRaw(10, "fabric", "links_per_module", {"1", "3", "4"});
            MaybeRaw(5, "fabric", "nodes_per_rack", {"1", "2"});
            MaybeRaw(5, "fabric", "communication_racks", {"1", "3"});
            Maybe(10, "fabric", "uplink_medium", {"Copper", "Optical"});
            Latencies({"board_delay",
                       "phy_latency",
                       "l1_latency",
                       "l2_latency",
                       "departure_latency",
                       "arrival_latency"});
            Maybe(3, "fabric", "accelerator", {"H20", "Ascend-910C"});
            Maybe(3, "fabric", "processor", {"Grace"});
            Maybe(3, "fabric", "enclosure", {"", "CloudMatrix-node"});
        }
    }

    void MakeNvl72()
    {
        m_shape.kind = "nvl72";
        m_scenario.AddText("fabric", "kind", "nvl72");
        const uint64_t trays = m_dice.Between(1, 4);
        const uint64_t gpus = m_dice.Between(trays == 1 ? 2 : 1, 4);
        m_shape.accelerators = static_cast<uint32_t>(trays * gpus);
        Count("compute_trays", trays);
        Count("gpus_per_tray", gpus);
        Count("switch_trays", m_dice.Between(1, 3));
        Count("chips_per_tray", m_dice.Between(1, 2));
        if (m_dice.Chance(40))
        {
            Count("links_per_chip", m_dice.Between(1, 3));
        }
        if (!m_isPlain)
        {
            MaybeRaw(30, "fabric", "lanes_per_link", {"1", "4", "64"});
            Maybe(40, "fabric", "link_rate", RATES);
            MaybeRaw(20, "fabric", "cable_length_m", {"0", "2.5", "100"});
            MaybeRaw(10, "fabric", "cable_delay_ns_per_m", {"3", "10"});
            MaybeRaw(10, "fabric", "processors_per_tray", {"0", "1", "5"});
            Latencies({"phy_latency", "switch_latency", "departure_latency", "arrival_latency"});
        }
    }

    void MakeNetwork()
    {
        m_scenario.AddText("network",
                           "routing",
                           m_dice.Pick({"Deterministic", "Ecmp", "Spray", "Adaptive"}));
        Maybe(10, "network", "ecmp_salt", {"PerSwitch", "Same"});
        Maybe(30, "network", "switching", {"CutThrough", "StoreAndForward"});
        Maybe(30, "network", "arbitration", {"RoundRobin", "OldestFirst"});
        if (m_isPlain)
        {
            return;
        }
        Maybe(30, "network", "transfer_order", {"InOrder", "TakeTurns"});
        if (m_dice.Chance(45))
        {
            m_mtu = m_dice.Pick({64U, 100U, 256U, 1500U, 4096U, 9000U, 65000U});
            m_scenario.Add("network", "mtu", std::to_string(m_mtu));
        }
        uint32_t header = 0;
        if (m_dice.Chance(30))
        {
            header = m_dice.Pick({0U, 1U, 64U, 512U});
            m_scenario.Add("network", "header_bytes", std::to_string(header));
        }
        if (m_dice.Chance(30))
        {
            const uint64_t packet = m_mtu + header;
            const uint64_t bytes =
                m_dice.Pick({packet, packet + 1, 2 * packet, 4 * packet, uint64_t{1} << 20});
            m_scenario.Add("network", "buffer_bytes", std::to_string(std::max(packet, bytes)));
        }
        if (m_dice.Chance(25))
        {
            m_lanes = static_cast<uint32_t>(m_dice.Log(1, 16));
            m_scenario.Add("network", "virtual_lanes", std::to_string(m_lanes));
        }
        Maybe(10, "network", "commit_ahead", {"0ns", "1ns", "200ns", "10us"});
        Maybe(30, "network", "resend_timeout", {"1us", "10us", "100us", "1ms"});
        MaybeRaw(20, "network", "max_resends", {"0", "1", "7"});
        Maybe(30, "network", "detection_delay", {"0ns", "1us", "10us"});
        Maybe(30, "network", "convergence_delay", {"0ns", "2us", "100us"});
    }

    ScenarioDice m_dice;      ///< what decides
    LinedScenario m_scenario; ///< what there is so far
    RandomShape m_shape;      ///< of its fabric
    bool m_isPlain{false};    ///< fabric and network are nearly as by default, without trouble
    uint32_t m_mtu{4096};     ///< payload of a full packet
    uint32_t m_lanes{1};      ///< virtual lanes
    uint64_t m_packets{1};    ///< about how many packets a collective is to have
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_FABRIC_H */
