/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_NVL72_HELPER_H
#define OPTICAL_FABRIC_NVL72_HELPER_H

#include "ns3/fabric-helper.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Builds the scale-up network of a NVIDIA GB200 NVL72 ("nvlink"): all copper, one tier.
 *
 * Every GPU has LinksPerChip NVLinks to every switch chip. With the defaults that is one NVLink 5
 * to each of 18 chips in 9 trays: 1,296 links of two lanes a direction, or 5,184 lanes, which is
 * the number that NVIDIA gives for the cable cartridge; 900 GB/s a direction and GPU. Counts and
 * rate are NVIDIA's; latencies are not published, see the attributes.
 *
 * Endpoints: all GPUs by compute tray and number. Names: tray3/gpu2, switch-tray4/chip1.
 *
 * For the bill of materials all stands in one rack, "rack"; a cable is a pair, a lane of one
 * direction. CPUs and what else is in trays are no part of the network and so of no graph: they are
 * attributes.
 *
 * Create it with CreateObject: attributes of an object on the stack have no defaults.
 */
class Nvl72Helper : public FabricHelper
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Nvl72Helper();
    ~Nvl72Helper() override;

    std::vector<std::string> GetNetworkNames() const override;
    void Validate() const override;

  protected:
    void DoBuild(BuiltFabric& fabric) const override;
    FabricParts ListParts(const BuiltFabric& fabric) const override;

  private:
    uint32_t m_trays;          ///< compute trays
    uint32_t m_gpusPerTray;    ///< GPUs of a compute tray
    uint32_t m_switchTrays;    ///< switch trays
    uint32_t m_chipsPerTray;   ///< switch chips of a switch tray
    uint32_t m_linksPerChip;   ///< links from a GPU to a chip
    uint32_t m_lanesPerLink;   ///< lanes of each direction of a link
    DataRate m_linkRate;       ///< rate of each direction of a link
    double m_cableLengthM;     ///< copper from a GPU to a switch chip, m
    double m_cableDelayNsPerM; ///< propagation in it, ns/m
    Time m_phyLatency;         ///< FEC and signal processing
    Time m_switchLatency;      ///< switch chip
    Time m_departureLatency;   ///< memory to wire
    Time m_arrivalLatency;     ///< wire to memory

    std::string m_accelerator;    ///< type of the GPUs
    std::string m_processor;      ///< type of the CPUs
    uint32_t m_processorsPerTray; ///< CPUs of a compute tray
    std::string m_enclosure;      ///< what else is in a compute tray; empty: nothing
    std::string m_switchChip;     ///< type of the switch chips
    std::string m_copperCable;    ///< type of the copper
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_NVL72_HELPER_H */
