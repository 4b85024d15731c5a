/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/catalog.h"
#include "ns3/scenario-toml.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// An entry nothing is wrong with. Refusal tests change one of its lines.
const std::vector<std::string> GOOD{
    R"([connector.C])",
    R"(loss = { value = 0.2, unit = "dB", source = "sheet", mark = "Q" })",
    R"(loss_max = { value = 0.5, unit = "dB", source = "sheet", mark = "Q2" })",
    R"(loss_spread = { value = 0.1, unit = "dB", source = "sheet", mark = "D" })",
    R"(reflectance = { value = -50, unit = "dB", source = "sheet", mark = "M" })",
    R"(contaminated.loss = { value = 1, unit = "dB", source = "sheet", mark = "M" })",
    R"(contaminated.reflectance = { value = -25, unit = "dB", source = "sheet", mark = "M" })"};

/**
 * @param line number of a line of GOOD from 1; 0: none
 * @param text what to put in its place
 * @return the text with that line changed
 */
std::string
Change(std::size_t line, const std::string& text)
{
    std::string changed;
    for (std::size_t i = 0; i < GOOD.size(); ++i)
    {
        changed += (i + 1 == line ? text : GOOD[i]) + "\n";
    }
    return changed;
}

/**
 * Expect that a file is refused, in words that hold all of some parts, and leaves nothing behind.
 *
 * @param text the file
 * @param parts what the message must hold
 */
void
ExpectRefusal(const std::string& text, const std::vector<std::string>& parts)
{
    Catalog catalog;
    const std::vector<std::string> names = catalog.GetNames(CatalogKind::CONNECTOR);
    try
    {
        catalog.LoadText(text, "my.toml");
        ADD_FAILURE() << "not refused: " << parts.front();
    }
    catch (const ScenarioError& refusal)
    {
        const std::string message = refusal.what();
        for (const std::string& part : parts)
        {
            EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
        }
        EXPECT_EQ(message.find('\n'), std::string::npos) << message;
        EXPECT_NE(message.find("my.toml"), std::string::npos) << message;
    }
    EXPECT_EQ(catalog.GetNames(CatalogKind::CONNECTOR), names);
}

/// A line that is wrong, and what has to be said of it.
struct Refusal
{
    std::size_t line;               ///< line of GOOD
    std::string text;               ///< what to put in its place
    std::vector<std::string> parts; ///< parts of the message
};

/// The tests need toml++.
class CatalogRefusals : public testing::Test
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

TEST_F(CatalogRefusals, TheUnchangedEntryIsGood)
{
    Catalog catalog;
    catalog.LoadText(Change(0, ""), "my.toml");
    EXPECT_EQ(catalog.GetCoupling("C")->lossMaxDb, 0.5);
}

TEST_F(CatalogRefusals, Values)
{
    const std::vector<Refusal> refusals{
        {2,
         R"(loss = { value = 0.2, source = "sheet", mark = "Q" })",
         {"my.toml:2: ", "connector.C.loss.unit is missing", "allowed: dB"}},
        {2,
         R"(loss = { value = 0.2, unit = "dBm", source = "sheet", mark = "Q" })",
         {"my.toml:2: ", "connector.C.loss.unit = \"dBm\"", "allowed: dB"}},
        {2,
         R"(loss = { value = 0.2, unit = 1, source = "sheet", mark = "Q" })",
         {"my.toml:2: ", "connector.C.loss.unit = 1", "allowed: dB"}},
        {3,
         R"(loss_max = { value = 0.5, unit = "dB", mark = "Q" })",
         {"my.toml:3: ", "connector.C.loss_max.source is missing", "allowed: where"}},
        {3,
         R"(loss_max = { value = 0.5, unit = "dB", source = "  ", mark = "Q" })",
         {"my.toml:3: ", "connector.C.loss_max.source = \"  \"", "allowed: where"}},
        {3,
         R"(loss_max = { value = 0.5, unit = "dB", source = "sheet" })",
         {"my.toml:3: ", "connector.C.loss_max.mark is missing", "allowed: Q, Q2, D, M"}},
        {3,
         R"(loss_max = { value = 0.5, unit = "dB", source = "sheet", mark = "q" })",
         {"my.toml:3: ", "connector.C.loss_max.mark = \"q\"", "allowed: Q, Q2, D, M"}},
        {4,
         R"(loss_spread = { unit = "dB", source = "sheet", mark = "D" })",
         {"my.toml:4: ", "connector.C.loss_spread.value is missing", "a number, 0 to 10 dB"}},
        {4,
         R"(loss_spread = { value = "0.1", unit = "dB", source = "sheet", mark = "D" })",
         {"my.toml:4: ", "connector.C.loss_spread.value = \"0.1\"", "a number, 0 to 10 dB"}},
        {4,
         R"(loss_spread = { value = nan, unit = "dB", source = "sheet", mark = "D" })",
         {"my.toml:4: ", "connector.C.loss_spread.value", "a number, 0 to 10 dB"}},
        {4,
         R"(loss_spread = { value = [0.1], unit = "dB", source = "sheet", mark = "D" })",
         {"my.toml:4: ", "connector.C.loss_spread.value = a list", "a number, 0 to 10 dB"}},
        {5,
         R"(reflectance = { value = 50, unit = "dB", source = "sheet", mark = "M" })",
         {"my.toml:5: ", "connector.C.reflectance.value = 50 dB", "allowed: a number, -100 to -1"}},
        {5,
         R"(reflectance = -50)",
         {"my.toml:5: ", "connector.C.reflectance = -50", "allowed: a table: { value = "}},
        {5,
         R"(reflectance = { value = -50, units = "dB", source = "sheet", mark = "M" })",
         {"my.toml:5: ",
          "unknown key connector.C.reflectance.units",
          "did you mean unit?",
          "value, unit, source, mark"}},
        {6,
         R"(contaminated = 1)",
         {"my.toml:6: ", "connector.C.contaminated = 1", "allowed: a table of values"}},
        {6,
         R"(contaminated.los = { value = 1, unit = "dB", source = "sheet", mark = "M" })",
         {"my.toml:6: ",
          "unknown key connector.C.contaminated.los",
          "did you mean contaminated.loss?",
          "allowed: like, loss, loss_max"}},
        {6,
         R"(# nothing here)",
         {"my.toml:1: ", "connector.C.contaminated.loss is missing", "like = \"an entry"}},
        // In range each, but not with one another: the spec says no.
        {3,
         R"(loss_max = { value = 0.1, unit = "dB", source = "sheet", mark = "Q" })",
         {"my.toml:1: ",
          "connector.C: ",
          "lossMaxDb = 0.1",
          "allowed: 0.2, which is lossDb, to 100"}},
    };
    for (const Refusal& refusal : refusals)
    {
        // A group of values that became something else must not clash with its other lines.
        std::string text = Change(refusal.line, refusal.text);
        if (refusal.text == "contaminated = 1")
        {
            text = text.substr(0, text.find("contaminated.reflectance"));
        }
        ExpectRefusal(text, refusal.parts);
    }
}

