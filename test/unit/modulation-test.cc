/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/modulation.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param q a number
 * @return probability that a standard normal variable is above it, by Simpson's rule
 */
double
GaussianTail(double q)
{
    constexpr double PI = 3.14159265358979323846;
    // exp(-q^2/2) is taken out, so that all that is summed is of the order of 1. At the end the
    // exponent is -50, the integrand below 1e-21.
    constexpr int STEPS = 20000;
    const double end = std::sqrt(q * q + 100) - q;
    const double step = end / STEPS;
    const auto scaled = [q](double x) { return std::exp(-x * (q + x / 2)); };
    double sum = scaled(0) + scaled(end);
    for (int i = 1; i < STEPS; ++i)
    {
        sum += (i % 2 == 1 ? 4 : 2) * scaled(i * step);
    }
    return std::exp(-q * q / 2) / std::sqrt(2 * PI) * sum * step / 3;
}

/**
 * Bit error ratio of PAM4 from first principles: each level is sent as often, Gaussian noise takes
 * it to any other, and Gray code says how many bits that costs.
 * @param q half the distance of neighboring levels over the noise's standard deviation
 * @return share of bits in error
 */
double
Pam4BitErrorRatio(double q)
{
    constexpr int GRAY[4] = {0b00, 0b01, 0b11, 0b10};
    double wrongBits = 0;
    for (int sent = 0; sent < 4; ++sent)
    {
        for (int seen = 0; seen < 4; ++seen)
        {
            // The levels are 2 q apart, so the thresholds q (2 d - 1) and q (2 d + 1) away, and no
            // threshold lies beyond the outermost levels.
            const int distance = std::abs(sent - seen);
            double probability = distance == 0 ? 0 : GaussianTail(q * (2 * distance - 1));
            if (distance > 0 && seen > 0 && seen < 3)
            {
                probability -= GaussianTail(q * (2 * distance + 1));
            }
            const int differing = GRAY[sent] ^ GRAY[seen];
            wrongBits += probability * ((differing & 1) + (differing >> 1)) / 4;
        }
    }
    return wrongBits / 2;
}

TEST(Modulation, BitsAndNames)
{
    EXPECT_EQ(GetBitsPerSymbol(Modulation::NRZ), 1u);
    EXPECT_EQ(GetBitsPerSymbol(Modulation::PAM4), 2u);
    EXPECT_EQ(GetName(Modulation::NRZ), "NRZ");
    EXPECT_EQ(GetName(Modulation::PAM4), "PAM4");
}

TEST(Modulation, BitErrorRatioIsTheGaussianTail)
{
    // Of four levels' six errors to a neighbor, on average 3/2 a symbol, each costs one bit of two.
    for (double q = 0; q < 36; q += 0.37)
    {
        const double tail = GaussianTail(q);
        EXPECT_NEAR(GetBitErrorRatio(Modulation::NRZ, q) / tail, 1, 1e-11) << q;
        EXPECT_NEAR(GetBitErrorRatio(Modulation::PAM4, q) / (0.75 * tail), 1, 1e-11) << q;
    }
    EXPECT_EQ(GetBitErrorRatio(Modulation::NRZ, std::numeric_limits<double>::infinity()), 0);
}

TEST(Modulation, FartherLevelsAddWhatTheDocumentationSays)
{
    const auto missing = [](double q) {
        return Pam4BitErrorRatio(q) / GetBitErrorRatio(Modulation::PAM4, q) - 1;
    };
    EXPECT_NEAR(missing(1), 0.006, 0.0005);
    EXPECT_GT(missing(2), 0);
    EXPECT_LT(missing(2), 1e-7);
    EXPECT_NEAR(missing(3), 0, 1e-11);
}

