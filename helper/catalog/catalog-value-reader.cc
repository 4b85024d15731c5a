/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-value-reader.h"

#include "ns3/scenario-quantity.h"
#include "ns3/scenario-section.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr const char* ALLOWED_SOURCE = "where the value is from: a paper, data sheet, or clause";
constexpr const char* ALLOWED_LIKE =
    "the name of an entry, or { value = \"name\", source = \"...\", mark = \"...\" }";

/**
 * Take a text that has to be there.
 * @param section table that says it
 * @param key its key
 * @param allowed what is allowed
 * @return the text
 */
std::string
TakeNeeded(ScenarioSection& section, const std::string& key, const std::string& allowed)
{
    const ScenarioNode* node = section.Take(key);
    if (node == nullptr)
    {
        throw ScenarioError(section.GetNode().mark,
                            section.GetPath(key) + " is missing; allowed: " + allowed);
    }
    if (node->kind != ScenarioNode::STRING ||
        node->text.find_first_not_of(" \t\r\n") == std::string::npos)
    {
        RefuseCatalogValue(node->mark, section.GetPath(key), node->Describe(), allowed);
    }
    return node->text;
}

/**
 * @param section table that says it
 * @return the mark
 */
Evidence::Grade
TakeMark(ScenarioSection& section)
{
    std::vector<std::string> marks;
    for (uint8_t grade = 0; grade < Evidence::COUNT; ++grade)
    {
        marks.push_back(GetMark(static_cast<Evidence::Grade>(grade)));
    }
    const std::string allowed = JoinNames(marks);
    const std::string mark = TakeNeeded(section, "mark", allowed);
    const auto found = std::find(marks.begin(), marks.end(), mark);
    if (found == marks.end())
    {
        RefuseCatalogValue(section.GetNode().Find("mark")->mark,
                           section.GetPath("mark"),
                           "\"" + mark + "\"",
                           allowed);
    }
    return static_cast<Evidence::Grade>(found - marks.begin());
}

/**
 * @param section table that says it
 * @param field the field it is of
 * @return the unit
 */
const CatalogUnit&
TakeUnit(ScenarioSection& section, const CatalogField& field)
{
    const std::string allowed = JoinNames(GetCatalogUnitNames(field.quantity));
    const std::string name = TakeNeeded(section, "unit", allowed);
    for (const CatalogUnit& unit : GetCatalogUnits(field.quantity))
    {
        if (name == unit.name)
        {
            return unit;
        }
    }
    RefuseCatalogValue(section.GetNode().Find("unit")->mark,
                       section.GetPath("unit"),
                       "\"" + name + "\"",
                       allowed);
}

/**
 * @param node a number
 * @param field the field it is of
 * @param unit its unit
 * @param path path to it
 * @return the number in the unit of the specs
 */
double
ReadNumber(const ScenarioNode& node,
           const CatalogField& field,
           const CatalogUnit& unit,
           const std::string& path)
{
    const bool isKind = node.kind == ScenarioNode::INTEGER ||
                        (node.kind == ScenarioNode::REAL && field.type != CatalogField::WHOLE);
    const auto number = isKind ? ReadReal(node.text) : std::nullopt;
    const double converted = number ? unit.Convert(*number) : 0;
    if (!number || !(converted >= field.low && converted <= field.high))
    {
        const std::string shown = unit.name == std::string("1") ? "" : std::string(" ") + unit.name;
        RefuseCatalogValue(node.mark,
                           path,
                           node.Describe() + (number ? shown : ""),
                           field.DescribeAllowed());
    }
    return converted;
}

} // namespace

void
RefuseCatalogValue(const ScenarioMark& place,
                   const std::string& path,
                   const std::string& value,
                   const std::string& allowed)
{
    throw ScenarioError(place, path + " = " + value + " is not allowed; allowed: " + allowed);
}

CatalogValue
ReadCatalogValue(const ScenarioNode& node,
                 const CatalogField& field,
                 const std::string& name,
                 const std::string& path)
{
    if (node.kind != ScenarioNode::TABLE)
    {
        RefuseCatalogValue(node.mark, path, node.Describe(), ALLOWED_CATALOG_VALUE);
    }
    ScenarioSection section(node, path);
    const ScenarioNode* given = section.Take("value");
    if (field.HasUnit())
    {
        section.Take("unit");
    }
    section.Take("source");
    section.Take("mark");
    // First, so that a slip in a key is not taken for a missing one.
    section.RefuseRest();
    CatalogValue value;
    value.field = name;
    value.place = node.mark;
    if (given == nullptr)
    {
        throw ScenarioError(node.mark,
                            section.GetPath("value") +
                                " is missing; allowed: " + field.DescribeAllowed());
    }
    if (field.HasUnit())
    {
        const CatalogUnit& unit = TakeUnit(section, field);
        value.unit = unit.name;
        const bool isList = field.type == CatalogField::NUMBERS &&
                            given->kind == ScenarioNode::LIST && !given->elements.empty();
        if (isList)
        {
            for (const ScenarioNode& element : given->elements)
            {
                value.numbers.push_back(ReadNumber(element, field, unit, section.GetPath("value")));
                value.written += (value.written.empty() ? "" : ", ") + element.text;
            }
        }
        else
        {
            value.numbers = {ReadNumber(*given, field, unit, section.GetPath("value"))};
            value.written = given->text;
        }
    }
    else
    {
        value.text = TakeNeeded(section, "value", field.DescribeAllowed());
        value.written = value.text;
        const auto& choices = field.choices;
        if (field.type == CatalogField::CHOICE &&
            std::find(choices.begin(), choices.end(), value.text) == choices.end())
        {
            RefuseCatalogValue(given->mark,
                               section.GetPath("value"),
                               given->Describe(),
                               field.DescribeAllowed());
        }
    }
    value.source = TakeNeeded(section, "source", ALLOWED_SOURCE);
    value.evidence = TakeMark(section);
    return value;
}

CatalogDerivation
ReadCatalogDerivation(const ScenarioNode& entry, const std::string& path)
{
    const ScenarioNode* like = entry.Find("like");
    CatalogDerivation derivation;
    if (like == nullptr)
    {
        return derivation;
    }
    const std::string likePath = path + ".like";
    derivation.place = like->mark;
    if (like->kind == ScenarioNode::TABLE)
    {
        ScenarioSection section(*like, likePath);
        section.Take("value");
        section.Take("source");
        section.Take("mark");
        section.RefuseRest();
        derivation.from = TakeNeeded(section, "value", "the name of an entry");
        derivation.source = TakeNeeded(section, "source", "why what holds there holds here");
        derivation.evidence = TakeMark(section);
    }
    else if (like->kind == ScenarioNode::STRING && !like->text.empty())
    {
        derivation.from = like->text;
    }
    else
    {
        RefuseCatalogValue(like->mark, likePath, like->Describe(), ALLOWED_LIKE);
    }
    return derivation;
}

} // namespace opticalfabric
} // namespace ns3