TEST_F(CatalogRefusals, Names)
{
    ExpectRefusal(Change(1, "[conector.C]"),
                  {"unknown section conector", "did you mean connector?", "circuit_switch"});
    ExpectRefusal("connector = 3\n", {"my.toml:1: ", "connector = 3"});
    ExpectRefusal("[connector]\nC = 3\n", {"my.toml:2: ", "connector.C = 3", "a table"});
    ExpectRefusal(Change(1, "[connector.\"C D\"]"),
                  {"my.toml:1: ", "the name \"C D\"", "allowed: letters, digits"});
    ExpectRefusal(Change(1, "[connector.\"\"]"), {"my.toml:1: ", "the name \"\""});
    // A dot that is not in quotes makes a table in a table.
    ExpectRefusal(Change(1, "[connector.C.D]"), {"unknown key connector.C.D"});
}

TEST_F(CatalogRefusals, Duplicates)
{
    ExpectRefusal(Change(0, "") + Change(0, ""), {"my.toml:8: ", "not valid TOML"});
    ExpectRefusal(Change(0, "") + Change(1, "[splice.C]"),
                  {"duplicate splice.C", "there is a connector of that name already", "my.toml:"});
    ExpectRefusal(Change(1, "[splice.MPO]"),
                  {"my.toml:1: ",
                   "duplicate splice.MPO",
                   "there is a connector of that name already",
                   "catalog/fibres.toml:"});
    const std::vector<CatalogText> twice{{"a.toml", Change(0, "")}, {"b.toml", Change(0, "")}};
    try
    {
        ReadCatalog(twice, {});
        ADD_FAILURE() << "not refused";
    }
    catch (const ScenarioError& refusal)
    {
        EXPECT_EQ(std::string(refusal.what()),
                  "b.toml:1: duplicate connector.C; there is a connector of that name already, at "
                  "a.toml:1: allowed: a name of its own");
    }
    ExpectRefusal(Change(4,
                         GOOD[3] + "\n" + GOOD[3]), // TOML's own refusal
                  {"my.toml:5: ", "not valid TOML"});
}

TEST_F(CatalogRefusals, Derivation)
{
    ExpectRefusal("[connector.C]\nlike = \"MP0\"\n",
                  {"my.toml:2: ",
                   "connector.C.like = \"MP0\"",
                   "did you mean MPO?",
                   "allowed: LC, MPO, MPO-MM, MPO-standard"});
    // Of another kind there is one; that does not help.
    ExpectRefusal("[connector.C]\nlike = \"fusion\"\n", {"connector.C.like = \"fusion\""});
    ExpectRefusal("[connector.C]\nlike = \"C\"\n", {"connector.C.like = \"C\"", "C like C"});
    ExpectRefusal("[connector.A]\nlike = \"B\"\n[connector.B]\nlike = \"C\"\n"
                  "[connector.C]\nlike = \"A\"\n",
                  {"derive from themselves", "A like B like C like A", "my.toml:"});
    ExpectRefusal("[connector.C]\nlike = 3\n", {"my.toml:2: ", "connector.C.like = 3", "value"});
    ExpectRefusal("[connector.C]\nlike = \"\"\n", {"my.toml:2: ", "connector.C.like = \"\""});
    ExpectRefusal("[connector.C]\nlike = { value = \"MPO\", mark = \"M\" }\n",
                  {"my.toml:2: ", "connector.C.like.source is missing"});
    ExpectRefusal("[connector.C]\nlike = { value = \"MPO\", source = \"same\" }\n",
                  {"my.toml:2: ", "connector.C.like.mark is missing", "Q, Q2, D, M"});
    ExpectRefusal("[connector.C]\nlike = { value = \"MPO\", unit = \"dB\" }\n",
                  {"my.toml:2: ", "unknown key connector.C.like.unit"});
}

