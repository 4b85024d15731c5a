/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/earlier-results.h"
#include "ns3/json-writer.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

const char* const BEFORE = R"(name = "mine"
description = "some words"

[network.scale-up]
routing = "Spray"

[random]
seed = 1

[[collective]]
name = "first"
bytes = 1024

[[collective]]
name = "second"
bytes = 1024

[collective.moe]
tokens = 16
)";

/**
 * @param text a text
 * @param from what to take out of it, once
 * @param to what to put there
 * @return the changed text
 */
std::string
Replace(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

using Differences = std::vector<std::string>;

TEST(EarlierResults, NameWhatDiffers)
{
    EXPECT_EQ(ListSettingDifferences(BEFORE, BEFORE), Differences());
    EXPECT_EQ(ListSettingDifferences(BEFORE, Replace(BEFORE, "some", "other")), Differences());
    EXPECT_EQ(ListSettingDifferences(BEFORE, Replace(BEFORE, "Spray", "Ecmp")),
              Differences({R"(network.scale-up.routing = "Spray" there, "Ecmp" now)"}));
    EXPECT_EQ(ListSettingDifferences(BEFORE, Replace(BEFORE, "16", "8")),
              Differences({"collective.second.moe.tokens = 16 there, 8 now"}));
    EXPECT_EQ(
        ListSettingDifferences(BEFORE, Replace(BEFORE, "seed = 1\n", "run = 2\n")),
        Differences({"random.run = nothing there, 2 now", "random.seed = 1 there, nothing now"}));
    EXPECT_EQ(SummarizeDifferences({"a", "b"}), "a; b");
    EXPECT_EQ(SummarizeDifferences({"a", "b", "c", "d", "e"}), "a; b; c; and 2 more");
}

TEST(EarlierResults, ReadTheTextsOfJsonWriter)
{
    const std::string hard = "a \"quoted\\\" text\n\tof \x01 \"scenario\": \"lies\"";
    std::ostringstream os;
    JsonWriter json(os);
    json.BeginObject();
    json.Member("number", 3.0);
    json.Key("run");
    json.BeginObject();
    json.Member("scenario", hard);
    json.Member("scenario_sha256", std::string("0"));
    json.EndObject();
    json.EndObject();
    json.Finish();
    EXPECT_EQ(FindJsonText(os.str(), "scenario"), hard);
    EXPECT_EQ(FindJsonText(os.str(), "number"), std::nullopt);
    EXPECT_EQ(FindJsonText(os.str(), "missing"), std::nullopt);
    EXPECT_EQ(FindJsonText("{\"scenario\": \"cut of", "scenario"), std::nullopt);
    EXPECT_EQ(FindJsonText("{\"scenario\":", "scenario"), std::nullopt);
}

TEST(EarlierResults, OfNothingAreReplaced)
{
    const EarlierResults none("earlier-results-test-that-is-not-there");
    EXPECT_FALSE(none.AreFinished());
    EXPECT_EQ(none.GetDifference(BEFORE, {}), "");
    EXPECT_NO_THROW(none.Protect(BEFORE, {}));
}

} // namespace
