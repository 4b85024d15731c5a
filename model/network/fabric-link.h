/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_LINK_H
#define OPTICAL_FABRIC_FABRIC_LINK_H

#include "ns3/callback.h"
#include "ns3/channel.h"
#include "ns3/fabric-port.h"
#include "ns3/link-impairment.h"
#include "ns3/link-retry.h"
#include "ns3/link-state.h"
#include "ns3/traced-callback.h"

#include <array>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A link: two ends, each direction with a state of its own.
 *
 * Attributes set both directions; SetState sets one. That is the state underneath, which belongs to
 * the medium or to whoever sets attributes. An impairment (SetImpairment), which belongs to whoever
 * injects faults, comes on top, and so does a share of the rate (SetRateShare), which belongs to
 * whoever saves power; the link alone puts them together, and what it makes of them is in force.
 * Changes take effect at once, on what is sent
 * from then on; what becomes of a frame that is damaged is drawn when it is sent. Going down also
 * destroys what is on the wire. Routing hears of that later, as its detection and convergence
 * delays have it.
 */
class FabricLink : public Channel
{
  public:
    /// What a link is made of.
    struct Medium
    {
        /// The media.
        enum Kind : uint8_t
        {
            BOARD,  ///< traces on a board or backplane
            COPPER, ///< passive cable
            OPTICAL ///< fibre between two transceivers
        };
    };

    static constexpr uint32_t NO_MODULE = UINT32_MAX; ///< no transceiver module at that end
    static constexpr double MAX_BACKGROUND = 0.9999;  ///< something is always left for packets

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FabricLink();
    ~FabricLink() override;

    /// Signature of the State trace source: direction (0 or 1) and its new state.
    typedef void (*StateTracedCallback)(uint32_t direction, const LinkState& state);

    /// What is told when the link comes up or goes down.
    using UpChanged = Callback<void, Ptr<FabricLink>>;

    /**
     * @param a port of end 0
     * @param b port of end 1
     */
    void Attach(Ptr<FabricPort> a, Ptr<FabricPort> b);

    /**
     * Hand the state to both ends, once their nodes are complete.
     * @param changed told of every later change of up or down
     */
    void Configure(UpChanged changed);

    /**
     * @param direction 0: from end 0 to end 1; 1: the other
     * @param state its state; aborts if out of LinkState's ranges. Up is that of the whole link.
     */
    void SetState(uint32_t direction, const LinkState& state);

    /**
     * @param direction 0: from end 0 to end 1; 1: the other
     * @return its state as it is in force: with the impairment
     */
    const LinkState& GetState(uint32_t direction) const;
    /**
     * @param direction 0: from end 0 to end 1; 1: the other
     * @return its state as SetState and the attributes have it: without the impairment
     */
    const LinkState& GetBaseState(uint32_t direction) const;

    /**
     * Others than packets use the link, flows for example: packets sent from now on have what is
     * left. It is no state of the link: nobody is told of it.
     * @param direction 0: from end 0 to end 1; 1: the other
     * @param share part of the direction's time that the others take, 0 to MAX_BACKGROUND; aborts
     *        if it is out of that range
     */
    void SetBackground(uint32_t direction, double share);

    /**
     * @param direction 0: from end 0 to end 1; 1: the other
     * @return part of its time that others than packets take
     */
    double GetBackground(uint32_t direction) const;

    /**
     * Put something wrong with the link on top of its state, in the place of what there was. The
     * rate does not fall below 1 Gb/s by it, the propagation does not rise above 1 ms. Nothing is
     * told to anybody if it is the same as before.
     * @param impairment what is wrong; aborts if out of LinkImpairment's ranges
     */
    void SetImpairment(const LinkImpairment& impairment);
    /// @return what is wrong with the link
    const LinkImpairment& GetImpairment() const;

    /**
     * Run at a share of the rate that the link would have otherwise, in both directions: with an
     * impairment, at that share of what it leaves. The rate does not fall below 1 Gb/s by it.
     * Nothing is told to anybody if it is the same as before.
     * @param share the share, above 0, at most 1; aborts otherwise
     */
    void SetRateShare(double share);
    /// @return share of its rate that the link runs at, above 0, at most 1
    double GetRateShare() const;
    /**
     * @param direction 0: from end 0 to end 1; 1: the other
     * @return rate that it would have at a share of 1: with the impairment
     */
    DataRate GetFullRate(uint32_t direction) const;

