/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICS_HELPER_H
#define OPTICAL_FABRIC_OPTICS_HELPER_H

#include "ns3/built-fabric.h"
#include "ns3/catalog.h"
#include "ns3/object-factory.h"
#include "ns3/optical-plant.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Puts the optical links of a network on light: modules, fibres and connectors of the
 * catalog.
 *
 * Which links are optical, which share a module and how long they are the fabric says. A module's
 * lanes are shared out evenly among the links it carries. Without this helper a link has the rate,
 * delay, latency and error ratio that the fabric's own attributes say, and no physics behind them.
 *
 * Where links pass circuit switches (BuiltFabric::circuits), these are to be said too: light then
 * goes from one module over a cable to the switch, through it, and over another cable to the other
 * module. The fibre's length is that of both together.
 *
 * @code
 *   Ptr<OpticsHelper> optics = CreateObject<OpticsHelper>();
 *   optics->SetAttribute("Transceiver", StringValue("400G-SR8-LPO"));
 *   optics->SetMediumAttribute("LaneRule", StringValue("Any"));
 *   Ptr<OpticalPlant> plant = optics->Install(fabric.networks[0]);
 *   plant->AssignStreams(1000);
 *   plant->GetModule(17)->FailLane(2);
 * @endcode
 */
class OpticsHelper : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OpticsHelper();
    ~OpticsHelper() override;

    /**
     * @param catalog where parts come from, in the place of the built-in catalog
     */
    void SetCatalog(std::shared_ptr<const Catalog> catalog);

    /**
     * Set an attribute of the media to come (OpticalMedium, LinkMedium). Aborts if there is no such
     * attribute, or the value is out of its range.
     * @param name its name
     * @param value its value
     */
    void SetMediumAttribute(const std::string& name, const AttributeValue& value);
    /**
     * Set an attribute of the plants to come (OpticalPlant). Aborts likewise.
     * @param name its name
     * @param value its value
     */
    void SetPlantAttribute(const std::string& name, const AttributeValue& value);

    /**
     * Check that there are such parts, and that they go with the network. Throws
     * std::invalid_argument or ScenarioError naming the value and what is allowed.
     * @param network a network, built
     * @param circuits circuit switches that its links pass
     */
    void Validate(const Ptr<FabricNetwork>& network,
                  const CircuitLayer& circuits = CircuitLayer()) const;

    /**
     * Put the optical links of a network on light, typical parts everywhere until the plant's
     * AssignStreams is called. Aborts with Validate's words if that has something to say.
     * @param network a network, built
     * @param circuits circuit switches that its links pass
     * @return its modules and media
     */
    Ptr<OpticalPlant> Install(const Ptr<FabricNetwork>& network,
                              const CircuitLayer& circuits = CircuitLayer()) const;

  private:
    /// The parts, as the catalog has them.
    struct Parts
    {
        std::shared_ptr<const TransceiverSpec> transceiver; ///< modules
        std::shared_ptr<const FibreSpec> fibre;             ///< fibre
        std::shared_ptr<const CouplingSpec> connector;      ///< connectors
        FecCode fec;                                        ///< code
    };

    /// @return catalog to take parts from
    std::shared_ptr<const Catalog> GetCatalog() const;
    /// @return the parts; throws if the catalog has no such
    Parts GetParts() const;
    /**
     * @param network a network
     * @return optical links that each module carries, by its number, in the order of the links
     */
    static std::map<uint32_t, std::vector<uint32_t>> GetLinksOfModules(
        const Ptr<FabricNetwork>& network);
    /**
     * @param parts the parts
     * @param link an optical link
     * @param pass pass through a circuit switch; null if the link passes none
     * @return parts of its way, from end 0 to end 1
     */
    std::vector<PathPart> MakePath(const Parts& parts,
                                   const Ptr<FabricLink>& link,
                                   const std::shared_ptr<const CouplingSpec>& pass) const;
    /**
     * Check that modules go with circuit switches; throws std::invalid_argument if not.
     * @param transceiver type of the modules
     * @param linksPerModule most links that a module carries
     * @param circuits circuit switches that links pass
     */
    void CheckCircuits(const TransceiverSpec& transceiver,
                       uint32_t linksPerModule,
                       const CircuitLayer& circuits) const;

    std::shared_ptr<const Catalog> m_catalog; ///< given; null: built in
    std::string m_catalogFiles;               ///< to load over it
    std::string m_transceiver;                ///< name of the modules' type
    std::string m_fibre;                      ///< name of the fibre's type
    std::string m_connector;                  ///< name of the connectors' type
    uint32_t m_connectors;                    ///< connectors of a cable, patch panels included
    double m_fibreLengthM;                    ///< length, m; 0: as the link's delay has it
    std::string m_fec;                        ///< name of the code
    double m_caseTemperatureC;                ///< of all modules, degrees Celsius
    double m_ageH;                            ///< of all modules, h
    double m_extraLossDb;                     ///< on the connectors at one module, dB
    int32_t m_extraLossModule;                ///< number of that module; below 0: none
    ObjectFactory m_media;                    ///< media to come
    ObjectFactory m_plants;                   ///< plants to come
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICS_HELPER_H */
