/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "link-budget.h"

#include "optical-units.h"
#include "parameter-check.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double INFINITE = std::numeric_limits<double>::infinity(); ///< no end
constexpr double PI = 3.14159265358979323846;                        ///< of the circle
constexpr double MAX_BAUD_GBD = 1000;                                ///< symbol rate, GBd
constexpr double MIN_OMA_DBM = -1000;          ///< launched or needed OMA, dBm: as good as no light
constexpr double MAX_OMA_DBM = 40;             ///< launched or needed OMA, dBm
constexpr double MIN_TDECQ_DB = -10;           ///< eye closure, dB
constexpr double MAX_TDECQ_DB = 20;            ///< eye closure, dB
constexpr double MAX_EXTINCTION_DB = 40;       ///< extinction ratio, dB
constexpr double MAX_DISPERSION = 1e5;         ///< accumulated dispersion, ps/nm
constexpr double MAX_SPECTRAL_WIDTH_NM = 10;   ///< RMS width of a spectrum, nm
constexpr double MAX_BER = 0.1;                ///< bit error ratio before FEC
constexpr double S_PER_M_PER_PS_PER_NM = 1e-3; ///< 1 ps/nm, s/m
constexpr double NO_EYE_DB = 1000;             ///< closure that leaves no eye in a double
/// Bandwidth times RMS spread of delays of a Gaussian response, GHz ps (IEEE 802.3 link model,
/// 0.187).
constexpr double GAUSSIAN_BANDWIDTH_GHZ_PS = 187;
/// Spread of delays by the slope of dispersion, of that by the slope alone (IEEE 802.3 link model).
constexpr double SLOPE_SHARE = 0.7;

/// Bandwidth of the reference receiver over the symbol rate, PAM4 (IEEE Std 802.3, 121.8.5.1).
constexpr double PAM4_RECEIVER_BANDWIDTH = 0.5;
/// Bandwidth of the reference receiver over the symbol rate, NRZ (IEEE Std 802.3, 88.8.8).
constexpr double NRZ_RECEIVER_BANDWIDTH = 0.75;
/// Noise bandwidth over bandwidth of a fourth-order Bessel-Thomson filter, 105 / (105 + 105 s + 45
/// s^2 + 10 s^3 + s^4).
constexpr double BESSEL_THOMSON_NOISE_RATIO = 1.0463688869838617;

constexpr const char* BER_LINE = "BER before FEC"; ///< name of a budget's line

/// Powers of a signal with equally spaced, equally frequent levels.
struct Levels
{
    double halfSpacing; ///< half the distance between neighboring levels over OMA
    double max;         ///< the strongest over OMA
    double mean;        ///< the average over OMA
};

/**
 * @param modulation format
 * @param extinctionRatioDb extinction ratio, dB
 * @return powers
 */
Levels
GetLevels(Modulation::Kind modulation, double extinctionRatioDb)
{
    const double ratio = FromDb(extinctionRatioDb);
    const uint32_t eyes = (1U << GetBitsPerSymbol(modulation)) - 1;
    return {0.5 / eyes, ratio / (ratio - 1), (ratio + 1) / (ratio - 1) / 2};
}

/// What decides about the Q of a lane at a given OMA.
struct Receiver
{
    double sensitivityOmaDbm; ///< OMA at which an ideal signal has sensitivityQ, dBm
    double sensitivityQ;      ///< Q there
};

/// What a signal suffers before it is received.
struct Impairments
{
    double closureDb; ///< eye closure that no noise causes, dB
    double noise;     ///< standard deviation of noise in an open eye, over half the eye

    /// @return variance of the noise over that of half the closed eye: 1 / Q^2 of it alone
    double GetInverseQ2() const
    {
        const double relative = noise * FromDb(closureDb);
        return noise == 0 ? 0 : relative * relative;
    }
};

/**
 * @param receiver receiver
 * @param impairments of the signal
 * @param q Q wanted
 * @return OMA it takes, dBm; infinity if none is enough
 */
double
GetRequiredOmaDbm(const Receiver& receiver, const Impairments& impairments, double q)
{
    // 1/Q^2 = 1/Qthermal^2 + 1/Qnoise^2, and the thermal part is proportional to OMA.
    const double left = 1 - q * q * impairments.GetInverseQ2();
    if (!(left > 0))
    {
        return INFINITE;
    }
    const double thermalQ = q / std::sqrt(left);
    return receiver.sensitivityOmaDbm + impairments.closureDb +
           ToDb(thermalQ / receiver.sensitivityQ);
}

