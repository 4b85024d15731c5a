/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_HELPER_H
#define OPTICAL_FABRIC_FABRIC_HELPER_H

#include "ns3/built-fabric.h"
#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/object-factory.h"
#include "ns3/object.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

class Catalog;

/**
 * @ingroup optical-fabric
 * @brief Builds a fabric: one or more networks with their nodes, ports, links and media.
 *
 * Attributes of the helper say what the fabric looks like. Those of FabricNetwork (Mtu, Routing,
 * BufferBytes, ...) are set with SetNetworkAttribute, for all networks or for one.
 */
class FabricHelper : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FabricHelper();
    ~FabricHelper() override;

    /**
     * Set an attribute of the networks to build. What is set for one network takes precedence over
     * what is set for all, whichever was said first. Aborts if FabricNetwork has no such attribute,
     * or the value is out of its range.
     *
     * @param name attribute of FabricNetwork
     * @param value its value
     * @param network name of the network; empty: all of them
     */
    void SetNetworkAttribute(const std::string& name,
                             const AttributeValue& value,
                             const std::string& network = "");

    /**
     * The same, without aborting.
     * @param name attribute of FabricNetwork
     * @param value its value
     * @param network name of the network; empty: all of them
     * @return false, and nothing is set, if there is no such attribute or the value is not allowed
     */
    bool SetNetworkAttributeFailSafe(const std::string& name,
                                     const AttributeValue& value,
                                     const std::string& network = "");

    /**
     * @param catalog where types are looked up that decide what is built, such as those of circuit
     *                switches, in the place of the built-in catalog
     */
    void SetCatalog(std::shared_ptr<const Catalog> catalog);

    /// @param make whether networks can carry packets, see FabricNetwork::SetRouteTables; they can
    /// if nobody says otherwise
    void SetRouteTables(bool make);

    /// @return names of the networks that Build makes with the present attributes, scale-up first
    virtual std::vector<std::string> GetNetworkNames() const = 0;

    /**
     * Check that the attributes go together. Throws std::invalid_argument naming the attribute, its
     * value and what is allowed.
     */
    virtual void Validate() const;

    /**
     * Build the fabric. Aborts with Validate's words if that has something to say.
     * @return what was built; every call builds another
     */
    BuiltFabric Build() const;

  protected:
    /**
     * Add nodes and links. Runs after Validate.
     * @param fabric to be filled: the networks, empty and with their attributes set, and their
     *        names are there; groups are to be added; the rest follows by itself
     */
    virtual void DoBuild(BuiltFabric& fabric) const = 0;

    /**
     * Say what the nodes and links of a fabric are, and what it has besides. Runs after DoBuild.
     * @param fabric what was built; its parts are not filled in
     * @return what it consists of; without an override nothing is said, and CountBill refuses
     */
    virtual FabricParts ListParts(const BuiltFabric& fabric) const;

    /// @return catalog to look types up in; throws std::invalid_argument if none was given and this
    ///         build cannot read the built-in one
    std::shared_ptr<const Catalog> GetCatalog() const;

    /**
     * @param rate rate of each direction
     * @param delay propagation of each direction
     * @param phyLatency FEC and signal processing of each direction
     * @param medium what the link is made of
     * @return factory of such links
     */
    static ObjectFactory MakeLinkFactory(const DataRate& rate,
                                         const Time& delay,
                                         const Time& phyLatency,
                                         FabricLink::Medium::Kind medium);

    /**
     * Add a switch on an ns-3 node of its own.
     * @param network network to add to
     * @param name its name
     * @param latency its forwarding latency
     * @return the switch
     */
    static Ptr<FabricSwitch> AddSwitch(const Ptr<FabricNetwork>& network,
                                       const std::string& name,
                                       const Time& latency);

    /**
     * Add an endpoint.
     * @param network network to add to
     * @param node ns-3 node it stands on
     * @param name its name
     * @param departure time from memory to the wire
     * @param arrival time from the wire to memory
     * @return the endpoint
     */
    static Ptr<FabricEndpoint> AddEndpoint(const Ptr<FabricNetwork>& network,
                                           const Ptr<Node>& node,
                                           const std::string& name,
                                           const Time& departure,
                                           const Time& arrival);

    /**
     * Refuse a rate that no link can have; throws std::invalid_argument.
     * @param name attribute it is the value of
     * @param rate the rate
     */
    static void CheckRate(const std::string& name, const DataRate& rate);

    /**
     * Refuse an empty name of a type; throws std::invalid_argument.
     * @param name attribute it is the value of
     * @param type name of a type in the catalog
     */
    static void CheckType(const std::string& name, const std::string& type);

  private:
    /**
     * @param name name of a network
     * @return such a network, empty, its attributes set
     */
    Ptr<FabricNetwork> CreateNetwork(const std::string& name) const;

    /// Attributes and their values, in the order they were set.
    using Settings = std::vector<std::pair<std::string, Ptr<AttributeValue>>>;

    std::map<std::string, Settings> m_settings; ///< by name of the network; empty name: all
    bool m_routeTables{true};                   ///< networks can carry packets
    std::shared_ptr<const Catalog> m_catalog;   ///< given; null: built in
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_HELPER_H */
