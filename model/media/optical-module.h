/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICAL_MODULE_H
#define OPTICAL_FABRIC_OPTICAL_MODULE_H

#include "ns3/object.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"
#include "ns3/transceiver-spec.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

class LinkMedium;

/**
 * @ingroup optical-fabric
 * @brief One lane of a module as it is now.
 */
struct ModuleLane
{
    double omaDbm{0};            ///< launched outer OMA, age included, dBm
    double tdecqDb{0};           ///< eye closure, dB
    double sensitivityOmaDbm{0}; ///< outer OMA an ideal signal needs, dBm
    bool failed{false};          ///< sends and receives nothing
};

/**
 * @ingroup optical-fabric
 * @brief A pluggable or co-packaged transceiver module. All the links it carries share its fate.
 */
class OpticalModule : public Object
{
  public:
    /// Signature of the Failed trace source: true when the module fails, false when it is replaced.
    typedef void (*FailedTracedCallback)(bool failed);
    /// Signature of the LaneFailed trace source: lane, and true when it fails, false when it is
    /// back.
    typedef void (*LaneFailedTracedCallback)(uint32_t lane, bool failed);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OpticalModule();
    ~OpticalModule() override;

    /**
     * @param spec type of the module; its lanes are typical ones
     */
    void SetSpec(std::shared_ptr<const TransceiverSpec> spec);
    /// @return type of the module
    const TransceiverSpec& GetSpec() const;

    /**
     * Make its lanes differ from the typical one, as the type's manufacturing spread has it: three
     * draws a lane. A replacement is drawn the same way.
     * @param normal standard normal
     */
    void Draw(const Ptr<NormalRandomVariable>& normal);

    /**
     * @param medium medium of a link that the module carries, told of changes
     */
    void AddMedium(LinkMedium* medium);

    /**
     * @param lane lane number; aborts if the module has no such lane
     * @return the lane as it is now
     */
    ModuleLane GetLane(uint32_t lane) const;
    /// @return true if the module is dead
    bool IsFailed() const;

    /// The module dies: all its links go dark.
    void Fail();
    /// A new module of the same type is plugged in: age 0, all lanes good. Its links train.
    void Replace();
    /**
     * @param lane lane that sends and receives nothing from now on
     */
    void FailLane(uint32_t lane);
    /**
     * @param lane lane that works again
     */
    void RestoreLane(uint32_t lane);

    /**
     * @param state state
     * @param load share of the full rate in use, 0 to 1
     * @return what it draws, W; 0 if dead
     */
    double GetPowerW(ModuleState::Kind state, double load) const;

  protected:
    void DoDispose() override;

  private:
    /// How a lane differs from the typical one.
    struct Deviation
    {
        double omaDb{0};         ///< of the launched OMA, dB
        double tdecqDb{0};       ///< of the eye closure, dB
        double sensitivityDb{0}; ///< of the sensitivity, dB
        bool failed{false};      ///< the lane is dead
    };

    /// @param ageH time in operation, h
    void SetAgeH(double ageH);
    /// @return time in operation, h
    double GetAgeH() const;
    /// @param caseC case temperature, degrees Celsius
    void SetCaseTemperatureC(double caseC);
    /// @return case temperature, degrees Celsius
    double GetCaseTemperatureC() const;
    /**
     * @param lane lane number
     * @param failed whether it is dead
     */
    void SetLaneFailed(uint32_t lane, bool failed);
    /// Tell the media that something has changed.
    void Notify();

    std::shared_ptr<const TransceiverSpec> m_spec;    ///< type
    std::vector<Deviation> m_lanes;                   ///< how each lane differs
    Ptr<NormalRandomVariable> m_normal;               ///< for replacements; null: typical ones
    std::vector<LinkMedium*> m_media;                 ///< media of the links it carries
    double m_ageH{0};                                 ///< time in operation, h
    double m_caseC{55};                               ///< case temperature, degrees Celsius
    bool m_failed{false};                             ///< dead
    TracedCallback<bool> m_failedTrace;               ///< dies, or is replaced
    TracedCallback<uint32_t, bool> m_laneFailedTrace; ///< a lane dies, or is back
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICAL_MODULE_H */
