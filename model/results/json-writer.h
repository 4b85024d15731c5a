/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_JSON_WRITER_H
#define OPTICAL_FABRIC_JSON_WRITER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Writes one JSON value (RFC 8259) to a stream, piece by piece and in the order given.
 *
 * One member or element per line, indented by two spaces, so that results can be compared with
 * diff. A call that would break the structure (a value without a key in an object, an End that does
 * not match) aborts.
 */
class JsonWriter
{
  public:
    /**
     * @param os where to write; must outlive the writer
     */
    explicit JsonWriter(std::ostream& os);

    /// @brief Begin an object; as a member, call Key first.
    void BeginObject();
    /// @brief End the innermost object.
    void EndObject();
    /// @brief Begin an array; as a member, call Key first.
    void BeginArray();
    /// @brief End the innermost array.
    void EndArray();

    /**
     * @brief Name the value that follows. Only in an object.
     * @param key the name; the caller sees to it that names do not repeat
     */
    void Key(const std::string& key);

    /**
     * @brief Write a string.
     * @param value text in UTF-8; bytes that are not become U+FFFD
     */
    void String(const std::string& value);

    /**
     * @brief Write a number in the fewest digits that read back as the same double.
     * @param value any; what JSON has no number for (infinity, NaN) becomes null
     */
    void Double(double value);

    /**
     * @brief Write an integer in full.
     * @param value any; above 2^53 some readers round it
     */
    void Unsigned(uint64_t value);

    /**
     * @brief Write an integer in full.
     * @param value any; beyond +-2^53 some readers round it
     */
    void Signed(int64_t value);

    /**
     * @brief Write true or false.
     * @param value which
     */
    void Bool(bool value);

    /// @brief Write null.
    void Null();

    /**
     * @brief Write a member that is a string.
     * @param key its name
     * @param value text in UTF-8
     */
    void Member(const std::string& key, const std::string& value);

    /**
     * @brief Write a member that is a string.
     * @param key its name
     * @param value text in UTF-8; not null
     */
    void Member(const std::string& key, const char* value);

    /**
     * @brief Write a member that is a number.
     * @param key its name
     * @param value any; infinity and NaN become null
     */
    void Member(const std::string& key, double value);

    /**
     * @brief Write a member that is a number or null.
     * @param key its name
     * @param value null if absent
     */
    void Member(const std::string& key, const std::optional<double>& value);

    /**
     * @brief Write a member that is an integer.
     * @param key its name
     * @param value any
     */
    void Member(const std::string& key, uint64_t value);

    /**
     * @brief Write a member that is an integer.
     * @param key its name
     * @param value any
     */
    void Member(const std::string& key, uint32_t value);

    /// @brief End the text with a newline. Aborts if something is still open.
    void Finish();

    /**
     * @brief Quote and escape a string.
     * @param value text in UTF-8; bytes that are not become U+FFFD
     * @return the JSON string with its quotes
     */
    static std::string Quote(const std::string& value);

    /**
     * @brief The fewest digits that read back as the same double.
     * @param value any
     * @return a JSON number, or null for infinity and NaN
     */
    static std::string Format(double value);

  private:
    /// An object or array that is open.
    struct Level
    {
        bool isObject;     ///< object or array
        bool hasContent;   ///< whether something is in it already
        bool expectsValue; ///< whether a key was written and its value was not
    };

    /**
     * @brief Write a value that needs no more than its text.
     * @param text as JSON has it
     */
    void Value(const std::string& text);

    /// @brief Write what stands before a value.
    void BeforeValue();

    /**
     * @brief Begin an object or array.
     * @param isObject which of them
     */
    void Begin(bool isObject);

    /**
     * @brief End an object or array.
     * @param isObject which of them
     */
    void End(bool isObject);

    /// @brief Begin a line of the innermost level.
    void NewLine();

    std::ostream& m_os;          ///< where to write
    std::vector<Level> m_levels; ///< what is open, outermost first
    bool m_done{false};          ///< whether the one value was written
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_JSON_WRITER_H */
