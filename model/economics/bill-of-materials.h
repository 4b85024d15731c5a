/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BILL_OF_MATERIALS_H
#define OPTICAL_FABRIC_BILL_OF_MATERIALS_H

#include "ns3/part-class.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Parts of one type that serve the same network and stand in the same rack.
 */
struct BillLine
{
    PartClass::Kind part{PartClass::ACCELERATOR}; ///< class
    std::string type;                             ///< name in the catalog, not empty
    std::string network; ///< network they serve, for example "ub"; empty: none
    std::string rack;    ///< rack they stand in; empty: not said
    uint64_t count{0};   ///< how many, at least 1
};

/**
 * @ingroup optical-fabric
 * @brief What a system consists of: how many parts of each type, by network and rack.
 */
class BillOfMaterials
{
  public:
    /**
     * Add parts. Those that agree with a line in all but the count are added to it.
     * @param line what to add; throws std::invalid_argument if it has no type or no class, if its
     *             count is 0, or if the line's count would pass the end of 64 bits
     */
    void Add(const BillLine& line);
    /**
     * @param other lines to add
     */
    void Add(const BillOfMaterials& other);

    /// @return the lines, by class, type, network and rack
    const std::vector<BillLine>& GetLines() const;
    /**
     * @param part a class
     * @return parts of the class
     */
    uint64_t GetCount(PartClass::Kind part) const;
    /**
     * @param part a class
     * @param network a network
     * @return parts of the class that serve the network
     */
    uint64_t GetCount(PartClass::Kind part, const std::string& network) const;
    /**
     * @param part a class
     * @param type a type
     * @return parts of the class and the type
     */
    uint64_t GetCountOfType(PartClass::Kind part, const std::string& type) const;
    /**
     * @return the same with one line for parts that differ only in their racks: what a price list
     *         needs
     */
    BillOfMaterials WithoutRacks() const;
    /**
     * @return rows of a table: a header, then class, type, network, rack and count of each line
     */
    std::vector<std::vector<std::string>> GetRows() const;
    /// @param os where to print GetRows, in columns
    void Print(std::ostream& os) const;

  private:
    std::vector<BillLine> m_lines; ///< lines in their order
};

/**
 * @ingroup optical-fabric
 * @brief Print rows in columns, numbers to the right.
 * @param os where to
 * @param rows rows, the first of which is the header; each as long as it
 */
void PrintRows(std::ostream& os, const std::vector<std::vector<std::string>>& rows);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_BILL_OF_MATERIALS_H */
