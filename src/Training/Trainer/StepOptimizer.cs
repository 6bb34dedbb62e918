using System.Collections.Concurrent;
using System.Numerics.Tensors;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer.Optimizers;
using Tensor = TorchSharp.torch.Tensor;

namespace DinOrleans.Training.Trainer;

/// <summary>Applies the gradients of a step to the dense parameters and the touched embedding rows.</summary>
internal sealed class StepOptimizer(RankingNetwork network, TrainerOptions options)
{
    private const int RowsAtOnce = 1024;

    private readonly LearningRateSchedule _schedule = new(options.WarmupSteps, options.EpochDecay);
    private readonly Dictionary<string, RowOptimizer> _dense = [];
    private readonly RowOptimizer[] _rows =
        [.. network.Gradients.Select(g => RowOptimizer.Create(options.EmbeddingOptimizer, g.Table.Rows, g.Table.Dimension))];

    /// <summary>The threads that move the rows of the tables. Null for the calling thread alone.</summary>
    public OwnThreads? Threads { get; set; }

    /// <summary>The norm of all gradients together.</summary>
    public double Norm()
    {
        double sum = network.Gradients.Sum(g => (double)g.SumOfSquares());
        foreach ((_, Tensor gradient) in DenseGradients())
        {
            sum += TensorPrimitives.SumOfSquares<float>(TorchParameters.Floats(gradient));
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The parameter or table with the largest absolute gradient, and that gradient. A NaN counts as the largest.</summary>
    public (string Name, float Value) Largest() => DenseGradients()
        .Select(g => (g.Name, Value: MathF.Abs(TensorPrimitives.MaxMagnitude<float>(TorchParameters.Floats(g.Gradient)))))
        .Concat(network.Gradients.Select(g => (Name: g.Table.Key, Value: g.Largest())))
        .MaxBy(g => float.IsNaN(g.Value) ? float.PositiveInfinity : g.Value);

    /// <summary>Moves the weights.</summary>
    /// <param name="norm">The norm of all gradients together, for clipping.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The number of the step over all epochs, from 1.</param>
    public void Apply(double norm, int epoch, long step)
    {
        double factor = _schedule.Factor(epoch, step);
        float clip = options.ClipNorm is { } largest && norm > largest ? (float)(largest / norm) : 1;
        foreach ((string name, Tensor gradient) in DenseGradients())
        {
            Span<float> values = TorchParameters.Floats(network.Parameters.Trainable[name]);
            Span<float> slopes = TorchParameters.Floats(gradient);
            if (!_dense.TryGetValue(name, out RowOptimizer? optimizer))
            {
                optimizer = _dense[name] = RowOptimizer.Create(options.Optimizer, 1, values.Length);
            }

            TensorPrimitives.Multiply(slopes, clip, slopes);
            if (options.L2 > 0 && Layers.IsWeight(name))
            {
                TensorPrimitives.MultiplyAdd(values, (float)options.L2, slopes, slopes);
            }

            optimizer.Update(0, values, slopes, (float)(factor * options.LearningRate));
        }

        for (int i = 0; i < _rows.Length; i++)
        {
            Apply(network.Gradients[i], _rows[i], clip, (float)(factor * (options.EmbeddingLearningRate ?? options.LearningRate)));
        }
    }

    /// <summary>Sets the gradients of the step to zero.</summary>
    public void Clear()
    {
        foreach ((_, Tensor gradient) in DenseGradients())
        {
            TorchParameters.Floats(gradient).Clear();
        }

        foreach (RowGradients gradients in network.Gradients)
        {
            gradients.Clear();
        }
    }

    /// <summary>Writes the state of every optimizer.</summary>
    public void Save(CheckpointWriter writer)
    {
        writer.Write("dense optimizers", _dense.Count);
        foreach ((string name, RowOptimizer optimizer) in _dense)
        {
            writer.Write("parameter", name);
            optimizer.Save(writer);
        }

        foreach (RowOptimizer optimizer in _rows)
        {
            optimizer.Save(writer);
        }
    }

    /// <summary>Sets the state to what <see cref="Save"/> wrote. The network must have its parameters by then.</summary>
    public void Load(CheckpointReader reader)
    {
        _dense.Clear();
        int count = reader.Int("dense optimizers");
        for (int i = 0; i < count; i++)
        {
            string name = reader.Text("parameter");
            RowOptimizer optimizer = RowOptimizer.Create(options.Optimizer, 1, (int)network.Parameters.Trainable[name].numel());
            optimizer.Load(reader);
            _dense.Add(name, optimizer);
        }

        foreach (RowOptimizer optimizer in _rows)
        {
            optimizer.Load(reader);
        }
    }

    private void Apply(RowGradients gradients, RowOptimizer optimizer, float clip, float learningRate)
    {
        int rows = gradients.Rows.Count;
        if (Threads is null || rows <= RowsAtOnce)
        {
            Update(0, rows);
            return;
        }

        Parallel.ForEach(
            Partitioner.Create(0, rows, RowsAtOnce),
            new ParallelOptions { TaskScheduler = Threads, MaxDegreeOfParallelism = Threads.MaximumConcurrencyLevel },
            range => Update(range.Item1, range.Item2));

        void Update(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                int row = gradients.Rows[i];
                Span<float> gradient = gradients.Gradient(i);
                Span<float> values = gradients.Table.Row(row);
                TensorPrimitives.Multiply(gradient, clip, gradient);
                if (options.EmbeddingL2 > 0)
                {
                    double decay = options.MiniBatchAware ? options.EmbeddingL2 / Math.Max(1, gradients.Table.Occurrences![row]) : options.EmbeddingL2;
                    TensorPrimitives.MultiplyAdd(values, (float)decay, gradient, gradient);
                }

                optimizer.Update(row, values, gradient, learningRate);
            }
        }
    }

    /// <summary>The gradients of the dense parameters. A parameter that the model did not use has none.</summary>
    private IEnumerable<(string Name, Tensor Gradient)> DenseGradients()
    {
        foreach ((string name, Tensor parameter) in network.Parameters.Trainable)
        {
            if (parameter.grad is { } gradient)
            {
                yield return (name, gradient);
            }
        }
    }
}