/**
 * @param receiver receiver
 * @param impairments of the signal
 * @param omaDbm OMA received, dBm
 * @return Q
 */
double
GetReceivedQ(const Receiver& receiver, const Impairments& impairments, double omaDbm)
{
    if (impairments.closureDb > NO_EYE_DB)
    {
        return 0;
    }
    const double thermalQ =
        receiver.sensitivityQ * FromDb(omaDbm - impairments.closureDb - receiver.sensitivityOmaDbm);
    // The same as 1 / sqrt(1/Qthermal^2 + 1/Qnoise^2), and right with no light too.
    return thermalQ / std::sqrt(1 + thermalQ * thermalQ * impairments.GetInverseQ2());
}

/**
 * @param tdecqDb eye closure that includes noise, dB
 * @param noise the noise over half the open eye
 * @param q Q that TDECQ was measured to
 * @return eye closure without the noise, dB, at least 0 unless tdecqDb is less
 */
double
GetClosureWithoutNoiseDb(double tdecqDb, double noise, double q)
{
    // TDECQ T is the ratio of thermal noise that an ideal signal stands to what this one stands.
    // With the closure C, the part 1/C of the eye is open, of which the noise takes its share in
    // squares: 1/T^2 = 1/C^2 - (noise q)^2.
    const double shareOfEye = noise * q;
    const double inverseT = FromDb(-tdecqDb);
    const double closureDb = -ToDb(std::sqrt(inverseT * inverseT + shareOfEye * shareOfEye));
    // A TDECQ that is too good for the noise stated leaves the rest of the noise to come on top.
    return std::max(closureDb, std::min(0.0, tdecqDb));
}

/**
 * @param input a lane
 * @param targetBer bit error ratio wanted
 */
void
Check(const LaneInput& input, double targetBer)
{
    const ParameterCheck check("link budget");
    check.Require(input.modulation <= Modulation::PAM4,
                  "modulation",
                  int{input.modulation},
                  "NRZ or PAM4");
    check.RequireAbove("baudGBd", input.baudGBd, 0, MAX_BAUD_GBD);
    check.RequireBetween("omaDbm", input.omaDbm, MIN_OMA_DBM, MAX_OMA_DBM);
    check.RequireBetween("tdecqDb", input.tdecqDb, MIN_TDECQ_DB, MAX_TDECQ_DB);
    check.RequireAbove("extinctionRatioDb", input.extinctionRatioDb, 0, MAX_EXTINCTION_DB);
    check.RequireBelowZero("rinDbPerHz", input.rinDbPerHz);
    check.RequireBetween("spectralWidthNm", input.spectralWidthNm, 0, MAX_SPECTRAL_WIDTH_NM);
    check.RequireBetween("tdecqDispersionPsPerNm", input.tdecqDispersionPsPerNm, 0, MAX_DISPERSION);
    check.Require(input.tdecqBandwidthGHz > 0,
                  "tdecqBandwidthGHz",
                  input.tdecqBandwidthGHz,
                  "above 0, infinity for none");
    check.RequireBetween("sensitivityOmaDbm", input.sensitivityOmaDbm, MIN_OMA_DBM, MAX_OMA_DBM);
    check.RequireAbove("sensitivityBer", input.sensitivityBer, 0, MAX_BER);
    check.RequireAbove("targetBer", targetBer, 0, MAX_BER);
}

/**
 * @param a minuend, dB or dBm, may be infinite
 * @param b subtrahend, dB or dBm, may be infinite
 * @return a - b, 0 if both are infinite
 */
double
Difference(double a, double b)
{
    return a == b ? 0 : a - b;
}

/**
 * @param input the lane
 * @param sensitivityDbm OMA that an ideal signal needs for the target BER, dBm
 * @param targetBer the target
 * @param [in,out] budget the budget, complete but for its lines
 */
