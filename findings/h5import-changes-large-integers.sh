#!/usr/bin/env bash
# h5import 1.10.8 stores other integers than a text file has, and ends with status 0.
#
# Expected: with OUTPUT-SIZE 64 the text 4294967296 becomes 4294967296, or is refused; a file of six
# numbers for four places is refused.
# Seen: unless INPUT-SIZE says 64, text is read into 32 bits and wraps: 4294967296 is stored as 0 and
# 9007199254740993 as 1. Of unsigned numbers (TEXTUIN) those above 2^63 - 1 are stored as 2^63 - 1,
# whatever the sizes. Numbers that are too many are dropped. Too few end with status 1.
#
# So times in ps and counts of bytes need INPUT-SIZE 64, and what was imported has to be read back.
. "$(dirname "$0")/packages.sh"
unpack hdf5-tools=1.10.8+repack1-1 libhdf5-103-1=1.10.8+repack1-1 \
  libhdf5-hl-100=1.10.8+repack1-1 libsz2=1.0.6-1+b1 libaec0=1.0.6-1+b1

# store CLASS NUMBERS [LINE]: what is in the file afterwards, and the status
store()
{
  printf '%s\n' "$2" > "$root/in.txt"
  rm -f "$root/out.h5"
  printf '%s\n' "PATH /a" "INPUT-CLASS TEXT$1" "RANK 1" "DIMENSION-SIZES 4" "OUTPUT-CLASS $1" \
    "OUTPUT-SIZE 64" ${3:+"$3"} > "$root/config.txt"
  local status=0
  "$root/usr/bin/h5import" "$root/in.txt" -c "$root/config.txt" -o "$root/out.h5" \
    > /dev/null 2>&1 || status=$?
  [ $status != 0 ] || "$root/usr/bin/h5dump" -d /a "$root/out.h5" | sed -n 's/^ *(0): //p'
  echo "status $status"
}

expect "64 bits wanted" "1, 0, -3, 1
status 0" "$(store IN '1 4294967296 -3 9007199254740993')"
expect "with INPUT-SIZE" "1, 4294967296, -3, 9007199254740993
status 0" "$(store IN '1 4294967296 -3 9007199254740993' 'INPUT-SIZE 64')"
expect "unsigned" "1, 9223372036854775807, 9223372036854775807, 4
status 0" "$(store UIN '1 9223372036854775808 18446744073709551615 4' 'INPUT-SIZE 64')"
expect "six for four" "1, 2, 3, 4
status 0" "$(store IN '1 2 3 4 5 6')"
expect "three for four" "status 1" "$(store IN '1 2 3')"
