/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-failure.h"

#include "catalog-binding.h"

#include "ns3/near-names.h"

#include <map>
#include <set>
#include <stdexcept>
#include <string>

namespace ns3
{
namespace opticalfabric
{

using namespace catalogbinding;

namespace
{

constexpr Range RATE{CatalogQuantity::FAILURE_RATE, 1e-3, 1e12};
constexpr Range LIFE{CatalogQuantity::DURATION, 1e-3, 1e12};
constexpr Range SHAPE{CatalogQuantity::PURE, 0.05, 100};
constexpr Range SIGMA{CatalogQuantity::PURE, 0.01, 10};
constexpr Range SHARE{CatalogQuantity::PURE, 1e-12, 1};
constexpr Range ACTIVATION{CatalogQuantity::ENERGY, 0, 5};
constexpr Range TEMPERATURE{CatalogQuantity::TEMPERATURE, -40, 150};
constexpr Range LANES{CatalogQuantity::PURE, 1, 64};
constexpr Range LOSS{CatalogQuantity::RATIO, 1e-6, 100};
constexpr Range DELAY{CatalogQuantity::TIME, 1e-12, 1};
constexpr Range CYCLES{CatalogQuantity::PURE, 1, 1000000};
constexpr Range DURATION{CatalogQuantity::DURATION, 0, 1e6};
constexpr Range FACTOR_DOWN{CatalogQuantity::PURE, 0, 1};
constexpr Range FACTOR_UP{CatalogQuantity::PURE, 1, MAX_FACTOR};
constexpr Range USED_UP{CatalogQuantity::PURE, 0, 100};
constexpr Range PRIORITY{CatalogQuantity::PURE, 0, 1000};

const std::vector<std::string> LIFETIME_LAWS{"never", "exponential", "weibull", "lognormal"};
const std::vector<std::string> DURATION_LAWS{"constant", "uniform", "exponential", "lognormal"};
const std::vector<std::string> CREW_WORDS{"no", "yes"};
const std::vector<std::string> AGE_WORDS{"kept", "new"};

/// Words and numbers of an entry by path, of those fields that are there.
class Values
{
  public:
    /// @param entry the entry; must outlive this
    explicit Values(const CatalogEntry& entry)
    {
        for (const CatalogValue& value : entry.values)
        {
            m_values[value.field] = &value;
        }
    }

    /**
     * @param path path of a field
     * @return whether it is there
     */
    bool Has(const std::string& path) const
    {
        return m_values.count(path) > 0;
    }

    /**
     * @param path path of a field that has to be there
     * @param why what needs it, for the message
     * @return its number
     */
    double TakeNumber(const std::string& path, const std::string& why)
    {
        return Take(path, why).numbers.front();
    }

    /**
     * @param path path of a field that is there
     * @return its text
     */
    std::string TakeText(const std::string& path)
    {
        return Take(path, "").text;
    }

    /**
     * @param path path of a field that is there
     * @param words words it can be
     * @return which of them it is
     */
    std::size_t TakeChoice(const std::string& path, const std::vector<std::string>& words)
    {
        const std::string text = TakeText(path);
        return static_cast<std::size_t>(std::find(words.begin(), words.end(), text) -
                                        words.begin());
    }

    /// @brief Refuse what nothing has asked for.
    void RefuseRest() const
    {
        std::vector<std::string> used(m_taken.begin(), m_taken.end());
        for (const auto& [path, value] : m_values)
        {
            if (m_taken.count(path) == 0)
            {
                throw std::invalid_argument(path + " = " + value->written +
                                            " is not allowed; allowed with these laws and this "
                                            "effect: " +
                                            JoinNames(used));
            }
        }
    }

  private:
    /**
     * @param path path of a field that has to be there
     * @param why what needs it, for the message
     * @return its value
     */
    const CatalogValue& Take(const std::string& path, const std::string& why)
    {
        const auto found = m_values.find(path);
        if (found == m_values.end())
        {
            throw std::invalid_argument(path + " is missing; allowed: a value, as " + why +
                                        " needs it");
        }
        m_taken.insert(path);
        return *found->second;
    }

