/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-test.h"

#include "ns3/availability.h"
#include "ns3/bill-cost.h"
#include "ns3/bill-failures.h"
#include "ns3/poisson-interval.h"
#include "ns3/renewal-function.h"
#include "ns3/scenario-toml.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <stdexcept>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

/// The tests need toml++.
class FailureRates : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!HasToml())
        {
            GTEST_SKIP() << "built without TOML";
        }
    }
};

/**
 * @param mode name of a failure mode of accelerators or modules
 * @param component what fails
 * @param law its law and what that needs, as a catalog has it
 * @return an entry of a catalog
 */
std::string
MakeMode(const std::string& mode, const std::string& component, const std::string& law)
{
    const std::string sure = R"(, source = "s", mark = "Q" })";
    std::string text = "[failure_mode." + mode + "]\n" + law;
    const std::map<std::string, std::string> words{{"component", component},
                                                   {"effect.kind", "down"},
                                                   {"detection.law", "constant"},
                                                   {"repair.law", "constant"},
                                                   {"repair.action", "swap"},
                                                   {"repair.crew", "yes"}};
    for (const auto& [key, word] : words)
    {
        text += key + " = { value = \"" + word + "\"" + sure + "\n";
    }
    for (const char* key : {"detection.mean", "repair.mean"})
    {
        text += std::string(key) + " = { value = 1, unit = \"h\"" + sure + "\n";
    }
    text += "activation_energy = { value = 0, unit = \"eV\"" + sure + "\n";
    return text + "reference = { value = 55, unit = \"degC\"" + sure + "\n";
}

/// Lives of lasers, as in the GR-468 example; half of them last a million hours.
const char* const LOGNORMAL = R"(
law = { value = "lognormal", source = "s", mark = "Q" }
median = { value = 1, unit = "Mh", source = "s", mark = "Q" }
sigma = { value = 0.95, unit = "1", source = "s", mark = "Q" }
)";

TEST(MeanFailureRate, IsTheRenewalFunctionOverTheLife)
{
    // The rate of an exponential law, whatever the life.
    for (const double lifeH : {1.0, 43800.0, 1e9})
    {
        EXPECT_NEAR(GetMeanFailureRateFit(LifetimeLaw::ExponentialFit(719), lifeH), 719, 1e-9);
    }
    EXPECT_EQ(GetMeanFailureRateFit(LifetimeLaw::Never(), 43800), 0);
    // In five years 4.959e-4 of parts with a median of 1e6 h have failed, and next to none twice:
    // the normal distribution at ln(0.0438) / 0.95, from Python's math.erf.
    const LifetimeLaw laser = LifetimeLaw::Lognormal(1e6, 0.95);
    EXPECT_NEAR(GetMeanFailureRateFit(laser, 43800) * 384 * 8760e-9, 0.0381, 0.0001);
    // Fifty times more by the mean of the law, which is what a fleet comes to in centuries.
    EXPECT_NEAR(384 * 8760 / laser.GetMeanH(), 2.142, 0.001);
    EXPECT_NEAR(GetMeanFailureRateFit(laser, 1e9), 1e9 / laser.GetMeanH(), 4);
}

TEST_F(FailureRates, AgreeWithCampaignsForEveryMode)
{
    const Catalog catalog;
    const double years = catalog.GetFinance("data-center")->lifeYears.typical;
    for (const std::string& name : catalog.GetNames(CatalogKind::FAILURE_MODE))
    {
        const double perYear =
            GetFailuresPerYear(1, GetFailureRateFit(catalog, name, "data-center"));
        const auto mode = catalog.GetFailureMode(name);
        CampaignSpec spec;
        spec.replications = 20;
        spec.horizonH = years * HOURS_PER_YEAR;
        constexpr double WANTED = 1000; // failures, for some 3 %
        const double lives = years * spec.replications;
        const auto count = static_cast<uint32_t>(std::ceil(WANTED / (perYear * lives)));
        FailureMode made = *mode;
        made.effect.lossDb = made.isDirt ? 1 : made.effect.lossDb; // as a fabric would say
        spec.inventory.AddMode(made);
        AddComponents(spec.inventory, mode->component, count);
        if (mode->component != ComponentKind::NPU)
        {
            AddComponents(spec.inventory, ComponentKind::NPU, 1);
        }
        spec.job.accelerators = 1;
        const CampaignReport report = RunCampaign(spec, IdealFabric(), MakeReplicationStreams(1));
        uint64_t failures = 0;
        for (const CampaignResult& result : report.results)
        {
            failures += CampaignResult::Sum(result.failures);
        }
        // Once in 10,000 runs of a mode it falls out by chance, and with these streams it does not.
        const auto [low, high] = PoissonInterval(failures, 0.9999);
        EXPECT_LT(low, count * perYear * lives) << name;
        EXPECT_GT(high, count * perYear * lives) << name;
    }
}

