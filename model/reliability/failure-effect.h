/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAILURE_EFFECT_H
#define OPTICAL_FABRIC_FAILURE_EFFECT_H

#include "ns3/component-kind.h"
#include "ns3/fault-time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a fault does to a component, as data that a fabric applies. Which fields matter, the
 * kind says; the others stay at their defaults.
 */
struct FailureEffect
{
    /// What it does.
    enum Kind : uint8_t
    {
        COMPONENT_DOWN, ///< the component does nothing: all that needs it is down
        LINK_DOWN,      ///< the links through it carry nothing, itself it works
        LANES_LOST,     ///< some of its lanes are dark
        EXTRA_LOSS,     ///< light through it is weaker
        FRAME_LOSS,     ///< some frames vanish without a trace
        CORRUPTION,     ///< some frames arrive damaged, and are noticed to be
        EXTRA_DELAY,    ///< frames take longer
        RATE_REDUCED,   ///< part of the rate is taken by something else: congestion
        FLAP_BURST      ///< the links through it go down and up some times, and then are well
    };

    static constexpr uint8_t COUNT = FLAP_BURST + 1; ///< how many there are

    Kind kind{COMPONENT_DOWN}; ///< what it does
    uint32_t lanes{0};         ///< LANES_LOST: how many, 1 to 64
    double lossDb{0};          ///< EXTRA_LOSS: by how much, dB, above 0, at most 100
    /// FRAME_LOSS, CORRUPTION: share of frames, above 0, at most 1; RATE_REDUCED: share of the rate
    /// that is gone, above 0, below 1
    double share{0};
    FaultTime delay;    ///< EXTRA_DELAY: by how much, above 0, at most 1 s
    uint32_t cycles{0}; ///< FLAP_BURST: how often the links go down, 1 to 1000000
    FaultTime down;     ///< FLAP_BURST: how long they are down each time, above 0, at most 1 d
    FaultTime up;       ///< FLAP_BURST: how long they are up after it, above 0, at most 1 d

    /// @return how long a FLAP_BURST takes; 0 for any other
    FaultTime GetBurstLength() const;
    /**
     * @param target kind of component
     * @throw std::invalid_argument if it cannot happen to such a component, or if a field that
     *        matters is out of range; the message has field, value and what is allowed
     */
    void Validate(ComponentKind::Kind target) const;
    /// @return it in words, as ReadFailureEffect takes it, for example "flap-burst cycles=3 down=1s
    /// up=10s"
    std::string Write() const;

    /**
     * @param other another effect
     * @return whether both are the same
     */
    bool operator==(const FailureEffect& other) const;
};

/**
 * @ingroup optical-fabric
 * @param kind kind of effect
 * @return its name in files, for example "lanes-lost"
 */
std::string GetName(FailureEffect::Kind kind);

/// @ingroup optical-fabric
/// @return the names of all kinds of effects, in their order
std::vector<std::string> GetFailureEffectNames();

/**
 * @ingroup optical-fabric
 * @brief Read an effect: its name, then a value for each field that matters.
 *
 * down; link-down; lanes-lost lanes=2; extra-loss dB=3; frame-loss share=0.001; corruption
 * share=0.001; extra-delay delay=200ns; rate-reduced share=0.5; flap-burst cycles=3 down=1s up=10s.
 *
 * @param text the effect
 * @return it
 * @throw std::invalid_argument with what is wrong and what is allowed; ranges are left to Validate
 */
FailureEffect ReadFailureEffect(const std::string& text);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAILURE_EFFECT_H */
