/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "program-options.h"

#include "terminal.h"

#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/near-names.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-quantity.h"
#include "ns3/string.h"
#include "ns3/type-id.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <type_traits>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

constexpr std::size_t WIDTH = 80;  ///< columns of the help
constexpr std::size_t INDENT = 24; ///< of what options are, longer names aside

/**
 * @param text a text
 * @return the number it is, all of it; nothing if it is none, or not finite
 */
std::optional<double>
ReadNumber(const std::string& text)
{
    const bool begins = !text.empty() && (std::isdigit(static_cast<unsigned char>(text[0])) != 0 ||
                                          text[0] == '-' || text[0] == '+' || text[0] == '.');
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool isHex = text.find_first_of("xX") != std::string::npos;
    if (!begins || isHex || end != text.c_str() + text.size() || !std::isfinite(value))
    {
        return std::nullopt;
    }
    return value;
}

/**
 * @param value a number
 * @return it in digits
 */
std::string
Show(double value)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.10g", value);
    return text;
}

/**
 * @param least least value
 * @param most greatest value
 * @return the range
 */
template <typename T>
std::string
ShowRange(T least, T most)
{
    std::ostringstream os;
    if constexpr (std::is_same_v<T, double>)
    {
        os << Show(least) << " to " << Show(most);
    }
    else
    {
        os << least << " to " << most;
    }
    return os.str();
}

/**
 * @param text words
 * @param indent columns that lines after the first begin with
 * @param begin columns that the first line has already
 * @return the words in lines that fit
 */
std::string
Wrap(const std::string& text, std::size_t indent, std::size_t begin)
{
    std::istringstream words(text);
    std::string wrapped;
    std::size_t column = begin;
    bool isFirst = true;
    for (std::string word; words >> word;)
    {
        const bool fits = isFirst || column + 1 + word.size() <= WIDTH - 2;
        wrapped += isFirst ? "" : fits ? " " : "\n" + std::string(indent, ' ');
        column = isFirst ? column : fits ? column + 1 : indent;
        wrapped += word;
        column += word.size();
        isFirst = false;
    }
    return wrapped;
}

/**
 * @param checker checker of a value of ns-3's
 * @param text a text
 * @return whether ns-3 can read the text as such a value, without aborting
 */
bool
IsReadable(const AttributeChecker& checker, const std::string& text)
{
    // Some checkers say "ns3::TimeValue", others "DataRateValue".
    const std::string full = checker.GetValueTypeName();
    const std::string type = full.substr(full.rfind(':') + 1);
    const bool isSigned = type == "IntegerValue" && !text.empty() && text[0] == '-';
    return type == "UintegerValue"   ? ReadUnsigned(text).has_value()
           : type == "IntegerValue"  ? ReadUnsigned(text.substr(isSigned ? 1 : 0)).has_value()
           : type == "DoubleValue"   ? ReadNumber(text).has_value()
           : type == "TimeValue"     ? ReadTimePs(text).has_value()
           : type == "DataRateValue" ? ReadBitRate(text).has_value()
                                     : !text.empty();
}

/**
 * Do what ns-3 itself offers.
 * @param argument an argument
 * @param program name of the program
 * @return whether it is of ns-3's
 * @throw ScenarioError if its value is not allowed
 */
