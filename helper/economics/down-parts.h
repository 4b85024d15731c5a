/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_DOWN_PARTS_H
#define OPTICAL_FABRIC_DOWN_PARTS_H

#include "ns3/bill-of-materials.h"
#include "ns3/built-fabric.h"
#include "ns3/fabric-fault-targets.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Which parts of a fabric's bill are without power while a component is down.
 *
 * - npu, cpu, switch_chip: the part itself; what its box or host feeds stays on: modules in their
 *   cages, network interfaces
 * - nic: the network interface, if the bill has one for it
 * - ocs, module: the part itself
 * - switch_box: its chips, and the modules at them
 * - host: its accelerators, processors, network interfaces and chips, the modules at them, and its
 *   share of enclosures and processors that are not in the graph: hosts of a rack have equal ones
 * - power_feed: its hosts
 * - all others: nothing, as they draw nothing of their own
 *
 * Where a part of the bill is several nodes of the graph, each is a share of it: a die half an
 * accelerator, and a switch its ports' share of the boxes in its rack.
 */
class DownParts
{
  public:
    /// What has power or not as a whole: a part, a share of one, or several.
    struct Piece
    {
        std::size_t line; ///< its line of the bill
        double parts;     ///< how many parts of the line it is, above 0
    };

    /// What is in a component.
    struct Content
    {
        std::vector<std::size_t> pieces;                    ///< numbers of pieces
        std::vector<std::pair<uint32_t, uint32_t>> modules; ///< modules, by network and number
    };

    /**
     * @param fabric what was built
     * @param bill its bill (CountBill)
     * @param targets its components; must outlive this
     */
    DownParts(const BuiltFabric& fabric,
              const BillOfMaterials& bill,
              const FabricFaultTargets& targets);

    /// @return all pieces, by number
    const std::vector<Piece>& GetPieces() const;
    /**
     * @param kind kind of component
     * @param id its number, as the targets have it
     * @return what is without power while it is down, each once
     */
    Content Find(ComponentKind::Kind kind, uint32_t id) const;

  private:
    /// What there is at a node of the graph.
    struct NodeParts
    {
        std::optional<std::size_t> own;                     ///< piece that it is
        std::optional<std::size_t> nic;                     ///< piece of its network interface
        std::vector<std::pair<uint32_t, uint32_t>> modules; ///< modules that stand there
    };

    /// Finds and adds pieces while this is made.
    struct Maker
    {
        const BuiltFabric& fabric;   ///< what was built
        const BillOfMaterials& bill; ///< its bill

        /// @param node id of an ns-3 node @return its rack; empty: not said
        std::string GetRack(uint32_t node) const;
        /**
         * @param part class
         * @param type name in the catalog; empty: any
         * @param network network they serve; empty: none
         * @param rack rack they stand in
         * @return line of such parts, if any
         */
        std::optional<std::size_t> FindLine(PartClass::Kind part,
                                            const std::string& type,
                                            const std::string& network,
                                            const std::string& rack) const;
    };

    /**
     * @param line line of the bill, if any
     * @param parts how many parts of it, above 0
     * @return number of the new piece; none without a line
     */
    std::optional<std::size_t> Add(const std::optional<std::size_t>& line, double parts);
    /// @param maker finds lines; adds accelerators and processors of the graph
    void AddEndpoints(const Maker& maker);
    /// @param maker finds lines @param network index of a network; adds its network interfaces
    void AddNics(const Maker& maker, std::size_t network);
    /// @param maker finds lines @param network index of a network; adds its switches
    void AddSwitches(const Maker& maker, std::size_t network);
    /// @param maker finds lines @param network index of a network; adds its circuit switches
    void AddCircuits(const Maker& maker, std::size_t network);
    /// @param network the network @param index its index; finds out where its modules stand
    void PlaceModules(const FabricNetwork& network, uint32_t index);
    /// @param maker finds lines; adds what hosts have that is not in the graph
    void AddBesides(const Maker& maker);

    const FabricFaultTargets& m_targets;                ///< components
    std::vector<Piece> m_pieces;                        ///< all pieces
    std::map<const FabricNode*, NodeParts> m_atNode;    ///< what there is at each node
    std::map<const FabricNode*, uint32_t> m_hostOfNode; ///< number of the host it is in
    std::vector<std::vector<std::size_t>> m_besides;    ///< pieces not in the graph, by host
    std::vector<std::optional<std::size_t>> m_circuits; ///< pieces, by number of the OCS
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_DOWN_PARTS_H */
