/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-survey.h"

#include "ns3/abort.h"
#include "ns3/optical-plant.h"

#include <cmath>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param medium a medium
 * @return lanes of its link, used or not; those in use if it cannot have others
 */
uint32_t
GetAllLanes(const Ptr<LinkMedium>& medium)
{
    const auto optical = DynamicCast<OpticalMedium>(medium);
    return optical ? optical->GetLanes() : medium->GetState().lanes;
}

/**
 * @param state state of a medium
 * @param direction a direction
 * @return whether no lane of the link works, so that there is no margin
 */
bool
IsDark(const MediumState& state, uint32_t direction)
{
    return !state.up && state.ber[direction] == 0 && state.link[direction].frameErrorRatio == 1;
}

} // namespace

LinkSurvey::LinkSurvey(const BuiltFabric& fabric)
    : m_fabric(fabric)
{
}

uint64_t
LinkSurvey::GetNLinks() const
{
    uint64_t links = 0;
    for (const Ptr<OpticalPlant>& plant : m_fabric.plants)
    {
        links += plant ? plant->GetMedia().size() : 0;
    }
    return links;
}

int64_t
LinkSurvey::GetStreams() const
{
    return m_streams;
}

std::vector<SurveyRow>
LinkSurvey::Read(uint32_t network, uint32_t draw) const
{
    std::vector<SurveyRow> rows;
    const Ptr<OpticalPlant>& plant = m_fabric.plants[network];
    uint32_t index = 0;
    for (const Ptr<LinkMedium>& medium : plant->GetMedia())
    {
        const Ptr<FabricLink> link = medium->GetLink();
        // Media are in the order of their links.
        while (m_fabric.networks[network]->GetLink(index) != link)
        {
            ++index;
        }
        const MediumState& state = medium->GetState();
        for (uint32_t direction = 0; direction < 2; ++direction)
        {
            const bool isDark = IsDark(state, direction);
            SurveyRow row;
            row.link = index;
            row.direction = direction;
            row.draw = draw;
            row.module = link->GetModule(direction);
            row.lanes = state.up ? state.lanes : 0;
            row.allLanes = GetAllLanes(medium);
            row.marginDb = isDark ? ValueSummary::NONE : state.marginDb[direction];
            row.ber = isDark ? ValueSummary::NONE : state.ber[direction];
            row.frameErrorRatio = state.link[direction].frameErrorRatio;
            rows.push_back(row);
        }
    }
    return rows;
}

std::vector<SurveyRecord>
LinkSurvey::Run(uint32_t draws, const GoOn& goOn)
{
    NS_ABORT_MSG_IF(draws == 0 || draws > DRAWS_MAX || draws * GetNLinks() > EVALUATIONS_MAX,
                    "LinkSurvey: " << draws << " draws of " << GetNLinks()
                                   << " links; allowed: 1 to " << DRAWS_MAX << " draws, and "
                                   << EVALUATIONS_MAX << " links in all draws together");
    const auto networks = static_cast<uint32_t>(m_fabric.plants.size());
    std::vector<std::vector<SurveyRow>> later(networks);
    uint32_t done = 1;
    for (; done < draws && (!goOn || goOn(done - 1)); ++done)
    {
        for (uint32_t n = 0; n < networks; ++n)
        {
            if (const Ptr<OpticalPlant>& plant = m_fabric.plants[n])
            {
                plant->AssignStreams(STREAM + done * STREAMS_PER_DRAW + n * STREAMS_PER_PLANT);
                const std::vector<SurveyRow> rows = Read(n, done);
                later[n].insert(later[n].end(), rows.begin(), rows.end());
            }
        }
    }
    // Draw 0 comes last, so that it is what stays.
    m_streams = m_fabric.AssignStreams(0);
    std::vector<SurveyRecord> records;
    for (uint32_t n = 0; n < networks; ++n)
    {
        if (m_fabric.plants[n])
        {
            std::vector<SurveyRow> rows = Read(n, 0);
            rows.insert(rows.end(), later[n].begin(), later[n].end());
            later[n] = {};
            records.push_back(MakeSurveyRecord(m_fabric.names[n], done, std::move(rows)));
        }
    }
    return records;
}

std::vector<OpticsRecord>
LinkSurvey::Observe(const BuiltFabric& fabric)
{
    std::vector<OpticsRecord> records;
    for (size_t n = 0; n < fabric.plants.size(); ++n)
    {
        const Ptr<OpticalPlant>& plant = fabric.plants[n];
        if (!plant)
        {
            continue;
        }
        OpticsRecord record;
        record.network = fabric.names[n];
        record.modules = plant->GetNModules();
        record.links = plant->GetMedia().size();
        for (const Ptr<LinkMedium>& medium : plant->GetMedia())
        {
            const MediumState& state = medium->GetState();
            const bool isReduced = state.up && state.lanes < GetAllLanes(medium);
            record.reducedLinks += isReduced ? 1 : 0;
            record.downLinks += state.up ? 0 : 1;
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                if (!IsDark(state, direction))
                {
                    record.worstMarginDb =
                        std::fmin(record.worstMarginDb, state.marginDb[direction]);
                }
            }
        }
        const Ptr<FabricNetwork>& network = fabric.networks[n];
        for (uint32_t i = 0; i < network->GetNLinks(); ++i)
        {
            for (uint32_t end = 0; end < 2; ++end)
            {
                const FabricPort::Counters& counters =
                    network->GetLink(i)->GetPort(end)->GetCounters();
                record.retries += counters.retries;
                record.lostPackets += counters.lost;
            }
        }
        records.push_back(record);
    }
    return records;
}

} // namespace opticalfabric
} // namespace ns3
