/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_LEDGER_H
#define OPTICAL_FABRIC_ENERGY_LEDGER_H

#include "ns3/energy-meter.h"
#include "ns3/part-class.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Power and energy of many items, summed up by class and by rack.
 *
 * A change of power costs one item's integral. Sums are made when they are asked for, item by item,
 * so that they never drift from the items.
 */
class EnergyLedger
{
  public:
    /// @brief An item of the ledger.
    using Item = std::size_t;

    /**
     * @param part what it is; throws std::invalid_argument if it is no class
     * @param rack where it stands; may be empty
     * @return the new item: 0 W from time 0 on
     */
    Item AddItem(PartClass::Kind part, const std::string& rack);
    /// @return how many items there are
    std::size_t GetItems() const;
    /**
     * @param item an item; throws std::invalid_argument if there is none
     * @param atPs time, ps, not before that of the item's last change; throws std::invalid_argument
     *             otherwise
     * @param powerW power from then on, W, at least 0; throws std::invalid_argument otherwise
     */
    void SetPower(Item item, uint64_t atPs, double powerW);
    /**
     * @param item an item; throws std::invalid_argument if there is none
     * @param atPs time, ps, not before that of the item's last change; throws std::invalid_argument
     *             otherwise
     * @param energyJ energy that comes at that time, J, at least 0; throws std::invalid_argument
     *                otherwise
     */
    void AddEnergy(Item item, uint64_t atPs, double energyJ);
    /**
     * @param item an item; throws std::invalid_argument if there is none
     * @return its meter
     */
    const EnergyMeter& GetMeter(Item item) const;

    /// @return power of all items since their last changes, W
    double GetPowerW() const;
    /**
     * @param part a class; throws std::invalid_argument if it is none
     * @return power of its items, W
     */
    double GetPowerW(PartClass::Kind part) const;
    /**
     * @param rack a rack; throws std::invalid_argument if no item stands there
     * @return power of its items, W
     */
    double GetPowerW(const std::string& rack) const;

    /**
     * @param atPs time, ps, not before that of any item's last change; throws std::invalid_argument
     *             otherwise
     * @return energy of all items from time 0 to then, J
     */
    double GetEnergyJ(uint64_t atPs) const;
    /**
     * @param part a class; throws std::invalid_argument if it is none
     * @param atPs time, ps, as above, for its items
     * @return energy of its items, J
     */
    double GetEnergyJ(PartClass::Kind part, uint64_t atPs) const;
    /**
     * @param rack a rack; throws std::invalid_argument if no item stands there
     * @param atPs time, ps, as above, for its items
     * @return energy of its items, J
     */
    double GetEnergyJ(const std::string& rack, uint64_t atPs) const;

    /// @return the racks, in alphabetical order
    std::vector<std::string> GetRacks() const;

  private:
    /// Numbers of items.
    using Group = std::vector<Item>;

    /**
     * @param part a class
     * @return its items
     */
    const Group& GetGroup(PartClass::Kind part) const;
    /**
     * @param rack a rack
     * @return its items
     */
    const Group& GetGroup(const std::string& rack) const;
    /**
     * @param group items
     * @return their power, W
     */
    double SumPowerW(const Group& group) const;
    /**
     * @param group items
     * @param atPs time, ps
     * @return their energy, J
     */
    double SumEnergyJ(const Group& group, uint64_t atPs) const;

    std::vector<EnergyMeter> m_meters;             ///< by item
    std::array<Group, PartClass::COUNT> m_byClass; ///< items of each class
    std::map<std::string, Group> m_byRack;         ///< items of each rack
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_LEDGER_H */