void
WriteLines(const LaneInput& input, double sensitivityDbm, double targetBer, LaneBudget& budget)
{
    std::vector<BudgetLine>& lines = budget.lines;
    lines.reserve(input.path.GetElements().size() + 16);
    lines.push_back({"Launched OMA", input.omaDbm, "dBm"});
    for (const PathElement& element : input.path.GetElements())
    {
        const std::string name = element.name.empty() ? GetName(element.kind) : element.name;
        lines.push_back({"  - " + name, element.lossDb, "dB"});
    }
    lines.push_back({"Path loss", budget.pathLossDb, "dB"});
    lines.push_back({"Received OMA", budget.receivedOmaDbm, "dBm"});
    std::ostringstream sensitivity;
    sensitivity << "Sensitivity of the receiver at BER " << std::scientific << std::setprecision(1)
                << targetBer;
    lines.push_back({sensitivity.str(), sensitivityDbm, "dBm"});
    lines.push_back({"  + TDECQ", budget.tdecqPenaltyDb, "dB"});
    lines.push_back({"  + chromatic dispersion beyond TDECQ", budget.dispersionPenaltyDb, "dB"});
    if (std::isfinite(budget.fibreBandwidthGHz))
    {
        std::ostringstream bandwidth;
        bandwidth << "    (of all of its " << std::setprecision(3) << budget.fibreBandwidthGHz
                  << " GHz, not counted)";
        lines.push_back({"  + fibre bandwidth beyond TDECQ", budget.bandwidthPenaltyDb, "dB"});
        lines.push_back({bandwidth.str(), budget.bandwidthClosureDb, "dB"});
    }
    lines.push_back({input.tdecqIncludesRin ? "  + laser noise beyond TDECQ" : "  + laser noise",
                     budget.rinPenaltyDb,
                     "dB"});
    lines.push_back({"  + multipath interference", budget.mpiPenaltyDb, "dB"});
    lines.push_back({"    (upper bound, not counted)", budget.mpiUpperBoundDb, "dB"});
    lines.push_back({"Required OMA", budget.requiredOmaDbm, "dBm"});
    lines.push_back({"Margin", budget.marginDb, "dB"});
    lines.push_back({"Q", budget.q, ""});
    lines.push_back({BER_LINE, budget.ber, ""});
}

/// @return true if a line's value is followed by its unit
bool
HasUnit(const BudgetLine& line)
{
    return !line.unit.empty() && std::isfinite(line.value);
}

/**
 * @param line a line of a budget
 * @return its value as printed: two decimals with a unit, four digits without, two of an error
 * ratio
 */
std::string
Format(const BudgetLine& line)
{
    constexpr double LEAST_PLAIN = 0.01;
    if (line.unit.empty() && (line.name == BER_LINE || std::abs(line.value) < LEAST_PLAIN))
    {
        return FormatErrorRatio(line.value);
    }
    if (std::isinf(line.value))
    {
        return line.value > 0 ? "unlimited" : "out of reach";
    }
    std::ostringstream text;
    if (!line.unit.empty())
    {
        // Adding zero turns the negative zero that rounding leaves into zero.
        text << std::fixed << std::setprecision(2) << std::round(line.value * 100) / 100 + 0.0;
    }
    else
    {
        text << std::setprecision(4) << line.value;
    }
    return text.str();
}

} // namespace

LaneInput
MakeTypicalLane(const TransceiverSpec& sender, const TransceiverSpec& receiver)
{
    LaneInput input;
    input.modulation = sender.modulation;
    input.baudGBd = sender.baudGBd;
    input.omaDbm = sender.transmitter.omaDbm;
    input.tdecqDb = sender.transmitter.tdecqDb;
    input.tdecqDispersionPsPerNm = sender.transmitter.tdecqDispersionPsPerNm;
    input.tdecqBandwidthGHz = sender.transmitter.tdecqBandwidthGHz;
    input.extinctionRatioDb = sender.transmitter.extinctionRatioDb;
    input.rinDbPerHz = sender.transmitter.rinDbPerHz;
    input.spectralWidthNm = sender.transmitter.spectralWidthNm;
    input.effectiveModes = sender.transmitter.effectiveModes;
    input.transmitterReflectanceDb = sender.transmitter.reflectanceDb;
    input.sensitivityOmaDbm = receiver.receiver.sensitivityOmaDbm;
    input.sensitivityBer = receiver.receiver.sensitivityBer;
    input.receiverReflectanceDb = receiver.receiver.reflectanceDb;
    return input;
}

