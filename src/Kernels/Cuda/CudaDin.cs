using System.Collections.Concurrent;

namespace DinOrleans.Kernels.Cuda;

/// <summary>
/// Scores one version of DIN on one GPU by the kernels of <c>din.cu</c>. What they compute per pair stays in registers; a batch crosses
/// to the device in one copy. Safe for concurrent use: each batch in hand has a stream and memory of its own.
/// </summary>
public sealed class CudaDin : IFusedKernel
{
    private const int LeastCapability = 80;

    private readonly DinProgram _program;
    private readonly ConcurrentBag<DinRun> _runs = [];

    private CudaDin(DinProgram program) => _program = program;

    /// <summary>Compiles the kernels for a version and puts its weights on a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="form">The form of the version.</param>
    /// <param name="half">True for products in one pass of float16: faster, and scores differ by up to 2e-3.</param>
    /// <returns>Null if the kernels do not take the version's sizes.</returns>
    /// <exception cref="CudaException">The device is too old, there is no run-time compiler, or the device has no room.</exception>
    public static CudaDin? TryCreate(CudaDevice device, FusedDinForm form, bool half)
    {
        if (DinSizes.TryFit(form, half) is not { } sizes)
        {
            return null;
        }

        if (device.Capability < LeastCapability)
        {
            throw new CudaException($"{device.Name} has compute capability {device.Capability / 10}.{device.Capability % 10}; the fused kernel needs 8.0.");
        }

        return CudaLibraries.Exists(CudaLibraries.Compiler)
            ? new(new DinProgram(device, form, sizes))
            : throw new CudaException("The fused kernel needs NVRTC, CUDA's run-time compiler (libnvrtc.so.13), which was not found.");
    }

    /// <inheritdoc/>
    /// <exception cref="CudaException">The device failed or has no room.</exception>
    public void Score(in FusedBatch batch)
    {
        DinRun run = _runs.TryTake(out DinRun? idle) ? idle : new DinRun(_program);
        try
        {
            run.Score(batch);
        }
        catch
        {
            run.Dispose();
            throw;
        }

        _runs.Add(run);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_runs.TryTake(out DinRun? run))
        {
            run.Dispose();
        }

        _program.Dispose();
    }
}
