/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_BUDGET_H
#define OPTICAL_FABRIC_LINK_BUDGET_H

#include "ns3/light-path.h"
#include "ns3/transceiver-spec.h"

#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief One lane's transmitter, path and receiver, as they are now.
 */
struct LaneInput
{
    Modulation::Kind modulation{Modulation::PAM4}; ///< format
    double baudGBd{0};                             ///< symbol rate, GBd, above 0, at most 1000
    double omaDbm{0};                              ///< launched outer OMA, dBm, -1000 to 40
    double tdecqDb{0};           ///< eye closure of the transmitter (TDECQ), dB, -10 to 20
    double extinctionRatioDb{0}; ///< extinction ratio, dB, above 0, at most 40
    /// Relative intensity noise as RIN_xOMA of IEEE Std 802.3, 52.9.6, dB/Hz, below 0: the noise at
    /// average power relative to (OMA / 2)^2; minus infinity for none.
    double rinDbPerHz{0};
    /// TDECQ was measured with the laser's noise, as IEEE Std 802.3, 121.8.5 has it, and so
    /// includes what it costs at sensitivityBer. If not, the noise comes on top.
    bool tdecqIncludesRin{true};
    /// Chromatic dispersion TDECQ was measured with and so includes, without sign, ps/nm, 0 to 1e5.
    double tdecqDispersionPsPerNm{0};
    /// Bandwidth of the fibre that TDECQ was measured with and so includes, -3 dB optical, GHz,
    /// above 0; infinity for none.
    double tdecqBandwidthGHz{std::numeric_limits<double>::infinity()};
    double spectralWidthNm{0}; ///< RMS width of the unmodulated spectrum, nm, 0 to 10; 0: narrow
    /// Lines that the spectrum consists of (TransmitterSpec::effectiveModes), at least 1; 0:
    /// continuous.
    double effectiveModes{0};
    double transmitterReflectanceDb{-100}; ///< of the transmitter, dB, below 0; -100 and less: none
    double sensitivityOmaDbm{0};   ///< outer OMA an ideal signal needs for sensitivityBer, dBm
    double sensitivityBer{2.4e-4}; ///< bit error ratio of the sensitivity, above 0, at most 0.1
    double receiverReflectanceDb{-100}; ///< of the receiver, dB, below 0; -100 and less: none
    LightPath path;                     ///< what lies between
};

/**
 * @ingroup optical-fabric
 * @param sender type of the transmitting module
 * @param receiver type of the receiving module
 * @return a lane between typical ones, its path empty and of the default wavelength
 */
LaneInput MakeTypicalLane(const TransceiverSpec& sender, const TransceiverSpec& receiver);

/**
 * @ingroup optical-fabric
 * @brief A line of a printed budget.
 */
struct BudgetLine
{
    std::string name; ///< what
    double value{0};  ///< how much
    std::string unit; ///< dB, dBm; empty for a plain number
};

/**
 * @ingroup optical-fabric
 * @brief What one lane's budget comes to.
 *
 * Penalties are how much more OMA the target BER takes with an effect than without, in the order of
 * the members. They add up: requiredOmaDbm is the sensitivity at the target BER plus all of them,
 * and the margin is what is received beyond that. Where one is infinite, those after it are 0.
 */
struct LaneBudget
{
    double receivedOmaDbm{0};      ///< launched OMA less the path's loss, dBm
    double pathLossDb{0};          ///< loss of the path, dB
    double tdecqPenaltyDb{0};      ///< eye closure of the transmitter, dB
    double dispersionPenaltyDb{0}; ///< chromatic dispersion on this path beyond TDECQ, dB
    double bandwidthPenaltyDb{0};  ///< bandwidth of the fibre beyond TDECQ, dB
    /// Laser noise, at the target BER, beyond what TDECQ includes, dB. Below 0 if the target is
    /// above the sensitivity's BER, as noise then costs less than TDECQ says.
    double rinPenaltyDb{0};
    double mpiPenaltyDb{0};       ///< multipath interference, at the target BER, dB
    double mpiUpperBoundDb{0};    ///< the same by GetMpiUpperBoundDb; in no sum
    double fibreBandwidthGHz{0};  ///< bandwidth of the fibre, GHz; infinity if it has no limit
    double bandwidthClosureDb{0}; ///< closure by it, TDECQ's share included, dB; in no sum
    double requiredOmaDbm{0};     ///< OMA at the receiver that the target BER takes, dBm
    /// How much more loss in front of the receiver the lane takes until the target BER, dB;
    /// negative if it misses the target; minus infinity if no power is enough.
    double marginDb{0};
    double q{0};                   ///< Q, all noise together
    double ber{0};                 ///< bit error ratio before FEC
    std::vector<BudgetLine> lines; ///< the budget, line by line, from launch to margin
};