bool
TakeNs3Argument(const std::string& argument, const std::string& program)
{
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
    const std::string value = equals == std::string::npos ? "" : argument.substr(equals + 1);
    const std::vector<std::string> printing{"PrintAttributes",
                                            "PrintGlobals",
                                            "PrintGroup",
                                            "PrintGroups",
                                            "PrintTypeIds"};
    if (std::find(printing.begin(), printing.end(), name) != printing.end())
    {
        TypeId type;
        if (name == "PrintAttributes" && !TypeId::LookupByNameFailSafe(value, &type))
        {
            throw ScenarioError({argument, 0},
                                "no such type; allowed: a type that --PrintTypeIds lists");
        }
        // It ends the program.
        CommandLine().Parse({program, argument});
        return true;
    }
    const auto global =
        std::find_if(GlobalValue::Begin(), GlobalValue::End(), [&](const GlobalValue* each) {
            return each->GetName() == name;
        });
    if (global != GlobalValue::End())
    {
        if (!IsReadable(*(*global)->GetChecker(), value) ||
            !(*global)->SetValue(StringValue(value)))
        {
            throw ScenarioError({argument, 0},
                                "no value of ns-3's global value " + name +
                                    "; allowed: see --PrintGlobals");
        }
        return true;
    }
    const std::size_t colons = name.rfind("::");
    if (colons != std::string::npos)
    {
        TypeId type;
        TypeId::AttributeInformation info;
        if (!TypeId::LookupByNameFailSafe(name.substr(0, colons), &type) ||
            !type.LookupAttributeByName(name.substr(colons + 2), &info) ||
            !IsReadable(*info.checker, value) ||
            !Config::SetDefaultFailSafe(name, StringValue(value)))
        {
            throw ScenarioError({argument, 0},
                                "no attribute, or no value of it; allowed: see "
                                "--PrintAttributes=TYPE");
        }
        return true;
    }
    return false;
}

} // namespace

ProgramOptions::ProgramOptions(const std::string& program, const std::string& purpose)
    : m_program(program),
      m_purpose(purpose)
{
}

void
ProgramOptions::AddOption(Option option, const std::string& usual)
{
    const bool isRange = !option.IsSwitch() && !option.allowed.empty();
    option.help += isRange ? "; " + option.allowed : "";
    option.help += usual.empty() ? "" : " (default " + usual + ")";
    m_options.push_back(std::move(option));
}

void
ProgramOptions::Add(const std::string& name,
                    const std::string& help,
                    double& value,
                    double least,
                    double most)
{
    Option option{name, help, "N", ShowRange(least, most), nullptr};
    option.units = "a number, ";
    option.set = [&value, least, most](const std::string& text) {
        const std::optional<double> number = ReadNumber(text);
        const bool isAllowed = number && *number >= least && *number <= most;
        value = isAllowed ? *number : value;
        return isAllowed;
    };
    AddOption(std::move(option), Show(value));
}

void
ProgramOptions::Add(const std::string& name,
                    const std::string& help,
                    uint32_t& value,
                    uint32_t least,
                    uint32_t most)
{
    Option option{name, help, "N", ShowRange(least, most), nullptr};
    option.units = "a whole number, ";
    option.set = [&value, least, most](const std::string& text) {
        const std::optional<uint64_t> number = ReadWhole(text);
        const bool isAllowed = number && *number >= least && *number <= most;
        value = isAllowed ? static_cast<uint32_t>(*number) : value;
        return isAllowed;
    };
    AddOption(std::move(option), std::to_string(value));
}

void
ProgramOptions::AddBytes(const std::string& name,
                         const std::string& help,
                         uint64_t& value,
                         uint64_t least,
                         uint64_t most)
{
    Option option{name, help, "SIZE", WriteBytes(least) + " to " + WriteBytes(most), nullptr};
    option.units = std::string(ALLOWED_BYTES) + "; ";
    option.set = [&value, least, most](const std::string& text) {
        const std::optional<uint64_t> whole = ReadWhole(text);
        const std::optional<uint64_t> number = whole ? whole : ReadBytes(text);
        const bool isAllowed = number && *number >= least && *number <= most;
        value = isAllowed ? *number : value;
        return isAllowed;
    };
    AddOption(std::move(option), WriteBytes(value));
}

void
ProgramOptions::Add(const std::string& name, const std::string& help, bool& value)
{
    Option option{name, help, "", "true, false, 1 or 0", nullptr};
    option.set = [&value](const std::string& text) {
        const bool isTrue = text == "true" || text == "1";
        const bool isAllowed = isTrue || text == "false" || text == "0";
        value = isAllowed ? isTrue : value;
        return isAllowed;
    };
    AddOption(std::move(option), value ? "true" : "");
}

