#!/usr/bin/env bash
# Packs the benchmarks and the server for a machine with a GPU but without .NET: self-contained programs without libtorch, and the CUDA
# provider of ONNX Runtime by itself, both cut into parts of at most 60 MiB. Usage: pack.sh OUT [ARCHITECTURE]
# With an architecture, for example 90 for an H100 or H200, the provider keeps the machine code of that one alone and fits one part.
set -euo pipefail
out=$(mkdir -p "$1" && cd "$1" && pwd)
architecture=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for project in tests/Benchmarks src/Standalone; do
  dotnet publish "$repository/$project" -c Release -r linux-x64 --self-contained -p:Accelerator=cuda -p:DebugType=none -o "$work/app" -v quiet --nologo
done

provider=libonnxruntime_providers_cuda.so
if [ -n "$architecture" ]; then
  python3 "$here/keep_architecture.py" "$work/app/$provider" "$work/$provider" "$architecture"
else
  mv "$work/app/$provider" "$work/$provider"
fi
rm -rf "$work/app/$provider" "$work/app"/libonnxruntime_providers_tensorrt.so "$work/app"/onnxruntime*.{dll,lib} "$work/app"/*.xml

# TorchSharp's own half stays for training; libtorch itself is the machine's.
rm -rf "$work/app/runtimes"
cp "$here/torch_din.py" "$here/run.sh" "$work/app/"

rm -f "$out"/app.* "$out"/provider.* "$out/SHA256SUMS"
(cd "$work" && sha256sum "$provider" >"$out/SHA256SUMS")
tar -C "$work" -c app | xz -T0 -6 | split -b 60M - "$out/app.tar.xz."
tar -C "$work" -c "$provider" | xz -T0 -6 | split -b 60M - "$out/provider.tar.xz."
ls -l "$out"
