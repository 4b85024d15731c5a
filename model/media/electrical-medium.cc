/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "electrical-medium.h"

#include "ns3/abort.h"
#include "ns3/log.h"

#include <cmath>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricElectricalMedium");
NS_OBJECT_ENSURE_REGISTERED(ElectricalMedium);

TypeId
ElectricalMedium::GetTypeId()
{
    static TypeId tid = TypeId("ns3::opticalfabric::ElectricalMedium")
                            .SetParent<LinkMedium>()
                            .SetGroupName("OpticalFabric")
                            .AddConstructor<ElectricalMedium>();
    return tid;
}

ElectricalMedium::ElectricalMedium()
{
    NS_LOG_FUNCTION(this);
}

ElectricalMedium::~ElectricalMedium()
{
    NS_LOG_FUNCTION(this);
}

void
ElectricalMedium::Lay(std::shared_ptr<const ElectricalMediumSpec> spec,
                      double lengthM,
                      uint32_t lanes,
                      double laneRateBps,
                      const LinkState& state)
{
    NS_LOG_FUNCTION(this << spec->name << lengthM << lanes << laneRateBps);
    NS_ABORT_MSG_UNLESS(lengthM >= 0 && lanes > 0 && laneRateBps > 0,
                        "ElectricalMedium: length " << lengthM << " m, " << lanes << " lanes of "
                                                    << laneRateBps
                                                    << " bit/s, allowed 0 and more, 1 and more, "
                                                       "above 0");
    m_spec = spec;
    m_lengthM = lengthM;
    m_laneRateBps = laneRateBps;
    m_state.lanes = lanes;
    m_state.link = {state, state};
    for (uint32_t direction = 0; direction < 2; ++direction)
    {
        m_state.link[direction].propagation =
            PicoSeconds(std::llround(spec->GetDelayS(lengthM) * 1e12));
        // Within its reach nothing is said of errors.
        m_state.marginDb[direction] = std::numeric_limits<double>::infinity();
    }
    Update();
}

MediumState
ElectricalMedium::Evaluate() const
{
    NS_ABORT_MSG_UNLESS(m_spec, "ElectricalMedium: nothing has been laid");
    MediumState state = m_state;
    state.up = m_lengthM <= m_spec->GetReachM(m_laneRateBps);
    return state;
}

} // namespace opticalfabric
} // namespace ns3
