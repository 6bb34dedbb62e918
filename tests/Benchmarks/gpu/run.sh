#!/usr/bin/env bash
# Everything there is to measure on a GPU, in under ten minutes: run.sh PARTS [WORK [OUT]]
# PARTS holds what pack.sh made, all in one folder; WORK gets the programs; OUT gets the tables. Python with PyTorch supplies the CUDA libraries
# and the comparison. ACCELERATOR=Cpu tries the script where there is no GPU.
set -uo pipefail
parts=$(cd "$1" && pwd)
work=${2:-/tmp/dinorleans}
out=${3:-$work/out}
accelerator=${ACCELERATOR:-Cuda}
mkdir -p "$work" "$out"

provider=libonnxruntime_providers_cuda.so
[ -d "$work/app" ] || cat "$parts"/app.tar.xz.* | tar -C "$work" -xJ || exit 1
if compgen -G "$parts/provider.tar.xz.*" >/dev/null; then
  cat "$parts"/provider.tar.xz.* | tar -C "$work" -xJ && (cd "$work" && sha256sum --check --quiet "$parts/SHA256SUMS") || exit 1
  mv "$work/$provider" "$work/app/"
fi

site=$(python3 -c 'import nvidia, os; print(list(nvidia.__path__)[0])' 2>/dev/null || true)
for libraries in "$site"/*/lib; do
  [ -d "$libraries" ] && export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
done

cd "$work/app"
command -v nvidia-smi >/dev/null && nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv
if [ "$accelerator" = Cuda ]; then
  timeout 120 python3 torch_din.py | tee "$out/torch.md"
fi

extra=()
if [ -d "$parts/version" ]; then
  extra=(--version-folder "$(echo "$parts"/version/*)" --dataset "$parts/dataset" --pairs "$parts/pairs.csv")
fi
timeout 420 ./DinOrleans.Benchmarks gpu --accelerator "$accelerator" --scratch "$work/scratch" --server ./DinOrleans.Standalone "${extra[@]}" 2>&1 | tee "$out/gpu.md"
status=${PIPESTATUS[0]}

# Training over the machine's own libtorch, whose minor version may differ from the one that TorchSharp was built against.
if torch=$(python3 -c 'import torch, os; print(os.path.join(os.path.dirname(torch.__file__), "lib"))' 2>/dev/null); then
  echo "$torch" >libtorch.path
  export LD_LIBRARY_PATH="$torch:$LD_LIBRARY_PATH"
  echo "training over $torch:"
  timeout 100 ./DinOrleans.Benchmarks train --alone 2>&1 | tail -n 20 | tee "$out/train.md"
fi
exit "$status"
