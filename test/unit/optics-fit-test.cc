/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "expect-refusal.h"

#include "ns3/optics-fit.h"
#include "ns3/scenario-toml.h"

#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

namespace
{

/// The tests need the catalog.
class OpticsFitTest : public testing::Test
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

TEST_F(OpticsFitTest, TakesWhatGoesTogether)
{
    const Catalog catalog;
    for (const char* fibre : {"OM3", "OM4", "OM5"})
    {
        EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-SR8-LPO", fibre, "MPO-MM"));
        EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-SR4.2", fibre, "MPO-MM"));
    }
    for (const char* connector : {"MPO", "MPO-standard"})
    {
        EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-DR4", "SMF", connector));
        EXPECT_NO_THROW(CheckOpticsFit(catalog, "800G-DR8", "SMF", connector));
        EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-FR4", "SMF", connector));
    }
    // All wavelengths on a fibre each way; twice that, each on a connector of its own.
    EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-FR4", "SMF", "LC"));
    EXPECT_NO_THROW(CheckOpticsFit(catalog, "800G-2xFR4", "SMF", "LC"));
}

TEST_F(OpticsFitTest, RefusesWhatDoesNotAndSaysWhatDoes)
{
    const Catalog catalog;
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-DR4", "SMF", "MPO-MM"); },
                  {"Connector MPO-MM does not go with Fibre SMF: it is multimode",
                   "allowed: MPO, MPO-standard"});
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-FR4", "SMF", "MPO-MM"); },
                  {"it is multimode", "allowed: LC, MPO, MPO-standard"});
    ExpectInvalid(
        [&]() { CheckOpticsFit(catalog, "400G-SR8", "OM4", "LC"); },
        {"Connector LC does not go with Fibre OM4: it is single-mode", "allowed: MPO-MM"});
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-SR8", "SMF", "MPO"); },
                  {"Fibre SMF does not go with Transceiver 400G-SR8: it is single-mode",
                   "allowed: OM3, OM4, OM5"});
    ExpectInvalid(
        [&]() { CheckOpticsFit(catalog, "400G-FR4", "OM4", "MPO-MM"); },
        {"Fibre OM4 does not go with Transceiver 400G-FR4: it is multimode", "allowed: SMF"});
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-DR4", "SMF", "O-band"); },
                  {"O-band is no connector", "allowed: LC, MPO"});
}

// Four lanes each way are eight fibres, eight are sixteen, and eight of two directions on a fibre
// each are eight.
TEST_F(OpticsFitTest, AConnectorHasAFibreForEachLane)
{
    Catalog catalog;
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-DR4", "SMF", "LC"); },
                  {"Connector LC does not go with Transceiver 400G-DR4: it joins 2 fibres",
                   "the module need 8; allowed: MPO, MPO-standard"});
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "800G-DR8", "SMF", "LC"); }, {"need 16"});
    const auto add = [&catalog](const std::string& name, const std::string& fibres) {
        catalog.LoadText("[connector." + name +
                             "]\nlike = { value = \"MPO\", source = \"a test\", mark = \"M\" }\n"
                             "mode = { value = \"any\", source = \"a test\", mark = \"M\" }\n"
                             "fibres = { value = " +
                             fibres + ", unit = \"1\", source = \"a test\", mark = \"M\" }\n",
                         "mine.toml");
    };
    add("Row-8", "8");
    add("Row-15", "15");
    EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-DR4", "SMF", "Row-8"));
    EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-SR4.2", "OM4", "Row-8"));
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-DR4", "SMF", "LC"); },
                  {"allowed: MPO, MPO-standard, Row-15, Row-8"});
    ExpectInvalid([&]() { CheckOpticsFit(catalog, "400G-SR8", "OM4", "Row-15"); },
                  {"it joins 15 fibres", "need 16; allowed: MPO-MM"});
    for (const char* fibres : {"0", "1.5", "100000"})
    {
        EXPECT_THROW(add("Bad", fibres), ScenarioError) << fibres;
    }
}

TEST_F(OpticsFitTest, AConnectorThatDoesNotSayFitsBoth)
{
    Catalog catalog;
    catalog.LoadText("[connector.Mine]\nlike = { value = \"MPO\", source = \"a test\", mark = "
                     "\"M\" }\nmode = { value = \"any\", source = \"a test\", mark = \"M\" }\n",
                     "mine.toml");
    EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-DR4", "SMF", "Mine"));
    EXPECT_NO_THROW(CheckOpticsFit(catalog, "400G-SR8", "OM4", "Mine"));
}

} // namespace
