/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-report.h"
#include "flat-json.h"

#include "ns3/input-file.h"

#include <iomanip>
#include <map>
#include <sstream>
#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief A report read back from its file.
 */
class StoredReport
{
  public:
    /// @param path its file; throws std::runtime_error if it is no such report
    explicit StoredReport(const std::string& path)
    {
        const ns3::opticalfabric::InputText file =
            ns3::opticalfabric::ReadInputFile(path, ns3::opticalfabric::MAX_TABLE_BYTES);
        if (!file.IsOk())
        {
            throw std::runtime_error(path + ": " + file.fault.what);
        }
        try
        {
            m_values = FlatJson(file.text).Values();
        }
        catch (const std::runtime_error& problem)
        {
            throw std::runtime_error(path + ": " + problem.what());
        }
        if (GetText("schema_version") != "1")
        {
            throw std::runtime_error(path + ": schema_version is " + GetText("schema_version") +
                                     ", allowed 1");
        }
        for (size_t i = 0; m_values.count(Place(i) + "name") != 0; ++i)
        {
            m_places[GetText(Place(i) + "name")] = Place(i);
            m_names.push_back(GetText(Place(i) + "name"));
        }
    }

    /// @param path path of a value @return its text, without quotes; empty if there is none
    std::string GetText(const std::string& path) const
    {
        const auto found = m_values.find(path);
        std::string text = found == m_values.end() ? "" : found->second;
        if (text.size() >= 2 && text.front() == '"')
        {
            text = text.substr(1, text.size() - 2);
        }
        return text;
    }

    /// @return names of all lines, in order
    const std::vector<std::string>& GetNames() const
    {
        return m_names;
    }

    /// @param name name of a line @return true if there is one
    bool Has(const std::string& name) const
    {
        return m_places.count(name) != 0;
    }

    /// @param name name of a line @param key what of it @return that
    std::string Get(const std::string& name, const std::string& key) const
    {
        return GetText(m_places.at(name) + key);
    }

  private:
    /// @param i number of a line @return path of what it holds
    static std::string Place(size_t i)
    {
        return "results[" + std::to_string(i) + "].";
    }

    std::map<std::string, std::string> m_values; ///< by path
    std::map<std::string, std::string> m_places; ///< path of each line, by its name
    std::vector<std::string> m_names;            ///< names of the lines
};

} // namespace

void
CompareReports(const std::string& oldPath, const std::string& newPath, std::ostream& os)
{
    const StoredReport before(oldPath);
    const StoredReport after(newPath);
    os << "\nCompared with " << oldPath << '\n';
    for (const char* fact : {"processor", "cores", "compiler", "flags", "ns3", "module", "git"})
    {
        const std::string path = std::string("facts.") + fact;
        if (before.GetText(path) != after.GetText(path))
        {
            os << "  " << fact << ": was " << before.GetText(path) << ", is " << after.GetText(path)
               << '\n';
        }
    }
    os << "\n      old        new    new : old   (* outside the spread of both)\n";
    for (const std::string& name : after.GetNames())
    {
        if (!before.Has(name))
        {
            continue;
        }
        const auto number = [&name](const StoredReport& report, const char* key) {
            return std::strtod(report.Get(name, key).c_str(), nullptr);
        };
        const double was = number(before, "median");
        const double is = number(after, "median");
        // What was measured once has no spread: then one in a hundred is a difference.
        const bool once = number(after, "min") == number(after, "max");
        const double margin = once ? 0.01 * was : 0;
        const bool apart = number(after, "min") > number(before, "max") + margin ||
                           number(after, "max") < number(before, "min") - margin;
        os << std::right << std::setw(9) << FormatFigure(was) << "  " << std::setw(9)
           << FormatFigure(is) << "  " << std::setw(9) << (was == 0 ? "-" : FormatFigure(is / was))
           << (apart ? " *  " : "    ") << after.Get(name, "section") << ": "
           << after.Get(name, "label") << ' ' << after.Get(name, "unit") << '\n';
    }
}

} // namespace opticalfabricbench
