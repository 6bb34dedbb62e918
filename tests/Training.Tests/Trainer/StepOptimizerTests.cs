using DinOrleans.Model.Tensors;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Optimizers;

namespace DinOrleans.Training.Tests.Trainer;

public sealed class StepOptimizerTests
{
    private const float LearningRate = 0.1f;
    private const int UntouchedRows = 5;

    private static readonly TrainerOptions Plain = new()
    {
        LearningRate = LearningRate,
        Optimizer = OptimizerKind.Sgd,
        EmbeddingOptimizer = OptimizerKind.Sgd,
        ClipNorm = null,
        Threads = 1,
    };

    [Fact]
    public void Apply_L2_DecaysTheWeightsOfDenseLayersAlone()
    {
        Stepped free = Step(Plain);
        Stepped decayed = Step(Plain with { L2 = 0.3 });

        foreach ((string name, ParameterValue before) in free.Before)
        {
            // Biases and slopes have one axis.
            float decay = before.Shape.Length > 1 ? LearningRate * 0.3f : 0;
            AssertClose(before.Data.Select(w => decay * w), free.After[name].Zip(decayed.After[name], (f, d) => f - d));
        }

        Assert.Contains(free.Before, p => p.Value.Shape.Length > 1 && p.Value.Data.Any(w => Math.Abs(w) > 0.1f));
        Assert.Contains(free.After, p => p.Key.EndsWith("/bias", StringComparison.Ordinal) && p.Value.Any(w => w != 0));
        Assert.All(free.Tables.Zip(decayed.Tables), t => Assert.Equal(t.First.After, t.Second.After));
    }

    [Fact]
    public void Apply_EmbeddingL2_DecaysTouchedRowsAlone()
    {
        Stepped free = Step(Plain);
        Stepped decayed = Step(Plain with { EmbeddingL2 = 0.3 });

        (float[] before, float[] after) = free.Tables[0];
        int untouched = before.Length - (UntouchedRows * 4);
        AssertClose(before.Take(untouched).Select(w => LearningRate * 0.3f * w), after.Take(untouched).Zip(decayed.Tables[0].After, (f, d) => f - d));
        Assert.Equal(before.Skip(untouched), decayed.Tables[0].After.Skip(untouched));
        Assert.All(free.After, p => Assert.Equal(p.Value, decayed.After[p.Key]));
    }

    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(2, 1)]
    public void Apply_ClipNorm_ScalesAllGradientsTogetherWhereTheirNormIsAboveIt(double share, float scale)
    {
        float[] free = Moves(Step(Plain));
        double norm = Math.Sqrt(free.Sum(m => (double)m * m)) / LearningRate;

        float[] clipped = Moves(Step(Plain with { ClipNorm = share * norm }));

        Assert.True(norm > 0.01, $"norm {norm}");
        AssertClose(free.Select(m => scale * m), clipped);
    }

    /// <summary>One step on a batch that touches every item row but the last.</summary>
    private static Stepped Step(TrainerOptions options)
    {
        var shop = new TinyShop(seed: 1);
        RankingEmbeddings embeddings = shop.Embeddings(seed: 3, UntouchedRows);
        using RankingNetwork network = shop.Network(seed: 3, embeddings: embeddings);
        network.Score(shop.Batch(seed: 2));
        Dictionary<string, ParameterValue> before = network.Parameters.Export().Where(p => network.Parameters.Trainable.ContainsKey(p.Key)).ToDictionary();
        float[][] tables = [.. embeddings.Tables.Select(t => (float[])[.. t.Values])];

        new TrainingStep(network, options).Run(shop.Batch(seed: 2), epoch: 1);

        IReadOnlyDictionary<string, ParameterValue> after = network.Parameters.Export();
        return new(before, before.Keys.ToDictionary(name => name, name => after[name].Data), [.. tables.Zip(embeddings.Tables, (b, t) => (b, t.Values))]);
    }

    private static float[] Moves(Stepped step) =>
    [
        .. step.Before.SelectMany(p => p.Value.Data.Zip(step.After[p.Key], (b, a) => a - b)),
        .. step.Tables.SelectMany(t => t.Before.Zip(t.After, (b, a) => a - b)),
    ];

    private static void AssertClose(IEnumerable<float> expected, IEnumerable<float> actual) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-6f));

    private sealed record Stepped(Dictionary<string, ParameterValue> Before, Dictionary<string, float[]> After, (float[] Before, float[] After)[] Tables);
}
