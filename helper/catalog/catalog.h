/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_H
#define OPTICAL_FABRIC_CATALOG_H

#include "ns3/catalog-reader.h"
#include "ns3/catalog-value.h"
#include "ns3/circuit-switch-spec.h"
#include "ns3/component-spec.h"
#include "ns3/failure-mode.h"
#include "ns3/light-path.h"
#include "ns3/medium-spec.h"
#include "ns3/price-spec.h"
#include "ns3/transceiver-spec.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The component catalog: what transceivers, fibres, connectors, copper and circuit switches
 * can do, what these and all other parts of a system draw and cost, how they fail, and how anybody
 * knows.
 *
 * It begins with the entries that are compiled in, from the folder catalog/ of the sources; files
 * that are loaded add to these and replace them. Every value has a unit, a source, and a mark for
 * how well founded it is.
 */
class Catalog
{
  public:
    /**
     * The entries that are compiled in.
     * @throw ScenarioError if this build cannot read TOML (see HasToml)
     */
    Catalog();

    /**
     * Add the entries of a file; those with the name of one that is there already replace it. What
     * was derived from an entry before it was replaced stays as it is. If the file is refused, the
     * catalog is as before.
     * @param path path of the file
     * @throw ScenarioError with file, line, key, value and what is allowed
     */
    void Load(const std::string& path);
    /**
     * As Load.
     * @param text what the file says, TOML
     * @param origin name of the file, for messages
     * @throw ScenarioError with file, line, key, value and what is allowed
     */
    void LoadText(const std::string& text, const std::string& origin);

    /**
     * @param kind a kind
     * @return names of its entries, in alphabetical order
     */
    std::vector<std::string> GetNames(CatalogKind::Kind kind) const;
    /**
     * @param kind a kind
     * @param name a name
     * @return true if there is such an entry
     */
    bool Has(CatalogKind::Kind kind, const std::string& name) const;

    /**
     * @param name name of a transceiver
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const TransceiverSpec> GetTransceiver(const std::string& name) const;
    /**
     * @param name name of a fibre
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const FibreSpec> GetFibre(const std::string& name) const;
    /**
     * @param name name of a connector, splice or circulator
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const CouplingSpec> GetCoupling(const std::string& name) const;
    /**
     * @param name name of a connector, splice or circulator
     * @return which of the three it is
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    PathElement::Kind GetCouplingKind(const std::string& name) const;
    /**
     * @param name name of an electrical medium
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const ElectricalMediumSpec> GetMedium(const std::string& name) const;
    /**
     * @param name name of a circuit switch
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const CircuitSwitchSpec> GetCircuitSwitch(const std::string& name) const;
    /**
     * @param name name of a failure mode
     * @return the mode
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const FailureMode> GetFailureMode(const std::string& name) const;
    /**
     * @param name name of an accelerator
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const AcceleratorSpec> GetAccelerator(const std::string& name) const;
    /**
     * @param name name of a processor
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const PoweredPartSpec> GetProcessor(const std::string& name) const;
    /**
     * @param name name of a packet switch
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const SwitchSpec> GetSwitch(const std::string& name) const;
    /**
     * @param name name of a network interface
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const PoweredPartSpec> GetNic(const std::string& name) const;
    /**
     * @param name name of an enclosure
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const PoweredPartSpec> GetEnclosure(const std::string& name) const;
    /**
     * @param name name of a power supply
     * @return the type
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const SupplySpec> GetSupply(const std::string& name) const;
    /**
     * @param name name of a price
     * @return the price
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const PriceSpec> GetPrice(const std::string& name) const;
    /**
     * @param name name of a region
     * @return the region
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const RegionSpec> GetRegion(const std::string& name) const;
    /**
     * @param name name of a way to finance
     * @return the way
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const FinanceSpec> GetFinance(const std::string& name) const;
    /**
     * @param name name of what an interruption of a job takes
     * @return what it describes
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    std::shared_ptr<const InterruptionSpec> GetInterruption(const std::string& name) const;

    /**
     * @param kind a kind
     * @param name name of an entry
     * @return the entry with unit, source and mark of every value
     * @throw ScenarioError, listing what there is, if there is none of that name
     */
    const CatalogEntry& GetEntry(CatalogKind::Kind kind, const std::string& name) const;
    /**
     * A value, if it is founded well enough for what it is wanted for. A validation, for instance,
     * has no use for a guess.
     * @param kind a kind
     * @param name name of an entry
     * @param field path in the entry, for example "transmitter.oma_min"
     * @param worst the worst grade that will do
     * @return the value
     * @throw ScenarioError if there is no such value, or if it is founded less well
     */
    const CatalogValue& Require(CatalogKind::Kind kind,
                                const std::string& name,
                                const std::string& field,
                                Evidence::Grade worst) const;
    /// @return how many values of all entries have each grade, inherited ones included
    std::array<uint32_t, Evidence::COUNT> CountEvidence() const;

  private:
    /**
     * @tparam SPEC a spec
     */
    template <typename SPEC>
    using Shelf = std::map<std::string, std::shared_ptr<const SPEC>>;

    /// @param files files that belong together
    void Add(const std::vector<CatalogText>& files);
    /// @param entry entry to add or to put in the place of another
    void Put(const CatalogEntry& entry);
    /**
     * @tparam SPEC a spec
     * @param shelf where it should be
     * @param what what it is, for the message
     * @param name its name
     * @return it
     */
    template <typename SPEC>
    static std::shared_ptr<const SPEC> Take(const Shelf<SPEC>& shelf,
                                            const std::string& what,
                                            const std::string& name);

    CatalogEntries m_entries;                   ///< all entries
    Shelf<TransceiverSpec> m_transceivers;      ///< by name
    Shelf<FibreSpec> m_fibres;                  ///< by name
    Shelf<CouplingSpec> m_couplings;            ///< by name, of all three kinds
    Shelf<ElectricalMediumSpec> m_media;        ///< by name
    Shelf<CircuitSwitchSpec> m_circuitSwitches; ///< by name
    Shelf<FailureMode> m_failureModes;          ///< by name
    Shelf<AcceleratorSpec> m_accelerators;      ///< by name
    Shelf<PoweredPartSpec> m_processors;        ///< by name
    Shelf<SwitchSpec> m_switches;               ///< by name
    Shelf<PoweredPartSpec> m_nics;              ///< by name
    Shelf<PoweredPartSpec> m_enclosures;        ///< by name
    Shelf<SupplySpec> m_supplies;               ///< by name
    Shelf<PriceSpec> m_prices;                  ///< by name
    Shelf<RegionSpec> m_regions;                ///< by name
    Shelf<FinanceSpec> m_finances;              ///< by name
    Shelf<InterruptionSpec> m_interruptions;    ///< by name
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_H */
