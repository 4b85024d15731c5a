/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fec-code.h"

#include "fec-bursts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Most codewords that may take symbols from the line in turn.
constexpr uint32_t INTERLEAVING_MAX = 16;

/**
 * @param isGood whether a value is as it should be
 * @param who what the value belongs to
 * @param field its name
 * @param value the value
 * @param allowed what is allowed
 * @throw std::invalid_argument if not
 */
template <typename V>
void
Require(bool isGood,
        const std::string& who,
        const char* field,
        const V& value,
        const std::string& allowed)
{
    if (!isGood)
    {
        std::ostringstream message;
        message << who << ": " << field << " = " << value
                << " is not allowed; allowed: " << allowed;
        throw std::invalid_argument(message.str());
    }
}

/**
 * @param interleaving codewords that take symbols in turn
 * @throw std::invalid_argument if out of range
 */
void
RequireInterleaving(uint32_t interleaving)
{
    Require(interleaving >= 1 && interleaving <= INTERLEAVING_MAX,
            "FEC",
            "interleaving",
            interleaving,
            "1 to " + std::to_string(INTERLEAVING_MAX));
}

/**
 * @param n number of trials
 * @param k number of successes, at most n
 * @param logP logarithm of the probability of success
 * @param logQ logarithm of the probability of failure
 * @return logarithm of the probability of k successes
 */
double
GetLogBinomial(uint32_t n, uint32_t k, double logP, double logQ)
{
    double log = k * logP + (n - k) * logQ;
    for (uint32_t i = 1, fewer = std::min(k, n - k); i <= fewer; ++i)
    {
        log += std::log(static_cast<double>(n - fewer + i) / i);
    }
    return log;
}

/**
 * Upper tail of the binomial distribution.
 * @param n number of trials
 * @param p probability of success
 * @param q probability of failure, 1 - p, above 0
 * @param t number of successes, below n
 * @return probability of more than t successes
 */
double
GetBinomialTail(uint32_t n, double p, double q, uint32_t t)
{
    // Terms follow from the largest one, each from its neighbor, in both directions, until they no
    // longer change the sum: the smallest that matters need not be representable otherwise.
    const auto mode = std::min(n, static_cast<uint32_t>((n + 1.0) * p));
    const uint32_t largest = std::max(t + 1, mode);
    constexpr double NEGLIGIBLE = std::numeric_limits<double>::epsilon() / 16;
    double sum = 1;
    double term = 1;
    for (uint32_t k = largest; k < n && term > NEGLIGIBLE * sum; ++k)
    {
        term *= (n - k) * p / ((k + 1) * q);
        sum += term;
    }
    term = 1;
    for (uint32_t k = largest; k > t + 1 && term > NEGLIGIBLE * sum; --k)
    {
        term *= k * q / ((n - k + 1) * p);
        sum += term;
    }
    return std::min(std::exp(GetLogBinomial(n, largest, std::log(p), std::log(q))) * sum, 1.0);
}

/// How many symbols of a codeword are in error on one lane.
struct LaneErrors
{
    /**
     * @param n symbols of the codeword on the lane
     * @param p share of symbols in error
     * @param q share of symbols that are not, above 0
     * @param t most symbols to look at
     */
    LaneErrors(uint32_t n, double p, double q, uint32_t t)
        : exactly(t + 1, 0),
          moreThan(t + 1, 0)
    {
        exactly[0] = std::exp(n * std::log(q));
        for (uint32_t k = 1; k <= std::min(n, t); ++k)
        {
            exactly[k] = exactly[k - 1] * (n - k + 1) * p / (k * q);
        }
        moreThan[t] = n > t && p > 0 ? GetBinomialTail(n, p, q, t) : 0;
        for (uint32_t k = t; k > 0; --k)
        {
            moreThan[k - 1] = moreThan[k] + exactly[k];
        }
    }

    std::vector<double> exactly;  ///< probability of each number, 0 to t
    std::vector<double> moreThan; ///< probability of more than each number, 0 to t
};

} // namespace

void
BitErrors::Validate() const
{
    const std::string who = "bit errors before FEC";
    Require(ber >= 0 && ber <= 0.5, who, "ber", ber, "0 to 0.5");
    Require(burstContinuation >= 0 && burstContinuation <= 0.95,
            who,
            "burstContinuation",
            burstContinuation,
            "0 to 0.95");
    Require(bitsPerSymbol == 1 || bitsPerSymbol == 2,
            who,
            "bitsPerSymbol",
            bitsPerSymbol,
            "1 or 2");
}

FecCode::FecCode(const std::string& name, uint32_t n, uint32_t k, uint32_t m)
    : m_name(name),
      m_n(n),
      m_k(k),
      m_m(m)
{
    const std::string who = "FEC code \"" + name + "\"";
    Require(m >= 2 && m <= 16, who, "m", m, "2 to 16");
    const uint32_t nMax = (uint32_t{1} << m) - 1;
    Require(n >= 3 && n <= nMax, who, "n", n, "3 to " + std::to_string(nMax));
    Require(k >= 1 && k <= n - 2, who, "k", k, "1 to " + std::to_string(n - 2));
}

