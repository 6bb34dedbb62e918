using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch;
using static TorchSharp.torch;

namespace DinOrleans.Training.Tests.Torch;

public sealed class TorchTensorOpsTests
{
    [Fact]
    public void Standardise_Training_IgnoresPadding()
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 1) { Training = true };
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 10f, 3f, 30f, 5f, 20f, 777f, -999f }, [2, 2, 2]);
        Tensor mask = tensor(new[] { 1f, 1f, 1f, 0f }, [2, 2]);

        Tensor y = ops.Standardise("layer", x, 2, MovingStatistics.DiceEpsilon, () => mask);
        parameters.SettleMoments();

        // Of 1, 3, 5 and of 10, 30, 20: means 3 and 20, variances 8/3 and 200/3.
        IReadOnlyDictionary<string, ParameterValue> values = parameters.Export();
        AssertClose([3, 20], values["layer/moving_mean"].Data);
        AssertClose([8 / 3f, 200 / 3f], values["layer/moving_variance"].Data);
        AssertClose([-1.2247449f, -1.2247449f, 0, 1.2247449f, 1.2247449f, 0], TorchParameters.Floats(y)[..6].ToArray());
    }

    [Fact]
    public void Standardise_MaskThatBroadcasts_CountsEachPosition()
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 1) { Training = true };
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 2f, 3f, 100f, 100f, 100f, 5f, 6f, 7f, 100f, 100f, 100f }, [2, 2, 3]);

        ops.Standardise("layer", x, 3, MovingStatistics.DiceEpsilon, () => tensor(new[] { 1f, 0f }, [1, 2]));
        parameters.SettleMoments();

        AssertClose([3, 4, 5], parameters.Export()["layer/moving_mean"].Data);
        AssertClose([4, 4, 4], parameters.Export()["layer/moving_variance"].Data);
    }

    [Fact]
    public void Standardise_NothingButPadding_KeepsMovingStatistics()
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 1) { Training = true };
        using var scope = NewDisposeScope();

        Tensor y = ops.Standardise("layer", tensor(new[] { 1f, 2f }, [2, 1]), 1, MovingStatistics.DiceEpsilon, () => zeros(2));
        parameters.SettleMoments();

        AssertClose([1, 2], TorchParameters.Floats(y).ToArray());
        AssertClose([0], parameters.Export()["layer/moving_mean"].Data);
    }

    [Fact]
    public void Standardise_ManyBatches_MovesByAHundredth()
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 1) { Training = true };
        using var scope = NewDisposeScope();
        for (int batch = 0; batch < 200; batch++)
        {
            ops.Standardise("layer", tensor(new[] { 1f, 3f }, [2, 1]), 1, MovingStatistics.DiceEpsilon, () => ones(2));
            parameters.SettleMoments();
        }

        ops.Standardise("layer", tensor(new[] { 11f, 13f }, [2, 1]), 1, MovingStatistics.DiceEpsilon, () => ones(2));
        parameters.SettleMoments();

        AssertClose([2.1f], parameters.Export()["layer/moving_mean"].Data);
    }

    [Theory]
    [InlineData(1e-8f)]
    [InlineData(0.5f)]
    public void Standardise_Gradient_FlowsThroughTheStatistics(float epsilon)
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 1) { Training = true };
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 2f, 4f, 9f }, [4, 1], requires_grad: true);
        Tensor weights = tensor(new[] { 1f, -2f, 3f, 0.5f }, [4, 1]);
        ops.Standardise("layer", x, 1, epsilon, () => ones(4)).mul(weights).sum().backward();
        float[] ours = TorchParameters.Floats(x.grad!).ToArray();

        Tensor again = tensor(new[] { 1f, 2f, 4f, 9f }, [4, 1], requires_grad: true);
        nn.functional.batch_norm(again, zeros(1), ones(1), training: true, eps: epsilon).mul(weights).sum().backward();

        AssertClose(TorchParameters.Floats(again.grad!).ToArray(), ours);
    }

    [Fact]
    public void Dropout_Training_ScalesWhatItKeepsAndRepeatsBySeed()
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 9) { Training = true };
        using var same = new TorchTensorOps(parameters, seed: 9) { Training = true };
        using var scope = NewDisposeScope();

        float[] dropped = TorchParameters.Floats(ops.Dropout(ones(10_000), 0.2f)).ToArray();

        Assert.All(dropped, x => Assert.True(x is 0 or 1.25f));
        Assert.InRange(dropped.Count(x => x == 0), 1_800, 2_200);
        Assert.Equal(dropped, TorchParameters.Floats(same.Dropout(ones(10_000), 0.2f)).ToArray());
        ops.Training = false;
        Assert.All(TorchParameters.Floats(ops.Dropout(ones(10), 0.2f)).ToArray(), x => Assert.Equal(1, x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void PRelu_SlopeOfOneOrOfEachChannel_ScalesNegatives(int channels)
    {
        using var parameters = new TorchParameters(seed: 1);
        using var ops = new TorchTensorOps(parameters, seed: 1);
        using var scope = NewDisposeScope();

        Tensor y = ops.PRelu(tensor(new[] { -2f, 4f, -6f, 8f, -10f, 0f }, [2, 1, 3]), full(channels, 0.5f));

        AssertClose([-1, 4, -3, 8, -5, 0], TorchParameters.Floats(y).ToArray());
    }

    [Fact]
    public async Task Operations_WhileGarbageIsCollected_KeepTheirNumbers()
    {
        using var done = new CancellationTokenSource();
        Task collector = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            using var parameters = new TorchParameters(seed: 1);
            using var ops = new TorchTensorOps(parameters, seed: 1) { Training = true };
            for (int i = 0; i < 20_000; i++)
            {
                using var scope = NewDisposeScope();
                Tensor x = tensor(new[] { 1f, -2f });
                AssertClose([2, -4], TorchParameters.Floats(ops.Add(x, x)).ToArray());
                AssertClose([1, -1], TorchParameters.Floats(ops.PRelu(x, tensor(0.5f))).ToArray());
                AssertClose([1.3132617f, 0.126928f], TorchParameters.Floats(ops.Softplus(x)).ToArray());
                Assert.All(TorchParameters.Floats(ops.Dropout(x, 0.5f)).ToArray(), y => Assert.Contains(y, new[] { 2f, -4f, 0f, -0f }));
            }
        }
        finally
        {
            await done.CancelAsync();
            await collector;
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-4f));
    }
}
