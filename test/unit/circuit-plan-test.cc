/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/circuit-plan.h"
#include "ns3/scenario-toml.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// @return a switch of 12 ports, two of them spare
std::shared_ptr<const CircuitSwitchSpec>
MakeSmallSwitch()
{
    CircuitSwitchSpec spec;
    spec.name = "small";
    spec.ports = 12;
    spec.sparePorts = 2;
    return std::make_shared<const CircuitSwitchSpec>(spec);
}

/// How many links a circuit switch has, at the vertex with fewest and at that with most.
struct Spread
{
    uint32_t least{UINT32_MAX}; ///< fewest
    uint32_t most{0};           ///< most

    /// @return difference
    uint32_t Get() const
    {
        return most - least;
    }
};

/**
 * Count links by vertex and circuit switch.
 * @param order links in the order in which they are dealt out
 * @param switches circuit switches
 * @param vertices vertices
 * @param getVertex which of them a link has
 * @return links of the vertex and switch with fewest, and with most
 */
template <typename F>
Spread
CountAt(const std::vector<StripedLink>& order, uint32_t switches, uint32_t vertices, F getVertex)
{
    std::vector<std::vector<uint32_t>> counts(switches, std::vector<uint32_t>(vertices, 0));
    for (size_t i = 0; i < order.size(); ++i)
    {
        ++counts.at(GetSwitchOfRun(i, order.size(), switches)).at(getVertex(order[i]));
    }
    Spread spread;
    for (const std::vector<uint32_t>& ofSwitch : counts)
    {
        for (const uint32_t count : ofSwitch)
        {
            spread.least = std::min(spread.least, count);
            spread.most = std::max(spread.most, count);
        }
    }
    return spread;
}

TEST(CircuitLayer, PortsAreTwoForEachFibre)
{
    CircuitLayer layer(MakeSmallSwitch(), 3, 2);
    EXPECT_EQ(CircuitLayer::GetLinksPerSwitch(*MakeSmallSwitch(), 2), 2u) << "10 ports, 4 a link";
    EXPECT_EQ(layer.GetPortsPerLink(), 4u);
    EXPECT_EQ(layer.GetUsedPorts(), 0u);
    layer.Add(7, 1);
    layer.Add(5, 1);
    layer.Add(6, 2);
    EXPECT_EQ(layer.GetUsedPorts(), 12u);
    EXPECT_EQ(layer.GetLinks(1), (std::vector<uint32_t>{7, 5}));
    EXPECT_EQ(layer.Find(5)->circuitSwitch, 1u);
    EXPECT_EQ(layer.Find(5)->firstPort, 4u);
    EXPECT_FALSE(layer.Find(0));
    EXPECT_EQ(CircuitLayer::NamePort(3, 17), "ocs-3/port-17");
    EXPECT_EQ(CircuitLayer().GetNSwitches(), 0u);
}

TEST(CircuitLayer, RefusesWhatCannotBe)
{
    ExpectInvalid([] { CircuitLayer(nullptr, 1, 1); }, {"spec", "a type of circuit switch"});
    ExpectInvalid([] { CircuitLayer(MakeSmallSwitch(), 0, 1); }, {"switches = 0", "at least 1"});
    ExpectInvalid([] { CircuitLayer(MakeSmallSwitch(), 1, 0); }, {"fibresPerLink = 0"});
    ExpectInvalid([] { CircuitLayer(MakeSmallSwitch(), 1, 6); },
                  {"fibresPerLink = 6", "1 to 5", "small"});
    EXPECT_NO_THROW(CircuitLayer(MakeSmallSwitch(), 1, 5));
}

