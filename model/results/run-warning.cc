/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-warning.h"

#include <algorithm>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// How figures begin that are a list of names.
const std::string TIMES_OF = "times of ";

/// @param figures figures, joined by commas @return each of them, names without what all are of
std::vector<std::string>
ListFigures(const std::string& figures)
{
    const bool isNames = figures.rfind(TIMES_OF, 0) == 0;
    std::istringstream is(isNames ? figures.substr(TIMES_OF.size()) : figures);
    std::vector<std::string> list;
    for (std::string one; std::getline(is >> std::ws, one, ',');)
    {
        list.push_back(one);
    }
    return list;
}

} // namespace

void
AddWarnings(std::vector<RunWarning>& into, const std::vector<RunWarning>& from)
{
    for (const RunWarning& warning : from)
    {
        const auto same = std::find_if(into.begin(), into.end(), [&](const RunWarning& other) {
            return other.reason == warning.reason;
        });
        if (same == into.end())
        {
            into.push_back(warning);
        }
        else
        {
            const std::vector<std::string> known = ListFigures(same->figures);
            for (const std::string& one : ListFigures(warning.figures))
            {
                const bool isKnown = std::find(known.begin(), known.end(), one) != known.end();
                same->figures += isKnown ? "" : ", " + one;
            }
        }
    }
}

} // namespace opticalfabric
} // namespace ns3
