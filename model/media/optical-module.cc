/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optical-module.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/link-medium.h"
#include "ns3/log.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double LEAST_CASE_C = -40; ///< of a case, degrees Celsius
constexpr double MOST_CASE_C = 125;  ///< of a case, degrees Celsius

} // namespace

NS_LOG_COMPONENT_DEFINE("OpticalFabricModule");
NS_OBJECT_ENSURE_REGISTERED(OpticalModule);

TypeId
OpticalModule::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::OpticalModule")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<OpticalModule>()
            .AddAttribute("AgeH",
                          "Time in operation, h. 0 to 1e7.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&OpticalModule::SetAgeH, &OpticalModule::GetAgeH),
                          MakeDoubleChecker<double>(0, 1e7))
            .AddAttribute("CaseTemperatureC",
                          "Case temperature, degrees Celsius. A laser of its own case differs from "
                          "it by as much as ageing.reference_case from power.reference_case in the "
                          "catalog. -40 to 125.",
                          DoubleValue(55),
                          MakeDoubleAccessor(&OpticalModule::SetCaseTemperatureC,
                                             &OpticalModule::GetCaseTemperatureC),
                          MakeDoubleChecker<double>(LEAST_CASE_C, MOST_CASE_C))
            .AddTraceSource("Failed",
                            "The module has died, or has been replaced.",
                            MakeTraceSourceAccessor(&OpticalModule::m_failedTrace),
                            "ns3::opticalfabric::OpticalModule::FailedTracedCallback")
            .AddTraceSource("LaneFailed",
                            "A lane has died, or works again.",
                            MakeTraceSourceAccessor(&OpticalModule::m_laneFailedTrace),
                            "ns3::opticalfabric::OpticalModule::LaneFailedTracedCallback");
    return tid;
}

OpticalModule::OpticalModule()
{
    NS_LOG_FUNCTION(this);
}

OpticalModule::~OpticalModule()
{
    NS_LOG_FUNCTION(this);
}

void
OpticalModule::DoDispose()
{
    NS_LOG_FUNCTION(this);
    m_media.clear();
    m_normal = nullptr;
    Object::DoDispose();
}

void
OpticalModule::SetSpec(std::shared_ptr<const TransceiverSpec> spec)
{
    NS_LOG_FUNCTION(this << spec->name);
    m_spec = spec;
    m_lanes.assign(spec->lanes, Deviation());
}

const TransceiverSpec&
OpticalModule::GetSpec() const
{
    NS_ABORT_MSG_UNLESS(m_spec, "OpticalModule: no type has been set");
    return *m_spec;
}

void
OpticalModule::Draw(const Ptr<NormalRandomVariable>& normal)
{
    NS_LOG_FUNCTION(this << normal);
    m_normal = normal;
    const ManufacturingSpread& spread = GetSpec().spread;
    for (Deviation& lane : m_lanes)
    {
        lane.omaDb = spread.omaDb * normal->GetValue();
        lane.tdecqDb = spread.tdecqDb * normal->GetValue();
        lane.sensitivityDb = spread.sensitivityDb * normal->GetValue();
    }
}

void
OpticalModule::AddMedium(LinkMedium* medium)
{
    NS_LOG_FUNCTION(this << medium);
    m_media.push_back(medium);
}

ModuleLane
OpticalModule::GetLane(uint32_t lane) const
{
    NS_ABORT_MSG_IF(lane >= m_lanes.size(),
                    "OpticalModule: lane " << lane << ", allowed 0 to " << m_lanes.size() - 1);
    const Deviation& deviation = m_lanes[lane];
    // A laser outside the package, as that of co-packaged optics, is as much cooler or hotter than
    // the module as the references of the two are.
    const double elsewhereC = m_spec->ageing.referenceCaseC - m_spec->power.referenceCaseC;
    const double laserC = std::clamp(m_caseC + elsewhereC, LEAST_CASE_C, MOST_CASE_C);
    ModuleLane result;
    result.omaDbm = m_spec->transmitter.omaDbm + deviation.omaDb -
                    GetAgeingLossDb(m_spec->ageing, m_ageH, laserC);
    result.tdecqDb = std::max(0.0, m_spec->transmitter.tdecqDb + deviation.tdecqDb);
    result.sensitivityOmaDbm = m_spec->receiver.sensitivityOmaDbm + deviation.sensitivityDb;
    result.failed = m_failed || deviation.failed;
    return result;
}

bool
OpticalModule::IsFailed() const
{
    return m_failed;
}

void
OpticalModule::Fail()
{
    NS_LOG_FUNCTION(this);
    if (m_failed)
    {
        return;
    }
    m_failed = true;
    m_failedTrace(true);
    Notify();
}

void
OpticalModule::Replace()
{
    NS_LOG_FUNCTION(this);
    m_failed = false;
    m_ageH = 0;
    m_lanes.assign(m_lanes.size(), Deviation());
    if (m_normal)
    {
        Draw(m_normal);
    }
    m_failedTrace(false);
    Notify();
}

void
OpticalModule::FailLane(uint32_t lane)
{
    SetLaneFailed(lane, true);
}

void
OpticalModule::RestoreLane(uint32_t lane)
{
    SetLaneFailed(lane, false);
}

void
OpticalModule::SetLaneFailed(uint32_t lane, bool failed)
{
    NS_LOG_FUNCTION(this << lane << failed);
    NS_ABORT_MSG_IF(lane >= m_lanes.size(),
                    "OpticalModule: lane " << lane << ", allowed 0 to " << m_lanes.size() - 1);
    if (m_lanes[lane].failed != failed)
    {
        m_lanes[lane].failed = failed;
        m_laneFailedTrace(lane, failed);
        Notify();
    }
}

void
OpticalModule::Notify()
{
    for (LinkMedium* medium : m_media)
    {
        medium->Update();
    }
}

void
OpticalModule::SetAgeH(double ageH)
{
    NS_LOG_FUNCTION(this << ageH);
    m_ageH = ageH;
    Notify();
}

double
OpticalModule::GetAgeH() const
{
    return m_ageH;
}

void
OpticalModule::SetCaseTemperatureC(double caseC)
{
    NS_LOG_FUNCTION(this << caseC);
    m_caseC = caseC;
    Notify();
}

double
OpticalModule::GetCaseTemperatureC() const
{
    return m_caseC;
}

double
OpticalModule::GetPowerW(ModuleState::Kind state, double load) const
{
    return m_failed ? 0 : GetModulePowerW(GetSpec().power, state, load, m_caseC);
}

} // namespace opticalfabric
} // namespace ns3
