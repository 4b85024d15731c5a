#!/usr/bin/env bash
# CsvReader of ns-3.37: cells that are dropped, and numbers that are not those of the file.
#
# Expected: GetValue returns false where a cell is no number of the type asked for, as it does for
# 4294967296 as int and 70000 as uint16_t; a row "a,," has three cells.
# Seen: true, with the sign wrapped (-1 as uint64_t) or the number as 0 (300 as uint8_t). An empty
# last cell is no cell: rows of a table have different widths. A # begins a comment anywhere, so of
# the name "leaf#2" in a cell without quotes only "leaf" is left, and the rest of the row is gone.
#
# So a trace in CSV has to be checked for the number of cells, signs and ranges by who reads it.
. "$(dirname "$0")/packages.sh"
unpack libns3.37=3.37-2 libns3-dev=3.37-2

cat > "$root/cells.cc" <<'C'
#include "ns3/csv-reader.h"

#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>

template <typename T>
void
Read(const std::string& cell)
{
    std::istringstream text(cell + "\n");
    ns3::CsvReader reader(text);
    reader.FetchNextRow();
    T value{};
    const bool isRead = reader.GetValue(0, value);
    std::cout << isRead << ' ' << +value << '\n';
}

void
Count(const std::string& row)
{
    std::istringstream text(row + "\n");
    ns3::CsvReader reader(text);
    reader.FetchNextRow();
    std::string first;
    reader.GetValue(0, first);
    std::cout << reader.ColumnCount() << ' ' << first << '\n';
}

int
main()
{
    Read<uint16_t>("70000");
    Read<uint64_t>("-1");
    Read<uint8_t>("300");
    Count("a,b,c");
    Count("a,b,");
    Count("leaf#2,b,c");
    Count("\"leaf#2\",b,c");
}
C
cd "$root"
g++ -std=c++17 -DNS3_LOG_ENABLE -I usr/include cells.cc -o cells \
  -L usr/lib/x86_64-linux-gnu -lns3-core -Wl,--allow-shlib-undefined
mapfile -t lines < <(./cells)
expect "70000 as uint16_t" "0 65535" "${lines[0]}"
expect "-1 as uint64_t" "1 18446744073709551615" "${lines[1]}"
expect "300 as uint8_t" "1 0" "${lines[2]}"
expect "three cells" "3 a" "${lines[3]}"
expect "the last one empty" "2 a" "${lines[4]}"
expect "a name with #" "1 leaf" "${lines[5]}"
expect "in quotes" "3 leaf#2" "${lines[6]}"
