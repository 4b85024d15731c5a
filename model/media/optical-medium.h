/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICAL_MEDIUM_H
#define OPTICAL_FABRIC_OPTICAL_MEDIUM_H

#include "ns3/fec-code.h"
#include "ns3/light-path.h"
#include "ns3/link-budget.h"
#include "ns3/link-medium.h"
#include "ns3/optical-module.h"

#include <array>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A part of the way from module to module: a length of fibre, or something with a loss.
 *
 * Both directions, and all lanes, pass the same parts: a multi-fibre connector is one part.
 */
struct PathPart
{
    PathElement::Kind kind{PathElement::FIBRE};   ///< kind
    std::shared_ptr<const FibreSpec> fibre;       ///< type, of a FIBRE
    std::shared_ptr<const CouplingSpec> coupling; ///< type, of what else the catalog has
    double lengthM{0};                            ///< of a FIBRE, m
    bool contaminated{false};                     ///< dirt on it; cleaning removes that
    double extraLossDb{0};                        ///< further loss, dB, at least 0
    PathElement element;                          ///< of anything else: as it is
    std::vector<float> deviationDb; ///< loss by direction and lane less the typical, dB
};

/**
 * @ingroup optical-fabric
 * @brief Light between two modules, over some lanes of each, and FEC over it.
 *
 * For each lane and direction a budget gives the bit error ratio before FEC. FEC deals its symbols
 * out over the lanes in use (LaneRule says which those are), so all of them together decide about
 * the share of damaged frames.
 */
class OpticalMedium : public LinkMedium
{
  public:
    /// What happens to lanes that are dead or too noisy.
    enum LaneRule
    {
        ALL,          ///< all are needed: the link goes down with the first
        POWER_OF_TWO, ///< the largest power of two of the best lanes
        ANY           ///< as many as are good
    };

    /// Modules and lanes at one end.
    struct End
    {
        Ptr<OpticalModule> module; ///< the module
        uint32_t firstLane{0};     ///< first of its lanes that the link uses
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    OpticalMedium();
    ~OpticalMedium() override;

    /**
     * Put it between two modules of one type. Aborts if their types differ in what has to match
     * (modulation, rate, wavelengths), or they have not that many lanes.
     * @param a end 0
     * @param b end 1
     * @param lanes lanes that the link uses, each direction
     */
    void Join(const End& a, const End& b, uint32_t lanes);

    /**
     * @param rate rate for frames with all lanes in use; fewer have their share of it. Without this
     *             call it is that of the lanes less the overhead of FEC
     */
    void SetFullRate(DataRate rate);
    /// @return what the lanes give for frames, all in use, bit/s
    double GetPhysicalRateBps() const;

    /**
     * @param part next part of the way, from end 0 on
     */
    void AddPart(const PathPart& part);
    /// @return parts of the way
    uint32_t GetNParts() const;
    /// @param i part number @return the part
    const PathPart& GetPart(uint32_t i) const;

    /**
     * Make each coupling's loss differ from the typical one, as its type has it: a draw for each
     * direction and lane. Losses do not fall below 0.
     * @param normal standard normal
     */
    void Draw(const Ptr<NormalRandomVariable>& normal);

    /**
     * Choose connectors to have dirt on them. Does not update the link: Settle does.
     * @param uniform uniform over 0 to 1; one draw a connector
     * @param fraction share of connectors to choose
     */
    void Contaminate(const Ptr<UniformRandomVariable>& uniform, double fraction);
    /**
     * @param i part number
     * @param contaminated whether there is dirt on it
     */
    void SetContaminated(uint32_t i, bool contaminated);
    /**
     * @param i part number
     * @param extraLossDb further loss, dB, at least 0
     */
    void SetExtraLoss(uint32_t i, double extraLossDb);
    /**
     * Loss that was injected, wherever it is on the way, beside what the parts have; for whoever
     * injects faults. Without it, nothing is left of it.
     * @param lossDb loss of both directions and all lanes, dB, at least 0
     */
    void SetFaultLoss(double lossDb);
    /// @return loss that was injected, dB
    double GetFaultLoss() const;

    /// @param code code of the link; every medium has none at first
    void SetFec(const FecCode& code);
    /// @return code of the link
    const FecCode& GetFec() const;

    /**
     * @param end 0 or 1
     * @return modules and lanes there
     */
    const End& GetEnd(uint32_t end) const;
    /// @return lanes of the link, each direction, used or not
    uint32_t GetLanes() const;

    /**
     * @param direction 0: from end 0 to end 1
     * @param lane lane of the link
     * @return the budget of that lane; its margin is to TargetBer, or that of the code
     */
    LaneBudget GetBudget(uint32_t direction, uint32_t lane) const;

    MediumState Evaluate() const override;

  protected:
    void DoDispose() override;

  private:
    /// What there is to know of a lane, both directions.
    struct LaneQuality
    {
        uint32_t lane{0};                 ///< lane of the link
        std::array<double, 2> ber{};      ///< before FEC, by direction
        std::array<double, 2> marginDb{}; ///< by direction, dB

        /// @return the worse direction's bit error ratio
        double GetWorstBer() const;
    };

    /**
     * @param direction 0: from end 0 to end 1
     * @param lane lane of the link
     * @return what light passes
     */
    LightPath GetPath(uint32_t direction, uint32_t lane) const;
    /// @return lanes that work, the best first
    std::vector<LaneQuality> RateLanes() const;
    /// @return codewords that FEC deals symbols out to in turn
    uint32_t GetInterleaving() const;
    /**
     * @param used lanes in use
     * @return time that FEC and both modules take
     */
    double GetPhyLatencyS(uint32_t used) const;
    /**
     * @param used lanes in use
     * @return rate for frames, bit/s
     */
    double GetRateBps(uint32_t used) const;
    /**
     * @param lanes lanes that work, the best first
     * @param used how many of them are in use, at least 1
     * @param direction 0: from end 0 to end 1
     * @return share of damaged frames
     */
    double GetFrameErrorRatio(const std::vector<LaneQuality>& lanes,
                              uint32_t used,
                              uint32_t direction) const;
    /**
     * @param used lanes in use
     * @param frameErrorRatio share of damaged frames
     * @return what gets through by link-level retry that goes back to the damaged frame, bit/s
     */
    double GetGoodputBps(uint32_t used, double frameErrorRatio) const;
    /**
     * @param lanes lanes that work, the best first
     * @return how many of them to use; 0: the link cannot work
     */
    uint32_t ChooseWidth(const std::vector<LaneQuality>& lanes) const;

    std::array<End, 2> m_ends;     ///< modules
    uint32_t m_lanes{0};           ///< lanes of the link
    std::vector<PathPart> m_parts; ///< parts of the way
    double m_faultLossDb{0};       ///< loss that was injected, dB
    DataRate m_fullRate{0};        ///< for frames, all lanes in use; 0: what the lanes give
    FecCode m_fec;                 ///< code
    double m_codeTargetBer;        ///< that of the code
    uint32_t m_interleaving;       ///< codewords dealt out in turn; 0: as Ethernet has it
    double m_burstContinuation;    ///< of bit errors
    Time m_decodingLatency;        ///< of FEC, beyond accumulating the codewords
    uint32_t m_frameBytes;         ///< size of the frames that errors are stated for
    double m_targetBer;            ///< that margins are measured to; 0: that of the code
    LaneRule m_rule;               ///< what happens to bad lanes
    double m_shedFrameErrorRatio;  ///< a lane that would damage more frames is not used
    double m_downFrameErrorRatio;  ///< a link that would damage more frames is down
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICAL_MEDIUM_H */
