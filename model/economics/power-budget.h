/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_POWER_BUDGET_H
#define OPTICAL_FABRIC_POWER_BUDGET_H

#include "ns3/bill-of-materials.h"
#include "ns3/circuit-switch-spec.h"
#include "ns3/component-spec.h"
#include "ns3/power-spec.h"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What is known of the power of a type of part.
 */
struct BookedPower
{
    PartPowerSpec power; ///< what one draws
    /// True if that is at the socket, with fans and supplies of its own; false if those come on
    /// top.
    bool isAtSocket{false};
};

/**
 * @ingroup optical-fabric
 * @brief What each type of part draws: the catalog, as far as a bill of materials needs it.
 */
class PowerBook
{
  public:
    /**
     * @param part class
     * @param type name of the type, not empty; throws std::invalid_argument otherwise
     * @param booked what one draws; throws std::invalid_argument if it cannot be. It replaces what
     *               was there.
     */
    void Set(PartClass::Kind part, const std::string& type, const BookedPower& booked);
    /// @param spec an accelerator
    void Set(const AcceleratorSpec& spec);
    /// @param spec a packet switch
    void Set(const SwitchSpec& spec);
    /// @param spec an optical circuit switch: at the socket, and the same whatever it does but off
    void Set(const CircuitSwitchSpec& spec);
    /// @param spec a type of optical module
    void Set(const TransceiverSpec& spec);
    /**
     * @param part class
     * @param spec a part of it
     */
    void Set(PartClass::Kind part, const PoweredPartSpec& spec);
    /**
     * @param part class
     * @param type name of the type
     * @return what one draws; throws std::invalid_argument if there is none of that name
     */
    const BookedPower& Get(PartClass::Kind part, const std::string& type) const;

  private:
    std::map<std::pair<PartClass::Kind, std::string>, BookedPower> m_booked; ///< by class and type
};

/// @ingroup optical-fabric
/// @brief State and load of all parts of a class.
struct Duty
{
    PowerState::Kind state{PowerState::ACTIVE}; ///< state
    double load{1};                             ///< share of the full load, 0 to 1
};

/// @ingroup optical-fabric
/// @brief State and load of each class; by default all at full load.
using Duties = std::array<Duty, PartClass::COUNT>;

/**
 * @ingroup optical-fabric
 * @brief Power of one line of a bill of materials.
 */
struct PowerLine
{
    BillLine line;    ///< the line
    double unitW{0};  ///< what one part draws, W
    double partsW{0}; ///< what all of them draw, W
    double inputW{0}; ///< the same at the socket, with fans and supplies, W
};

/**
 * @ingroup optical-fabric
 * @brief Power of a system, line by line and in sum.
 *
 * inputW of a line is its partsW where the book has them at the socket; elsewhere fans and supplies
 * of the chain come on top. facilityW is the sum of all inputW times the PUE.
 */
struct PowerBudget
{
    std::vector<PowerLine> lines; ///< in the order of the bill
    double partsW{0};             ///< what the parts draw, W
    double inputW{0};             ///< what the IT equipment takes from the socket, W
    double facilityW{0};          ///< what the building takes from the grid for it, W

    /**
     * @param part a class
     * @return power of its parts at the socket, W
     */
    double GetInputW(PartClass::Kind part) const;
    /**
     * @param network a network
     * @return power at the socket of the parts that serve it, W
     */
    double GetNetworkInputW(const std::string& network) const;
    /**
     * @param network a network
     * @return power of the parts that serve it, without fans and supplies, W
     */
    double GetNetworkPartsW(const std::string& network) const;
    /**
     * @param rack a rack
     * @return power of its parts at the socket, W
     */
    double GetRackInputW(const std::string& rack) const;
    /**
     * @return rows of a table: a header, then class, type, network, rack, count and powers, W, of
     *         each line, and the sums
     */
    std::vector<std::vector<std::string>> GetRows() const;
};

/**
 * @ingroup optical-fabric
 * Power of all that a bill lists.
 * @param bill what there is
 * @param book what each type draws; throws std::invalid_argument if a type of the bill is not in it
 * @param duties what each class does; throws std::invalid_argument if a load is out of range
 * @param chain fans, supplies and building; throws std::invalid_argument if it cannot be
 * @return the power
 */
PowerBudget GetPowerBudget(const BillOfMaterials& bill,
                           const PowerBook& book,
                           const Duties& duties,
                           const PowerChain& chain);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_POWER_BUDGET_H */