    /// @param up bring the link up, or take it down; while an impairment has it down, it stays down
    void SetUp(bool up);
    /// @return true if up, which it is not while an impairment has it down
    bool IsUp() const;

    /// @return how damaged frames are repeated
    RetryRule GetRetryRule() const;

    /// @return what it is made of
    Medium::Kind GetMedium() const;
    /// @return lanes that each direction was made with
    uint32_t GetLanes() const;

    /**
     * @param end 0 or 1
     * @param module number of the transceiver module there; several links may share one
     */
    void SetModule(uint32_t end, uint32_t module);
    /**
     * @param end 0 or 1
     * @return number of the transceiver module there, or NO_MODULE
     */
    uint32_t GetModule(uint32_t end) const;

    /**
     * @param end 0 or 1
     * @return the port there
     */
    Ptr<FabricPort> GetPort(uint32_t end) const;

    std::size_t GetNDevices() const override;
    Ptr<NetDevice> GetDevice(std::size_t i) const override;

  protected:
    void DoDispose() override;

  private:
    /// @param rate rate of both directions
    void SetRate(DataRate rate);
    /// @return rate of direction 0
    DataRate GetRate() const;
    /// @param delay propagation of both directions
    void SetDelay(Time delay);
    /// @return propagation of direction 0
    Time GetDelay() const;
    /// @param latency FEC and signal processing of both directions
    void SetPhyLatency(Time latency);
    /// @return FEC and signal processing of direction 0
    Time GetPhyLatency() const;
    /// @param ratio share of damaged frames, both directions
    void SetFrameErrorRatio(double ratio);
    /// @return share of damaged frames, direction 0
    double GetFrameErrorRatio() const;
    /**
     * @param bytes replay buffer of each direction; 0: no limit
     * @return false if it is refused: the ends are there, and a full frame is larger
     */
    bool SetReplayBuffer(uint32_t bytes);
    /// @return replay buffer of each direction, bytes; 0: no limit
    uint32_t GetReplayBuffer() const;
    /// Find the states in force anew, but for up.
    void Combine();
    /// Find out whether the link is up, and tell if that has changed.
    void ApplyUp();
    /// Hand the state to both ends, if they are there.
    void Apply();
    /// Do so, and tell of it: an attribute was set.
    void Change();

    std::array<LinkState, 2> m_base;                         ///< by direction, unimpaired
    std::array<LinkState, 2> m_states;                       ///< by direction, in force
    LinkImpairment m_impairment;                             ///< what is wrong
    double m_rateShare{1};                                   ///< share of the rate it runs at
    bool m_baseUp{true};                                     ///< up, but for the impairment
    std::array<double, 2> m_backgrounds{{0, 0}};             ///< share of others, by direction
    std::array<Ptr<FabricPort>, 2> m_ports;                  ///< by end
    std::array<uint32_t, 2> m_modules;                       ///< transceiver modules by end
    bool m_up{true};                                         ///< up, in force
    bool m_configured{false};                                ///< the ends know the state
    Medium::Kind m_medium{Medium::OPTICAL};                  ///< what it is made of
    uint32_t m_lanes{4};                                     ///< of each direction
    bool m_retryEnabled{true};                               ///< repeat damaged frames
    RetryMode::Kind m_retryMode{RetryMode::GO_BACK_N};       ///< what is sent again
    uint32_t m_maxRepeats{16};                               ///< repeats before retraining
    uint32_t m_maxRetrains{16};                              ///< retrainings before giving up
    uint32_t m_replayBytes{0};                               ///< replay buffer; 0: no limit
    Time m_retryTurnaround;                                  ///< from damage to request
    Time m_retryTimeout;                                     ///< sender's patience; 0: default
    Time m_retrainTime;                                      ///< time of a retraining
    UpChanged m_changed;                                     ///< told of up and down
    TracedCallback<uint32_t, const LinkState&> m_stateTrace; ///< state changes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_LINK_H */
