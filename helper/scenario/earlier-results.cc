/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "earlier-results.h"

#include "ns3/scenario-error.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace fs = std::filesystem;

namespace
{

/// Settings, each with its value, in the order in which they were written.
using Settings = std::vector<std::pair<std::string, std::string>>;

/// A table of an array, such as a collective, before its name is known.
constexpr const char* UNNAMED = "?";

/**
 * @param text settings as WriteScenario has them: a line each, sections in brackets
 * @return the same by their full keys; a collective is known by its name, as with --set
 */
Settings
ReadSettings(const std::string& text)
{
    Settings settings;
    std::istringstream lines(text);
    std::string section;
    std::string name; // of the table of an array
    for (std::string line; std::getline(lines, line);)
    {
        if (!line.empty() && line.front() == '[')
        {
            const bool isArray = line.compare(0, 2, "[[") == 0;
            section = line.substr(line.find_first_not_of('['));
            section.erase(std::min(section.find(']'), section.size()));
            const std::size_t dot = section.find('.');
            if (isArray)
            {
                name = UNNAMED;
                section += "." + name;
            }
            else if (dot != std::string::npos && !name.empty())
            {
                section.insert(dot, "." + name);
            }
            continue;
        }
        const std::size_t equals = line.find(" = ");
        if (equals == std::string::npos)
        {
            continue;
        }
        const std::string key = line.substr(0, equals);
        const std::string value = line.substr(equals + 3);
        if (key == "name" && name == UNNAMED)
        {
            name = value.size() > 2 ? value.substr(1, value.size() - 2) : value;
            section.replace(section.size() - 1, 1, name);
        }
        settings.emplace_back(section.empty() ? key : section + "." + key, value);
    }
    return settings;
}

/**
 * @param settings all settings
 * @param key key of one
 * @return its value, null if there is none
 */
const std::string*
FindSetting(const Settings& settings, const std::string& key)
{
    const auto found = std::find_if(settings.begin(), settings.end(), [&](const auto& setting) {
        return setting.first == key;
    });
    return found == settings.end() ? nullptr : &found->second;
}

/**
 * @param value a value, null if there is none
 * @return it for a message, cut where it is long
 */
std::string
Show(const std::string* value)
{
    constexpr std::size_t MOST = 40;
    if (value == nullptr)
    {
        return "nothing";
    }
    return value->size() > MOST ? value->substr(0, MOST) + "..." : *value;
}

/**
 * @param path path of a file
 * @return its content; empty if it cannot be read
 */
std::string
ReadAll(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace

std::optional<std::string>
FindJsonText(const std::string& json, const std::string& key)
{
    const std::string head = "\"" + key + "\":";
    std::size_t at = json.rfind(head);
    at = at == std::string::npos ? at : json.find_first_not_of(' ', at + head.size());
    if (at == std::string::npos || json[at] != '"')
    {
        return std::nullopt;
    }
    std::string text;
    for (++at; at < json.size() && json[at] != '"'; ++at)
    {
        if (json[at] != '\\' || at + 1 == json.size())
        {
            text += json[at];
            continue;
        }
        const char escaped = json[++at];
        if (escaped == 'u')
        {
            const std::string digits = json.substr(at + 1, 4);
            text += static_cast<char>(std::strtoul(digits.c_str(), nullptr, 16));
            at += digits.size();
        }
        else
        {
            text += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
        }
    }
    return at < json.size() ? std::optional<std::string>(text) : std::nullopt;
}

std::vector<std::string>
ListSettingDifferences(const std::string& before, const std::string& now)
{
    const Settings old = ReadSettings(before);
    const Settings next = ReadSettings(now);
    std::vector<std::string> differences;
    const auto compare = [&](const std::string& key) {
        const std::string* was = FindSetting(old, key);
        const std::string* is = FindSetting(next, key);
        if ((was == nullptr || is == nullptr || *was != *is) && key != "description")
        {
            differences.push_back(key + " = " + Show(was) + " there, " + Show(is) + " now");
        }
    };
    for (const auto& [key, value] : next)
    {
        compare(key);
    }
    for (const auto& [key, value] : old)
    {
        if (FindSetting(next, key) == nullptr)
        {
            compare(key);
        }
    }
    return differences;
}

std::string
SummarizeDifferences(const std::vector<std::string>& differences)
{
    constexpr std::size_t MOST = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(MOST, differences.size()); ++i)
    {
        text += (i == 0 ? "" : "; ") + differences[i];
    }
    if (differences.size() > MOST)
    {
        text += "; and " + std::to_string(differences.size() - MOST) + " more";
    }
    return text;
}

EarlierResults::EarlierResults(const std::string& directory)
    : m_directory(directory)
{
    std::error_code error;
    const fs::path folder(directory);
    for (const char* name : {"summary.json", "results.h5"})
    {
        m_isThere = m_isThere || fs::exists(folder / name, error);
    }
    m_isPartial = fs::exists(folder / "incomplete.txt", error);
    m_summary = ReadAll(folder / "summary.json");
}

bool
EarlierResults::AreFinished() const
{
    return m_isThere && !m_isPartial;
}

std::string
EarlierResults::GetDifference(const std::string& settings,
                              const std::vector<InputFile>& inputs) const
{
    if (!m_isThere)
    {
        return "";
    }
    const std::optional<std::string> before = FindJsonText(m_summary, "scenario");
    if (!before)
    {
        return "there is no summary.json that tells its settings";
    }
    const std::vector<std::string> differences = ListSettingDifferences(*before, settings);
    if (!differences.empty())
    {
        return SummarizeDifferences(differences);
    }
    // The scenario's own file may differ in comments: its settings have been compared.
    for (const InputFile& file : inputs)
    {
        const bool isScenario = &file == &inputs.front() && file.name.size() > 5 &&
                                file.name.compare(file.name.size() - 5, 5, ".toml") == 0;
        if (!isScenario && m_summary.find("\"" + file.sha256 + "\"") == std::string::npos)
        {
            return "the content of " + file.name;
        }
    }
    return "";
}

void
EarlierResults::Protect(const std::string& settings, const std::vector<InputFile>& inputs) const
{
    const std::string difference = GetDifference(settings, inputs);
    if (!difference.empty())
    {
        throw ScenarioError({},
                            "output directory " + m_directory +
                                ": holds results of other settings (" + difference +
                                "); allowed: --out DIR for a directory of its own, or --force to "
                                "replace them");
    }
}

} // namespace opticalfabric
} // namespace ns3
