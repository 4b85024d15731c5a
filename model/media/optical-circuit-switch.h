/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICAL_CIRCUIT_SWITCH_H
#define OPTICAL_FABRIC_OPTICAL_CIRCUIT_SWITCH_H

#include "ns3/circuit-switch-spec.h"
#include "ns3/event-id.h"
#include "ns3/optical-medium.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An optical circuit switch: mirrors that join ports in pairs, for both directions.
 *
 * A circuit is a link that exists while two ports are joined: its medium passes the switch, and is
 * dark while they are not. So a port of a node has one FabricLink for each partner it is ever
 * joined with, and an input buffer for each of these. Joining other ports darkens what changes at
 * once; the new circuits get light after ReconfigurationTime, and carry frames when transceiver and
 * NIC have locked to it, LinkMedium::RelockTime later. What is not changed is not touched.
 */
class OpticalCircuitSwitch : public Object
{
  public:
    /// Pairs of ports that are joined; a port appears at most once.
    using Matching = std::vector<std::pair<uint32_t, uint32_t>>;

    static constexpr uint32_t NO_PARTNER = UINT32_MAX; ///< a port that is joined with none

    /// Signature of the Reconfigured trace source: pairs of ports joined, pairs newly joined.
    typedef void (*ReconfiguredTracedCallback)(uint32_t joined, uint32_t fresh);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OpticalCircuitSwitch();
    ~OpticalCircuitSwitch() override;

    /**
     * @param spec type of the switch; sets ReconfigurationTime to the type's
     */
    void SetSpec(std::shared_ptr<const CircuitSwitchSpec> spec);
    /// @return type of the switch
    const CircuitSwitchSpec& GetSpec() const;

    /**
     * Make the loss of each pair of ports differ from the typical one, as the type's spread has it:
     * one draw a pair, which is kept. Has no effect on circuits there already.
     * @param normal standard normal
     */
    void Draw(const Ptr<NormalRandomVariable>& normal);

    /**
     * @param a port
     * @param b another port
     * @return the pass from one to the other, for the path of a circuit; aborts if there is no such
     *         port
     */
    PathElement GetPass(uint32_t a, uint32_t b) const;

    /**
     * Have a link exist while two ports are joined. They are not, to begin with.
     * @param medium the link's, with the pass in its path
     * @param a port at its end 0
     * @param b port at its end 1
     */
    void AddCircuit(Ptr<LinkMedium> medium, uint32_t a, uint32_t b);

    /**
     * Join these ports and no others. While a change is under way its place is taken by this one,
     * and the time starts anew. Aborts if a port does not exist or appears twice.
     * @param matching pairs to be joined
     */
    void Reconfigure(const Matching& matching);
    /**
     * Join ports at once, without the time a change takes: how the switch stands at the start.
     * @param matching pairs to be joined
     */
    void SetUp(const Matching& matching);
    /**
     * Go through matchings in turn, for ever, beginning now: a rotor.
     * @param matchings what to join, one after the other; at least one
     * @param period from one change to the next, above ReconfigurationTime
     */
    void Rotate(const std::vector<Matching>& matchings, Time period);
    /// Stop going through matchings; the present one stays.
    void StopRotating();

    /**
     * @param port a port
     * @return the port it is joined with now, or NO_PARTNER
     */
    uint32_t GetPartner(uint32_t port) const;
    /// @return true while a change is under way
    bool IsChanging() const;

    /// @param port port that lets no light through from now on
    void FailPort(uint32_t port);
    /// @param port port that works again
    void RepairPort(uint32_t port);

    /// @return what the switch draws, W
    double GetPowerW() const;

  protected:
    void DoDispose() override;

  private:
    /// A link that exists while two ports are joined.
    struct Circuit
    {
        Ptr<LinkMedium> medium; ///< the link's
        uint32_t a;             ///< port at its end 0
        uint32_t b;             ///< port at its end 1
    };

    /// @param port port number; aborts if there is none of that number
    void CheckPort(uint32_t port) const;
    /**
     * @param matching pairs
     * @return partner of every port; aborts if it is no matching
     */
    std::vector<uint32_t> MakePartners(const Matching& matching) const;
    /// The mirrors have moved.
    void Changed();
    /// The next of the matchings in turn.
    void Turn();

    std::shared_ptr<const CircuitSwitchSpec> m_spec; ///< type
    std::vector<float> m_deviationDb;                ///< loss of each pair less the typical, dB
    std::vector<Circuit> m_circuits;                 ///< links that pass it
    std::vector<uint32_t> m_partners;                ///< of each port, now
    std::vector<uint32_t> m_targets;                 ///< of each port, once changed
    std::vector<bool> m_failed;                      ///< ports that let no light through
    EventId m_changing;                              ///< end of the change under way
    bool m_isChanging{false};                        ///< a change is under way
    std::vector<Matching> m_matchings;               ///< to go through in turn
    size_t m_next{0};                                ///< the next of them
    Time m_period;                                   ///< from one to the next
    EventId m_turning;                               ///< the next change in turn
    Time m_reconfigurationTime;                      ///< until mirrors have moved
    TracedCallback<uint32_t, uint32_t> m_reconfiguredTrace; ///< mirrors have moved
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICAL_CIRCUIT_SWITCH_H */
