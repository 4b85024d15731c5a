/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRANSCEIVER_SPEC_H
#define OPTICAL_FABRIC_TRANSCEIVER_SPEC_H

#include "ns3/modulation.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Where a transceiver cleans up the electrical signal.
struct Retiming
{
    /// The architectures.
    enum Kind : uint8_t
    {
        DSP, ///< both directions retimed by a signal processor in the module
        LRO, ///< linear receive optics: only the transmit direction is retimed
        LPO, ///< linear pluggable optics: neither; the host's SerDes does it all
        CPO  ///< co-packaged with the switch chip: neither, over millimeters of trace
    };
};

/// @ingroup optical-fabric
/// @brief How lanes use fibres.
struct WavelengthPlan
{
    /// The plans.
    enum Kind : uint8_t
    {
        PARALLEL,     ///< a fibre per lane and direction
        WDM,          ///< lanes of a direction share a fibre, each at its wavelength
        BIDIRECTIONAL ///< a fibre per lane, which carries it both ways (400GBASE-SR4.2)
    };
};

/**
 * @ingroup optical-fabric
 * @brief The transmitter of one lane, at beginning of life and reference temperature.
 */
struct TransmitterSpec
{
    /// Launched outer optical modulation amplitude, typical, dBm, -100 to 40.
    double omaDbm{0};
    /// The least the standard or datasheet allows, dBm, at most omaDbm.
    double omaMinDbm{0};
    /// Transmitter and dispersion eye closure, typical, dB, 0 to 10.
    double tdecqDb{0};
    /// The most allowed, dB, from tdecqDb to 10.
    double tdecqMaxDb{0};
    /// The least allowed difference of launched OMA and TDECQ, dBm, at most the typical one.
    double omaMinusTdecqMinDbm{0};
    /// Chromatic dispersion that TDECQ is measured with and so includes, without sign, ps/nm, at
    /// least 0: that of the standard's worst channel. What a path has beyond it costs extra.
    double tdecqDispersionPsPerNm{0};
    /// Bandwidth of the fibre that TDECQ is measured with and so includes, -3 dB optical, GHz,
    /// above 0: that of the standard's worst multimode channel; infinity for none. What a path has
    /// below it costs extra.
    double tdecqBandwidthGHz{std::numeric_limits<double>::infinity()};
    /// Outer extinction ratio, dB, above 0, at most 40.
    double extinctionRatioDb{0};
    /// Relative intensity noise as RIN_xOMA of IEEE Std 802.3, 52.9.6, typical, dB/Hz, below 0: the
    /// noise at average power relative to (OMA / 2)^2.
    double rinDbPerHz{0};
    /// The most of it that is allowed, dB/Hz, at least rinDbPerHz, below 0; 0: not stated.
    double rinMaxDbPerHz{0};
    /// Root-mean-square width of the unmodulated spectrum, nm, 0 to 10; 0: a narrow line. A wide
    /// one, as multimode lasers have it, beats with its own reflections over more than the receiver
    /// hears.
    double spectralWidthNm{0};
    /// Lines of equal power that the spectrum consists of, at least 1, far enough apart that each
    /// beats with its own reflection alone; of reflections that find their mode in part only, more.
    /// 0: a continuous spectrum.
    double effectiveModes{0};
    /// Reflectance of the transmitter, seen from the fibre, dB, below 0.
    double reflectanceDb{0};
};

/**
 * @ingroup optical-fabric
 * @brief The receiver of one lane.
 */
struct ReceiverSpec
{
    /// Sensitivity with an ideal transmitter (eye closure 0), outer OMA, typical, dBm, -100 to 40.
    double sensitivityOmaDbm{0};
    /// The worst allowed for an ideal transmitter, dBm, from sensitivityOmaDbm to 40: the
    /// standard's line "SECQ - x" at SECQ 0.
    double sensitivityOmaMaxDbm{0};
    /// Bit error ratio before FEC that sensitivity is stated for, above 0, at most 0.1.
    double sensitivityBer{2.4e-4};
    /// Reflectance of the receiver, seen from the fibre, dB, below 0.
    double reflectanceDb{0};
    /// Strongest signal it takes, outer OMA, dBm, from sensitivityOmaMaxDbm to 40.
    double overloadOmaDbm{0};
};

