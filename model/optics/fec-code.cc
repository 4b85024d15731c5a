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
FecCode::GetFrameLossRatio(const BitErrors& errors,
                           uint32_t frameBytes,
                           uint32_t interleaving) const
{
    errors.Validate();
    RequireInterleaving(interleaving);
    Require(frameBytes >= 1, "FEC", "frameBytes", frameBytes, "at least 1");
    const uint64_t frameBits = 8 * uint64_t{frameBytes};
    if (!IsCoded())
    {
        return BurstLine(errors).GetRunErrorRatio(frameBits);
    }
    const double logIntact = std::log1p(-GetCodewordErrorRatio(errors, interleaving));
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
