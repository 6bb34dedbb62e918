using System.ComponentModel.DataAnnotations;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>The device that a silo scores on.</summary>
public enum Accelerator
{
    /// <summary>This silo scores on its processors.</summary>
    Cpu,

    /// <summary>This silo scores on NVIDIA GPUs. It does not start without one.</summary>
    Cuda,

    /// <summary>This silo only holds users. Their rankings are scored by silos that have an accelerator.</summary>
    None,
}

/// <summary>What computes scores.</summary>
public enum ScoringKernel
{
    /// <summary>
    /// On processors, the faster of our own kernel and ONNX Runtime: each version is timed on both when it is loaded. On a GPU, our own kernel.
    /// ONNX Runtime scores the versions that our own kernel cannot score.
    /// </summary>
    Auto,

    /// <summary>The version's graph on ONNX Runtime, for every model and on every accelerator.</summary>
    OnnxRuntime,

    /// <summary>
    /// Our own kernels: for DIN with the activation unit on a GPU or on any processor, and for the base model and two towers on any processor.
    /// Other versions run on ONNX Runtime, and the log says why. Scores equal those of the graph to 1e-4, and like the graph a kernel is checked
    /// against the version's stored sample when the version is loaded.
    /// </summary>
    Fused,
}

/// <summary>How exact the products on a GPU are.</summary>
public enum ScoringPrecision
{
    /// <summary>Scores equal those of training to 1e-4.</summary>
    Full,

    /// <summary>ONNX Runtime multiplies with 10 bits of each factor (TF32). It is faster, and scores differ by up to 2e-3.</summary>
    Tf32,

    /// <summary>Our own kernel multiplies in one pass of float16. It is faster, and scores differ by up to 2e-3.</summary>
    Half,
}

/// <summary>What a silo scores rankings on, and how it forms batches.</summary>
public sealed class ScoringOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Scoring";

    private const float ReducedTolerance = 2e-3f;

    /// <summary>The device to score on. Default <see cref="Accelerator.Cpu"/>.</summary>
    [EnumDataType(typeof(Accelerator))]
    public Accelerator Accelerator { get; set; } = Accelerator.Cpu;

    /// <summary>What computes scores. Default <see cref="ScoringKernel.Auto"/>.</summary>
    [EnumDataType(typeof(ScoringKernel))]
    public ScoringKernel Kernel { get; set; }

    /// <summary>How exact the products on a GPU are. Default <see cref="ScoringPrecision.Full"/>.</summary>
    [EnumDataType(typeof(ScoringPrecision))]
    public ScoringPrecision Precision { get; set; }

    /// <summary>The GPUs to score on, by their numbers from 0. Each GPU has workers of its own. The default is the first GPU.</summary>
    public IReadOnlyList<int>? Devices { get; set; }

    /// <summary>
    /// The path of a library with an execution provider of ONNX Runtime, which is loaded at start, for example a CUDA provider that is
    /// delivered by itself. The default is the provider that the program was built with.
    /// </summary>
    public string? ProviderLibrary { get; set; }

    /// <summary>
    /// How many threads run batches side by side, 1 to 256. Null, the default, stands for one thread per processor core, or two per GPU, so that one packs a
    /// batch while the other's batch is scored.
    /// </summary>
    [Range(1, 256)]
    public int? Workers { get; set; }

    /// <summary>How many threads work inside one run of the graph, 1 to 256. Default 1, because workers already run side by side.</summary>
    [Range(1, 256)]
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>
    /// How many pairs of candidate and behaviour a batch may hold, 1 to 100,000,000. A larger request runs alone. The default is 2,048 pairs on
    /// processors, so that intermediate results stay in their caches, and 1,000,000 on a GPU.
    /// </summary>
    [Range(1, 100_000_000)]
    public int? MaxBatchPairs { get; set; }

    /// <summary>The share of a batch's pairs that may be padding, 0 to 0.9. Default 0.15.</summary>
    [Range(0, 0.9)]
    public double MaxPadding { get; set; } = 0.15;

    /// <summary>How many requests may wait for a batch, 1 to 1,000,000. One more is answered 429. Default 256.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>How long a request without a deadline of its own may wait for a batch, 1 ms to 60 s. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest difference that a score may have from that of the stored sample.</summary>
    internal float SampleTolerance => Precision == ScoringPrecision.Full ? StoredSample.Tolerance : ReducedTolerance;

    internal IReadOnlyList<int> DeviceNumbers => Devices ?? [0];

    internal int WorkerCount => Workers ?? (Accelerator == Accelerator.Cuda ? 2 * DeviceNumbers.Count : Environment.ProcessorCount);

    internal int BatchPairs => MaxBatchPairs ?? (Accelerator == Accelerator.Cuda ? 1_000_000 : 2_048);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Precision != ScoringPrecision.Full && Accelerator != Accelerator.Cuda)
        {
            yield return new($"Scoring:Precision is {Precision}, which is for GPUs: Scoring:Accelerator must be Cuda.", [nameof(Precision)]);
        }

        if (Precision == ScoringPrecision.Tf32 && Kernel != ScoringKernel.OnnxRuntime)
        {
            yield return new("Scoring:Precision is Tf32, which is for ONNX Runtime: Scoring:Kernel must be OnnxRuntime.", [nameof(Precision)]);
        }

        if (Precision == ScoringPrecision.Half && Kernel == ScoringKernel.OnnxRuntime)
        {
            yield return new("Scoring:Precision is Half, which is for the fused kernel: Scoring:Kernel must be Auto or Fused.", [nameof(Precision)]);
        }

        if (Devices is { } devices && (devices.Count == 0 || devices.Any(d => d < 0) || devices.Distinct().Count() < devices.Count))
        {
            yield return new("Scoring:Devices must name at least one GPU, each by its number from 0 and once.", [nameof(Devices)]);
        }
    }
}