/**
 * @ingroup optical-fabric
 * Eye closure by chromatic dispersion in front of a direct-detection receiver.
 *
 * The small-signal response of intensity modulation without chirp, cos(pi lambda^2 D f^2 / c) (J.
 * Wang and K. Petermann, "Small signal analysis for dispersive optical fiber communication
 * systems", J. Lightwave Technol. 10(1), 96-100, 1992), at the Nyquist frequency, half the symbol
 * rate, where it is lowest; an equalizer that makes up for it raises noise instead, which is taken
 * to cost the same. Chirp, which makes the sign of D matter, is neglected.
 *
 * @param wavelengthNm wavelength, nm, above 0
 * @param baudGBd symbol rate, GBd, above 0
 * @param dispersionPsPerNm accumulated dispersion D, ps/nm, of either sign
 * @return closure, dB, at least 0; infinity where the response has reached 0 or gone beyond
 */
double GetDispersionClosureDb(double wavelengthNm, double baudGBd, double dispersionPsPerNm);

/**
 * @ingroup optical-fabric
 * Bandwidth of fibre that a laser with a wide spectrum lights, as multimode links have it.
 *
 * The link model of IEEE 802.3 (10 Gb/s Ethernet; D. G. Cunningham et al., IEEE P802.3z and
 * P802.3ae) has 1 / BW^2 = 1 / BW_m^2 + 1 / BW_c^2: BW_m, the effective modal bandwidth over the
 * length, and BW_c = 0.187 / (L sigma sqrt(D1^2 + D2^2)) of the delays that the RMS spectral width
 * sigma spreads over; D1 is the dispersion at the wavelength, D2 = 0.7 S0 sigma, S0 the slope at
 * zero dispersion.
 *
 * @param path what light passes
 * @param spectralWidthNm RMS width of the source's spectrum, nm, at least 0
 * @return bandwidth, -3 dB optical, GHz; infinity for a narrow line on single-mode fibre
 */
double GetFibreBandwidthGHz(const LightPath& path, double spectralWidthNm);

/**
 * @ingroup optical-fabric
 * Eye closure by the bandwidth of the fibre: its Gaussian response, 0.5^((f / BW)^2) of the link
 * model of IEEE 802.3, at the Nyquist frequency, half the symbol rate, for the reason that
 * GetDispersionClosureDb has.
 *
 * @param baudGBd symbol rate, GBd, above 0
 * @param bandwidthGHz bandwidth, -3 dB optical, GHz, above 0; infinity for no limit
 * @return closure, dB, at least 0
 */
double GetBandwidthClosureDb(double baudGBd, double bandwidthGHz);

/**
 * @ingroup optical-fabric
 * Bandwidth of noise that reaches the decision.
 *
 * That of the reference receiver, a fourth-order Bessel-Thomson filter of half the symbol rate for
 * PAM4 (IEEE Std 802.3, 121.8.5.1) and three quarters for NRZ (IEEE Std 802.3, 88.8.8), times
 * the filter's ratio of noise bandwidth to bandwidth, 1.0464 (from its polynomial). What an
 * equalizer adds is neglected.
 *
 * @param modulation format
 * @param baudGBd symbol rate, GBd, above 0
 * @return equivalent noise bandwidth, Hz
 */
double GetNoiseBandwidthHz(Modulation::Kind modulation, double baudGBd);