TEST_F(FailureRates, CountWhatFailsInALife)
{
    Catalog catalog;
    catalog.LoadText(MakeMode("npu", "npu", LOGNORMAL) + MakeMode("module", "module", LOGNORMAL),
                     "my.toml");
    BillOfMaterials bill;
    bill.Add({PartClass::ACCELERATOR, "Ascend-910C", "net", "a", 384});
    bill.Add({PartClass::MODULE, "400G-SR8-LPO", "net", "a", 1000});
    const FailureEstimate estimate = EstimateFailures(catalog, bill);
    const double shareFailed = LifetimeLaw::Lognormal(1e6, 0.95).GetFailedShare(5.5 * 8760);
    for (const FailureLine& line : estimate.lines)
    {
        if (line.mode != "power-feed")
        {
            const double parts = line.mode == "npu" ? 384 : 1000;
            EXPECT_NEAR(line.failuresPerYear, parts * shareFailed / 5.5, 1e-3 * parts / 384);
            // Two hours each.
            EXPECT_NEAR(1 - line.availability, line.failuresPerYear * 2 / 8760, 1e-7) << line.mode;
        }
    }
    EXPECT_EQ(estimate.lines.size(), 3u);
    const CostInputs costs = MakeCostInputs(catalog, bill, {});
    for (const CostItem& item : costs.items)
    {
        if (item.mode != "power-feed") // has the catalog's own law
        {
            EXPECT_NEAR(item.failuresPerYear.typical, shareFailed / 5.5, 1e-6) << item.name;
        }
    }
}

TEST_F(FailureRates, OfPartsOfAModuleAreThatOfTheModule)
{
    // 719 FIT: eight lanes with a laser that dies or wears out and all else that takes one, an end
    // face, and the electronics, over the life of what is bought.
    const Catalog catalog;
    const auto rate = [&catalog](const std::string& mode) {
        return GetFailureRateFit(catalog, mode, "data-center");
    };
    EXPECT_NEAR(rate("module"), 719.2, 0.1);
    EXPECT_NEAR(8 * (rate("laser-sudden-death") + rate("laser-wear-out") + rate("lane-failure")) +
                    rate("contamination") + rate("module-electronics"),
                rate("module"),
                0.5);
    // 7.054e-4 have failed by wear-out then: the normal distribution at ln(0.04818) / 0.95.
    EXPECT_NEAR(rate("laser-wear-out"), 7.054e-4 / 48180 * 1e9, 0.02);
}

TEST_F(FailureRates, AreAsSureAsAllTheirLawNeeds)
{
    Catalog catalog;
    const auto grade = [&catalog](const std::string& law) {
        catalog.LoadText(MakeMode("module", "module", law), "my.toml");
        return +GetFailureRateGrade(catalog, "module");
    };
    EXPECT_EQ(grade(LOGNORMAL), +Evidence::QUOTED);
    const std::string weibull = R"(
law = { value = "weibull", source = "s", mark = "Q" }
shape = { value = 2, unit = "1", source = "s", mark = "SHAPE" }
scale = { value = 1, unit = "Mh", source = "s", mark = "SCALE" }
infant.share = { value = 0.01, unit = "1", source = "s", mark = "INFANT" }
infant.shape = { value = 0.7, unit = "1", source = "s", mark = "Q" }
infant.scale = { value = 100000, unit = "h", source = "s", mark = "Q" }
)";
    for (const std::string guessed : {"SHAPE", "SCALE", "INFANT"})
    {
        std::string law = weibull;
        for (const std::string mark : {"SHAPE", "SCALE", "INFANT"})
        {
            law.replace(law.find("\"" + mark) + 1, mark.size(), mark == guessed ? "M" : "Q");
        }
        EXPECT_EQ(grade(law), +Evidence::GUESSED) << guessed;
    }
    // That the law is exponential says no more than its rate does; that it is another says more.
    const std::string exponential = R"(
law = { value = "exponential", source = "s", mark = "M" }
rate = { value = 719, unit = "FIT", source = "s", mark = "Q" }
)";
    EXPECT_EQ(grade(exponential), +Evidence::QUOTED);
    std::string guessedLaw = LOGNORMAL;
    guessedLaw.replace(guessedLaw.find("mark = \"Q\""), 10, "mark = \"M\"");
    EXPECT_EQ(grade(guessedLaw), +Evidence::GUESSED);
}

TEST_F(FailureRates, RefuseLawsWithoutAClosedForm)
{
    Catalog catalog;
    catalog.LoadText(MakeMode("npu", "npu", R"(
law = { value = "weibull", source = "s", mark = "Q" }
shape = { value = 2, unit = "1", source = "s", mark = "Q" }
scale = { value = 5, unit = "h", source = "s", mark = "Q" }
)"),
                     "my.toml");
    try
    {
        GetFailureRateFit(catalog, "npu", "data-center");
        ADD_FAILURE() << "not refused";
    }
    catch (const std::invalid_argument& refusal)
    {
        const std::string message = refusal.what();
        for (const char* part : {"failure mode npu", "48180 h", "allowed: laws by which"})
        {
            EXPECT_NE(message.find(part), std::string::npos) << message;
        }
    }
}

} // namespace
