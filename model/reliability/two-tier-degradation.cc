/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "two-tier-degradation.h"

#include "ns3/json-writer.h"
#include "ns3/link-loss.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <functional>

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Places in a signature.
constexpr std::size_t SPLIT = 0;       ///< 1 if two nodes have lost each other
constexpr std::size_t UNREACHABLE = 1; ///< accelerators that are cut off
constexpr std::size_t WORST_NODE = 2;  ///< loss of the worst node
constexpr std::size_t PLANES = 3;      ///< losses of planes, the largest first

/**
 * @param losses losses by number
 * @param number a number
 * @return its loss, 0 if not listed
 */
uint32_t
GetOrZero(const std::map<uint32_t, uint32_t>& losses, uint32_t number)
{
    const auto found = losses.find(number);
    return found == losses.end() ? 0 : found->second;
}

} // namespace

TwoTierDegradation::TwoTierDegradation(const TwoTierShape& shape,
                                       const TwoTierJob& job,
                                       const FaultTolerance& tolerance)
    : m_shape(shape),
      m_job(job),
      m_limits{shape.lanesPerLink, job.marginDb.value_or(0), job.framesInFlight.value_or(0)},
      m_tolerance(tolerance)
{
    m_shape.Validate();
    const ParameterCheck check("job on a two-tier fabric");
    check.RequireBetween("communicationShare", m_job.communicationShare, 0, 1);
    check.RequireBetween("marginDb", m_limits.marginDb, 0, 100);
    check.RequireBetween("framesInFlight", m_limits.framesInFlight, 0, 1e9);
}

void
TwoTierDegradation::CheckCounts(const std::vector<uint32_t>& counts) const
{
    const ParameterCheck check("two-tier fabric");
    const auto checkKind = [&](ComponentKind::Kind kind, uint32_t expected) {
        const uint32_t count = kind < counts.size() ? counts[kind] : 0;
        const std::string name = "number of components " + GetName(kind);
        check.Require(count == 0 || count == expected,
                      name.c_str(),
                      count,
                      "0 or " + std::to_string(expected));
    };
    checkKind(ComponentKind::LINK, m_shape.GetLinkCount());
    checkKind(ComponentKind::SWITCH_CHIP, (m_shape.nodes + m_shape.chips) * m_shape.planes);
    checkKind(ComponentKind::NPU, m_shape.nodes * m_shape.npusPerNode);
}

bool
TwoTierDegradation::RetriesPaths() const
{
    return m_tolerance.retry;
}

TwoTierDegradation::Losses
TwoTierDegradation::Collect(const std::vector<DegradedComponent>& degraded) const
{
    Losses losses;
    const uint32_t linksPerNode = m_shape.planes * m_shape.chips;
    const uint32_t firstTier = m_shape.nodes * m_shape.planes;
    const auto lose = [&](uint32_t link, uint32_t loss) {
        uint32_t& lost = losses.nodes[link / linksPerNode][link % linksPerNode];
        lost = std::max(lost, loss);
    };
    for (const DegradedComponent& component : degraded)
    {
        if (component.kind == ComponentKind::NPU && component.isDown)
        {
            ++losses.deadNpus[component.index / m_shape.npusPerNode];
        }
        if (component.kind != ComponentKind::LINK && component.kind != ComponentKind::SWITCH_CHIP)
        {
            continue;
        }
        const uint32_t loss = GetLinkLoss(component, m_limits, m_tolerance);
        if (loss == 0)
        {
            continue;
        }
        if (component.kind == ComponentKind::LINK)
        {
            lose(component.index, loss);
        }
        else if (component.index < firstTier)
        {
            for (uint32_t chip = 0; chip < m_shape.chips; ++chip)
            {
                lose(component.index * m_shape.chips + chip, loss);
            }
        }
        else
        {
            losses.chips[component.index - firstTier] = loss;
        }
    }
    return losses;
}

bool
TwoTierDegradation::IsConnected(const Losses& losses,
                                const LinkLosses& one,
                                const LinkLosses& other,
                                uint32_t plane) const
{
    for (uint32_t link = plane * m_shape.chips; link < (plane + 1) * m_shape.chips; ++link)
    {
        if (GetOrZero(losses.chips, link) < WHOLE_LINK && GetOrZero(one, link) < WHOLE_LINK &&
            GetOrZero(other, link) < WHOLE_LINK)
        {
            return true;
        }
    }
    return false;
}

