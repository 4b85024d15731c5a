/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "input-file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace ns3
{
namespace opticalfabric
{

namespace fs = std::filesystem;

namespace
{

/**
 * @param why why a file cannot be read
 * @return the answer that says so
 */
InputText
Unreadable(const std::string& why)
{
    InputText answer;
    answer.fault.what = "cannot be read: " + why;
    return answer;
}

/**
 * @param letter a byte
 * @return it as "0xff"
 */
std::string
ShowByte(unsigned char letter)
{
    constexpr const char* DIGITS = "0123456789abcdef";
    return std::string("0x") + DIGITS[letter >> 4] + DIGITS[letter & 15];
}

/**
 * @param text a text
 * @param at where a character begins
 * @return how many bytes it has; 0 if it is none
 */
std::size_t
GetCharacterBytes(const std::string& text, std::size_t at)
{
    const auto get = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const unsigned first = get(0);
    if (first < 0x80)
    {
        return 1;
    }
    const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4)
    {
        return 0;
    }
    for (std::size_t i = 1; i < bytes; ++i)
    {
        if ((get(i) & 0xc0) != 0x80)
        {
            return 0;
        }
    }
    const unsigned second = get(1);
    const bool isOverlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool isSurrogate = first == 0xed && second > 0x9f;
    const bool isTooLarge = first == 0xf4 && second > 0x8f;
    return isOverlong || isSurrogate || isTooLarge ? 0 : bytes;
}

} // namespace

TextFault
FindBadUtf8(const std::string& text)
{
    uint32_t line = 1;
    for (std::size_t i = 0; i < text.size();)
    {
        const std::size_t bytes = GetCharacterBytes(text, i);
        if (bytes == 0)
        {
            return {"byte " + ShowByte(static_cast<unsigned char>(text[i])) + " is no UTF-8", line};
        }
        line += text[i] == '\n' ? 1 : 0;
        i += bytes;
    }
    return {};
}

InputText
ReadInputFile(const std::string& path, uint64_t maxBytes)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
    {
        return Unreadable(error ? error.message() : std::strerror(ENOENT));
    }
    // A pipe or a device may have no end, or never begin.
    if (!fs::is_regular_file(status))
    {
        return Unreadable(fs::is_directory(status) ? std::strerror(EISDIR) : "no regular file");
    }
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (!file)
    {
        return Unreadable(std::strerror(errno));
    }
    InputText answer;
    std::string block(65536, '\0');
    std::size_t got = 0;
    errno = 0;
    do
    {
        got = std::fread(block.data(), 1, block.size(), file);
        answer.text.append(block, 0, got);
    } while (got > 0 && answer.text.size() <= maxBytes);
    const bool hasFailed = std::ferror(file) != 0;
    const int why = errno;
    std::fclose(file);
    if (hasFailed)
    {
        return Unreadable(std::strerror(why));
    }
    if (answer.text.size() > maxBytes)
    {
        return Unreadable("longer than " + std::to_string(maxBytes >> 20) + " MiB");
    }
    answer.fault = FindBadUtf8(answer.text);
    return answer;
}

} // namespace opticalfabric
} // namespace ns3
