/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fec-bursts.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

BurstLine::BurstLine(const BitErrors& errors)
    : m_bitsPerSymbol(errors.bitsPerSymbol),
      m_continuation(errors.burstContinuation)
{
    errors.Validate();
    const double a = m_continuation;
    const auto setStart = [&](double u) {
        m_start = u;
        m_symbolStart = m_bitsPerSymbol == 1 ? u : u * (2 - u);
        // From the balance erred = symbolStart + (1 - symbolStart) a erred.
        m_erred = m_symbolStart / (1 - a + a * m_symbolStart);
    };
    // An error begins in a bit or is carried into it. No burst is on average longer than
    // 1 / (1 - a), so u is at least ber (1 - a); the bit error ratio rises with u.
    double low = errors.ber * (1 - a);
    double high = errors.ber;
    for (;;)
    {
        const double u = low + (high - low) / 2;
        setStart(u);
        if (u <= low || u >= high)
        {
            break;
        }
        (u + (1 - u) * a * m_erred / m_bitsPerSymbol < errors.ber ? low : high) = u;
    }
    m_bits = MakeBits();
    m_stationary[0] = {1 - m_erred, m_erred, 0};
    m_stationary[1] = Multiply(m_stationary[0], Add(m_bits[0].clean, m_bits[0].hit));
}

std::array<BurstLine::Step, 2>
BurstLine::MakeBits() const
{
    const double u = m_start;
    const double a = m_continuation;
    std::array<Step, 2> bits;
    bits[0].clean[CLEAN][CLEAN] = 1 - u;
    bits[0].hit[CLEAN][ERRED] = u;
    if (m_bitsPerSymbol == 1)
    {
        bits[0].clean[ERRED][CLEAN] = (1 - a) * (1 - u);
        bits[0].hit[ERRED][ERRED] = a + (1 - a) * u;
        return bits;
    }
    bits[0].clean[ERRED][CLEAN] = (1 - a) * (1 - u);
    bits[0].hit[ERRED][ERRED] = a / 2 + (1 - a) * u;
    bits[0].clean[ERRED][DUE] = a / 2 * (1 - u);
    bits[0].hit[ERRED][DUE] = a / 2 * u;
    bits[1].clean[CLEAN][CLEAN] = 1 - u;
    bits[1].hit[CLEAN][ERRED] = u;
    bits[1].clean[ERRED][ERRED] = 1 - u;
    bits[1].hit[ERRED][ERRED] = u;
    bits[1].hit[DUE][ERRED] = 1;
    return bits;
}

BurstLine::Row
BurstLine::Multiply(const Row& row, const Matrix& matrix)
{
    Row product{};
    for (uint32_t from = 0; from < STATES; ++from)
    {
        for (uint32_t to = 0; to < STATES; ++to)
        {
            product[to] += row[from] * matrix[from][to];
        }
    }
    return product;
}

BurstLine::Matrix
BurstLine::Multiply(const Matrix& first, const Matrix& second)
{
    Matrix product;
    for (uint32_t from = 0; from < STATES; ++from)
    {
        product[from] = Multiply(first[from], second);
    }
    return product;
}

BurstLine::Matrix
BurstLine::Add(const Matrix& a, const Matrix& b)
{
    Matrix sum = a;
    for (uint32_t from = 0; from < STATES; ++from)
    {
        for (uint32_t to = 0; to < STATES; ++to)
        {
            sum[from][to] += b[from][to];
        }
    }
    return sum;
}

BurstLine::Step
BurstLine::WalkSymbol(uint32_t m, uint32_t phase) const
{
    Step symbol = m_bits[phase];
    for (uint32_t i = 1; i < m; ++i)
    {
        const Step& bit = m_bits[(phase + i) % m_bitsPerSymbol];
        symbol.hit =
            Add(Multiply(symbol.hit, Add(bit.clean, bit.hit)), Multiply(symbol.clean, bit.hit));
        symbol.clean = Multiply(symbol.clean, bit.clean);
    }
    return symbol;
}