FecCode
FecCode::Kp4()
{
    return FecCode("KP4", 544, 514, 10);
}

FecCode
FecCode::Kr4()
{
    return FecCode("KR4", 528, 514, 10);
}

FecCode
FecCode::LowLatency()
{
    return FecCode("LL", 272, 258, 10);
}

std::vector<std::string>
FecCode::GetNames()
{
    std::vector<std::string> names;
    for (const FecCode& code : {Kp4(), Kr4(), LowLatency(), FecCode()})
    {
        names.push_back(code.GetName());
    }
    return names;
}

FecCode
FecCode::FromName(const std::string& name)
{
    std::string allowed;
    for (const FecCode& code : {Kp4(), Kr4(), LowLatency(), FecCode()})
    {
        if (code.GetName() == name)
        {
            return code;
        }
        allowed += (allowed.empty() ? "" : ", ") + code.GetName();
    }
    throw std::invalid_argument("FEC code = \"" + name + "\" is unknown; allowed are " + allowed);
}

bool
FecCode::IsCoded() const
{
    return m_n > 0;
}

const std::string&
FecCode::GetName() const
{
    return m_name;
}

uint32_t
FecCode::GetSymbols() const
{
    return m_n;
}

uint32_t
FecCode::GetDataSymbols() const
{
    return m_k;
}

uint32_t
FecCode::GetSymbolBits() const
{
    return m_m;
}

uint32_t
FecCode::GetCorrectable() const
{
    return (m_n - m_k) / 2;
}

double
FecCode::GetOverhead() const
{
    return IsCoded() ? static_cast<double>(m_n) / m_k : 1.0;
}

double
FecCode::GetTargetBer() const
{
    if (!IsCoded())
    {
        return UNCODED_BER;
    }
    const auto getLogLoss = [](const FecCode& code, double logBer) {
        BitErrors errors;
        errors.ber = std::exp(logBer);
        return std::log(code.GetCodewordErrorRatio(errors));
    };
    const double wanted = getLogLoss(Kp4(), std::log(KP4_BER));
    // Rare losses go with the power t + 1 of the ratio: nearly a line between logarithms, so
    // secants gain digits fast.
    double before = std::log(KP4_BER);
    double missBefore = getLogLoss(*this, before) - wanted;
    double logBer = before - missBefore / (GetCorrectable() + 1);
    constexpr double PRECISION = 1e-14;
    constexpr int MOST_STEPS = 50;
    for (int step = 0; step < MOST_STEPS && std::abs(logBer - before) > PRECISION; ++step)
    {
        const double miss = getLogLoss(*this, logBer) - wanted;
        const double slope = (miss - missBefore) / (logBer - before);
        before = logBer;
        missBefore = miss;
        logBer -= miss == 0 ? 0 : miss / slope;
    }
    return std::exp(logBer);
}

double
FecCode::GetMeanLaneBer(BitErrors errors, const std::vector<double>& laneBers) const
{
    Require(!laneBers.empty(), "FEC", "number of lanes", laneBers.size(), "at least 1");
    const auto getSymbolErrorRatio = [&](double ber) {
        errors.ber = ber;
        return GetSymbolErrorRatio(errors);
    };
    const auto [least, most] = std::minmax_element(laneBers.begin(), laneBers.end());
    double mean = 0;
    for (const double ber : laneBers)
    {
        mean += getSymbolErrorRatio(ber) / static_cast<double>(laneBers.size());
    }
    if (*least == *most)
    {
        return *least;
    }
    if (errors.burstContinuation == 0)
    {
        return -std::expm1(std::log1p(-mean) / m_m);
    }
    double low = *least;
    double high = *most;
    constexpr int STEPS = 60; // halves a double's digits away
    for (int step = 0; step < STEPS; ++step)
    {
        const double middle = (low + high) / 2;
        (getSymbolErrorRatio(middle) < mean ? low : high) = middle;
    }
    return (low + high) / 2;
}

double
FecCode::GetSymbolErrorRatio(const BitErrors& errors) const
{
    errors.Validate();
    if (errors.burstContinuation > 0)
    {
        return BurstLine(errors).GetSymbolErrorRatio(m_m);
    }
    return -std::expm1(m_m * std::log1p(-errors.ber));
}

double
FecCode::GetCodewordErrorRatio(const BitErrors& errors, uint32_t interleaving) const
{
    errors.Validate();
    RequireInterleaving(interleaving);
    if (!IsCoded())
    {
        return 0;
    }
    const uint32_t t = GetCorrectable();
    if (errors.burstContinuation > 0)
    {
        return BurstLine(errors).GetCodewordErrorRatio(m_n, t, m_m, interleaving);
    }
    const double intact = std::exp(m_m * std::log1p(-errors.ber));
    return GetBinomialTail(m_n, GetSymbolErrorRatio(errors), intact, t);
}

