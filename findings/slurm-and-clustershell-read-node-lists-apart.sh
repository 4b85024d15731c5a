#!/usr/bin/env bash
# Slurm 22.05.8 and ClusterShell 1.9.1 read the same list of nodes in different ways.
#
# Expected: n[9-011] is refused, or padded; a node that is named twice is one node; a range may
# stand anywhere in a name. That is ClusterShell's reading: a set.
# Seen: Slurm takes the padding of a range from its lower end alone, so n[9-011] is n9 n10 n11 and
# n[00-2] is n00 n01 n02; keeps a node that is named twice twice, and does not fold it away when it
# sorts; and refuses what follows the last bracket (n[1-2]-ib), while r[1-2]n[1-2] is fine.
#
# So a list of nodes says which tool wrote it. Ranks are placed by the list that the scheduler
# expands, in its order and with its repeats; a set loses both.
. "$(dirname "$0")/packages.sh"
unpack libreadline8=8.2-1.3 slurm-client=22.05.8-4+deb12u3 slurm-wlm-basic-plugins=22.05.8-4+deb12u3 \
  clustershell=1.9.1-1 python3-clustershell=1.9.1-1

plugins="$root/usr/lib/x86_64-linux-gnu/slurm-wlm"
export LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$plugins" SLURM_CONF="$root/slurm.conf"
cat > "$SLURM_CONF" <<C
ClusterName=c
SlurmctldHost=localhost
AuthType=auth/none
CryptoType=crypto/none
PluginDir=$plugins
NodeName=n[1-10] CPUs=1
PartitionName=p Nodes=ALL
C
export PYTHONPATH="$root/usr/lib/python3/dist-packages"

slurm() { "$root/usr/bin/scontrol" show "$@" 2>&1 | tail -1; }
hosts() { "$root/usr/bin/scontrol" show hostnames "$1" 2>&1 | tr '\n' ' ' | sed 's/ $//'; }
set_of() { python3 "$root/usr/bin/nodeset" "$@" 2>&1 | tail -1; }

expect "padding, Slurm" "n9 n10 n11" "$(hosts 'n[9-011]')"
expect "padding, ClusterShell" 'nodeset: Parse error: bad range: "padding length mismatch : "9-011""' \
  "$(set_of -e 'n[9-011]')"
expect "shorter upper end, Slurm" "n00 n01 n02" "$(hosts 'n[00-2]')"
expect "twice, Slurm" "n1 n2 n3 n2" "$(hosts 'n[1-3,2]')"
expect "twice, Slurm, sorted" "n[1,1-2]" "$(slurm hostlistsorted n1,n1,n2)"
expect "twice, ClusterShell" "n1 n2 n3" "$(set_of -e 'n[1-3,2]')"
expect "two ranges, Slurm" "r1n1 r1n2 r2n1 r2n2" "$(hosts 'r[1-2]n[1-2]')"
expect "suffix, Slurm" "Invalid hostlist: n[1-2]-ib" "$(slurm hostnames 'n[1-2]-ib')"
expect "suffix, ClusterShell" "n1-ib n2-ib" "$(set_of -e 'n[1-2]-ib')"