double
GetDispersionClosureDb(double wavelengthNm, double baudGBd, double dispersionPsPerNm)
{
    const ParameterCheck check("dispersion closure");
    check.RequireAbove("wavelengthNm", wavelengthNm, 0, std::numeric_limits<double>::max());
    check.RequireAbove("baudGBd", baudGBd, 0, MAX_BAUD_GBD);
    const double wavelengthM = wavelengthNm * 1e-9;
    const double nyquistHz = baudGBd * 1e9 / 2;
    const double angle = PI * wavelengthM * wavelengthM * nyquistHz * nyquistHz *
                         std::abs(dispersionPsPerNm) * S_PER_M_PER_PS_PER_NM / SPEED_OF_LIGHT_M_S;
    return angle < PI / 2 ? -ToDb(std::cos(angle)) : INFINITE;
}

double
GetFibreBandwidthGHz(const LightPath& path, double spectralWidthNm)
{
    const ParameterCheck check("fibre bandwidth");
    check.RequireBetween("spectralWidthNm", spectralWidthNm, 0, MAX_SPECTRAL_WIDTH_NM);
    const double slopePsPerNm = SLOPE_SHARE * path.GetDispersionSlopePsPerNm2() * spectralWidthNm;
    const double spreadPs = spectralWidthNm * std::hypot(path.GetDispersionPsPerNm(), slopePsPerNm);
    const double inverse =
        std::hypot(1 / path.GetModalBandwidthGHz(), spreadPs / GAUSSIAN_BANDWIDTH_GHZ_PS);
    return 1 / inverse;
}

double
GetBandwidthClosureDb(double baudGBd, double bandwidthGHz)
{
    const ParameterCheck check("bandwidth closure");
    check.RequireAbove("baudGBd", baudGBd, 0, MAX_BAUD_GBD);
    check.RequireAbove("bandwidthGHz", bandwidthGHz, 0, INFINITE);
    const double relative = baudGBd / 2 / bandwidthGHz;
    return relative * relative * ToDb(2);
}

double
GetNoiseBandwidthHz(Modulation::Kind modulation, double baudGBd)
{
    const double share =
        modulation == Modulation::NRZ ? NRZ_RECEIVER_BANDWIDTH : PAM4_RECEIVER_BANDWIDTH;
    return BESSEL_THOMSON_NOISE_RATIO * share * baudGBd * 1e9;
}

double
GetBeatNoiseShare(double bandwidthHz, double wavelengthNm, double spectralWidthNm, double modes)
{
    const ParameterCheck check("beat noise");
    check.Require(modes == 0 || modes >= 1, "modes", modes, "1 and more, or 0 for no lines");
    if (spectralWidthNm == 0)
    {
        return 1;
    }
    const double wavelengthM = wavelengthNm * 1e-9;
    const double widthHz =
        SPEED_OF_LIGHT_M_S * spectralWidthNm * 1e-9 / (wavelengthM * wavelengthM);
    const double continuous = std::erf(bandwidthHz / (2 * widthHz));
    return modes == 0 ? continuous : std::max(1 / modes, continuous);
}

double
GetMpiUpperBoundDb(Modulation::Kind modulation, double extinctionRatioDb, double relativeField)
{
    const ParameterCheck check("upper bound of multipath interference");
    check.RequireAbove("extinctionRatioDb", extinctionRatioDb, 0, MAX_EXTINCTION_DB);
    check.RequireBetween("relativeField", relativeField, 0, std::numeric_limits<double>::max());
    const Levels levels = GetLevels(modulation, extinctionRatioDb);
    const double open = 1 - 2 * levels.max * relativeField / levels.halfSpacing;
    return open > 0 ? -ToDb(open) : INFINITE;
}

