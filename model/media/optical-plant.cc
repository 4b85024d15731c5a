/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optical-plant.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/log.h"

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricPlant");
NS_OBJECT_ENSURE_REGISTERED(OpticalPlant);

TypeId
OpticalPlant::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::OpticalPlant")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<OpticalPlant>()
            .AddAttribute("Spread",
                          "Whether modules and connectors differ as their types' spread has it, or "
                          "are all typical. Takes effect with AssignStreams.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&OpticalPlant::m_spread),
                          MakeBooleanChecker())
            .AddAttribute("ContaminatedFraction",
                          "Share of connectors that have dirt on them, chosen at random. Takes "
                          "effect with AssignStreams. 0 to 1.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&OpticalPlant::m_contaminatedFraction),
                          MakeDoubleChecker<double>(0, 1));
    return tid;
}

OpticalPlant::OpticalPlant()
{
    NS_LOG_FUNCTION(this);
}

OpticalPlant::~OpticalPlant()
{
    NS_LOG_FUNCTION(this);
}

void
OpticalPlant::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_modules.clear();
    m_media.clear();
    m_byLink.clear();
    Object::DoDispose();
}

void
OpticalPlant::AddModule(uint32_t number, Ptr<OpticalModule> module)
{
    NS_LOG_FUNCTION(this << number << module);
    const bool isNew = m_modules.emplace(number, module).second;
    NS_ABORT_MSG_UNLESS(isNew, "OpticalPlant: module " << number << " is there already");
}

void
OpticalPlant::AddMedium(Ptr<LinkMedium> medium)
{
    NS_LOG_FUNCTION(this << medium);
    m_media.push_back(medium);
    m_byLink.emplace(medium->GetLink(), medium);
}

uint32_t
OpticalPlant::GetNModules() const
{
    return static_cast<uint32_t>(m_modules.size());
}

Ptr<OpticalModule>
OpticalPlant::GetModule(uint32_t number) const
{
    const auto found = m_modules.find(number);
    NS_ABORT_MSG_IF(found == m_modules.end(), "OpticalPlant: there is no module " << number);
    return found->second;
}

const std::vector<Ptr<LinkMedium>>&
OpticalPlant::GetMedia() const
{
    return m_media;
}

Ptr<LinkMedium>
OpticalPlant::GetMedium(const Ptr<FabricLink>& link) const
{
    const auto found = m_byLink.find(link);
    return found == m_byLink.end() ? nullptr : found->second;
}

int64_t
OpticalPlant::AssignStreams(int64_t stream)
{
    NS_LOG_FUNCTION(this << stream);
    const auto modules = CreateObject<NormalRandomVariable>();
    const auto couplings = CreateObject<NormalRandomVariable>();
    const auto dirt = CreateObject<UniformRandomVariable>();
    modules->SetStream(stream);
    couplings->SetStream(stream + 1);
    dirt->SetStream(stream + 2);
    if (m_spread)
    {
        for (const auto& [number, module] : m_modules)
        {
            module->Draw(modules);
        }
    }
    for (const Ptr<LinkMedium>& medium : m_media)
    {
        if (const auto optical = DynamicCast<OpticalMedium>(medium))
        {
            if (m_spread)
            {
                optical->Draw(couplings);
            }
            optical->Contaminate(dirt, m_contaminatedFraction);
        }
        medium->Settle();
    }
    return 3;
}

} // namespace opticalfabric
} // namespace ns3
