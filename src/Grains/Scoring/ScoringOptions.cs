using System.ComponentModel.DataAnnotations;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>What a silo scores on.</summary>
public enum Accelerator
{
    /// <summary>This silo scores on its processors.</summary>
    Cpu,

    /// <summary>This silo scores on an NVIDIA GPU; it does not start without one.</summary>
    Cuda,

    /// <summary>This silo does not score; its users' rankings go to silos that do.</summary>
    None,
}

/// <summary>What computes scores.</summary>
public enum ScoringKernel
{
    /// <summary>The fused kernel on a GPU, for the versions that have such a form; ONNX Runtime everywhere else.</summary>
    Auto,

    /// <summary>The version's graph on ONNX Runtime: every model, every accelerator.</summary>
    OnnxRuntime,

    /// <summary>
    /// Our own kernel for DIN with the activation unit, on a GPU or on processors with AVX-512; other versions run on ONNX Runtime. Equal to
    /// 1e-4, and checked against the version's stored sample when it is loaded, as the graph is.
    /// </summary>
    Fused,
}

/// <summary>How exact the products on a GPU are.</summary>
public enum ScoringPrecision
{
    /// <summary>Scores equal those of training to 1e-4.</summary>
    Full,

    /// <summary>ONNX Runtime's products with 10 bits of each factor (TF32); scores differ by up to 2e-3.</summary>
    Tf32,

    /// <summary>The fused kernel's products in one pass of float16; scores differ by up to 2e-3.</summary>
    Half,
}

/// <summary>How a silo scores.</summary>
public sealed class ScoringOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Scoring";

    private const float ReducedTolerance = 2e-3f;

    /// <summary>What to score on. Default cpu.</summary>
    [EnumDataType(typeof(Accelerator))]
    public Accelerator Accelerator { get; set; } = Accelerator.Cpu;

    /// <summary>What computes scores. Default auto.</summary>
    [EnumDataType(typeof(ScoringKernel))]
    public ScoringKernel Kernel { get; set; }

    /// <summary>How exact the products on a GPU are. Default full.</summary>
    [EnumDataType(typeof(ScoringPrecision))]
    public ScoringPrecision Precision { get; set; }

    /// <summary>The GPUs to score on, by their numbers from 0. Default: the first.</summary>
    public IReadOnlyList<int>? Devices { get; set; }

    /// <summary>
    /// Path of a library with an execution provider of ONNX Runtime that is loaded at start, for example a CUDA provider that is delivered by
    /// itself. Default: the provider that the program was built with.
    /// </summary>
    public string? ProviderLibrary { get; set; }

    /// <summary>Threads that run batches side by side, 1 to 256; 0 for the default: one per core, or two per GPU, so that one packs while the other's batch is scored.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    /// <summary>Threads inside one run of the graph, 1 to 256. Default 1: workers are the parallelism.</summary>
    [Range(1, 256)]
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>
    /// Candidates × behaviours a batch may hold, 1 to 100,000,000; a single larger request still runs alone. 0 for the default: 2,048 on
    /// processors, so that what a run computes on the way stays in their caches, and 1,000,000 on a GPU.
    /// </summary>
    [Range(0, 100_000_000)]
    public int MaxBatchPairs { get; set; }

    /// <summary>Share of a batch's pairs that padding may take, 0 to 0.9. Default 0.15.</summary>
    [Range(0, 0.9)]
    public double MaxPadding { get; set; } = 0.15;

    /// <summary>Requests that may wait; one more is answered "overloaded". Default 256.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>How long a request without a deadline of its own may wait, 1 ms to 60 s. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How far a score may be from the stored sample's.</summary>
    internal float SampleTolerance => Precision == ScoringPrecision.Full ? ScorerSample.Tolerance : ReducedTolerance;

    internal IReadOnlyList<int> DeviceNumbers => Devices ?? [0];

    internal int WorkerCount => Workers > 0 ? Workers : Accelerator == Accelerator.Cuda ? 2 * DeviceNumbers.Count : Environment.ProcessorCount;

    internal int BatchPairs => MaxBatchPairs > 0 ? MaxBatchPairs : Accelerator == Accelerator.Cuda ? 1_000_000 : 2_048;
}
