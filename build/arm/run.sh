#!/usr/bin/env bash
# Runs the tests of the scoring kernels for processors as ARM64 code on an x64 machine with Debian: those of tests/Kernels.Tests, and those of
# tests/Grains.Tests that compare the kernels with ONNX Runtime. QEMU emulates the processor, so their time says nothing about speed.
# Needs Debian's package qemu-user-static. ARM64 libraries are downloaded into a temporary folder, and nothing is installed.
# Usage: run.sh [PROCESSOR], one that qemu-aarch64-static knows, for example cortex-a72.
set -euo pipefail
processor=${1:-neoverse-n1}
repository=$(cd "$(dirname "$0")/../.." && pwd)
command -v qemu-aarch64-static >/dev/null || { echo "qemu-aarch64-static is missing: install qemu-user-static" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# An apt of its own, so that the machine's own lists and architectures stay as they are.
mkdir -p "$work/apt/lists/partial" "$work/debs" "$work/system/proc"
touch "$work/apt/status"
cat >"$work/apt/apt.conf" <<END
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "";
Dir::State "$work/apt";
Dir::State::status "$work/apt/status";
Dir::Cache "$work/apt";
END
export APT_CONFIG=$work/apt/apt.conf
apt-get update -qq
cd "$work/debs"
apt-get download -qq libc6 libgcc-s1 libstdc++6
apt-get download -qq libssl3t64 2>/dev/null || apt-get download -qq libssl3
for package in *.deb; do
  dpkg -x "$package" "$work/system"
done

# ONNX Runtime reads the kind of processor here, and crashes where it finds an x64 one.
for ((i = 0; i < $(nproc); i++)); do
  printf 'processor\t: %s\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\n' "$i"
done >"$work/system/proc/cpuinfo"

cd "$repository"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
run() {
  local project=$1
  shift
  dotnet publish "tests/$project" -c Release -r linux-arm64 --self-contained -p:UseMicrosoftTestingPlatformRunner=true \
    --artifacts-path "$work/artifacts" -o "$work/$project" -v quiet --nologo
  qemu-aarch64-static -cpu "$processor" -L "$work/system" "$work/$project/DinOrleans.$project" --progress off --no-ansi "$@"
}
run Kernels.Tests
run Grains.Tests --filter-class "*FusedScorerTests"