/**
 * @ingroup optical-fabric
 * @brief What a module draws: by state, load and temperature.
 */
struct ModulePowerSpec
{
    double offW{0};            ///< plugged in, held in low-power mode, W, at least 0
    double idleW{0};           ///< lasers and signal processing on, no traffic, W, at least offW
    double activeW{0};         ///< at full rate, W, from idleW to 1000
    double referenceCaseC{55}; ///< case temperature these are for, degrees Celsius, -40 to 125
    /// Rise with case temperature while lasers are on, W per degree, 0 to 10.
    double temperatureWPerC{0};
};

/**
 * @ingroup optical-fabric
 * @brief How a laser ages: its bias current rises to hold the power; at the limit the power falls.
 *
 * bias(t) = biasMa (1 + driftPerKh t AF(T)), t in thousand hours of operation, with the Arrhenius
 * factor AF relative to referenceCaseC; what the limit does not allow is missing in launched power.
 * Light is taken as proportional to current at any age: wear lowers the slope, and the threshold
 * current, of which data sheets say nothing, counts for nothing. A laser whose threshold rises
 * instead loses more once it is at the limit.
 */
struct LaserAgeingSpec
{
    double biasMa{0};          ///< bias current at beginning of life, mA, above 0
    double biasLimitMa{0};     ///< most the driver gives, mA, above biasMa, at most 10000
    double driftPerKh{0};      ///< relative rise of the current in 1000 h, 0 to 10
    double activationEv{0};    ///< activation energy of the rise, eV, 0 to 5
    double referenceCaseC{55}; ///< case temperature of the drift, degrees Celsius, -40 to 125
};

/**
 * @ingroup optical-fabric
 * @brief How parts of one type differ when they are made: standard deviations of normal spreads.
 */
struct ManufacturingSpread
{
    double omaDb{0};         ///< of the launched OMA, dB, 0 to 10
    double tdecqDb{0};       ///< of the eye closure, dB, 0 to 10
    double sensitivityDb{0}; ///< of the sensitivity, dB, 0 to 10
};

/**
 * @ingroup optical-fabric
 * @brief A type of transceiver module. Values come from the catalog, with unit and source.
 */
struct TransceiverSpec
{
    std::string name;                              ///< as in the catalog, not empty
    std::string formFactor;                        ///< for example "OSFP"
    Retiming::Kind retiming{Retiming::DSP};        ///< architecture
    uint32_t lanes{0};                             ///< optical lanes a direction, 1 to 64
    Modulation::Kind modulation{Modulation::PAM4}; ///< of each lane
    double baudGBd{0}; ///< symbols of a lane, GBd, above 0, at most 1000
    /// Rate on the line, FEC aside, over that of frames, by the line code that the symbol rate
    /// leaves room for, 1 to 2: 257/256 for 256B/257B of Ethernet.
    double lineCodeOverhead{1};
    WavelengthPlan::Kind plan{WavelengthPlan::PARALLEL}; ///< how lanes use fibres
    /// Wavelengths, nm, 400 to 2000: one for all lanes or one each. With WDM those of one fibre,
    /// all different, two or more; lanes are a multiple of them, and each fibre pair carries as
    /// many, in order (2xFR4: eight lanes, four wavelengths, two fibre pairs).
    std::vector<double> wavelengthsNm;
    TransmitterSpec transmitter; ///< of each lane
    ReceiverSpec receiver;       ///< of each lane
    double latencyS{0};          ///< signal path through one module, one direction, s, 0 to 0.001
    ModulePowerSpec power;       ///< what it draws
    LaserAgeingSpec ageing;      ///< how its lasers age
    ManufacturingSpread spread;  ///< how modules of the type differ