LaneBudget
GetLaneBudget(const LaneInput& input, double targetBer)
{
    Check(input, targetBer);
    const LightPath& path = input.path;
    const Levels levels = GetLevels(input.modulation, input.extinctionRatioDb);
    const MultipathInterference detours =
        GetMultipathInterference(path, input.transmitterReflectanceDb, input.receiverReflectanceDb);
    const Receiver receiver{input.sensitivityOmaDbm, GetQ(input.modulation, input.sensitivityBer)};
    const double targetQ = GetQ(input.modulation, targetBer);

    // Noise at the strongest level, over half the distance between levels.
    const double bandwidthHz = GetNoiseBandwidthHz(input.modulation, input.baudGBd);
    const double rin = std::sqrt(FromDb(input.rinDbPerHz) * bandwidthHz) / 2 * levels.max /
                       levels.mean / levels.halfSpacing;
    const double beatShare = GetBeatNoiseShare(bandwidthHz,
                                               path.GetWavelengthNm(),
                                               input.spectralWidthNm,
                                               input.effectiveModes);
    const double mpi = std::sqrt(2 * levels.max * levels.mean * detours.relativePower * beatShare) /
                       levels.halfSpacing;

    LaneBudget budget;
    budget.pathLossDb = path.GetLossDb();
    budget.receivedOmaDbm = input.omaDbm - budget.pathLossDb;
    budget.tdecqPenaltyDb = input.tdecqDb;
    const double closureDb =
        GetDispersionClosureDb(path.GetWavelengthNm(), input.baudGBd, path.GetDispersionPsPerNm());
    const double includedDb =
        GetDispersionClosureDb(path.GetWavelengthNm(), input.baudGBd, input.tdecqDispersionPsPerNm);
    budget.dispersionPenaltyDb = std::max(0.0, Difference(closureDb, includedDb));
    budget.fibreBandwidthGHz = GetFibreBandwidthGHz(path, input.spectralWidthNm);
    budget.bandwidthClosureDb = GetBandwidthClosureDb(input.baudGBd, budget.fibreBandwidthGHz);
    const double includedBandwidthDb =
        GetBandwidthClosureDb(input.baudGBd, input.tdecqBandwidthGHz);
    budget.bandwidthPenaltyDb = std::max(0.0, budget.bandwidthClosureDb - includedBandwidthDb);
    budget.mpiUpperBoundDb =
        GetMpiUpperBoundDb(input.modulation, input.extinctionRatioDb, detours.relativeField);

    const double transmitterClosureDb =
        input.tdecqIncludesRin ? GetClosureWithoutNoiseDb(input.tdecqDb, rin, receiver.sensitivityQ)
                               : input.tdecqDb;
    const double eyeDb =
        transmitterClosureDb + budget.dispersionPenaltyDb + budget.bandwidthPenaltyDb;
    const Impairments withRin{eyeDb, rin};
    const Impairments withAll{eyeDb, std::hypot(rin, mpi)};

    const double sensitivityDbm = input.sensitivityOmaDbm + ToDb(targetQ / receiver.sensitivityQ);
    const double withoutNoiseDbm = sensitivityDbm + budget.tdecqPenaltyDb +
                                   budget.dispersionPenaltyDb + budget.bandwidthPenaltyDb;
    const double withRinDbm = GetRequiredOmaDbm(receiver, withRin, targetQ);
    budget.requiredOmaDbm = GetRequiredOmaDbm(receiver, withAll, targetQ);
    budget.rinPenaltyDb = Difference(withRinDbm, withoutNoiseDbm);
    budget.mpiPenaltyDb = Difference(budget.requiredOmaDbm, withRinDbm);
    budget.marginDb = budget.receivedOmaDbm - budget.requiredOmaDbm;
    budget.q = GetReceivedQ(receiver, withAll, budget.receivedOmaDbm);
    budget.ber = GetBitErrorRatio(input.modulation, budget.q);
    WriteLines(input, sensitivityDbm, targetBer, budget);
    return budget;
}

std::string
FormatErrorRatio(double ratio)
{
    constexpr double LEAST = 1e-20;
    if (ratio > 0 && ratio < LEAST)
    {
        return "below 1e-20";
    }
    constexpr double LEAST_PLAIN = 0.01;
    std::ostringstream text;
    if (ratio != 0 && ratio < LEAST_PLAIN)
    {
        text << std::scientific << std::setprecision(1) << ratio;
    }
    else
    {
        text << std::setprecision(2) << ratio;
    }
    return text.str();
}

void
PrintBudget(const LaneBudget& budget, const std::string& title, std::ostream& os)
{
    size_t nameWidth = 0;
    size_t valueWidth = 0;
    for (const BudgetLine& line : budget.lines)
    {
        nameWidth = std::max(nameWidth, line.name.size());
        valueWidth = std::max(valueWidth, Format(line).size());
    }
    // Composed apart, so that the caller's stream keeps its format.
    std::ostringstream table;
    table << title << "\n" << std::string(title.size(), '-') << "\n";
    for (const BudgetLine& line : budget.lines)
    {
        table << std::left << std::setw(static_cast<int>(nameWidth)) << line.name << "  "
              << std::right << std::setw(static_cast<int>(valueWidth)) << Format(line)
              << (HasUnit(line) ? " " + line.unit : "") << "\n";
    }
    os << table.str();
}

} // namespace opticalfabric
} // namespace ns3
