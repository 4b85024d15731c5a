/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-ranks.h"

#include "ns3/collective-spec.h"
#include "ns3/scenario-node.h"
#include "ns3/scenario-quantity.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

const std::string FIRST = "first:"; ///< introduces a number of endpoints

/**
 * @param text selection
 * @param allowed what is allowed
 * @throw std::invalid_argument always
 */
[[noreturn]] void
Refuse(const std::string& text, const std::string& allowed)
{
    throw std::invalid_argument("\"" + text + "\" is not allowed; allowed: " + allowed);
}

/**
 * @param text number
 * @return it, if it can be that of an endpoint
 */
std::optional<uint32_t>
ReadEndpoint(const std::string& text)
{
    const auto number = text.empty() ? std::nullopt : ReadUnsigned(text);
    return number && *number < UINT32_MAX ? std::optional<uint32_t>(*number) : std::nullopt;
}

} // namespace

RankSelection
ParseRanks(const std::string& text)
{
    RankSelection selection;
    if (text.compare(0, FIRST.size(), FIRST) == 0)
    {
        const auto count = ReadEndpoint(text.substr(FIRST.size()));
        if (!count || *count == 0 || *count > CollectiveSpec::MAX_RANKS)
        {
            Refuse(text,
                   "\"first:N\" with a whole number N, 1 to " +
                       std::to_string(CollectiveSpec::MAX_RANKS));
        }
        selection.group = "npus";
        selection.first = *count;
        return selection;
    }
    const bool isName = !text.empty() &&
                        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == std::string::npos;
    if (isName)
    {
        selection.group = text;
        return selection;
    }
    uint64_t total = 0;
    for (std::size_t begin = 0; begin <= text.size();)
    {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string item = text.substr(begin, end - begin);
        item.erase(std::remove(item.begin(), item.end(), ' '), item.end());
        const std::size_t dash = item.find('-');
        const auto low = ReadEndpoint(item.substr(0, dash));
        const auto high = dash == std::string::npos ? low : ReadEndpoint(item.substr(dash + 1));
        if (!low || !high || *high < *low)
        {
            Refuse(text, ALLOWED_RANKS);
        }
        total += uint64_t{*high} - *low + 1;
        if (total > CollectiveSpec::MAX_RANKS)
        {
            Refuse(text, "1 to " + std::to_string(CollectiveSpec::MAX_RANKS) + " ranks");
        }
        selection.ranges.emplace_back(*low, *high);
        begin = end + 1;
    }
    return selection;
}

std::vector<uint32_t>
SelectRanks(const std::string& text, uint32_t stride, const BuiltFabric& fabric, uint32_t network)
{
    const RankSelection selection = ParseRanks(text);
    std::vector<uint32_t> ranks;
    for (const auto& [low, high] : selection.ranges)
    {
        for (uint64_t rank = low; rank <= high; ++rank)
        {
            ranks.push_back(static_cast<uint32_t>(rank));
        }
    }
    if (selection.group == "all")
    {
        ranks.resize(fabric.networks.at(network)->GetNEndpoints());
        std::iota(ranks.begin(), ranks.end(), 0);
    }
    else if (!selection.group.empty())
    {
        std::vector<std::string> names{"npus", "all"};
        for (const EndpointGroup& group : fabric.groups)
        {
            const bool isMeant =
                group.network == network &&
                ((selection.group == "npus" && names.size() == 2) ||
                 selection.group == group.name || selection.group == group.name + "s");
            if (group.network == network)
            {
                names.push_back(group.name);
            }
            if (isMeant && ranks.empty())
            {
                ranks.resize(group.count);
                std::iota(ranks.begin(), ranks.end(), group.first);
            }
        }
        if (ranks.empty())
        {
            Refuse(text, JoinNames(names) + SuggestName(selection.group, names));
        }
    }
    if (selection.first > ranks.size() && !selection.group.empty())
    {
        Refuse(text, "first:1 to first:" + std::to_string(ranks.size()));
    }
    if (selection.first > 0)
    {
        ranks.resize(selection.first);
    }
    std::vector<uint32_t> chosen;
    for (std::size_t i = 0; i < ranks.size(); i += stride)
    {
        chosen.push_back(ranks[i]);
    }
    return chosen;
}

} // namespace opticalfabric
} // namespace ns3
