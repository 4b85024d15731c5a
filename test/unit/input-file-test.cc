/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"
#include "expect-refusal.h"

#include "ns3/catalog.h"
#include "ns3/fault-schedule.h"
#include "ns3/input-file.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-toml.h"
#include "ns3/toml-guard.h"

#include <filesystem>
#include <functional>
#include <gtest/gtest.h>

#ifndef _WIN32
#include <sys/stat.h>
#endif

using namespace ns3::opticalfabric;
namespace fs = std::filesystem;

namespace
{

/**
 * @param text a text
 * @return line and what is wrong
 */
std::string
Bad(const std::string& text)
{
    const TextFault fault = FindBadUtf8(text);
    return fault.what.empty() ? "" : std::to_string(fault.line) + ": " + fault.what;
}

/**
 * @param run what is to be refused
 * @return the message
 */
std::string
Message(const std::function<void()>& run)
{
    try
    {
        run();
    }
    catch (const std::exception& refusal)
    {
        return refusal.what();
    }
    return "not refused";
}

/**
 * @param text no TOML
 * @return why
 */
std::string
Guarded(const std::string& text)
{
    return Message([&]() { GuardToml(text, "a.toml"); });
}

TEST(InputFile, Utf8IsWhatTheStandardSays)
{
    for (const char* good :
         {"", "abc", "\xc3\xa9", "\xe5\x90\x8d", "\xf0\x9f\x94\x86", "\xf4\x8f\xbf\xbf"})
    {
        EXPECT_EQ(Bad(good), "") << good;
    }
    EXPECT_EQ(Bad("\xff"), "1: byte 0xff is no UTF-8");
    EXPECT_EQ(Bad("a\nb\n\x80"), "3: byte 0x80 is no UTF-8");
    EXPECT_EQ(Bad("\xc0\xaf"), "1: byte 0xc0 is no UTF-8");         // overlong
    EXPECT_EQ(Bad("\xe0\x9f\xbf"), "1: byte 0xe0 is no UTF-8");     // overlong
    EXPECT_EQ(Bad("\xf0\x8f\xbf\xbf"), "1: byte 0xf0 is no UTF-8"); // overlong
    EXPECT_EQ(Bad("\xed\xa0\x80"), "1: byte 0xed is no UTF-8");     // half of a surrogate pair
    EXPECT_EQ(Bad("\xf4\x90\x80\x80"), "1: byte 0xf4 is no UTF-8"); // above U+10FFFF
    EXPECT_EQ(Bad("\xf5\x80\x80\x80"), "1: byte 0xf5 is no UTF-8");
    EXPECT_EQ(Bad("\xe5\x90"), "1: byte 0xe5 is no UTF-8"); // the end is missing
    EXPECT_EQ(Bad("\xe5\x90z"), "1: byte 0xe5 is no UTF-8");
}

TEST(InputFile, OnlyFilesOfSomeSizeAreRead)
{
    const ScratchFile file("input-file-sizes.txt");
    std::ofstream(file.Name()) << "12345";
    EXPECT_EQ(ReadInputFile(file.Name(), 5).text, "12345");
    EXPECT_EQ(ReadInputFile(file.Name(), 4).fault.what, "cannot be read: longer than 0 MiB");
    EXPECT_EQ(ReadInputFile("no-such-file", 5).fault.what,
              "cannot be read: No such file or directory");
    EXPECT_EQ(ReadInputFile(file.Name() + "/below", 5).fault.what,
              "cannot be read: Not a directory");
    EXPECT_EQ(ReadInputFile(".", 5).fault.what, "cannot be read: Is a directory");
#ifndef _WIN32
    EXPECT_EQ(ReadInputFile("/dev/null", 5).fault.what, "cannot be read: no regular file");
    // A pipe that nobody writes to.
    const std::string pipe = "input-file-pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(ReadInputFile(pipe, 5).fault.what, "cannot be read: no regular file");
    fs::remove(pipe);
#endif
}

TEST(InputFile, EveryReaderSaysInWhichLineABadByteIs)
{
    const ScratchFile file("input-file-bad.txt");
    std::ofstream(file.Name()) << "# one\n# two \xff\n";
    const std::string place = file.Name() + ":2: byte 0xff is no UTF-8";
    EXPECT_EQ(Message([&]() { LoadFaultSchedule(file.Name(), nullptr); }),
              place + "; allowed: a fault schedule in UTF-8");
    if (!HasToml())
    {
        GTEST_SKIP() << "built without TOML";
    }
    EXPECT_EQ(Message([&]() { Catalog().Load(file.Name()); }),
              place + "; allowed: a catalog file in TOML");
    EXPECT_EQ(Message([&]() { ScenarioReader().ReadFile(file.Name()); }),
              place + "; allowed: a scenario file in TOML");
    const ScratchFile scenario("input-file-names-it.toml");
    std::ofstream(scenario.Name()) << "[optics]\ncatalog_files = \"" << file.Name() << "\"\n";
    EXPECT_NE(Message([&]() { ScenarioReader().ReadFile(scenario.Name()); }).find(place),
              std::string::npos);
    std::ofstream(scenario.Name()) << "[faults]\nschedule = \"" << file.Name() << "\"\n";
    EXPECT_NE(Message([&]() { ScenarioReader().ReadFile(scenario.Name()); }).find(place),
              std::string::npos);
    EXPECT_EQ(Message([&]() { ScenarioReader().ReadText("x = \"\xff\"", "a text", "a"); }),
              "a text:1: not valid TOML: byte 0xff is no UTF-8; allowed: text in UTF-8");
}

TEST(TomlGuard, LetsThroughWhatIsToml)
{
    for (const std::string& text :
         {std::string(),
          std::string("a = 1\n[b.c]\n\"d\" . 'e' = [1.5, {f = 'g'}, -1e6]\r\n# h\n"),
          std::string("a = \"b \\\" \\\\\" # \"\n'c' = '\\'\n"),
          std::string("a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''\ne = \"\"\"\"x\"\"\"\"\"\n"),
          std::string("a = \"\"\"\nb \\\n  c \\\"\"\" d\n\"\"\"\n"),
          std::string("a = '''\n\"b\" \\'''\n")})
    {
        EXPECT_EQ(GuardToml(text, "a.toml"), text);
    }
    EXPECT_EQ(GuardToml("\xef\xbb\xbf"
                        "a = 1",
                        "a.toml"),
              "a = 1");
}

TEST(TomlGuard, WhatIsToBeParsedIsAscii)
{
    // The character U+540D, three bytes, in every place that may have it, and what becomes of it.
    const std::string name = "\xe5\x90\x8d";
    const std::string escape = "\\U0000540D";
    for (const auto& [text, guarded] : std::vector<std::pair<std::string, std::string>>{
             {"a = 1 # " + name + "!\nb = 2\n", "a = 1 # !\nb = 2\n"},
             {"a = \"" + name + "\\n\"\n", "a = \"" + escape + "\\n\"\n"},
             {"a = '" + name + "\\n\"'\n", "a = \"" + escape + "\\\\n\\\"\"\n"},
             {"'" + name + "' = ''\n", "\"" + escape + "\" = ''\n"},
             {"a = \"\"\"\n" + name + "\\\n \"\"\"\n", "a = \"\"\"\n" + escape + "\\\n \"\"\"\n"},
             {"a = \"\"\"x \\ \r\n\n " + name + name + "\"\"\"\nb = 1\n",
              "a = \"\"\"x \\ \r\n\n " + escape + escape + "\"\"\"\nb = 1\n"},
             {"a = '''\n\\" + name + "\n'\"'''''\nb = 1\n",
              "a = \"\"\"\n\\\\" + escape + "\n'\\\"''\"\"\"\nb = 1\n"}})
    {
        EXPECT_EQ(GuardToml(text, "a.toml"), guarded);
        EXPECT_EQ(GuardToml(guarded, "a.toml"), guarded);
    }
    EXPECT_EQ(GuardToml("a = \"\xc3\xa9 \xf0\x9f\x94\x86\"", "a.toml"),
              "a = \"\\U000000E9 \\U0001F506\"");
    if (!HasToml())
    {
        GTEST_SKIP() << "built without TOML";
    }
    const ScenarioNode root = ParseToml(
        "'" + name + "' = '" + name + "\\n\"'\n" + "long = '''\n\\" + name + "\n'\"'''''\n" +
            "taken = \"\"\"x \\ \r\n\n " + name + "\"\"\"\n" + "last = 1",
        "a.toml");
    ASSERT_NE(root.Find(name), nullptr);
    EXPECT_EQ(root.Find(name)->text, name + "\\n\"");
    EXPECT_EQ(root.Find("long")->text, "\\" + name + "\n'\"''");
    EXPECT_EQ(root.Find("taken")->text, "x " + name);
    EXPECT_EQ(root.Find("last")->mark.line, 8u);
}

TEST(TomlGuard, RefusesWithFileAndLine)
{
    const std::string begin = "a.toml:2: not valid TOML: ";
    EXPECT_EQ(Guarded("a = 1\n\xe5\x90\x8d = 1"),
              begin + "a character that is not ASCII, outside of a text in quotes; allowed: those "
                      "are for texts and comments");
    EXPECT_EQ(Guarded("a = '''\n'''\xe5\x90\x8d").substr(0, begin.size() + 16),
              begin + "a character that");
    EXPECT_EQ(Guarded("\na = \"\xe5\x90\x8d\nb = 1"),
              begin + "a text that does not end on its line; allowed: a quote where it ends");
    EXPECT_EQ(Guarded("\na = '''\n\n''"),
              begin + "a text that never ends; allowed: three quotes where it ends");
    EXPECT_EQ(Guarded("\n# \x01"), begin + "a control character; allowed: tabs and ends of lines");
    EXPECT_EQ(Guarded("\na = 1\rb = 2").substr(0, begin.size() + 9), begin + "a control");
    EXPECT_EQ(Guarded("\na = \"\\\xe5\x90\x8d\"").substr(0, begin.size() + 11),
              begin + "a backslash");
    EXPECT_EQ(Guarded("\na = \"\"\"\\ \xe5\x90\x8d\"\"\"").substr(0, begin.size() + 11),
              begin + "a backslash");
    EXPECT_EQ(Guarded("\na = " + std::string(33, '[')),
              begin + "brackets within brackets; allowed: 32 levels");
    EXPECT_EQ(Guarded("\na = " + std::string(32, '[') + std::string(32, ']')), "not refused");
    std::string key = "\na";
    for (uint32_t i = 1; i < MAX_TOML_DEPTH; ++i)
    {
        key += " . 'b'";
    }
    EXPECT_EQ(Guarded(key + " = 1.5"), "not refused");
    EXPECT_EQ(Guarded(key + ".c = 1"), begin + "a key of many parts; allowed: 32 parts");
}

} // namespace
