using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary>One way to score: ONNX Runtime, or the fused kernel with one instruction set.</summary>
/// <param name="Name">How it is printed.</param>
/// <param name="Set">The fused kernel's instruction set, or the widest one of this machine.</param>
/// <param name="Load">Makes the scorer of a version.</param>
internal sealed record KernelPath(string Name, InstructionSet Set, Func<Artifact, IScorer> Load)
{
    /// <summary>The ways of this machine, ONNX Runtime first.</summary>
    public static IReadOnlyList<KernelPath> All { get; } =
    [
        new("ONNX Runtime", InstructionSets.Widest, a => OnnxScorer.Load(a.ScorerPath, a.Layout, new ScoringOptions())),
        .. InstructionSets.Available.Select(set => new KernelPath($"fused, {InstructionSets.Name(set)}", set, a => Fused(a, set))),
    ];

    private static FusedScorer Fused(Artifact artifact, InstructionSet set) => FusedForm.TryRead(artifact, out FusedForm? form, out string? reason)
        ? new FusedScorer(ProcessorKernel.Create(form, set), form.HasAttention, InstructionSets.Name(set))
        : throw new InvalidOperationException(reason);
}
