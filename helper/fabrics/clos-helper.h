/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CLOS_HELPER_H
#define OPTICAL_FABRIC_CLOS_HELPER_H

#include "ns3/fabric-helper.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Builds a leaf-spine network ("clos"), or one switch with all endpoints around it.
 *
 * Endpoints are spread over the leaves in order: the first leaf has the first endpoints, and no
 * leaf has two more than another. Every leaf has UplinksPerSpine links to every spine. With
 * UplinksPerSpine 0 there are as many as make the Oversubscription, which is refused if no number
 * of links makes it, or as many as a network that blocks nothing needs.
 * One leaf and no spine make a star. Names: endpoint-7, leaf-2, spine-0.
 *
 * An optical link has a module of its own at each end. With UplinkOcs, every link between leaves
 * and spines passes one of the circuit switches ocs-0, ocs-1, ..., which hold their connections.
 * Links are shared out among them so that one that fails takes as many links of one leaf as of
 * another, and of one spine as of another, as nearly as it goes (StripeLinks). Each direction has
 * fibres of its own: there are no circulators.
 *
 * For the bill of materials an endpoint is an accelerator with a NIC; what else is in its server,
 * and where it stands, is not said.
 *
 * Create it with CreateObject: attributes of an object on the stack have no defaults.
 */
class ClosHelper : public FabricHelper
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ClosHelper();
    ~ClosHelper() override;

    std::vector<std::string> GetNetworkNames() const override;
    void Validate() const override;

    /// @return links between each leaf and each spine that Build makes
    uint32_t GetUplinksPerSpine() const;

    /**
     * @return rate of a leaf's links down over rate of its links up, for the leaf with most
     *         endpoints; 0 without spines
     */
    double GetOversubscription() const;

  protected:
    void DoBuild(BuiltFabric& fabric) const override;
    FabricParts ListParts(const BuiltFabric& fabric) const override;

  private:
    /// @return circuit switches for the uplinks, which no link passes yet; throws
    ///         std::invalid_argument as PlanCircuits does
    CircuitLayer PlanUplinkCircuits() const;
    /**
     * Have the links between leaves and spines pass circuit switches.
     * @param firstLink number of the first of these links
     * @return the switches
     */
    CircuitLayer StripeUplinks(uint32_t firstLink) const;
    /// @return rate of the links down of the leaf with most endpoints, bit/s
    double GetDownRate() const;
    /// @return the oversubscription wanted; the most, where nobody has said any
    double GetWantedOversubscription() const;
    /// @param uplinksPerSpine links from a leaf to a spine @return the oversubscription they make
    double GetOversubscriptionWith(uint64_t uplinksPerSpine) const;
    /// Refuse an Oversubscription that the links do not make.
    void CheckOversubscription() const;

    uint32_t m_endpoints;                    ///< endpoints
    uint32_t m_leaves;                       ///< leaves
    uint32_t m_spines;                       ///< spines
    uint32_t m_uplinksPerSpine;              ///< links from leaf to spine; 0: as many as needed
    double m_oversubscription;               ///< 0: not said
    DataRate m_linkRate;                     ///< endpoint to leaf
    DataRate m_uplinkRate;                   ///< leaf to spine
    Time m_linkDelay;                        ///< propagation, endpoint to leaf
    Time m_uplinkDelay;                      ///< propagation, leaf to spine
    Time m_linkPhyLatency;                   ///< FEC and signal processing, endpoint to leaf
    Time m_uplinkPhyLatency;                 ///< FEC and signal processing, leaf to spine
    FabricLink::Medium::Kind m_linkMedium;   ///< endpoint to leaf
    FabricLink::Medium::Kind m_uplinkMedium; ///< leaf to spine
    Time m_leafLatency;                      ///< leaf
    Time m_spineLatency;                     ///< spine
    Time m_departureLatency;                 ///< memory to wire
    Time m_arrivalLatency;                   ///< wire to memory
    std::string m_accelerator;               ///< type of the endpoints
    std::string m_nic;                       ///< type of their NICs; empty: no parts of their own
    std::string m_leaf;                      ///< type of the leaves
    std::string m_spine;                     ///< type of the spines
    std::string m_module;                    ///< type of the modules
    std::string m_fibreCable;                ///< type of fibre cables
    std::string m_copperCable;               ///< type of copper cables
    std::string m_uplinkOcs;                 ///< type of circuit switches; empty: there are none
    uint32_t m_uplinkOcsCount;               ///< how many; 0: as few as it takes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CLOS_HELPER_H */
