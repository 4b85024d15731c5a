/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/circuit-switch-spec.h"
#include "ns3/medium-spec.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity();

/// @return a medium nothing is wrong with
ElectricalMediumSpec
MakeMedium()
{
    ElectricalMediumSpec spec;
    spec.name = "cable";
    spec.delaySPerM = 4.5e-9;
    spec.lossDbPerM = 8;
    spec.lossFrequencyGHz = 26.5;
    spec.reaches = {{53e9, 3}, {106e9, 2}, {INFINITE, 0.1}};
    return spec;
}

/// @return a switch nothing is wrong with
CircuitSwitchSpec
MakeSwitch()
{
    CircuitSwitchSpec spec;
    spec.name = "mirrors";
    spec.ports = 136;
    spec.sparePorts = 8;
    spec.lossDb = 2;
    spec.lossMaxDb = 3;
    spec.lossSpreadDb = 0.3;
    spec.reflectanceDb = -46;
    spec.wavelengthMinNm = 1260;
    spec.wavelengthMaxNm = 1360;
    spec.reconfigurationS = 0.01;
    spec.powerW = 108;
    return spec;
}

/**
 * Expect that a spec is refused once it has been changed.
 * @tparam SPEC the spec
 * @param good one nothing is wrong with
 * @param change what is done to it
 * @param part what the message must hold
 */
template <typename SPEC>
void
ExpectRefusal(SPEC good, const std::function<void(SPEC&)>& change, const std::string& part)
{
    EXPECT_NO_THROW(good.Validate());
    change(good);
    try
    {
        good.Validate();
        ADD_FAILURE() << "not refused: " << part;
    }
    catch (const std::invalid_argument& refusal)
    {
        const std::string message = refusal.what();
        EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
        EXPECT_NE(message.find("allowed: "), std::string::npos) << message;
    }
}

TEST(ElectricalMediumSpec, ReachIsThatOfTheNextFasterRate)
{
    const ElectricalMediumSpec spec = MakeMedium();
    EXPECT_EQ(spec.GetReachM(1e9), 3);
    EXPECT_EQ(spec.GetReachM(53e9), 3);
    EXPECT_EQ(spec.GetReachM(53.1e9), 2);
    EXPECT_EQ(spec.GetReachM(200e9), 0.1);
    EXPECT_DOUBLE_EQ(spec.GetDelayS(2), 9e-9);
    ElectricalMediumSpec limited = spec;
    limited.reaches.pop_back();
    EXPECT_EQ(limited.GetReachM(200e9), 0);
}

TEST(ElectricalMediumSpec, RefusesWhatCannotBe)
{
    using S = ElectricalMediumSpec;
    const std::vector<std::pair<std::function<void(S&)>, std::string>> changes{
        {[](S& s) { s.name = ""; }, "name"},
        {[](S& s) { s.delaySPerM = 4.5; }, "delaySPerM = 4.5"},
        {[](S& s) { s.delaySPerM = std::nan(""); }, "delaySPerM"},
        {[](S& s) { s.lossDbPerM = -1; }, "lossDbPerM = -1"},
        {[](S& s) { s.lossFrequencyGHz = 0; }, "lossFrequencyGHz = 0"},
        {[](S& s) { s.reaches.clear(); }, "number of reaches = 0"},
        {[](S& s) { s.reaches[0].reachM = 0; }, "reaches.reachM = 0"},
        {[](S& s) { s.reaches[0].laneRateBps = 0; }, "reaches.laneRateBps = 0"},
        {[](S& s) { s.reaches[1].laneRateBps = 53e9; }, "reaches.laneRateBps = 5.3e+10"},
        {[](S& s) { s.reaches[1].reachM = 4; }, "reaches.reachM = 4"},
    };
    for (const auto& [change, part] : changes)
    {
        ExpectRefusal(MakeMedium(), change, part);
    }
}

TEST(CircuitSwitchSpec, SparesCarryNothing)
{
    EXPECT_EQ(MakeSwitch().GetUsablePorts(), 128u);
}

TEST(CircuitSwitchSpec, RefusesWhatCannotBe)
{
    using S = CircuitSwitchSpec;
    const std::vector<std::pair<std::function<void(S&)>, std::string>> changes{
        {[](S& s) { s.name = ""; }, "name"},
        {[](S& s) { s.ports = 1; }, "ports = 1"},
        {[](S& s) { s.ports = 1000001; }, "ports = 1000001"},
        {[](S& s) { s.sparePorts = 136; }, "sparePorts = 136"},
        {[](S& s) { s.lossDb = -0.1; }, "lossDb = -0.1"},
        {[](S& s) { s.lossMaxDb = 1.9; }, "lossMaxDb = 1.9"},
        {[](S& s) { s.lossSpreadDb = std::nan(""); }, "lossSpreadDb"},
        {[](S& s) { s.reflectanceDb = 0; }, "reflectanceDb = 0"},
        {[](S& s) { s.reconfigurationS = 0; }, "reconfigurationS = 0"},
        {[](S& s) { s.reconfigurationS = INFINITE; }, "reconfigurationS = inf"},
        {[](S& s) { s.powerW = -1; }, "powerW = -1"},
    };
    for (const auto& [change, part] : changes)
    {
        ExpectRefusal(MakeSwitch(), change, part);
    }
}

} // namespace