TEST_F(CatalogRefusals, OtherTypesOfValues)
{
    const std::string head = "[transceiver.T]\nlike = \"400G-DR4\"\n";
    const std::string tail = R"(, source = "sheet", mark = "Q" })";
    ExpectRefusal(head + "lanes = { value = 4.5, unit = \"1\"" + tail,
                  {"my.toml:3: ", "transceiver.T.lanes.value = 4.5", "a whole number, 1 to 64"});
    ExpectRefusal(head + "lanes = { value = 65, unit = \"1\"" + tail,
                  {"transceiver.T.lanes.value = 65", "a whole number, 1 to 64"});
    ExpectRefusal(head + "modulation = { value = \"PAM5\"" + tail,
                  {"my.toml:3: ", "transceiver.T.modulation.value = \"PAM5\"", "NRZ, PAM4"});
    ExpectRefusal(head + "modulation = { value = \"PAM4\", unit = \"1\"" + tail,
                  {"my.toml:3: ", "unknown key transceiver.T.modulation.unit", "value, source"});
    ExpectRefusal(head + "form_factor = { value = \"\"" + tail,
                  {"transceiver.T.form_factor.value = \"\"", "a text in quotes"});
    ExpectRefusal(head + "wavelengths = { value = [], unit = \"nm\"" + tail,
                  {"transceiver.T.wavelengths.value = a list", "a list of numbers"});
    ExpectRefusal(head + "wavelengths = { value = [1310, 1.31], unit = \"nm\"" + tail,
                  {"transceiver.T.wavelengths.value = 1.31 nm", "400 to 2000 nm"});
    ExpectRefusal(head + "wavelengths = { value = [1271, 1291], unit = \"nm\"" + tail,
                  {"my.toml:1: ", "transceiver.T: ", "wavelengthsNm"});
    ExpectRefusal(head + "transmitter.oma = { value = 0, unit = \"mW\"" + tail,
                  {"transceiver.T.transmitter.oma.value = 0 mW", "-40 to 30 dBm"});
    ExpectRefusal(head + "latency = { value = 75, unit = \"ms\"" + tail,
                  {"transceiver.T.latency.value = 75 ms", "a number, 0 to 0.001 s"});

    const std::string medium = "[medium.M]\nlike = \"DAC-26AWG\"\n";
    ExpectRefusal(medium + "reach.fast = { value = 1, unit = \"m\"" + tail,
                  {"my.toml:3: ", "unknown key medium.M.reach.fast", "any, or a rate"});
    ExpectRefusal(medium + "reach.\"0\" = { value = 1, unit = \"m\"" + tail,
                  {"unknown key medium.M.reach.0"});
    ExpectRefusal(medium + "reach = { value = 1, unit = \"m\"" + tail,
                  {"unknown key medium.M.reach."});
    ExpectRefusal(medium + "reach.any = { value = 5, unit = \"m\"" + tail,
                  {"my.toml:1: ", "medium.M: ", "reachM = 5"});
    ExpectRefusal("[circuit_switch.S]\nlike = \"Palomar\"\nspare_ports = { value = 136, unit = "
                  "\"1\"" +
                      tail,
                  {"circuit_switch.S: ", "sparePorts = 136", "below ports"});
}

TEST_F(CatalogRefusals, BrokenFiles)
{
    const std::string good = Change(0, "");
    // Cut off anywhere, a file is refused: as no TOML, or as incomplete.
    for (std::size_t length = 14; length + 2 < good.size(); length += 7)
    {
        ExpectRefusal(good.substr(0, length), {"my.toml"});
    }
    ExpectRefusal("[connector.C\n", {"my.toml:1: ", "not valid TOML"});
    ExpectRefusal(std::string("\xff\xfe[x]\n"), {"my.toml", "not valid TOML"});
    Catalog catalog;
    try
    {
        catalog.Load("no-such-catalog.toml");
        ADD_FAILURE() << "not refused";
    }
    catch (const ScenarioError& refusal)
    {
        EXPECT_NE(std::string(refusal.what()).find("no-such-catalog.toml: cannot be read: No such"),
                  std::string::npos)
            << refusal.what();
    }
    EXPECT_THROW(catalog.Load("."), ScenarioError);
    // Nothing in it is nothing wrong with it.
    catalog.LoadText("", "empty.toml");
    catalog.LoadText("[connector]\n", "empty.toml");
}

} // namespace
