/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "failure-effect.h"

#include "ns3/json-writer.h"
#include "ns3/near-names.h"
#include "ns3/parameter-check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <locale>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

namespace
{

// Ranges that no fault leaves: they catch a wrong unit or a slipped digit.
constexpr uint32_t MAX_LANES = 64;       ///< lanes of a component
constexpr uint32_t MAX_CYCLES = 1000000; ///< cycles of a burst
constexpr double MAX_LOSS_DB = 100;      ///< extra loss, dB

/// A kind of effect as it is written.
struct Form
{
    const char* name;              ///< name
    std::vector<std::string> keys; ///< its fields
};

/// @return forms in the order of FailureEffect::Kind
std::array<Form, FailureEffect::COUNT>
GetForms()
{
    return {{{"down", {}},
             {"link-down", {}},
             {"lanes-lost", {"lanes"}},
             {"extra-loss", {"dB"}},
             {"frame-loss", {"share"}},
             {"corruption", {"share"}},
             {"extra-delay", {"delay"}},
             {"rate-reduced", {"share"}},
             {"flap-burst", {"cycles", "down", "up"}}}};
}

/**
 * @param what what is wrong
 * @param allowed what is allowed
 * @throw std::invalid_argument always
 */
[[noreturn]] void
Refuse(const std::string& what, const std::string& allowed)
{
    throw std::invalid_argument(what + "; allowed: " + allowed);
}

/**
 * @param text a number
 * @return it, nothing if it is none
 */
std::optional<double>
ReadNumber(const std::string& text)
{
    // A stream would also take blanks, a sign and, elsewhere than in C, other decimal points.
    if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string::npos)
    {
        return std::nullopt;
    }
    std::istringstream is(text);
    is.imbue(std::locale::classic());
    double value = 0;
    if (!(is >> value) || !is.eof() || !std::isfinite(value))
    {
        return std::nullopt;
    }
    return value;
}

/// Reads the values of an effect.
class ValueReader
{
  public:
    /**
     * @param effect name of the effect, for messages
     * @param values values by key
     */
    ValueReader(std::string effect, std::map<std::string, std::string> values)
        : m_effect(std::move(effect)),
          m_values(std::move(values))
    {
    }

    /**
     * @param key a key
     * @return its value, a number
     */
    double TakeNumber(const std::string& key) const
    {
        const auto number = ReadNumber(m_values.at(key));
        if (!number)
        {
            RefuseValue(key, "a number");
        }
        return *number;
    }

    /**
     * @param key a key
     * @return its value, a whole number
     */
    uint32_t TakeWhole(const std::string& key) const
    {
        const std::string& text = m_values.at(key);
        if (text.empty() || text.size() > 9 ||
            text.find_first_not_of("0123456789") != std::string::npos)
        {
            RefuseValue(key, "a whole number below 1e9");
        }
        return static_cast<uint32_t>(std::stoul(text));
    }

    /**
     * @param key a key
     * @return its value, a time
     */
    FaultTime TakeTime(const std::string& key) const
    {
        const auto time = FaultTime::Read(m_values.at(key));
        if (!time)
        {
            RefuseValue(key, ALLOWED_FAULT_TIME);
        }
        return *time;
    }

  private:
    /**
     * @param key a key
     * @param allowed what is allowed
     */
    [[noreturn]] void RefuseValue(const std::string& key, const std::string& allowed) const
    {
        Refuse("effect " + m_effect + ": " + key + " = \"" + m_values.at(key) + "\" is not allowed",
               allowed);
    }

    std::string m_effect;                        ///< name of the effect
    std::map<std::string, std::string> m_values; ///< values by key
};

/**
 * @param form a kind of effect
 * @return how it is written
 */
std::string
Describe(const Form& form)
{
    std::string text = form.name;
    for (const std::string& key : form.keys)
    {
        text += " " + key + "=...";
    }
    return text;
}

} // namespace

FaultTime
FailureEffect::GetBurstLength() const
{
    FaultTime length;
    if (kind == FLAP_BURST)
    {
        // By doubling: a million cycles are twenty additions.
        FaultTime power = down + up;
        for (uint32_t rest = cycles; rest > 0; rest /= 2)
        {
            length = rest % 2 == 1 ? length + power : length;
            power = rest > 1 ? power + power : power;
        }
    }
    return length;
}