TEST(Modulation, QOfKnownRatios)
{
    // To all digits: bisection with 330 digits in mpmath.
    struct
    {
        Modulation::Kind modulation;
        double ber;
        double q;
    } const knownValues[] = {{Modulation::PAM4, 0.3, 0.253347103135799799},
                             {Modulation::PAM4, 2.4e-4, 3.41407055422742951},
                             {Modulation::PAM4, 1e-5, 4.20021073178482167},
                             {Modulation::PAM4, 1e-6, 4.69495404527670326},
                             {Modulation::PAM4, 1e-8, 5.56202199862268149},
                             {Modulation::PAM4, 1e-30, 11.4390903766054532},
                             {Modulation::PAM4, 1e-100, 21.2599559284824876},
                             {Modulation::PAM4, 1e-300, 37.0393358263401130},
                             {Modulation::NRZ, 2.4e-4, 3.4916760634039632},
                             {Modulation::NRZ, 1e-12, 7.03448382530113193},
                             {Modulation::NRZ, 1e-300, 37.0470962993611992},
                             // Near no signal at all, where the ratio's last digits count.
                             {Modulation::NRZ, 0.5 - 0x1p-30, 2.33447949833329814e-9},
                             {Modulation::NRZ, 0.5 - 0x1p-54, 1.39145821233588346e-16},
                             {Modulation::PAM4, 0.375 - 0x1p-40, 3.03968684678814862e-12},
                             // Where one way to compute it ends and the next begins.
                             {Modulation::PAM4, 0.1875, 0.674489750196081743},
                             {Modulation::PAM4, 0.1875 + 0x1p-52, 0.674489750196080812},
                             {Modulation::PAM4, 0x1p-905, 35.2853314818222798},
                             {Modulation::PAM4, 0x1p-911, 35.4029058331510578},
                             // The smallest ratio that has all digits.
                             {Modulation::NRZ, 0x1p-1022, 37.5193793471444998},
                             {Modulation::PAM4, 0x1p-1022, 37.5117164415397307}};

    for (const auto& known : knownValues)
    {
        EXPECT_NEAR(GetQ(known.modulation, known.ber) / known.q, 1, 1e-14)
            << GetName(known.modulation) << " " << known.ber;
    }
}

TEST(Modulation, QInvertsBitErrorRatio)
{
    for (const auto modulation : {Modulation::NRZ, Modulation::PAM4})
    {
        for (double q = 0.001; q < 37; q *= 1.1)
        {
            EXPECT_NEAR(GetQ(modulation, GetBitErrorRatio(modulation, q)), q, 1e-15 + 4e-14 * q);
        }
        // It falls as the ratio rises, without a step back anywhere.
        double last = INFINITY;
        for (double ber = 1e-320; ber < GetBitErrorRatio(modulation, 0); ber *= 1.01)
        {
            const double q = GetQ(modulation, ber);
            EXPECT_LT(q, last) << ber;
            last = q;
        }
        EXPECT_NEAR(GetQ(modulation, GetBitErrorRatio(modulation, 0)), 0, 1e-15);
        // The smallest number there is.
        const double least = std::numeric_limits<double>::denorm_min();
        EXPECT_NEAR(GetQ(modulation, least), 38.4, 0.1);
    }
}

TEST(Modulation, RefusesWhatHasNoMeaning)
{
    EXPECT_THROW(GetBitErrorRatio(Modulation::NRZ, -1e-9), std::invalid_argument);
    EXPECT_THROW(GetBitErrorRatio(Modulation::PAM4, std::nan("")), std::invalid_argument);
    EXPECT_THROW(GetQ(Modulation::NRZ, 0), std::invalid_argument);
    EXPECT_THROW(GetQ(Modulation::NRZ, -0.1), std::invalid_argument);
    EXPECT_THROW(GetQ(Modulation::NRZ, 0.51), std::invalid_argument);
    EXPECT_THROW(GetQ(Modulation::PAM4, 0.38), std::invalid_argument);
    EXPECT_THROW(GetQ(Modulation::PAM4, std::nan("")), std::invalid_argument);
    try
    {
        GetQ(Modulation::PAM4, 0.4);
        FAIL() << "accepted";
    }
    catch (const std::invalid_argument& error)
    {
        EXPECT_EQ(std::string(error.what()),
                  "GetQ: ber = 0.4 is not allowed for PAM4; allowed: above 0, at most 0.375");
    }
}

} // namespace
