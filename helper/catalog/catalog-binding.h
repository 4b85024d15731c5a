/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CATALOG_BINDING_H
#define OPTICAL_FABRIC_CATALOG_BINDING_H

#include "catalog-field.h"
#include "catalog-value.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How fields of catalog entries get into members of specs.
 */
namespace catalogbinding
{

/// @brief What a number measures, and the range in which it is believed to be no slip of the pen.
struct Range
{
    CatalogQuantity::Kind quantity{CatalogQuantity::PURE}; ///< what it measures
    double low{0};                                         ///< least allowed, unit of the specs
    double high{0};                                        ///< most allowed, unit of the specs
};

/**
 * @brief A field, and where in a spec its value goes.
 * @tparam SPEC the spec
 */
template <typename SPEC>
struct Binding
{
    CatalogField field;                                    ///< the field
    std::function<void(SPEC&, const CatalogValue&)> store; ///< puts its value into a spec

    /// @return the same, but it may be left out
    Binding Optional() const
    {
        Binding optional = *this;
        optional.field.isOptional = true;
        return optional;
    }
};

/**
 * @param path path in an entry
 * @param type what its value looks like
 * @param range what it measures, and what is allowed
 * @param choices words there are, if it is one of several
 * @return the field
 */
inline CatalogField
MakeField(const char* path,
          CatalogField::Type type,
          const Range& range = {},
          const std::vector<std::string>& choices = {})
{
    return {path, type, range.quantity, range.low, range.high, choices, false};
}

/**
 * @tparam PART any
 * @param part a part of a spec
 * @return the part
 */
template <typename PART>
PART&
Access(PART& part)
{
    return part;
}

/**
 * @tparam PART a structure
 * @tparam MEMBER pointer to a member of it
 * @tparam REST pointers to members of that, and so on
 * @param part the structure
 * @param member which member
 * @param rest which member of that, and so on
 * @return the member
 */
template <typename PART, typename MEMBER, typename... REST>
auto&
Access(PART& part, MEMBER member, REST... rest)
{
    return Access(part.*member, rest...);
}

/**
 * @tparam SPEC the spec
 * @tparam PATH pointers to members
 * @param path path in an entry
 * @param range what it measures, and what is allowed
 * @param members where in a spec its value goes
 * @return a field that is a number
 */
template <typename SPEC, typename... PATH>
Binding<SPEC>
Number(const char* path, const Range& range, PATH... members)
{
    return {MakeField(path, CatalogField::NUMBER, range),
            [=](SPEC& spec, const CatalogValue& value) {
                Access(spec, members...) = value.numbers.front();
            }};
}

/**
 * @tparam SPEC the spec
 * @param path path in an entry
 * @param low least that is allowed
 * @param high most that is allowed
 * @return a factor that may be left out. It is no part of a spec: what figures with it asks the
 *         catalog (GetFactorRange).
 */
template <typename SPEC>
Binding<SPEC>
Factor(const std::string& path, double low, double high)
{
    return Binding<SPEC>{
        MakeField(path.c_str(), CatalogField::NUMBER, {CatalogQuantity::PURE, low, high}),
        [](SPEC&, const CatalogValue&) {}}
        .Optional();
}

/// Largest factor between what is believed of a value and its typical one.
constexpr double MAX_FACTOR = 1000;

/**
 * @tparam SPEC the spec
 * @param path path of a value in an entry
 * @return how far it may lie from what is believed, as factors of it: path_range.low, 0 to 1, and
 *         path_range.high, 1 to MAX_FACTOR
 */
template <typename SPEC>
std::vector<Binding<SPEC>>
FactorRange(const std::string& path)
{
    return {Factor<SPEC>(path + "_range.low", 0, 1),
            Factor<SPEC>(path + "_range.high", 1, MAX_FACTOR)};
}

/**
 * @tparam SPEC the spec
 * @param path path in an entry
 * @param range what is allowed
 * @param member where in a spec its value goes
 * @return a field that counts something
 */
template <typename SPEC>
Binding<SPEC>
Whole(const char* path, const Range& range, uint32_t SPEC::*member)
{
    return {MakeField(path, CatalogField::WHOLE, range),
            [=](SPEC& spec, const CatalogValue& value) {
                spec.*member = static_cast<uint32_t>(value.numbers.front());
            }};
}

/**
 * @tparam SPEC the spec
 * @param path path in an entry
 * @param member where in a spec its value goes
 * @return a field that is any text
 */
template <typename SPEC>
Binding<SPEC>
Text(const char* path, std::string SPEC::*member)
{
    return {MakeField(path, CatalogField::TEXT),
            [=](SPEC& spec, const CatalogValue& value) { spec.*member = value.text; }};
}

/**
 * @tparam SPEC the spec
 * @tparam ENUM an enumeration
 * @param path path in an entry
 * @param words the words, in the order of the enumeration
 * @param member where in a spec its value goes
 * @return a field that is one of these words
 */
template <typename SPEC, typename ENUM>
Binding<SPEC>
Choice(const char* path, const std::vector<std::string>& words, ENUM SPEC::*member)
{
    return {MakeField(path, CatalogField::CHOICE, {}, words),
            [=](SPEC& spec, const CatalogValue& value) {
                const auto found = std::find(words.begin(), words.end(), value.text);
                spec.*member = static_cast<ENUM>(found - words.begin());
            }};
}

/**
 * @tparam SPEC the spec
 * @param bindings its fields
 * @return the fields alone
 */
template <typename SPEC>
std::vector<CatalogField>
GetFields(const std::vector<Binding<SPEC>>& bindings)
{
    std::vector<CatalogField> fields;
    for (const Binding<SPEC>& binding : bindings)
    {
        fields.push_back(binding.field);
    }
    return fields;
}

/**
 * @tparam SPEC the spec
 * @param entry a complete entry
 * @param bindings its fields
 * @return the spec with its values
 */
template <typename SPEC>
SPEC
Fill(const CatalogEntry& entry, const std::vector<Binding<SPEC>>& bindings)
{
    SPEC spec;
    spec.name = entry.name;
    for (const Binding<SPEC>& binding : bindings)
    {
        for (const CatalogValue& value : entry.values)
        {
            if (binding.field.Matches(value.field))
            {
                binding.store(spec, value);
            }
        }
    }
    return spec;
}

} // namespace catalogbinding
} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CATALOG_BINDING_H */
