/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef PROGRAM_OPTIONS_H
#define PROGRAM_OPTIONS_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/**
 * @brief The command line of a program: typed options, of which each has a range.
 *
 * ns3::CommandLine reads as much of a value as makes a number, so that 1e2 replications are one and
 * 64k bytes are 64. Here the whole text of a value has to be one, and within its range. Options are
 * given as --name=value or --name value; one that is true or false may stand alone. What ns-3
 * itself offers (--PrintAttributes, --RngRun, ...) goes on to ns3::CommandLine, after --help has
 * named it.
 */
class ProgramOptions
{
  public:
    /**
     * @param program name of the program
     * @param purpose what it does, in a sentence or more
     */
    ProgramOptions(const std::string& program, const std::string& purpose);

    /**
     * @param name name of an option
     * @param help what it is, with its unit
     * @param value where its value goes; has the default
     * @param least least value allowed
     * @param most greatest value allowed
     */
    void Add(const std::string& name,
             const std::string& help,
             double& value,
             double least,
             double most);

    /// @copydoc Add
    void Add(const std::string& name,
             const std::string& help,
             uint32_t& value,
             uint32_t least,
             uint32_t most);

    /**
     * A size: whole, or with a unit as scenarios have it ("64KiB").
     * @param name name of an option
     * @param help what it is
     * @param value where its value goes, bytes; has the default
     * @param least least value allowed, bytes
     * @param most greatest value allowed, bytes
     */
    void AddBytes(const std::string& name,
                  const std::string& help,
                  uint64_t& value,
                  uint64_t least,
                  uint64_t most);

    /**
     * @param name name of an option
     * @param help what it is
     * @param value where its value goes: true, false, 1 or 0; has the default
     */
    void Add(const std::string& name, const std::string& help, bool& value);

    /**
     * @param name name of an option
     * @param help what it is
     * @param value where its value goes; has the default
     * @param allowed the values allowed; empty: any that is not empty
     */
    void Add(const std::string& name,
             const std::string& help,
             std::string& value,
             const std::vector<std::string>& allowed = {});

    /**
     * @param command a command that shows what the program can do, with its arguments
     */
    void AddExample(const std::string& command);

    /**
     * Read the command line. Ends the program, with status 0, if it asks for help, or for something
     * of ns-3's.
     * @param argc number of arguments, the program's name among them
     * @param argv the arguments
     * @throw ns3::opticalfabric::ScenarioError if there is no such option, or a value is not
     * allowed
     */
    void Parse(int argc, char* argv[]) const;

    /// @return how the program is used, in lines of at most 80 columns
    std::string GetHelp() const;

  private:
    /// An option.
    struct Option
    {
        std::string name;        ///< its name
        std::string help;        ///< what it is, its range and its default
        std::string placeholder; ///< stands for a value in the help; empty: true or false
        std::string allowed;     ///< what is allowed, for messages
        /// takes the text of a value; false if that is not allowed
        std::function<bool(const std::string&)> set;
        std::string units{}; ///< how values are written, for messages: stands before `allowed`

        /// @return whether it is true or false, and may stand alone
        bool IsSwitch() const
        {
            return placeholder.empty();
        }
    };

    /**
     * @param option an option
     * @param usual its default
     */
    void AddOption(Option option, const std::string& usual);

    std::string m_program;               ///< name of the program
    std::string m_purpose;               ///< what it does
    std::vector<Option> m_options;       ///< options
    std::vector<std::string> m_examples; ///< commands
};

/**
 * Keep a file that a program would write.
 * @param option option that names the file
 * @param path the file
 * @throw ns3::opticalfabric::ScenarioError if it is there
 */
void RefuseToReplace(const std::string& option, const std::string& path);

#endif /* PROGRAM_OPTIONS_H */