void
FailureEffect::Validate(ComponentKind::Kind target) const
{
    const ParameterCheck check("effect " + GetName(kind));
    const std::string name = GetName(target);
    const auto requireTime = [&](const char* field, const FaultTime& time, double mostH) {
        check.Require(!time.IsZero() && !(FaultTime::FromH(mostH) < time),
                      field,
                      time.Write(),
                      "above 0, at most " + FaultTime::FromH(mostH).Write());
    };
    switch (kind)
    {
    case COMPONENT_DOWN:
        return;
    case LANES_LOST:
    case EXTRA_LOSS:
        check.Require(
            IsOptical(target),
            "component kind",
            name,
            "kinds that carry light: lane, connector, link, module, fibre, ocs, ocs_port");
        break;
    default:
        check.Require(IsOnPath(target),
                      "component kind",
                      name,
                      "kinds that frames pass through, so not npu, cpu, host, power_feed");
    }
    switch (kind)
    {
    case LANES_LOST:
        check.Require(lanes >= 1 && lanes <= MAX_LANES, "lanes", lanes, "1 to 64");
        break;
    case EXTRA_LOSS:
        check.RequireAbove("lossDb", lossDb, 0, MAX_LOSS_DB);
        break;
    case FRAME_LOSS:
    case CORRUPTION:
        check.RequireAbove("share", share, 0, 1);
        break;
    case RATE_REDUCED:
        check.Require(share > 0 && share < 1, "share", share, "above 0, below 1");
        break;
    case EXTRA_DELAY:
        requireTime("delay", delay, 1.0 / 3600);
        break;
    case FLAP_BURST:
        check.Require(cycles >= 1 && cycles <= MAX_CYCLES, "cycles", cycles, "1 to 1000000");
        requireTime("down", down, 24);
        requireTime("up", up, 24);
        break;
    default:
        break;
    }
}

std::string
FailureEffect::Write() const
{
    const std::string name = GetName(kind);
    switch (kind)
    {
    case COMPONENT_DOWN:
    case LINK_DOWN:
        return name;
    case LANES_LOST:
        return name + " lanes=" + std::to_string(lanes);
    case EXTRA_LOSS:
        return name + " dB=" + JsonWriter::Format(lossDb);
    case FRAME_LOSS:
    case CORRUPTION:
    case RATE_REDUCED:
        return name + " share=" + JsonWriter::Format(share);
    case EXTRA_DELAY:
        return name + " delay=" + delay.Write();
    case FLAP_BURST:
        break;
    }
    return name + " cycles=" + std::to_string(cycles) + " down=" + down.Write() +
           " up=" + up.Write();
}

bool
FailureEffect::operator==(const FailureEffect& other) const
{
    return kind == other.kind && lanes == other.lanes && lossDb == other.lossDb &&
           share == other.share && delay == other.delay && cycles == other.cycles &&
           down == other.down && up == other.up;
}

std::string
GetName(FailureEffect::Kind kind)
{
    return GetForms().at(kind).name;
}

std::vector<std::string>
GetFailureEffectNames()
{
    std::vector<std::string> names;
    for (const Form& form : GetForms())
    {
        names.emplace_back(form.name);
    }
    return names;
}

FailureEffect
ReadFailureEffect(const std::string& text)
{
    std::istringstream words(text);
    std::string name;
    words >> name;
    const std::vector<std::string> names = GetFailureEffectNames();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
    {
        Refuse("effect \"" + name + "\" is not known" + SuggestName(name, names), JoinNames(names));
    }
    FailureEffect effect;
    effect.kind = static_cast<FailureEffect::Kind>(found - names.begin());
    const Form form = GetForms().at(effect.kind);
    std::map<std::string, std::string> values;
    for (std::string word; words >> word;)
    {
        const std::string key = word.substr(0, word.find('='));
        const bool isKnown = std::find(form.keys.begin(), form.keys.end(), key) != form.keys.end();
        if (!isKnown || key.size() == word.size() ||
            !values.emplace(key, word.substr(key.size() + 1)).second)
        {
            Refuse("effect " + name + ": \"" + word + "\" is not allowed" +
                       (isKnown ? "" : SuggestName(key, form.keys)),
                   Describe(form));
        }
    }
    for (const std::string& key : form.keys)
    {
        if (values.count(key) == 0)
        {
            Refuse("effect " + name + ": " + key + " is missing", Describe(form));
        }
    }
    const ValueReader reader(name, values);
    switch (effect.kind)
    {
    case FailureEffect::LANES_LOST:
        effect.lanes = reader.TakeWhole("lanes");
        break;
    case FailureEffect::EXTRA_LOSS:
        effect.lossDb = reader.TakeNumber("dB");
        break;
    case FailureEffect::FRAME_LOSS:
    case FailureEffect::CORRUPTION:
    case FailureEffect::RATE_REDUCED:
        effect.share = reader.TakeNumber("share");
        break;
    case FailureEffect::EXTRA_DELAY:
        effect.delay = reader.TakeTime("delay");
        break;
    case FailureEffect::FLAP_BURST:
        effect.cycles = reader.TakeWhole("cycles");
        effect.down = reader.TakeTime("down");
        effect.up = reader.TakeTime("up");
        break;
    default:
        break;
    }
    return effect;
}

} // namespace opticalfabric
} // namespace ns3