    std::map<std::string, const CatalogValue*> m_values; ///< by path
    std::set<std::string> m_taken;                       ///< paths that were asked for
};

/**
 * @param path path of a duration
 * @param isOptional whether it may be left out
 * @param fields where its fields go
 */
void
AddDurationFields(const std::string& path, bool isOptional, std::vector<CatalogField>& fields)
{
    fields.push_back(MakeField((path + ".law").c_str(), CatalogField::CHOICE, {}, DURATION_LAWS));
    fields.back().isOptional = isOptional;
    for (const char* part : {".mean", ".least", ".most", ".median"})
    {
        fields.push_back(MakeField((path + part).c_str(), CatalogField::NUMBER, DURATION));
        fields.back().isOptional = true;
    }
    fields.push_back(MakeField((path + ".sigma").c_str(), CatalogField::NUMBER, SIGMA));
    fields.back().isOptional = true;
}

/**
 * @param values values of an entry
 * @param path path of a duration
 * @return the duration
 */
DurationLaw
TakeDuration(Values& values, const std::string& path)
{
    if (!values.Has(path + ".law"))
    {
        return DurationLaw();
    }
    const std::size_t law = values.TakeChoice(path + ".law", DURATION_LAWS);
    const std::string why = path + ".law = " + DURATION_LAWS[law];
    switch (static_cast<DurationLaw::Kind>(law))
    {
    case DurationLaw::CONSTANT:
        return DurationLaw::Constant(values.TakeNumber(path + ".mean", why));
    case DurationLaw::UNIFORM: {
        const double leastH = values.TakeNumber(path + ".least", why);
        return DurationLaw::Uniform(leastH, values.TakeNumber(path + ".most", why));
    }
    case DurationLaw::EXPONENTIAL:
        return DurationLaw::Exponential(values.TakeNumber(path + ".mean", why));
    case DurationLaw::LOGNORMAL:
        break;
    }
    const double medianH = values.TakeNumber(path + ".median", why);
    return DurationLaw::Lognormal(medianH, values.TakeNumber(path + ".sigma", why));
}

/**
 * @param values values of an entry
 * @return its lifetime law
 */
LifetimeLaw
TakeLaw(Values& values)
{
    const std::size_t law = values.TakeChoice("law", LIFETIME_LAWS);
    const std::string why = "law = " + LIFETIME_LAWS[law];
    LifetimeLaw main;
    switch (static_cast<LifetimeLaw::Kind>(law))
    {
    case LifetimeLaw::EXPONENTIAL:
        main = LifetimeLaw::ExponentialFit(values.TakeNumber("rate", why));
        break;
    case LifetimeLaw::WEIBULL: {
        const double shape = values.TakeNumber("shape", why);
        main = LifetimeLaw::Weibull(shape, values.TakeNumber("scale", why));
        break;
    }
    case LifetimeLaw::LOGNORMAL: {
        const double medianH = values.TakeNumber("median", why);
        main = LifetimeLaw::Lognormal(medianH, values.TakeNumber("sigma", why));
        break;
    }
    default:
        break;
    }
    if (!values.Has("infant.share"))
    {
        return main;
    }
    const double share = values.TakeNumber("infant.share", "");
    if (share == 1)
    {
        throw std::invalid_argument("infant.share = 1 is not allowed; allowed: below 1");
    }
    const double shape = values.TakeNumber("infant.shape", "infant.share");
    const double scaleH = values.TakeNumber("infant.scale", "infant.share");
    return LifetimeLaw::Mixture({{share, LifetimeLaw::Weibull(shape, scaleH)}, {1 - share, main}});
}

/**
 * @param values values of an entry
 * @param mode gets the effect
 */
void
TakeEffect(Values& values, FailureMode& mode)
{
    FailureEffect& effect = mode.effect;
    effect.kind =
        static_cast<FailureEffect::Kind>(values.TakeChoice("effect.kind", GetFailureEffectNames()));
    const std::string why = "effect.kind = " + GetName(effect.kind);
    switch (effect.kind)
    {
    case FailureEffect::LANES_LOST:
        effect.lanes = static_cast<uint32_t>(values.TakeNumber("effect.lanes", why));
        break;
    case FailureEffect::EXTRA_LOSS:
        mode.isDirt = mode.component == ComponentKind::CONNECTOR && !values.Has("effect.loss");
        effect.lossDb = mode.isDirt ? 0 : values.TakeNumber("effect.loss", why);
        break;
    case FailureEffect::FRAME_LOSS:
    case FailureEffect::CORRUPTION:
    case FailureEffect::RATE_REDUCED:
        effect.share = values.TakeNumber("effect.share", why);
        break;
    case FailureEffect::EXTRA_DELAY:
        effect.delay = FaultTime::FromH(values.TakeNumber("effect.delay", why) / 3600);
        break;
    case FailureEffect::FLAP_BURST:
        mode.flaps.leastCycles = static_cast<uint32_t>(values.TakeNumber("flap.least_cycles", why));
        mode.flaps.mostCycles = static_cast<uint32_t>(values.TakeNumber("flap.most_cycles", why));
        mode.flaps.down = TakeDuration(values, "flap.down");
        mode.flaps.up = TakeDuration(values, "flap.up");
        break;
    default:
        break;
    }
}

/**
 * @param values values of an entry
 * @return its repair
 */
RepairAction
TakeRepair(Values& values)
{
    RepairAction repair;
    repair.kind =
        static_cast<RepairAction::Kind>(values.TakeChoice("repair.action", GetRepairActionNames()));
    repair.duration = TakeDuration(values, "repair");
    repair.needsCrew = values.TakeChoice("repair.crew", CREW_WORDS) == 1;
    if (values.Has("repair.spare"))
    {
        repair.spare = values.TakeText("repair.spare");
    }
    if (values.Has("repair.priority"))
    {
        repair.priority = static_cast<uint32_t>(values.TakeNumber("repair.priority", ""));
    }
    if (values.Has("repair.age"))
    {
        repair.restoresAge = values.TakeChoice("repair.age", AGE_WORDS) == 1;
    }
    return repair;
}

/**
 * How far a mode is known, and what its repair uses up: no part of the mode, but of figures with
 * it (GetFactorRange, GetUsedUp).
 * @param values values of an entry
 */
void
TakeRanges(Values& values)
{
    for (const char* path :
         {"rate_range.low", "rate_range.high", "repair_range.low", "repair_range.high"})
    {
        if (values.Has(path))
        {
            values.TakeNumber(path, "");
        }
    }
    const std::vector<std::string> ends{"repair.used_up.low",
                                        "repair.used_up.typical",
                                        "repair.used_up.high"};
    if (std::none_of(ends.begin(), ends.end(), [&values](const std::string& path) {
            return values.Has(path);
        }))
    {
        return;
    }
    double least = 0;
    for (const std::string& path : ends)
    {
        const double value = values.TakeNumber(path, "repair.used_up");
        if (value < least)
        {
            throw std::invalid_argument(path + " = " + std::to_string(value) +
                                        " is not allowed; allowed: low, typical and high in "
                                        "ascending order");
        }
        least = value;
    }
}

} // namespace

std::vector<CatalogField>
GetFailureModeFields()
{
    std::vector<CatalogField> fields;
    const auto add = [&fields](const CatalogField& field, bool isOptional) {
        fields.push_back(field);
        fields.back().isOptional = isOptional;
    };
    const auto number = [&add](const char* path, const Range& range) {
        add(MakeField(path, CatalogField::NUMBER, range), true);
    };
    const auto whole = [&add](const char* path, const Range& range) {
        add(MakeField(path, CatalogField::WHOLE, range), true);
    };
    const auto choice = [&add](const char* path, const std::vector<std::string>& words) {
        add(MakeField(path, CatalogField::CHOICE, {}, words), false);
    };
    choice("component", GetComponentKindNames());
    choice("law", LIFETIME_LAWS);
    number("rate", RATE);
    number("shape", SHAPE);
    number("scale", LIFE);
    number("median", LIFE);
    number("sigma", SIGMA);
    number("infant.share", SHARE);
    number("infant.shape", SHAPE);
    number("infant.scale", LIFE);
    add(MakeField("activation_energy", CatalogField::NUMBER, ACTIVATION), false);
    add(MakeField("reference", CatalogField::NUMBER, TEMPERATURE), false);
    choice("effect.kind", GetFailureEffectNames());
    whole("effect.lanes", LANES);
    number("effect.loss", LOSS);
    number("effect.share", SHARE);
    number("effect.delay", DELAY);
    whole("flap.least_cycles", CYCLES);
    whole("flap.most_cycles", CYCLES);
    AddDurationFields("flap.down", true, fields);
    AddDurationFields("flap.up", true, fields);
    AddDurationFields("detection", false, fields);
    choice("repair.action", GetRepairActionNames());
    AddDurationFields("repair", false, fields);
    choice("repair.crew", CREW_WORDS);
    add(MakeField("repair.spare", CatalogField::TEXT), true);
    whole("repair.priority", PRIORITY);
    add(MakeField("repair.age", CatalogField::CHOICE, {}, AGE_WORDS), true);
    number("repair.used_up.low", USED_UP);
    number("repair.used_up.typical", USED_UP);
    number("repair.used_up.high", USED_UP);
    number("rate_range.low", FACTOR_DOWN);
    number("rate_range.high", FACTOR_UP);
    number("repair_range.low", FACTOR_DOWN);
    number("repair_range.high", FACTOR_UP);
    return fields;
}

FailureMode
MakeFailureMode(const CatalogEntry& entry)
{
    Values values(entry);
    FailureMode mode;
    mode.name = entry.name;
    mode.component =
        static_cast<ComponentKind::Kind>(values.TakeChoice("component", GetComponentKindNames()));
    mode.law = TakeLaw(values);
    mode.activationEv = values.TakeNumber("activation_energy", "");
    mode.referenceC = values.TakeNumber("reference", "");
    TakeEffect(values, mode);
    mode.detection = TakeDuration(values, "detection");
    mode.repair = TakeRepair(values);
    TakeRanges(values);
    values.RefuseRest();
    FailureMode checked = mode;
    checked.effect.lossDb = mode.isDirt ? LOSS.low : mode.effect.lossDb;
    checked.Validate();
    return mode;
}

} // namespace opticalfabric
} // namespace ns3
