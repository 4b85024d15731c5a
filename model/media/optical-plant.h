/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICAL_PLANT_H
#define OPTICAL_FABRIC_OPTICAL_PLANT_H

#include "ns3/optical-medium.h"

#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The modules and media of one network.
 */
class OpticalPlant : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OpticalPlant();
    ~OpticalPlant() override;

    /**
     * @param number number of the module in its network, as FabricLink::GetModule has it
     * @param module the module
     */
    void AddModule(uint32_t number, Ptr<OpticalModule> module);
    /**
     * @param medium a medium that carries its link already
     */
    void AddMedium(Ptr<LinkMedium> medium);

    /// @return number of modules
    uint32_t GetNModules() const;
    /// @param number number of a module; aborts if there is none @return the module
    Ptr<OpticalModule> GetModule(uint32_t number) const;
    /// @return all media, in the order of their links
    const std::vector<Ptr<LinkMedium>>& GetMedia() const;
    /// @param link a link @return its medium; null if it has none here
    Ptr<LinkMedium> GetMedium(const Ptr<FabricLink>& link) const;

    /**
     * Have parts differ as they do when made, and put dirt on some connectors, if asked for; then
     * settle every medium.
     * Streams: one for modules, one for couplings, one for the choice of dirty connectors.
     * @param stream first random stream to use
     * @return streams used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    std::map<uint32_t, Ptr<OpticalModule>> m_modules;    ///< by number
    std::vector<Ptr<LinkMedium>> m_media;                ///< in the order of their links
    std::map<Ptr<FabricLink>, Ptr<LinkMedium>> m_byLink; ///< by link
    bool m_spread;                                       ///< parts differ
    double m_contaminatedFraction;                       ///< share of connectors with dirt on them
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICAL_PLANT_H */
