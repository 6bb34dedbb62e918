using DinOrleans.Training.Batches;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Tests.Batches;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Tests.Trainer;

/// <summary>A step over ragged lists is computed in parts, and is the step of the whole batch.</summary>
public sealed class StepPartsTests
{
    private const float Rate = 0.5f;

    private static readonly RankingBatch Ragged = RaggedLists.Batch(seed: 5, RaggedLists.Lengths(seed: 5, count: 64));
    private static readonly TrainerOptions Options = new()
    {
        Optimizer = OptimizerKind.Sgd,
        EmbeddingOptimizer = OptimizerKind.Sgd,
        LearningRate = Rate,
        ClipNorm = null,
        Threads = 1,
    };

    [Theory]
    [InlineData("din", """{ "attentionUnits": [8], "topUnits": [8], "activation": "sigmoid" }""")]
    [InlineData("din", """{ "attentionUnits": [8], "topUnits": [8], "activation": "sigmoid", "softmax": true, "recency": true }""")]
    [InlineData("dien", """{ "topUnits": [8], "activation": "sigmoid" }""")]
    [InlineData("base", """{ "topUnits": [8], "activation": "pRelu" }""")]
    public void Step_RaggedLists_MovesTheWeightsAsTheWholeBatchDoes(string model, string options)
    {
        var shop = new TinyShop(seed: 1);
        RankingBatch batch = model == "dien" ? Ragged with { NegativeBehaviours = NegativeBehaviours.Draw(Ragged, seed: 1, step: 1) } : Ragged;
        Assert.True(BatchParts.Cut(batch).Count() > 4);
        RankingEmbeddings whole = shop.Embeddings(seed: 3);
        using RankingNetwork expected = shop.Network(seed: 3, model, options, whole);
        float loss = StepWhole(expected, batch);
        RankingEmbeddings parted = shop.Embeddings(seed: 3);
        using RankingNetwork actual = shop.Network(seed: 3, model, options, parted);

        Assert.Equal(loss, new TrainingStep(actual, Options).Run(batch, epoch: 1), 1e-4f);

        foreach ((string name, Tensor parameter) in expected.Parameters.Trainable)
        {
            AssertClose(name, TorchParameters.Floats(parameter).ToArray(), TorchParameters.Floats(actual.Parameters.Trainable[name]).ToArray());
        }

        foreach ((TrainableTable table, TrainableTable own) in whole.Tables.Zip(parted.Tables))
        {
            AssertClose(table.Key, table.Values, own.Values);
        }
    }

    [Fact]
    public void Step_RaggedLists_MovingStatisticsAreOfTheWholeBatch()
    {
        const string Dice = """{ "attentionUnits": [8], "topUnits": [8], "activation": "dice" }""";
        var shop = new TinyShop(seed: 1);
        using RankingNetwork expected = shop.Network(seed: 3, "din", Dice);
        StepWhole(expected, Ragged);
        using RankingNetwork actual = shop.Network(seed: 3, "din", Dice);

        new TrainingStep(actual, Options).Run(Ragged, epoch: 1);

        // The first layer's inputs are the same however the batch is cut; what follows is standardised by the parts' own statistics.
        MovingMoments whole = expected.Parameters.Moving["attention/0/dice"];
        MovingMoments parted = actual.Parameters.Moving["attention/0/dice"];
        Assert.Equal(1, parted.Batches);
        AssertClose("mean", TorchParameters.Floats(whole.Mean).ToArray(), TorchParameters.Floats(parted.Mean).ToArray());
        AssertClose("variance", TorchParameters.Floats(whole.Variance).ToArray(), TorchParameters.Floats(parted.Variance).ToArray());
    }

    [Fact]
    public void Predict_RaggedLists_ScoresEachCandidateAsAlone()
    {
        var shop = new TinyShop(seed: 1);
        using RankingNetwork network = shop.Network(seed: 3);

        Prediction[] together = [.. RankingEvaluator.Predict(network, [Ragged], TestContext.Current.CancellationToken)[0].Rows];

        int at = 0;
        foreach (int r in Enumerable.Range(0, Ragged.Rankings))
        {
            RankingBatch one = Ragged.Take([new(r, 0, Ragged.ListLength(r))]);
            foreach (Prediction alone in RankingEvaluator.Predict(network, [one], TestContext.Current.CancellationToken)[0].Rows)
            {
                Assert.Equal(alone.Score, together[at].Score, 1e-5f);
                Assert.Equal(alone with { Score = 0 }, together[at] with { Score = 0 });
                at++;
            }
        }

        Assert.Equal(together.Length, at);
    }

    /// <summary>Moves the weights by the gradients of the batch in one piece.</summary>
    private static float StepWhole(RankingNetwork network, RankingBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        ForwardPass pass = network.Forward(batch, training: true);
        Tensor loss = TrainingLoss.Compute(pass.Outputs.Logits, batch, TrainingLoss.CandidateWeights(batch, [1]));
        if (pass.Outputs.Auxiliary is { } auxiliary)
        {
            loss = loss.add(auxiliary.Value);
        }

        loss.backward();
        network.CollectRowGradients(batch, pass);
        network.SettleStatistics();
        var optimizer = new StepOptimizer(network, Options);
        optimizer.Apply(optimizer.Norm(), epoch: 1, step: 1);
        return loss.item<float>();
    }

    private static void AssertClose(string what, float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-4f * Math.Max(1, Math.Abs(expected[i])), $"{what}[{i}] is {actual[i]}, not {expected[i]}.");
        }
    }
}