StateSignature
TwoTierDegradation::Describe(const std::vector<DegradedComponent>& degraded) const
{
    const Losses losses = Collect(degraded);
    if (losses.chips.empty() && losses.nodes.empty())
    {
        return {};
    }
    // What chips of the second tier take from every node.
    std::vector<uint32_t> planes(m_shape.planes, 0);
    uint32_t worst = 0;
    for (const auto& [chip, loss] : losses.chips)
    {
        planes[chip / m_shape.chips] += loss;
        worst += loss;
    }
    const std::vector<uint32_t> shared = planes;
    const uint32_t sharedSum = worst;

    const uint32_t wholePlane = m_shape.chips * WHOLE_LINK;
    uint32_t unreachable = 0;
    std::vector<const LinkLosses*> reached;
    for (const auto& [node, links] : losses.nodes)
    {
        std::vector<uint32_t> own = shared;
        uint32_t sum = sharedSum;
        for (const auto& [link, loss] : links)
        {
            const uint32_t already = GetOrZero(losses.chips, link);
            const uint32_t more = loss > already ? loss - already : 0;
            own[link / m_shape.chips] += more;
            sum += more;
        }
        if (sum == m_shape.planes * wholePlane)
        {
            unreachable += m_shape.npusPerNode - GetOrZero(losses.deadNpus, node);
            continue;
        }
        reached.push_back(&links);
        worst = std::max(worst, sum);
        for (uint32_t plane = 0; plane < m_shape.planes; ++plane)
        {
            planes[plane] = std::max(planes[plane], own[plane]);
        }
    }
    const bool isSplit = FindSplits(losses, reached, planes);
    std::sort(planes.begin(), planes.end(), std::greater<>());
    planes.erase(std::find(planes.begin(), planes.end(), 0u), planes.end());
    StateSignature signature{isSplit ? 1u : 0u, unreachable, worst};
    signature.insert(signature.end(), planes.begin(), planes.end());
    return signature;
}

bool
TwoTierDegradation::FindSplits(const Losses& losses,
                               const std::vector<const LinkLosses*>& reached,
                               std::vector<uint32_t>& planes) const
{
    bool isSplit = false;
    for (std::size_t i = 0; i < reached.size(); ++i)
    {
        for (std::size_t j = i + 1; j < reached.size(); ++j)
        {
            // A link is lost at one end or the other; few cannot cut off anybody.
            if (reached[i]->size() + reached[j]->size() + losses.chips.size() < m_shape.chips)
            {
                continue;
            }
            bool isConnected = false;
            for (uint32_t plane = 0; plane < m_shape.planes; ++plane)
            {
                if (IsConnected(losses, *reached[i], *reached[j], plane))
                {
                    isConnected = true;
                }
                else
                {
                    planes[plane] = m_shape.chips * WHOLE_LINK;
                }
            }
            isSplit = isSplit || !isConnected;
        }
    }
    return isSplit;
}

double
TwoTierDegradation::GetBandwidth(const StateSignature& signature) const
{
    const double wholePlane = static_cast<double>(m_shape.chips) * WHOLE_LINK;
    const double count = m_shape.planes;
    if (m_tolerance.pathBorrowing)
    {
        return 1 - signature[WORST_NODE] / (wholePlane * count);
    }
    const auto getLeft = [&](std::size_t rank) {
        const std::size_t place = PLANES + rank;
        return place < signature.size() ? 1 - signature[place] / wholePlane : 1.0;
    };
    // Losses come sorted, so leaving out the worst planes means skipping the first.
    double best = getLeft(0);
    for (uint32_t skipped = 1; m_tolerance.subPlaneLoss && skipped < m_shape.planes; ++skipped)
    {
        best = std::max(best, (count - skipped) / count * getLeft(skipped));
    }
    return best;
}

FabricVerdict
TwoTierDegradation::Assess(const std::vector<DegradedComponent>&,
                           const StateSignature& signature) const
{
    if (signature.empty())
    {
        return {};
    }
    FabricVerdict verdict;
    verdict.unreachable = signature[UNREACHABLE];
    const double bandwidth = signature[SPLIT] == 1 ? 0 : GetBandwidth(signature);
    // A job that does not communicate needs to reach its accelerators nevertheless.
    const double waits = m_job.communicationShare;
    verdict.speed = bandwidth > 0 ? 1 / (1 - waits + waits / bandwidth) : 0;
    return verdict;
}

std::string
TwoTierDegradation::Explain(const StateSignature& signature) const
{
    if (signature.empty())
    {
        return "whole";
    }
    const auto inLinks = [](uint32_t loss) {
        return JsonWriter::Format(static_cast<double>(loss) / WHOLE_LINK);
    };
    const uint32_t worst = signature[WORST_NODE];
    std::string text =
        "worst node lost " + inLinks(worst) + (worst == WHOLE_LINK ? " link" : " links");
    for (std::size_t i = PLANES; i < signature.size(); ++i)
    {
        text += (i == PLANES ? "; worst of each plane " : " ") + inLinks(signature[i]);
    }
    text += signature[UNREACHABLE] > 0
                ? "; unreachable accelerators " + std::to_string(signature[UNREACHABLE])
                : "";
    return text + (signature[SPLIT] == 1 ? "; nodes without a path between them" : "");
}

} // namespace opticalfabric
} // namespace ns3
