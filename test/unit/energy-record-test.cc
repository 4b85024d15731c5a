/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"
#include "flat-json.h"

#include "ns3/run-report-energy.h"
#include "ns3/summary-writer.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <sstream>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

/// @return what a run drew that never was: two classes, a collective that ran twice
EnergyRecord
MakeExample()
{
    EnergyRecord record;
    record.timePs = 2000000000;
    record.classes = {{"accelerator", 8, "D", 4, 5}, {"module", 16, "M", 2, 2.5}};
    record.racks = {{"a", 3}, {"b", 4.5}};
    record.collectives = {{"ring", 0, true, 0, 1000000000, {2, 1}, 3, 600},
                          {"ring", 1, false, 1000000000, 2000000000, {2, 0.5}, 2.5, 0}};
    record.besidesJ = 2;
    record.fansJ = 0.25;
    record.suppliesJ = 1.25;
    record.socketJ = 7.5;
    record.facilityJ = 15;
    record.pue = 2;
    record.movedBytes = 750;
    record.series = {{"ring", {{0, 1000000000, {3000, 500}, 3500}}}};
    record.sleeps = {{"net", "a", "mod", 16, 0.016, 20, 0.5}};
    record.rates = {{"net", "a", "mod", 16, 0.25, 0.004, 5, 0.25},
                    {"net", "a", "mod", 16, 1, 0.028, 3, 0}};
    record.alwaysOnPs = 1000000000;
    record.alwaysOnJ = 7.75;
    return record;
}

TEST(EnergyRecord, PowersAreEnergiesOverTime)
{
    const EnergyRecord record = MakeExample();
    EXPECT_DOUBLE_EQ(record.GetMeanW(), 3750);
    EXPECT_DOUBLE_EQ(record.GetPeakW(), 3500);
    EXPECT_DOUBLE_EQ(record.GetJoulesPerByte(), 0.01);
    const EnergyRecord nothing;
    EXPECT_TRUE(std::isnan(nothing.GetMeanW()));
    EXPECT_TRUE(std::isnan(nothing.GetPeakW()));
    EXPECT_TRUE(std::isnan(nothing.GetJoulesPerByte()));
}

TEST(EnergyRecord, PartsOfARunAddUp)
{
    std::optional<EnergyRecord> sum;
    AddEnergy(sum, {});
    EXPECT_FALSE(sum);
    AddEnergy(sum, MakeExample());
    AddEnergy(sum, {});
    EXPECT_EQ(sum->socketJ, 7.5);
    AddEnergy(sum, MakeExample());
    EXPECT_EQ(sum->socketJ, 15);
    EXPECT_EQ(sum->facilityJ, 30);
    EXPECT_EQ(sum->timePs, 4000000000U);
    EXPECT_EQ(sum->movedBytes, 1500U);
    EXPECT_EQ(sum->classes[1].parts, 16U); // the same parts
    EXPECT_EQ(sum->classes[1].socketJ, 5);
    EXPECT_EQ(sum->racks[0].socketJ, 6);
    EXPECT_EQ(sum->collectives.size(), 4U);
    EXPECT_EQ(sum->series.size(), 2U);
    EXPECT_EQ(sum->pue, 2);
    ASSERT_EQ(sum->sleeps.size(), 1U);
    EXPECT_EQ(sum->sleeps[0].modules, 16U);
    EXPECT_EQ(sum->sleeps[0].asleepS, 0.032);
    EXPECT_EQ(sum->sleeps[0].wakeUps, 40U);
    EXPECT_EQ(sum->sleeps[0].savedJ, 1);
    EXPECT_EQ(sum->sleeps[0].GetAsleepShare(sum->timePs), 0.5);
    ASSERT_EQ(sum->rates.size(), 2U);
    EXPECT_EQ(sum->rates[0].modules, 16U);
    EXPECT_EQ(sum->rates[0].atRateS, 0.008);
    EXPECT_EQ(sum->rates[0].changes, 10U);
    EXPECT_EQ(sum->rates[0].savedJ, 0.5);
    EXPECT_EQ(sum->rates[1].GetTimeShare(sum->timePs), 0.875);
    EXPECT_EQ(sum->alwaysOnPs, 2000000000U);
    EXPECT_EQ(sum->alwaysOnJ, 15.5);
    EXPECT_EQ(sum->Check(), "");
}

TEST(EnergyRecord, RefusesValuesNoFileMayHold)
{
    const auto wrong = [](void (*spoil)(EnergyRecord&)) {
        RunResults results = MakeExampleRunResults();
        results.energy = MakeExample();
        spoil(*results.energy);
        return CheckRunResults(results);
    };
    EXPECT_EQ(wrong([](EnergyRecord&) {}), "");
    EXPECT_EQ(wrong([](EnergyRecord& r) { r.socketJ = -1; }),
              "energy of all is -1.000000 J, allowed is 0 and above");
    EXPECT_NE(wrong([](EnergyRecord& r) {
                  r.classes[0].partsJ = std::nan("");
              }).find("energy of parts of accelerator is nan J"),
              std::string::npos);
    EXPECT_EQ(wrong([](EnergyRecord& r) { r.collectives[0].classJ.pop_back(); }),
              "collective ring: energies of 1 classes, allowed are 2");
    EXPECT_EQ(wrong([](EnergyRecord& r) { r.series[0].steps[0].toPs = 0; }),
              "power of part ring: a step without length or classes");
    EXPECT_EQ(wrong([](EnergyRecord& r) { r.sleeps[0].asleepS = 0.033; }),
              "modules mod asleep for 0.033000 s, allowed is 0 to 0.032000, and saved a finite "
              "energy");
    EXPECT_EQ(wrong([](EnergyRecord& r) { r.rates[1].atRateS = 0.033; }),
              "modules mod at a rate for 0.033000 s, allowed is 0 to 0.032000, and saved a finite "
              "energy");
}

