/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-scenario.h"

#include <iterator>
#include <sstream>

namespace opticalfabrictest
{

namespace
{

/// Something that does not hold yet.
struct KnownOpen
{
    const char* name;   ///< its name
    const char* reason; ///< what is the matter
};

const std::vector<KnownOpen> KNOWN_OPEN; ///< nothing at present

/// @param text a value of TOML @return it without its quotes
std::string
Unquote(const std::string& text)
{
    const bool isQuoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return isQuoted ? text.substr(1, text.size() - 2) : text;
}

} // namespace

bool
IsKnownOpen(const std::string& name)
{
    return std::any_of(std::begin(KNOWN_OPEN),
                       std::end(KNOWN_OPEN),
                       [&name](const KnownOpen& open) { return open.name == name; });
}

std::vector<std::string>
ListKnownOpen()
{
    std::vector<std::string> lines;
    for (const KnownOpen& open : KNOWN_OPEN)
    {
        lines.push_back(std::string(open.name) + ": " + open.reason);
    }
    return lines;
}

ScenarioDice::ScenarioDice(uint64_t seed, uint64_t index)
    : m_state(seed * 0x9e3779b97f4a7c15ULL + index)
{
    m_state = Next() ^ index;
}

uint64_t
ScenarioDice::Next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

uint64_t
ScenarioDice::Between(uint64_t low, uint64_t high)
{
    return low + Next() % (high - low + 1);
}

uint64_t
ScenarioDice::Log(uint64_t low, uint64_t high)
{
    // Halvings instead of logarithms, whose last bit differs from one C library to another.
    uint32_t octaves = 0;
    while ((low << octaves) <= high / 2)
    {
        ++octaves;
    }
    const uint64_t from = low << Between(0, octaves);
    return Between(from, std::min(high, 2 * from - 1));
}

bool
ScenarioDice::Chance(uint32_t percent)
{
    return Between(1, 100) <= percent;
}

void
LinedScenario::Add(const ScenarioLine& line)
{
    m_lines.push_back(line);
}

void
LinedScenario::Add(const std::string& section, const std::string& key, const std::string& value)
{
    m_lines.push_back({section, key, value});
}

void
LinedScenario::AddText(const std::string& section, const std::string& key, const std::string& value)
{
    Add(section, key, "\"" + value + "\"");
}

std::string
LinedScenario::Get(const std::string& section, const std::string& key) const
{
    for (const ScenarioLine& line : m_lines)
    {
        if (line.section == section && line.key == key)
        {
            return Unquote(line.value);
        }
    }
    return "";
}

void
LinedScenario::Set(const std::string& section, const std::string& key, const std::string& value)
{
    for (ScenarioLine& line : m_lines)
    {
        if (line.section == section && line.key == key)
        {
            line.value = value;
            return;
        }
    }
    Add(section, key, value);
}

void
LinedScenario::Drop(const std::string& section)
{
    std::vector<ScenarioLine> left;
    for (const ScenarioLine& line : m_lines)
    {
        const bool isIn = line.section == section || line.section.find(section + ".") == 0;
        if (!isIn)
        {
            left.push_back(line);
        }
    }
    m_lines = left;
}

void
LinedScenario::DropLine(std::size_t place)
{
    m_lines.erase(m_lines.begin() + static_cast<std::ptrdiff_t>(place));
}

bool
LinedScenario::Has(const std::string& section) const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [&section](const ScenarioLine& line) {
        return line.section == section;
    });
}

std::vector<std::string>
LinedScenario::GetSections() const
{
    std::vector<std::string> sections;
    for (const ScenarioLine& line : m_lines)
    {
        if (std::find(sections.begin(), sections.end(), line.section) == sections.end())
        {
            sections.push_back(line.section);
        }
    }
    return sections;
}

const std::vector<ScenarioLine>&
LinedScenario::GetLines() const
{
    return m_lines;
}

std::string
LinedScenario::Write(const std::string& fidelity) const
{
    std::ostringstream os;
    for (const std::string& section : GetSections())
    {
        const bool isCollective = section.find("collective ") == 0;
        if (section == "schedule" || section == "hybrid" || section == "engine")
        {
            continue;
        }
        const std::size_t dot = section.find('.');
        if (isCollective)
        {
            os << (dot == std::string::npos ? "\n[[collective]]\n"
                                            : "[collective" + section.substr(dot) + "]\n");
        }
        else if (!section.empty())
        {
            os << "\n[" << section << "]\n";
        }
        for (const ScenarioLine& line : m_lines)
        {
            if (line.section == section)
            {
                os << line.key << " = " << line.value << "\n";
            }
        }
    }
    os << "\n[engine]\nfidelity = \"" << fidelity << "\"\n";
    for (const ScenarioLine& line : m_lines)
    {
        if (line.section == "engine" || (line.section == "hybrid" && fidelity == "hybrid"))
        {
            os << line.key << " = " << line.value << "\n";
        }
    }
    return os.str();
}

std::string
LinedScenario::WriteSchedule() const
{
    std::string text;
    for (const ScenarioLine& line : m_lines)
    {
        if (line.section == "schedule" && !line.value.empty())
        {
            text += line.value + "\n";
        }
    }
    return !Has("schedule") ? "" : "time,kind,component,effect,lasts,detection,mode,cause\n" + text;
}

bool
WantsSchedule(const LinedScenario& scenario)
{
    return !scenario.Get("faults", "schedule").empty();
}

void
AddSchedule(LinedScenario& scenario,
            const std::vector<FaultPlace>& places,
            uint64_t seed,
            uint64_t index)
{
    ScenarioDice dice(seed + 1000003, index);
    const uint64_t count = dice.Between(1, 4);
    for (uint64_t i = 0; i < count; ++i)
    {
        const FaultPlace place = dice.Pick(places);
        const bool isLink = place.kind == "link";
        std::string effect = isLink ? "link-down" : "down";
        std::string lasts = dice.Pick({"repair", "1us", "5us", "40us", "300us"});
        const uint64_t way = isLink ? dice.Between(0, 7) : dice.Between(0, 3);
        const bool isThing = place.kind == "npu" || place.kind == "cpu" || place.kind == "nic" ||
                             place.kind == "host" || place.kind == "lane";
        if (way == 1 && !isThing)
        {
            effect = std::string("rate-reduced share=") + dice.Pick({"0.1", "0.5", "0.9"});
        }
        else if (way == 2 && !isThing)
        {
            effect = std::string("extra-delay delay=") + dice.Pick({"1ns", "200ns", "20us"});
        }
        else if (way == 3 && isLink)
        {
            effect = std::string("lanes-lost lanes=") + dice.Pick({"1", "2"});
        }
        else if (way == 4)
        {
            effect = std::string("corruption share=") + dice.Pick({"0.001", "0.2", "1"});
        }
        else if (way == 5)
        {
            effect = std::string("frame-loss share=") + dice.Pick({"0.01", "0.5"});
        }
        else if (way == 6)
        {
            effect = std::string("flap-burst cycles=") + dice.Pick({"1", "3"}) +
                     " down=" + dice.Pick({"1ns", "2us"}) + " up=" + dice.Pick({"1us", "10us"});
            lasts = "burst";
        }
        const std::string time = dice.Pick({"0ns", "1ns", "500ns", "2us", "10us", "60us"});
        scenario.Add("schedule",
                     "fault " + std::to_string(i),
                     time + "," + place.kind + "," + place.component + "," + effect + "," + lasts +
                         ",0,,");
    }
}

} // namespace opticalfabrictest
