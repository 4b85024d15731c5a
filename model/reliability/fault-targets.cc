/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-targets.h"

#include "ns3/near-names.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr std::size_t MOST_NAMES = 5; ///< names that a message lists

/**
 * @param name a name that is not known
 * @param known names there are
 * @return what to say of these
 */
std::string
DescribeNames(const std::string& name, const std::vector<std::string>& known)
{
    if (known.empty())
    {
        return "none, there is nothing of this kind";
    }
    const std::string count = "one of " + std::to_string(known.size());
    const std::vector<std::string> near = FindNearNames(name, known, MOST_NAMES);
    if (!near.empty())
    {
        return count + ", the nearest: " + JoinNames(near);
    }
    const std::size_t listed = std::min(known.size(), MOST_NAMES);
    const auto end = known.begin() + static_cast<std::ptrdiff_t>(listed);
    return count + ": " + JoinNames({known.begin(), end}) + (end == known.end() ? "" : ", ...");
}

} // namespace

std::string
FaultTargets::ExplainRefusal(ComponentKind::Kind, uint32_t, const FailureEffect&) const
{
    return "";
}

uint32_t
FaultTargets::Require(ComponentKind::Kind kind,
                      const std::string& name,
                      const FailureEffect& effect) const
{
    const auto id = Find(kind, name);
    if (!id)
    {
        throw std::invalid_argument("there is no " + GetName(kind) + " \"" + name +
                                    "\"; allowed: " + DescribeNames(name, GetNames(kind)));
    }
    const std::string refusal = ExplainRefusal(kind, *id, effect);
    if (!refusal.empty())
    {
        throw std::invalid_argument(GetName(kind) + " \"" + name + "\" cannot have effect \"" +
                                    effect.Write() + "\": " + refusal);
    }
    return *id;
}

uint32_t
FaultTargetList::Add(ComponentKind::Kind kind, const std::string& name)
{
    auto& ids = m_ids.at(kind);
    const auto id = static_cast<uint32_t>(ids.size());
    if (name.empty() || !ids.emplace(name, id).second)
    {
        throw std::invalid_argument("fault targets: name = \"" + name +
                                    "\" is not allowed; allowed: a name that no other " +
                                    GetName(kind) + " has");
    }
    return id;
}

std::optional<uint32_t>
FaultTargetList::Find(ComponentKind::Kind kind, const std::string& name) const
{
    const auto& ids = m_ids.at(kind);
    const auto found = ids.find(name);
    return found == ids.end() ? std::nullopt : std::make_optional(found->second);
}

std::vector<std::string>
FaultTargetList::GetNames(ComponentKind::Kind kind) const
{
    std::vector<std::string> names;
    for (const auto& [name, id] : m_ids.at(kind))
    {
        names.push_back(name);
    }
    return names;
}

} // namespace opticalfabric
} // namespace ns3