TEST(EnergyRecord, SummaryHasItOnlyIfItWasRecorded)
{
    RunResults results = MakeExampleRunResults();
    std::ostringstream without;
    WriteSummary(results, without);
    EXPECT_FALSE(FlatJson(without.str()).Has("energy.socket_J"));
    results.energy = MakeExample();
    std::ostringstream with;
    WriteSummary(results, with);
    const FlatJson json(with.str());
    EXPECT_EQ(json.Number("energy.time_s"), 0.002);
    EXPECT_EQ(json.Number("energy.socket_J"), 7.5);
    EXPECT_EQ(json.Number("energy.facility_J"), 15);
    EXPECT_EQ(json.Number("energy.mean_W"), 3750);
    EXPECT_EQ(json.Number("energy.peak_W"), 3500);
    EXPECT_EQ(json.Number("energy.socket_J_per_byte"), 0.01);
    EXPECT_EQ(json.Text("energy.classes[1].class"), "\"module\"");
    EXPECT_EQ(json.Text("energy.classes[1].mark"), "\"M\"");
    EXPECT_EQ(json.Number("energy.classes[1].parts_J"), 2);
    EXPECT_EQ(json.Number("energy.racks[1].socket_J"), 4.5);
    EXPECT_EQ(json.Text("energy.collectives[0].name"), "\"ring\"");
    EXPECT_FALSE(json.Has("energy.collectives[1].name"));
    EXPECT_EQ(json.Number("energy.collectives[0].iterations"), 1);
    EXPECT_EQ(json.Number("energy.collectives[0].unfinished_iterations"), 1);
    EXPECT_EQ(json.Number("energy.collectives[0].socket_J"), 5.5);
    EXPECT_EQ(json.Number("energy.collectives[0].socket_J_per_byte"), 3.0 / 600);
    EXPECT_EQ(json.Number("energy.collectives[0].class_socket_J.module"), 1.5);
    EXPECT_EQ(json.Number("energy.besides_collectives_J"), 2);
    EXPECT_EQ(json.Text("energy.sleep[0].module"), "\"mod\"");
    EXPECT_EQ(json.Number("energy.sleep[0].asleep_share"), 0.5);
    EXPECT_EQ(json.Number("energy.sleep[0].wake_ups"), 20);
    EXPECT_EQ(json.Number("energy.sleep[0].saved_socket_J"), 0.5);
    EXPECT_EQ(json.Text("energy.rates[0].module"), "\"mod\"");
    EXPECT_EQ(json.Number("energy.rates[0].rate_share"), 0.25);
    EXPECT_EQ(json.Number("energy.rates[0].at_rate_s"), 0.004);
    EXPECT_EQ(json.Number("energy.rates[0].time_share"), 0.125);
    EXPECT_EQ(json.Number("energy.rates[0].changes"), 5);
    EXPECT_EQ(json.Number("energy.rates[0].saved_socket_J"), 0.25);
    EXPECT_EQ(json.Number("energy.always_on.time_s"), 0.001);
    EXPECT_EQ(json.Number("energy.always_on.socket_J"), 7.75);
}

TEST(EnergyRecord, ReportMarksGuessesAndKeepsToItsWidth)
{
    EnergyRecord record = MakeExample();
    record.collectives[0].collective = "a collective with a name that goes on for quite a while";
    std::ostringstream os;
    PrintEnergy(record, os);
    const std::string text = os.str();
    EXPECT_NE(text.find("module       [M]     16      1.00 kW        1.25 kW  2.50 J   33.3 %"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("largest power of a sample: 3.50 kW"), std::string::npos) << text;
    EXPECT_NE(text.find("is a guess"), std::string::npos) << text;
    EXPECT_NE(text.find("net mod       16              50.0 %        20  500 mJ"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("net mod       16   25.0 %       12.5 %              5  250 mJ"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("rate-adaptive: 2.000 times the time, 0.968 times the energy"),
              std::string::npos)
        << text;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
    {
        EXPECT_LE(line.size(), 120U) << line;
    }
    record.classes[1].mark = "Q";
    record.series.clear();
    std::ostringstream other;
    PrintEnergy(record, other);
    EXPECT_EQ(other.str().find("[M]"), std::string::npos);
    EXPECT_NE(other.str().find("largest power of a sample: -"), std::string::npos) << other.str();
}

// Executions of 2 ms at 0, 1 and 4 ms, of which one ends after the end of another: 5 ms in all.
TEST(EnergyRecord, ReportGivesMeanPowerOverTheTimeOfTheExecutions)
{
    EnergyRecord record = MakeExample();
    CollectiveEnergy one = record.collectives[0];
    one.isFinished = true;
    one.socketJ = 10;
    record.collectives.clear();
    for (const uint64_t beginMs : {4, 0, 1})
    {
        one.startPs = beginMs * 1000000000;
        one.endPs = one.startPs + 2000000000;
        record.collectives.push_back(one);
        ++one.iteration;
    }
    std::ostringstream os;
    PrintEnergy(record, os);
    EXPECT_NE(os.str().find("3  30.0 J     6.00 kW"), std::string::npos) << os.str();
}

} // namespace