TEST(CircuitPlan, EveryLinkIsDealtOutOnceAndEvenly)
{
    // Planes, lower ends, upper ends, switches: with and without common divisors, more and fewer
    // switches than ends, one of each.
    const std::vector<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>> shapes{{7, 48, 16, 336},
                                                                                 {7, 48, 16, 43},
                                                                                 {7, 48, 16, 42},
                                                                                 {7, 14, 16, 14},
                                                                                 {7, 2, 16, 14},
                                                                                 {7, 3, 16, 21},
                                                                                 {1, 32, 32, 64},
                                                                                 {1, 4, 6, 5},
                                                                                 {1, 64, 16, 7},
                                                                                 {3, 9, 6, 11},
                                                                                 {2, 5, 1, 3},
                                                                                 {1, 1, 1, 1},
                                                                                 {7, 48, 16, 1},
                                                                                 {7, 48, 16, 5376}};
    for (const auto& [planes, lowers, uppers, switches] : shapes)
    {
        SCOPED_TRACE(testing::Message() << planes << " planes, " << lowers << " x " << uppers
                                        << ", " << switches << " switches");
        const std::vector<StripedLink> order = StripeLinks(planes, lowers, uppers);
        std::set<std::tuple<uint32_t, uint32_t, uint32_t>> seen;
        for (const StripedLink& link : order)
        {
            ASSERT_LT(link.plane, planes);
            ASSERT_LT(link.lower, lowers);
            ASSERT_LT(link.upper, uppers);
            EXPECT_TRUE(seen.emplace(link.plane, link.lower, link.upper).second);
        }
        EXPECT_EQ(seen.size(), size_t{planes} * lowers * uppers) << "all of them";
        const auto count = [&, s = switches](uint32_t vertices, auto getVertex) {
            return CountAt(order, s, vertices, getVertex).Get();
        };
        const uint32_t l = lowers;
        const uint32_t u = uppers;
        EXPECT_LE(count(1, [](const auto&) { return 0; }), 1u) << "links of a switch";
        EXPECT_LE(count(planes, [](const auto& k) { return k.plane; }), 1u) << "of a plane";
        EXPECT_LE(count(planes * l, [l](const auto& k) { return k.plane * l + k.lower; }), 1u)
            << "of a lower end";
        EXPECT_LE(count(planes * u, [u](const auto& k) { return k.plane * u + k.upper; }), 2u)
            << "of an upper end";
        EXPECT_LE(count(lowers, [](const auto& k) { return k.lower; }), 3u) << "of a node";
    }
}

TEST(CircuitPlan, NoEndOfACloudMatrixLosesTwoLinksWithOneSwitch)
{
    const std::vector<StripedLink> order = StripeLinks(7, 48, 16);
    EXPECT_EQ(CountAt(order, 336, 48, [](const auto& k) { return k.lower; }).most, 1u) << "nodes";
    EXPECT_EQ(CountAt(order, 336, 112, [](const auto& k) { return k.plane * 16 + k.upper; }).most,
              1u)
        << "L2 chips";
    const Spread planes = CountAt(order, 336, 7, [](const auto& k) { return k.plane; });
    EXPECT_EQ(planes.least, 2u);
    EXPECT_EQ(planes.most, 3u) << "16 links over 7 sub-planes";
}

/// Tests that need the built-in catalog.
class CircuitPlanCatalog : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!HasToml())
        {
            GTEST_SKIP() << "this build reads no TOML";
        }
        m_catalog = std::make_unique<Catalog>();
    }

    /**
     * @param type type of the switches
     * @param module type of the modules
     * @param linksPerModule links of a module
     * @param links links in all
     * @param switches switches asked for
     * @return the plan
     */
    CircuitLayer Plan(const std::string& type,
                      const std::string& module,
                      uint32_t linksPerModule,
                      uint64_t links,
                      uint32_t switches = 0) const
    {
        return PlanCircuits(*m_catalog, {type, switches, module, linksPerModule, links});
    }

    std::unique_ptr<Catalog> m_catalog; ///< the catalog
};

