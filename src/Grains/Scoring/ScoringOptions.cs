using System.ComponentModel.DataAnnotations;

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

/// <summary>What computes scores on processors.</summary>
public enum ScoringKernel
{
    /// <summary>The version's graph on ONNX Runtime: every model, every accelerator.</summary>
    OnnxRuntime,

    /// <summary>
    /// Our own kernel for DIN with the activation unit, on processors with AVX-512; other versions run on ONNX Runtime. Equal to
    /// 1e-4, and checked against the version's stored sample when it is loaded, as the graph is.
    /// </summary>
    Fused,
}

/// <summary>How a silo scores.</summary>
public sealed class ScoringOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Scoring";

    /// <summary>What to score on. Default cpu.</summary>
    [EnumDataType(typeof(Accelerator))]
    public Accelerator Accelerator { get; set; } = Accelerator.Cpu;

    /// <summary>What computes scores on processors. Default onnxRuntime.</summary>
    [EnumDataType(typeof(ScoringKernel))]
    public ScoringKernel Kernel { get; set; }

    /// <summary>Threads that run batches side by side, 1 to 256; 0 for the default: one a core, and 1 on a GPU.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    /// <summary>Threads inside one run of the graph, 1 to 256. Default 1: workers are the parallelism.</summary>
    [Range(1, 256)]
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>
    /// Candidates × behaviours a batch may hold, 1 to 100,000,000; a single larger request still runs alone. 0 for the default: 2,048 on
    /// processors, so that what a run computes on the way stays in their caches, and 16,384 on a GPU.
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

    internal int WorkerCount => Workers > 0 ? Workers : Accelerator == Accelerator.Cuda ? 1 : Environment.ProcessorCount;

    internal int BatchPairs => MaxBatchPairs > 0 ? MaxBatchPairs : Accelerator == Accelerator.Cuda ? 16_384 : 2_048;
}