double
BurstLine::GetStartRatio() const
{
    return m_start;
}

double
BurstLine::GetSymbolErrorRatio(uint32_t m) const
{
    // Code symbols in sequence begin with every bit of a modulation symbol as often, or all with
    // its first.
    double ratio = 0;
    for (uint32_t symbol = 0; symbol < m_bitsPerSymbol; ++symbol)
    {
        const uint32_t phase = symbol * m % m_bitsPerSymbol;
        for (const double share : Multiply(m_stationary[phase], WalkSymbol(m, phase).hit))
        {
            ratio += share / m_bitsPerSymbol;
        }
    }
    return std::min(ratio, 1.0);
}

double
BurstLine::GetCodewordErrorRatio(uint32_t n, uint32_t t, uint32_t m, uint32_t interleaving) const
{
    std::array<Step, 2> own;
    for (uint32_t phase = 0; phase < m_bitsPerSymbol; ++phase)
    {
        own[phase] = WalkSymbol(m, phase);
        for (uint32_t other = 1; other < interleaving; ++other)
        {
            const Step between = WalkSymbol(m, (phase + other * m) % m_bitsPerSymbol);
            const Matrix any = Add(between.clean, between.hit);
            own[phase].clean = Multiply(own[phase].clean, any);
            own[phase].hit = Multiply(own[phase].hit, any);
        }
    }
    // With an odd number of bits a symbol, codewords may begin within a modulation symbol. Which do
    // repeats after two rounds of interleaved codewords.
    std::array<uint32_t, 2> codewords{};
    for (uint32_t round = 0; round < 2; ++round)
    {
        for (uint32_t codeword = 0; codeword < interleaving; ++codeword)
        {
            const uint64_t symbol = uint64_t{round} * n * interleaving + codeword;
            ++codewords[symbol * m % m_bitsPerSymbol];
        }
    }
    double ratio = 0;
    for (uint32_t phase = 0; phase < m_bitsPerSymbol; ++phase)
    {
        if (codewords[phase] > 0)
        {
            ratio += GetTail(n, t, own, uint64_t{m} * interleaving, phase) * codewords[phase] /
                     (2 * interleaving);
        }
    }
    return std::min(ratio, 1.0);
}

double
BurstLine::GetTail(uint32_t n,
                   uint32_t t,
                   const std::array<Step, 2>& own,
                   uint64_t advance,
                   uint32_t phase) const
{
    // By number of symbols in error so far: probability of that and of each state. What goes beyond
    // t leaves for good, so the tail is a sum over the symbols it may do that with.
    std::vector<Row> erred(t + 1, Row{});
    erred[0] = m_stationary[phase];
    double tail = 0;
    for (uint32_t symbol = 0; symbol < n; ++symbol)
    {
        const Step& step = own[phase];
        for (const double share : Multiply(erred[t], step.hit))
        {
            tail += share;
        }
        // Downwards: each number takes from the next lower one before that changes.
        for (uint32_t number = std::min(symbol + 1, t); number > 0; --number)
        {
            const Row stays = Multiply(erred[number], step.clean);
            const Row comes = Multiply(erred[number - 1], step.hit);
            for (uint32_t state = 0; state < STATES; ++state)
            {
                erred[number][state] = stays[state] + comes[state];
            }
        }
        erred[0] = Multiply(erred[0], step.clean);
        phase = static_cast<uint32_t>((phase + advance) % m_bitsPerSymbol);
    }
    return tail;
}

double
BurstLine::GetRunErrorRatio(uint64_t bits) const
{
    // No error in the first symbol, nor one that begins in any after it.
    const auto later = static_cast<double>(bits / m_bitsPerSymbol - 1);
    return -std::expm1(std::log1p(-m_erred) + later * std::log1p(-m_symbolStart));
}

} // namespace opticalfabric
} // namespace ns3