TEST_F(CircuitPlanCatalog, SwitchesAreAsFewAsHaveThePorts)
{
    // 4 lanes each way, two links: 4 fibres a link, 8 ports; 128 ports without spares.
    EXPECT_EQ(Plan("Palomar", "400G-DR4", 2, 5376).GetNSwitches(), 336u);
    EXPECT_EQ(Plan("Palomar", "400G-DR4", 2, 5377).GetNSwitches(), 337u);
    // 126 links fit 1008 ports: 43 switches have ports for 5418.
    EXPECT_EQ(Plan("Telescent-1008", "400G-DR4", 2, 5376).GetNSwitches(), 43u);
    // Four wavelengths on one fibre each way: 2 fibres, 4 ports.
    EXPECT_EQ(Plan("Palomar", "400G-FR4", 1, 64).GetNSwitches(), 2u);
    EXPECT_EQ(Plan("Palomar", "800G-2xFR4", 2, 64).GetFibresPerLink(), 2u);
    // More than needed, as asked for.
    EXPECT_EQ(Plan("Palomar", "400G-FR4", 1, 64, 5).GetNSwitches(), 5u);
    // 16 ports are just those of 8 fibres.
    EXPECT_EQ(Plan("EpiPhotonics-16", "400G-DR4", 1, 3).GetNSwitches(), 3u);
}

TEST_F(CircuitPlanCatalog, APodOfTpuV4Takes48)
{
    // 64 cubes of 4 x 4 x 4 with 6 faces of 16 links, two ends to a link (Jouppi et al., ISCA
    // 2023); circulators put both directions on one fibre.
    const uint64_t links = 64 * 6 * 16 / 2;
    const uint32_t perSwitch =
        CircuitLayer::GetLinksPerSwitch(*m_catalog->GetCircuitSwitch("Palomar"), 1);
    EXPECT_EQ(links / perSwitch, 48u);
    EXPECT_EQ(links % perSwitch, 0u);
}

TEST_F(CircuitPlanCatalog, RefusesWhatCannotPass)
{
    // The module of a CloudMatrix384 is multimode.
    ExpectInvalid([this] { Plan("Palomar", "400G-SR8-LPO", 2, 10); },
                  {"Module 400G-SR8-LPO sends at 850",
                   "Palomar passes 1260 to 1360 nm",
                   "single-mode",
                   "allowed: ",
                   "400G-DR4",
                   "400G-FR4"});
    try
    {
        Plan("Palomar", "400G-SR8-LPO", 2, 10);
    }
    catch (const std::invalid_argument& refusal)
    {
        const std::string message = refusal.what();
        const std::string allowed = message.substr(message.find("allowed: "));
        EXPECT_EQ(allowed.find("SR"), std::string::npos) << "none of these passes: " << allowed;
    }
    ExpectInvalid([this] { Plan("Palomar", "400G-FR4", 2, 10); },
                  {"Module 400G-FR4 has 4 lanes on 2 fibres", "2 links", "whole fibres"});
    ExpectInvalid([this] { Plan("Palomar", "400G-DR4", 3, 10); }, {"3 links cannot share out"});
    ExpectInvalid([this] { Plan("Palomor", "400G-DR4", 2, 10); },
                  {"UplinkOcs \"Palomor\"", "did you mean Palomar?", "Telescent-1008"});
    ExpectInvalid([this] { Plan("Palomar", "400G-DR5", 2, 10); },
                  {"Module \"400G-DR5\"", "400G-DR4"});
    ExpectInvalid([this] { Plan("Palomar", "400G-DR4", 2, 5376, 335); },
                  {"UplinkOcsCount 335 of Palomar have ports for 5360 of 5376 links",
                   "8 ports each",
                   "at least 336"});
    ExpectInvalid([this] { Plan("Palomar", "400G-DR4", 2, 10, 11); },
                  {"UplinkOcsCount 11", "each of the 10 links"});
    ExpectInvalid([this] { Plan("EpiPhotonics-16", "800G-DR8", 1, 10); },
                  {"UplinkOcs EpiPhotonics-16 has 16 ports", "takes 32", "16 fibres"});
}

} // namespace
