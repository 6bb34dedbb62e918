using DinOrleans.Kernels.Cuda;
using Microsoft.ML.OnnxRuntime;

namespace DinOrleans.Grains.Scoring;

/// <summary>Chooses the device that ONNX Runtime runs on.</summary>
internal static class ScoringDevice
{
    /// <summary>Guards the registration of the provider library, which ONNX Runtime accepts once per process.</summary>
    private static readonly Lock Registering = new();

    private static string? _registered;

    /// <summary>Makes session options for the configured accelerator.</summary>
    /// <param name="options">The settings of scoring.</param>
    /// <param name="device">The number of the GPU. Only used where the accelerator is a GPU.</param>
    /// <exception cref="InvalidOperationException">The configured accelerator is not there.</exception>
    public static SessionOptions SessionOptions(ScoringOptions options, int device)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };

        // Workers share the cores with the silo, and a spinning pool would take them from it.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (options.Accelerator == Accelerator.Cuda)
        {
            // Each session warns that shapes are computed on the processor, which is intended.
            session.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
            try
            {
                AppendCuda(session, options, device);
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or InvalidOperationException)
            {
                session.Dispose();
                throw new InvalidOperationException(Missing(options, e), e);
            }
        }

        return session;
    }

    /// <summary>Checks that this machine can score as configured.</summary>
    /// <param name="options">The settings of scoring.</param>
    /// <returns>One sentence that names the setting and the reason. Null where it can.</returns>
    public static string? Check(ScoringOptions options)
    {
        if (options.Accelerator != Accelerator.Cuda)
        {
            return null;
        }

        try
        {
            foreach (int device in options.DeviceNumbers)
            {
                CudaDevice.Open(device);
                SessionOptions(options, device).Dispose();
            }
        }
        catch (CudaException e)
        {
            return $"Scoring:Accelerator is Cuda, but {Clause(e.Message)} Set Scoring:Devices, or set Scoring:Accelerator to Cpu.";
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }

        return null;
    }

    private static void AppendCuda(SessionOptions session, ScoringOptions options, int device)
    {
        string tf32 = options.Precision == ScoringPrecision.Tf32 ? "1" : "0";
        if (options.ProviderLibrary is { } library)
        {
            Register(library);
            OrtEpDevice[] found = [.. OrtEnv.Instance().GetEpDevices().Where(d => d.HardwareDevice.Type == OrtHardwareDeviceType.GPU && d.EpName != "CPUExecutionProvider")];
            if (device >= found.Length)
            {
                throw new InvalidOperationException($"{library} offers {found.Length} devices, and Scoring:Devices names device {device}.");
            }

            session.AppendExecutionProvider(OrtEnv.Instance(), [found[device]], new Dictionary<string, string> { ["use_tf32"] = tf32 });
            return;
        }

        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = device.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["use_tf32"] = tf32,

            // A search over algorithms is for convolutions, which these graphs do not have.
            ["cudnn_conv_algo_search"] = "DEFAULT",
        });
        session.AppendExecutionProvider_CUDA(cuda);
    }

    private static void Register(string library)
    {
        lock (Registering)
        {
            if (_registered is null)
            {
                OrtEnv.Instance().RegisterExecutionProviderLibrary("dinorleans", Path.GetFullPath(library));
                _registered = library;
            }
            else if (_registered != library)
            {
                throw new InvalidOperationException($"This process has already loaded the provider library {_registered}.");
            }
        }
    }

    private static string Missing(ScoringOptions options, Exception error)
    {
        string why = error.Message.ReplaceLineEndings(" ");
        return options.ProviderLibrary is { } library
            ? $"Scoring:ProviderLibrary is {library}, which ONNX Runtime does not take: {why}"
            : $"Scoring:Accelerator is Cuda, but this ONNX Runtime has no CUDA provider or found no GPU. Build with -p:Accelerator=cuda, or set it to Cpu. ({why})";
    }

    private static string Clause(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