double
FecCode::GetLanesCodewordErrorRatio(const BitErrors& errors,
                                    const std::vector<double>& laneBers,
                                    uint32_t interleaving) const
{
    Require(!laneBers.empty(), "FEC", "number of lanes", laneBers.size(), "at least 1");
    BitErrors lane = errors;
    const auto [least, most] = std::minmax_element(laneBers.begin(), laneBers.end());
    if (!IsCoded() || *least == *most || errors.burstContinuation > 0)
    {
        lane.ber = GetMeanLaneBer(errors, laneBers);
        return GetCodewordErrorRatio(lane, interleaving);
    }
    RequireInterleaving(interleaving);
    // Probability of each number of symbols in error so far. What goes beyond t leaves for good, so
    // the ratio is a sum of positive terms, and keeps its digits however small it is.
    const uint32_t t = GetCorrectable();
    const auto lanes = static_cast<uint32_t>(laneBers.size());
    std::vector<double> erred(t + 1, 0);
    erred[0] = 1;
    double beyond = 0;
    for (uint32_t i = 0; i < lanes; ++i)
    {
        lane.ber = laneBers[i];
        const LaneErrors own(m_n / lanes + (i >= lanes - m_n % lanes ? 1 : 0),
                             GetSymbolErrorRatio(lane),
                             std::exp(m_m * std::log1p(-lane.ber)),
                             t);
        for (uint32_t number = 0; number <= t; ++number)
        {
            beyond += erred[number] * own.moreThan[t - number];
        }
        for (uint32_t number = t + 1; number-- > 0;)
        {
            double sum = 0;
            for (uint32_t of = 0; of <= number; ++of)
            {
                sum += erred[number - of] * own.exactly[of];
            }
            erred[number] = sum;
        }
    }
    return std::min(beyond, 1.0);
}

double
FecCode::GetFrameLossRatio(const BitErrors& errors,
                           uint32_t frameBytes,
                           uint32_t interleaving) const
{
    errors.Validate();
    RequireInterleaving(interleaving);
    Require(frameBytes >= 1, "FEC", "frameBytes", frameBytes, "at least 1");
    if (!IsCoded())
    {
        return BurstLine(errors).GetRunErrorRatio(8 * uint64_t{frameBytes});
    }
    return GetCodedLossRatio(GetCodewordErrorRatio(errors, interleaving), frameBytes, interleaving);
}

double
FecCode::GetLanesFrameLossRatio(const BitErrors& errors,
                                const std::vector<double>& laneBers,
                                uint32_t frameBytes,
                                uint32_t interleaving) const
{
    if (!IsCoded())
    {
        BitErrors mean = errors;
        mean.ber = GetMeanLaneBer(errors, laneBers);
        return GetFrameLossRatio(mean, frameBytes, interleaving);
    }
    RequireInterleaving(interleaving);
    Require(frameBytes >= 1, "FEC", "frameBytes", frameBytes, "at least 1");
    return GetCodedLossRatio(GetLanesCodewordErrorRatio(errors, laneBers, interleaving),
                             frameBytes,
                             interleaving);
}

double
FecCode::GetCodedLossRatio(double codewordErrorRatio,
                           uint32_t frameBytes,
                           uint32_t interleaving) const
{
    const uint64_t frameBits = 8 * uint64_t{frameBytes};
    const double logIntact = std::log1p(-codewordErrorRatio);
    // Of the frame's bits after the first, those that fill no whole symbol reach into one more,
    // from as many of the m bits of a symbol that the frame may begin with.
    const uint64_t symbols = (frameBits - 1) / m_m + 1;
    const double more = static_cast<double>((frameBits - 1) % m_m) / m_m;
    return (1 - more) * GetLossRatio(symbols, interleaving, logIntact) +
           more * GetLossRatio(symbols + 1, interleaving, logIntact);
}

double
FecCode::GetLossRatio(uint64_t symbols, uint32_t interleaving, double logIntact) const
{
    const uint64_t round = uint64_t{m_k} * interleaving;
    double sum = 0;
    for (uint64_t before = 0; before < round; ++before)
    {
        const uint64_t first = std::min(symbols, round - before);
        const uint64_t rest = symbols - first;
        const uint64_t codewords = std::min<uint64_t>(first, interleaving) +
                                   rest / round * interleaving +
                                   std::min<uint64_t>(rest % round, interleaving);
        sum -= std::expm1(static_cast<double>(codewords) * logIntact);
    }
    return sum / static_cast<double>(round);
}

double
FecCode::GetAccumulationS(double lineRateBps, uint32_t interleaving) const
{
    RequireInterleaving(interleaving);
    Require(lineRateBps > 0 && std::isfinite(lineRateBps),
            "FEC",
            "lineRateBps",
            lineRateBps,
            "above 0");
    return interleaving * static_cast<double>(m_n) * m_m / lineRateBps;
}

} // namespace opticalfabric
} // namespace ns3
