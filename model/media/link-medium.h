/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_MEDIUM_H
#define OPTICAL_FABRIC_LINK_MEDIUM_H

#include "ns3/event-id.h"
#include "ns3/fabric-link.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a medium makes of a link at the moment.
 */
struct MediumState
{
    bool up{true};                    ///< it can carry frames
    uint32_t lanes{1};                ///< lanes in use, each direction
    std::array<LinkState, 2> link;    ///< by direction: 0 from end 0 to end 1
    std::array<double, 2> marginDb{}; ///< of the worst lane in use, by direction, dB
    std::array<double, 2> ber{};      ///< of the worst lane in use before FEC, by direction
};

/**
 * @ingroup optical-fabric
 * @brief What a link runs over: light between modules, copper, or traces of a board.
 *
 * It is evaluated when something about it changes, never per packet, and hands the result to its
 * FabricLink. A change of the number of lanes takes the link down for RetrainTime, and light after
 * darkness for RelockTime, whatever the darkness was.
 */
class LinkMedium : public Object
{
  public:
    /// Why no light arrives. Several reasons may hold at once.
    enum Darkness : uint32_t
    {
        FLAP = 1,     ///< a short loss of signal
        SWITCHED = 2, ///< the circuit switch on the way has other connections, or is changing them
        SWITCH_PORT = 4, ///< a port of it has failed
        FAULT = 8 ///< a fault was injected: a module, a fibre or what stands at an end is out
    };

    /// Signature of the Evaluated trace source: the state that is in force from now on.
    typedef void (*StateTracedCallback)(const MediumState& state);
    /// Signature of the Training trace source: time until it is done.
    typedef void (*TrainingTracedCallback)(Time duration);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LinkMedium();
    ~LinkMedium() override;

    /**
     * Put the link on this medium, and its state in force at once. From now on, changes train.
     * @param link the link
     */
    void Carry(Ptr<FabricLink> link);

    /// @return the link it carries
    Ptr<FabricLink> GetLink() const;

    /// @return what the medium would make of the link once trained, darkness aside
    virtual MediumState Evaluate() const = 0;

    /// Something about the medium has changed: find its state again.
    void Update();
    /// Find the state again, and put it in force without training: how the run begins.
    void Settle();

    /**
     * @param reason why no light arrives from now on
     */
    void Darken(Darkness reason);
    /**
     * A reason for darkness ends. When no other is left, the link trains.
     * @param reason the reason
     * @param training how long it trains this time; the attribute RelockTime if negative
     */
    void Lighten(Darkness reason, Time training = Time(-1));
    /// @return reasons for darkness, added up; 0: there is light
    uint32_t GetDarkness() const;

    /**
     * The signal is lost for a while.
     * @param duration how long, at least 0; training comes on top
     */
    void Flap(Time duration);

    /// @return what is in force now
    const MediumState& GetState() const;
    /// @return true while the link trains
    bool IsTraining() const;

  protected:
    void DoDispose() override;

  private:
    /// @param state to be in force from now on
    void Apply(const MediumState& state);
    /// @param duration until the link is trained
    void Train(Time duration);

    Ptr<FabricLink> m_link;                              ///< the link
    MediumState m_state;                                 ///< in force
    uint32_t m_darkness{0};                              ///< reasons for darkness
    uint32_t m_flaps{0};                                 ///< flaps that have not ended
    bool m_isTraining{false};                            ///< the link trains
    EventId m_training;                                  ///< end of training
    Time m_retrainTime;                                  ///< after a change of lanes
    Time m_relockTime;                                   ///< after darkness
    TracedCallback<const MediumState&> m_evaluatedTrace; ///< state changes
    TracedCallback<Time> m_trainingTrace;                ///< training begins
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_MEDIUM_H */
