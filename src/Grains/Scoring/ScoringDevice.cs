using Microsoft.ML.OnnxRuntime;

namespace DinOrleans.Grains.Scoring;

/// <summary>Chooses what ONNX Runtime runs on.</summary>
internal static class ScoringDevice
{
    /// <summary>Session options for the configured accelerator.</summary>
    /// <exception cref="InvalidOperationException">The accelerator was asked for and is not there.</exception>
    public static SessionOptions SessionOptions(ScoringOptions options)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };

        // Workers share the cores with the silo: a spinning pool would take them from it.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (options.Accelerator == Accelerator.Cuda)
        {
            try
            {
                session.AppendExecutionProvider_CUDA();
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException)
            {
                session.Dispose();
                throw new InvalidOperationException(
                    "Scoring:Accelerator is cuda, but this ONNX Runtime has no CUDA provider or found no GPU. Build with -p:Accelerator=cuda, or set it to cpu.", e);
            }
        }

        return session;
    }
}