/**
 * @ingroup optical-fabric
 * Share of the beat noise between light and its late copy that a receiver hears.
 *
 * The copy is later than the coherence time, so the beat's spectrum is the autocorrelation of the
 * source's (J. L. Gimlett and N. K. Cheung, "Effects of phase-to-intensity noise conversion by
 * multiple reflections on gigabit-per-second DFB laser transmission systems", J. Lightwave Technol.
 * 7(6), 888-895, 1989). Of a Gaussian spectrum of RMS width s that is Gaussian with sqrt(2) s, of
 * which erf(B / 2s) lies within a bandwidth B. Of n lines of equal power that are farther apart
 * than B it is the beat of each with itself, 1/n; lines so close that they overlap are such a
 * Gaussian again, which is the least.
 *
 * @param bandwidthHz noise bandwidth of the receiver, Hz, above 0
 * @param wavelengthNm wavelength, nm, above 0
 * @param spectralWidthNm RMS width of the source's spectrum, nm, at least 0
 * @param modes lines that the spectrum consists of, at least 1; 0: continuous
 * @return share, above 0, at most 1
 */
double GetBeatNoiseShare(double bandwidthHz,
                         double wavelengthNm,
                         double spectralWidthNm,
                         double modes = 0);

/**
 * @ingroup optical-fabric
 * Upper bound of the penalty by multipath interference, as IEEE 802.3 task forces use it: all
 * detours carry the strongest level, in the same polarization and with phases that conspire, and
 * close the eye around the strongest level from either side: -10 log10(1 - 2 (P_max / OMA) S / h),
 * S the sum of relative field amplitudes, h half the distance between levels over the OMA. For PAM4
 * that is 1 - 12 S P_max / OMA. (Method: bhatt_01_0512_optx, IEEE P802.3bm, 2012. The
 * formula is derived here; it gives the figures quoted for the method in an e-mail to the reflector
 * of the IEEE 802.3 400 Gb/s study group, msg00229.)
 *
 * @param modulation format
 * @param extinctionRatioDb extinction ratio, dB, above 0
 * @param relativeField sum of field amplitudes relative to the signal's, at least 0
 * @return penalty, dB; infinity if the eye may close
 */
double GetMpiUpperBoundDb(Modulation::Kind modulation,
                          double extinctionRatioDb,
                          double relativeField);

/**
 * @ingroup optical-fabric
 * Reckon up one lane.
 *
 * Thermal noise dominates a receiver without amplifier, so its Q is proportional to the OMA (J.
 * Poon, OFC 2026 workshop on co-packaged optics for scale-up); laser noise and interference are
 * proportional to the signal and add as further Gaussian noise: 1/Q^2 is the sum of the parts'.
 * That is the penalty -5 log10(1 - (Q/Q_n)^2) of 10 Gb/s Ethernet's link model, in dB.
 *
 * All is taken at the eye around the strongest level, where noise that goes with the signal is
 * worst, as if all eyes were that one; levels are equally spaced and equally frequent:
 *
 * - Laser noise has the standard deviation OMA/2 sqrt(RIN B) at average power, by the definition of
 *   RIN_xOMA, and in proportion to power more at the strongest level.
 * - Interference has the variance 2 P_max P_avg r: the signal at the strongest level beats with
 *   detours whose levels and phases are random and independent, in the same polarization; r is
 *   MultipathInterference::relativePower. Few strong detours have a distribution with shorter tails
 *   than the Gaussian, which then says too much: an eye that is open otherwise loses no more than
 *   mpiUpperBoundDb.
 *
 * Both close eyes that are open by OMA less TDECQ, dispersion and bandwidth of the fibre. A TDECQ
 * that includes laser noise is split into the noise and the closure without it, so that noise is
 * counted once: the lane has sensitivityBer at the OMA that sensitivity and TDECQ add up to, and
 * less gain from more power than thermal noise alone would allow.
 *
 * @param input the lane
 * @param targetBer bit error ratio that the margin is measured to, above 0, at most 0.1
 * @return its budget; throws std::invalid_argument if the input is out of range
 */
LaneBudget GetLaneBudget(const LaneInput& input, double targetBer);

/**
 * @ingroup optical-fabric
 * An error ratio with as many digits as the inputs of a budget give it, two. A change of 0.1 dB
 * moves a ratio of 1e-20 by a factor of 5, so smaller ones are a bound.
 * @param ratio a bit or frame error ratio, at least 0
 * @return it, for example "2.3e-05", "0.38", "below 1e-20" or, if it is 0, "0"
 */
std::string FormatErrorRatio(double ratio);

/**
 * @ingroup optical-fabric
 * Print a budget as a table that a link engineer recognizes.
 * @param budget the budget
 * @param title what link and lane it is
 * @param os where to
 */
void PrintBudget(const LaneBudget& budget, const std::string& title, std::ostream& os);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_BUDGET_H */
