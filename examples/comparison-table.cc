/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "comparison-table.h"

#include "published-figures.h"

#include "ns3/json-writer.h"
#include "ns3/text-table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <sstream>

using namespace ns3::opticalfabric;

namespace fabriccomparison
{

namespace
{

constexpr std::size_t NAME_WIDTH = 33;      ///< of the figure's name
constexpr std::size_t UNIT_WIDTH = 9;       ///< of its unit
constexpr std::size_t VALUE_WIDTH = 11;     ///< of ours
constexpr std::size_t PUBLISHED_WIDTH = 11; ///< of the published one
constexpr std::size_t DEVIATION_WIDTH = 9;  ///< of how they differ
constexpr std::size_t MARK_WIDTH = 5;       ///< of the mark
constexpr std::size_t SYSTEM_WIDTH =        ///< of a system with what is published of it
    VALUE_WIDTH + PUBLISHED_WIDTH + DEVIATION_WIDTH + MARK_WIDTH;
constexpr std::size_t VARIANT_WIDTH = 19; ///< least, of a system of many, with its mark

/**
 * @param text a text
 * @param width columns
 * @return the text at their left
 */
std::string
Left(const std::string& text, std::size_t width)
{
    return TextTable::Pad(text, width, TextTable::LEFT);
}

/**
 * @param text a text
 * @param width columns
 * @return the text at their right, with a blank before it at least
 */
std::string
Right(const std::string& text, std::size_t width)
{
    return " " + TextTable::Pad(text, width - 1, TextTable::RIGHT);
}

/**
 * @param figure a figure
 * @return its mark; "-" if it was counted
 */
std::string
GetFigureMark(const Figure& figure)
{
    return figure.grade ? GetMark(*figure.grade) : "-";
}

/**
 * @param figure a figure
 * @return how many decimals of it are worth printing
 */
int
GetDecimals(const Figure& figure)
{
    return figure.inputs ? fabriccomparison::GetDecimals(*figure.inputs, figure.decimals)
                         : figure.decimals;
}

/**
 * @param figure a figure
 * @return where it lies as its inputs are known; empty if nothing says so
 */
std::string
GetInterval(const Figure& figure)
{
    if (!figure.inputs)
    {
        return "";
    }
    const int decimals = GetDecimals(figure);
    return FormatRounded(figure.inputs->low, decimals) + " to " +
           FormatRounded(figure.inputs->high, decimals);
}

/**
 * @param figure ours
 * @param published the published one
 * @return how they differ: by how much ours is above, or whether a bound holds
 */
std::string
GetDeviation(const Figure& figure, const PublishedFigure& published)
{
    if (published.isBound)
    {
        return figure.value >= published.value ? "holds" : "broken";
    }
    char text[32];
    std::snprintf(text, sizeof(text), "%+.1f %%", 100 * (figure.value / published.value - 1));
    return text;
}

/**
 * @param figure a figure of a system
 * @param published what is published of the system; null: nothing
 * @return the system's columns
 */
std::string
GetColumns(const Figure& figure, const PublishedFigure* published)
{
    std::string text = Right(FormatRounded(figure.value, GetDecimals(figure)), VALUE_WIDTH);
    if (published)
    {
        const std::string bound = published->isBound ? ">" : "";
        text += Right(bound + Format(published->value, figure.decimals), PUBLISHED_WIDTH);
        text += Right(GetDeviation(figure, *published), DEVIATION_WIDTH);
    }
    else
    {
        const std::string note = figure.note.empty() ? GetInterval(figure) : figure.note;
        text += Left("  " + note, PUBLISHED_WIDTH + DEVIATION_WIDTH);
    }
    return text + Right(GetFigureMark(figure), MARK_WIDTH);
}

/**
 * @param system one of many systems
 * @return columns that it takes
 */
std::size_t
GetVariantWidth(const ComparedSystem& system)
{
    return std::max(VARIANT_WIDTH, system.name.size() + 2);
}

/**
 * @param os where to
 * @param text a line, blanks at its end left out
 */
void
PrintLine(std::ostream& os, const std::string& text)
{
    os << TextTable::TrimEnd(text) << "\n";
}

/**
 * @param os where to
 * @param systems systems, side by side
 * @param hasPublished whether published figures stand beside ours
 * @param catalog has the published prices
 */
void
PrintTable(std::ostream& os,
           const std::vector<ComparedSystem>& systems,
           bool hasPublished,
           const Catalog& catalog)
{
    std::string first = Left("", NAME_WIDTH + UNIT_WIDTH);
    std::string second = first;
    for (const ComparedSystem& system : systems)
    {
        first += hasPublished ? Left("   " + system.name, SYSTEM_WIDTH)
                              : Right(system.name, GetVariantWidth(system));
        second += Right("ours", VALUE_WIDTH) + Right("published", PUBLISHED_WIDTH) +
                  Right("dev", DEVIATION_WIDTH) + Right("mark", MARK_WIDTH);
    }
    PrintLine(os, first);
    if (hasPublished)
    {
        PrintLine(os, second);
    }
    std::string group;
    for (std::size_t i = 0; i < systems.front().figures.size(); ++i)
    {
        const Figure& like = systems.front().figures[i];
        if (!like.group.empty() && like.group != group)
        {
            group = like.group;
            os << "\n" << group << "\n";
        }
        std::string line = Left(like.name, NAME_WIDTH) + Left(like.unit, UNIT_WIDTH);
        bool isCrowded = false; // an interval needs a line of its own
        for (const ComparedSystem& system : systems)
        {
            const Figure& figure = system.figures[i];
            const auto published = system.hasPublished
                                       ? FindPublished(catalog, system.name, figure.key)
                                       : std::nullopt;
            isCrowded = isCrowded ||
                        (figure.inputs && (!hasPublished || published || !figure.note.empty()));
            line += hasPublished ? GetColumns(figure, published ? &*published : nullptr)
                                 : Right(FormatRounded(figure.value, GetDecimals(figure)),
                                         GetVariantWidth(system) - 3) +
                                       Right(GetFigureMark(figure), 3);
        }
        PrintLine(os, line);
        if (isCrowded)
        {
            line = Left("", NAME_WIDTH + UNIT_WIDTH);
            for (const ComparedSystem& system : systems)
            {
                const Figure& figure = system.figures[i];
                if (!hasPublished)
                {
                    line += Right(GetInterval(figure), GetVariantWidth(system) - 3) + "   ";
                    continue;
                }
                const bool isShown =
                    figure.note.empty() &&
                    !(system.hasPublished && FindPublished(catalog, system.name, figure.key));
                line += Right("", VALUE_WIDTH) +
                        Left("  " + (isShown ? "" : GetInterval(figure)),
                             PUBLISHED_WIDTH + DEVIATION_WIDTH) +
                        Right("", MARK_WIDTH);
            }
            PrintLine(os, line);
        }
    }
}

} // namespace

std::string
Format(double value, int decimals)
{
    if (!std::isfinite(value))
    {
        return "never";
    }
    char text[64];
    std::snprintf(text, sizeof(text), "%.*f", decimals, value);
    std::string number = text;
    std::size_t at = std::min(number.find('.'), number.size());
    const std::size_t begin = number[0] == '-' ? 1 : 0;
    while (at > begin + 3)
    {
        at -= 3;
        number.insert(at, ",");
    }
    return number;
}

int
GetDecimals(const ValueRange& range, int most)
{
    constexpr int DIGITS = 2;
    const double half = (range.high - range.low) / 2;
    if (!(half > 0) || !std::isfinite(half))
    {
        return most;
    }
    return std::min(most, DIGITS - 1 - static_cast<int>(std::floor(std::log10(half))));
}

std::string
FormatRounded(double value, int decimals)
{
    constexpr double TEN = 10;
    const double step = std::pow(TEN, -decimals);
    return decimals >= 0 ? Format(value, decimals) : Format(std::round(value / step) * step, 0);
}

void
PrintNote(std::ostream& os, const std::string& text, std::size_t width)
{
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;)
    {
        if (!line.empty() && line.size() + 1 + word.size() > width)
        {
            os << line << "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    os << line << "\n";
}

void
Print(std::ostream& os, const Comparison& comparison, const Catalog& catalog, std::size_t width)
{
    const auto& systems = comparison.systems;
    const bool hasPublished =
        std::any_of(systems.begin(), systems.end(), [](const ComparedSystem& system) {
            return system.hasPublished;
        });
    os << comparison.title << "\n";
    for (std::size_t first = 0; first < systems.size();)
    {
        std::size_t end = first;
        std::size_t columns = NAME_WIDTH + UNIT_WIDTH;
        do
        {
            columns += hasPublished ? SYSTEM_WIDTH : GetVariantWidth(systems[end]);
            ++end;
        } while (end < systems.size() &&
                 columns + (hasPublished ? SYSTEM_WIDTH : GetVariantWidth(systems[end])) <= width);
        os << "\n";
        PrintTable(os,
                   {systems.begin() + static_cast<std::ptrdiff_t>(first),
                    systems.begin() + static_cast<std::ptrdiff_t>(end)},
                   hasPublished,
                   catalog);
        first = end;
    }
    os << "\n";
    PrintNote(
        os,
        "Marks, the worst in a figure: Q quoted, Q2 at second hand, D derived, M guessed; - "
        "counted from what was built. A to B: where a figure lies as the catalog's values in it "
        "are known, one at a time from low to high, added in quadrature; no more digits are "
        "printed than that allows. +-: half of a 95 % interval over random draws.",
        width);
    for (const std::string& note : comparison.notes)
    {
        PrintNote(os, note, width);
    }
}

void
WriteJson(std::ostream& os, const Comparison& comparison, const Catalog& catalog)
{
    JsonWriter json(os);
    json.BeginObject();
    json.Member("title", comparison.title);
    json.Member("settings", comparison.settings);
    json.Key("systems");
    json.BeginArray();
    for (const ComparedSystem& system : comparison.systems)
    {
        json.BeginObject();
        json.Member("name", system.name);
        json.Key("figures");
        json.BeginArray();
        for (const Figure& figure : system.figures)
        {
            json.BeginObject();
            json.Member("key", figure.key);
            json.Member("name", figure.name.substr(figure.name.find_first_not_of(' ')));
            json.Member("group", figure.group);
            json.Member("unit", figure.unit);
            json.Member("value", figure.value);
            json.Member("mark", GetFigureMark(figure));
            if (figure.inputs)
            {
                json.Member("input_low", figure.inputs->low);
                json.Member("input_high", figure.inputs->high);
            }
            if (!figure.note.empty())
            {
                json.Member("note", figure.note);
            }
            const auto published = system.hasPublished
                                       ? FindPublished(catalog, system.name, figure.key)
                                       : std::nullopt;
            if (published)
            {
                json.Member(published->isBound ? "published_least" : "published", published->value);
                json.Member("published_source", published->source);
            }
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
    json.Key("notes");
    json.BeginArray();
    for (const std::string& note : comparison.notes)
    {
        json.String(note);
    }
    json.EndArray();
    json.EndObject();
    json.Finish();
}

} // namespace fabriccomparison
