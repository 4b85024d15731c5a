/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "near-names.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param a a word
 * @param b another
 * @return how many letters were left out, added, mistaken, or swapped with their neighbor
 */
std::size_t
GetDistance(const std::string& a, const std::string& b)
{
    const auto isSame = [&](std::size_t i, std::size_t j) {
        return std::tolower(static_cast<unsigned char>(a[i - 1])) ==
               std::tolower(static_cast<unsigned char>(b[j - 1]));
    };
    std::vector<std::vector<std::size_t>> distance(a.size() + 1,
                                                   std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
    {
        for (std::size_t j = 0; j <= b.size(); ++j)
        {
            std::size_t& least = distance[i][j];
            least = std::max(i, j);
            if (i == 0 || j == 0)
            {
                continue;
            }
            least = std::min({distance[i - 1][j] + 1,
                              distance[i][j - 1] + 1,
                              distance[i - 1][j - 1] + (isSame(i, j) ? 0 : 1)});
            if (i > 1 && j > 1 && isSame(i, j - 1) && isSame(i - 1, j))
            {
                least = std::min(least, distance[i - 2][j - 2] + 1);
            }
        }
    }
    return distance[a.size()][b.size()];
}

/**
 * @param name what was written
 * @return distance from which on a name is not near
 */
std::size_t
GetFar(const std::string& name)
{
    return 1 + std::max<std::size_t>(name.size() / 3, 1);
}

/**
 * @param name what was written
 * @param known a name that there is
 * @param distance any
 * @return false if their lengths alone tell that they are that far apart, which saves a table of
 * the product of the two
 */
bool
MayBeNearer(const std::string& name, const std::string& known, std::size_t distance)
{
    const std::size_t longer = std::max(name.size(), known.size());
    return longer - std::min(name.size(), known.size()) < distance;
}

} // namespace

std::string
SuggestName(const std::string& name, const std::vector<std::string>& known)
{
    std::string best;
    std::size_t bestDistance = GetFar(name);
    for (const std::string& candidate : known)
    {
        if (!MayBeNearer(name, candidate, bestDistance))
        {
            continue;
        }
        const std::size_t distance = GetDistance(name, candidate);
        if (distance < bestDistance)
        {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best.empty() ? "" : " (did you mean " + best + "?)";
}

std::string
JoinNames(const std::vector<std::string>& names)
{
    std::string joined;
    for (const std::string& name : names)
    {
        joined += (joined.empty() ? "" : ", ") + name;
    }
    return joined.empty() ? "none" : joined;
}

std::vector<std::string>
FindNearNames(const std::string& name, const std::vector<std::string>& known, std::size_t most)
{
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& candidate : known)
    {
        if (!MayBeNearer(name, candidate, GetFar(name)))
        {
            continue;
        }
        const std::size_t distance = GetDistance(name, candidate);
        if (distance < GetFar(name))
        {
            near.emplace_back(distance, candidate);
        }
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < near.size() && i < most; ++i)
    {
        names.push_back(near[i].second);
    }
    return names;
}

} // namespace opticalfabric
} // namespace ns3
