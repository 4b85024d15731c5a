/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MEDIA_TEST_CASE_H
#define OPTICAL_FABRIC_MEDIA_TEST_CASE_H

#include "network-test-case.h"

#include "ns3/optical-medium.h"
#include "ns3/optical-module.h"

#include <memory>
#include <vector>

namespace opticalfabrictest
{

/// @ingroup optical-fabric-tests
/// @brief Lanes of a module.
constexpr uint32_t LANES = 4;

/**
 * @ingroup optical-fabric-tests
 * @brief A type of module with round numbers: 50 Gb/s a lane before FEC, margin 10 dB over nothing.
 * @param lanes lanes of the module
 * @return the type
 */
inline std::shared_ptr<const TransceiverSpec>
MakeSpec(uint32_t lanes)
{
    TransceiverSpec spec;
    spec.name = "test";
    spec.formFactor = "OSFP";
    spec.retiming = Retiming::LPO;
    spec.lanes = lanes;
    spec.modulation = Modulation::PAM4;
    spec.baudGBd = 25;
    spec.wavelengthsNm = {1310};
    spec.transmitter.omaDbm = 0;
    spec.transmitter.omaMinDbm = -1;
    spec.transmitter.tdecqDb = 1;
    spec.transmitter.tdecqMaxDb = 3;
    spec.transmitter.omaMinusTdecqMinDbm = -2;
    spec.transmitter.extinctionRatioDb = 5;
    spec.transmitter.rinDbPerHz = -145;
    spec.transmitter.reflectanceDb = -40;
    spec.receiver.sensitivityOmaDbm = -9;
    spec.receiver.sensitivityOmaMaxDbm = -5;
    spec.receiver.reflectanceDb = -40;
    spec.receiver.overloadOmaDbm = 5;
    spec.latencyS = 5e-9;
    spec.power.offW = 1;
    spec.power.idleW = 3;
    spec.power.activeW = 4;
    spec.ageing.biasMa = 50;
    spec.ageing.biasLimitMa = 65;
    spec.ageing.driftPerKh = 0.01;
    spec.ageing.activationEv = 0.5;
    spec.Validate();
    return std::make_shared<const TransceiverSpec>(spec);
}

/**
 * @ingroup optical-fabric-tests
 * @brief Networks whose links are light between modules.
 */
class MediaTestCase : public NetworkTestCase
{
  public:
    using NetworkTestCase::NetworkTestCase;

  protected:
    /// Train for so long unless a test says otherwise.
    static constexpr int64_t TRAINING_US = 50;

    /// Complete the network, and put each link on a medium, modules of its own at each end.
    void Light()
    {
        m_network->Build();
        m_media.clear();
        for (uint32_t i = 0; i < m_network->GetNLinks(); ++i)
        {
            const Ptr<OpticalMedium> medium =
                MakeMedium({MakeModule(LANES), 0}, {MakeModule(LANES), 0}, LANES);
            m_media.push_back(medium);
            medium->Carry(m_network->GetLink(i));
        }
    }

    /// @param lanes lanes of the module @return a module
    static Ptr<OpticalModule> MakeModule(uint32_t lanes)
    {
        const auto module = CreateObject<OpticalModule>();
        module->SetSpec(MakeSpec(lanes));
        return module;
    }

    /**
     * @param a end 0
     * @param b end 1
     * @param lanes lanes of the link
     * @return 10 m of fibre and a connector at each end between them, KP4
     */
    static Ptr<OpticalMedium> MakeMedium(const OpticalMedium::End& a,
                                         const OpticalMedium::End& b,
                                         uint32_t lanes)
    {
        const auto medium = CreateObject<OpticalMedium>();
        medium->SetAttribute("RetrainTime", TimeValue(MicroSeconds(TRAINING_US)));
        medium->SetAttribute("RelockTime", TimeValue(MicroSeconds(TRAINING_US)));
        medium->SetFec(FecCode::Kp4());
        medium->Join(a, b, lanes);
        const auto fibre = std::make_shared<FibreSpec>();
        fibre->name = "test";
        fibre->wavelengthNm = 1310;
        fibre->attenuationDbPerKm = 0.4;
        fibre->groupIndex = 1.468;
        const auto connector = std::make_shared<CouplingSpec>();
        connector->name = "test";
        connector->lossDb = 0.3;
        connector->lossMaxDb = 0.75;
        connector->reflectanceDb = -45;
        connector->contaminatedLossDb = 3;
        connector->contaminatedReflectanceDb = -30;
        PathPart end;
        end.kind = PathElement::CONNECTOR;
        end.coupling = connector;
        PathPart length;
        length.fibre = fibre;
        length.lengthM = 10;
        medium->AddPart(end);
        medium->AddPart(length);
        medium->AddPart(end);
        return medium;
    }

    std::vector<Ptr<OpticalMedium>> m_media; ///< of each link
};

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_MEDIA_TEST_CASE_H */