void
ProgramOptions::Add(const std::string& name,
                    const std::string& help,
                    std::string& value,
                    const std::vector<std::string>& allowed)
{
    Option option{name, help, "TEXT", allowed.empty() ? "" : JoinNames(allowed), nullptr};
    option.set = [&value, allowed](const std::string& text) {
        const bool isAllowed =
            allowed.empty() ? !text.empty()
                            : std::find(allowed.begin(), allowed.end(), text) != allowed.end();
        value = isAllowed ? text : value;
        return isAllowed;
    };
    AddOption(std::move(option), value);
}

void
ProgramOptions::AddExample(const std::string& command)
{
    m_examples.push_back(command);
}

void
ProgramOptions::Parse(int argc, char* argv[]) const
{
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    std::vector<std::string> known;
    for (const Option& option : m_options)
    {
        known.push_back("--" + option.name);
    }
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        const std::string& argument = arguments[i];
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        if (argument == "--help" || argument == "-h" || argument == "--PrintHelp")
        {
            std::cout << GetHelp();
            std::exit(EndStandardOutput(m_program, 0));
        }
        const auto found = std::find(known.begin(), known.end(), name);
        if (found == known.end())
        {
            if (name.compare(0, 2, "--") == 0 && TakeNs3Argument(argument, m_program))
            {
                continue;
            }
            throw ScenarioError({argument, 0},
                                "unknown argument" + SuggestName(name, known) +
                                    "; allowed: see --help");
        }
        const Option& option = m_options[static_cast<std::size_t>(found - known.begin())];
        std::string value = option.IsSwitch() ? "true" : "";
        if (equals != std::string::npos)
        {
            value = argument.substr(equals + 1);
        }
        else if (!option.IsSwitch())
        {
            if (i + 1 == arguments.size())
            {
                throw ScenarioError({argument, 0}, "a value is missing; see --help");
            }
            value = arguments[++i];
        }
        if (!option.set(value))
        {
            throw ScenarioError(
                {},
                name + "=" + value + " is not allowed; allowed: " + option.units +
                    (option.allowed.empty() ? "a value that is not empty" : option.allowed));
        }
    }
}

std::string
ProgramOptions::GetHelp() const
{
    std::string text = Wrap(m_purpose, 0, 0) + "\n\nusage: " + m_program + " [options]\n\n";
    const auto add = [&text](const std::string& name, const std::string& help) {
        const std::string head = "  --" + name;
        const bool fits = head.size() + 2 <= INDENT;
        text += head + (fits ? "" : "\n") + std::string(INDENT - (fits ? head.size() : 0), ' ');
        text += Wrap(help, INDENT, INDENT) + "\n";
    };
    for (const Option& option : m_options)
    {
        const bool isOn =
            option.IsSwitch() && option.help.find("(default true)") != std::string::npos;
        const std::string value = isOn ? "0" : option.placeholder;
        add(option.name + (value.empty() ? "" : "=" + value), option.help);
    }
    add("help", "this text");
    text += "\n" +
            Wrap("Values follow after = or a blank; options that are true or false may stand "
                 "alone. ns-3's own arguments work as well: --PrintGlobals, --RngRun=2, "
                 "--PrintAttributes=TYPE, ...",
                 0,
                 0) +
            "\n";
    if (!m_examples.empty())
    {
        text += "\nexamples:\n";
    }
    for (const std::string& example : m_examples)
    {
        text += "  " + example + "\n";
    }
    text += "\nexit status: 0 done; 1 something was not finished, or could not be written;\n"
            "             2 the command line was refused\n";
    return text;
}

void
RefuseToReplace(const std::string& option, const std::string& path)
{
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error)) // a device holds nothing to be lost
    {
        throw ScenarioError({},
                            option + ": " + path +
                                " is there already; allowed: another name, or --force to replace "
                                "it");
    }
}