    /// @return rate of a lane on the line, with FEC overhead, bit/s
    double GetLaneRateBps() const;
    /**
     * @param fecOverhead line rate over data rate of the FEC code, at least 1
     * @return rate that a lane gives for frames, bit/s
     */
    double GetLaneDataRateBps(double fecOverhead) const;
    /// @return rate of all lanes on the line, bit/s
    double GetLineRateBps() const;
    /**
     * @param lane lane number, below lanes; throws std::invalid_argument otherwise, and if there
     *             are no wavelengths
     * @return its wavelength, nm
     */
    double GetWavelengthNm(uint32_t lane) const;
    /// @return fibres that carry both directions: PARALLEL two per lane, BIDIRECTIONAL one, WDM two
    /// for as many lanes as there are wavelengths; throws std::invalid_argument if WDM has none
    uint32_t GetFibres() const;
    /**
     * Refuse what cannot be: throws std::invalid_argument naming the type, the field, its value,
     * and what is allowed.
     */
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief What a module draws in a state.
 */
struct ModuleState
{
    /// The states.
    enum Kind : uint8_t
    {
        OFF,   ///< low-power mode: no light
        IDLE,  ///< light, no traffic
        ACTIVE ///< traffic
    };
};

/**
 * @ingroup optical-fabric
 * Power of a module: idle, plus the rise to active by the share of its rate that is used, plus the
 * rise with case temperature, which may be a fall but not below offW. In low-power mode lasers and
 * signal processing are off, and temperature makes no difference.
 * @param spec what it draws
 * @param state state
 * @param load share of the full rate in use, 0 to 1; matters if ACTIVE
 * @param caseC case temperature, degrees Celsius, -40 to 125
 * @return power, W; throws std::invalid_argument if state, load or caseC is out of range
 */
double GetModulePowerW(const ModulePowerSpec& spec,
                       ModuleState::Kind state,
                       double load,
                       double caseC);

/**
 * @ingroup optical-fabric
 * @brief Boltzmann's constant over the elementary charge, eV/K, from the two exact values of the SI
 * (SI Brochure, 9th edition).
 */
constexpr double BOLTZMANN_EV_PER_K = 1.380649e-23 / 1.602176634e-19;

/**
 * @ingroup optical-fabric
 * Arrhenius acceleration: exp(Ea / k (1 / Tref - 1 / T)) (JEDEC JEP122, Telcordia GR-468-CORE).
 * @param activationEv activation energy, eV, at least 0
 * @param referenceC reference temperature, degrees Celsius, above -273.15
 * @param temperatureC temperature, degrees Celsius, above -273.15
 * @return factor by which it goes faster; 1 at the reference; throws std::invalid_argument if a
 *         parameter is out of range
 */
double GetArrheniusFactor(double activationEv, double referenceC, double temperatureC);

/**
 * @ingroup optical-fabric
 * @param spec how the laser ages
 * @param ageH time in operation, h, at least 0
 * @param caseC case temperature all that time, degrees Celsius, -40 to 125
 * @return bias current that holds the power, mA; may be above the limit; throws
 *         std::invalid_argument if ageH or caseC is out of range
 */
double GetBiasMa(const LaserAgeingSpec& spec, double ageH, double caseC);

/**
 * @ingroup optical-fabric
 * @param spec how the laser ages
 * @param ageH time in operation, h, at least 0
 * @param caseC case temperature all that time, degrees Celsius, -40 to 125
 * @return launched power lost because the driver is at its limit, dB, at least 0: the current that
 *         would hold the power over the limit; throws std::invalid_argument if ageH or caseC is out
 *         of range
 */
double GetAgeingLossDb(const LaserAgeingSpec& spec, double ageH, double caseC);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRANSCEIVER_SPEC_H */
