using DinOrleans.Training.Torch;
using DinOrleans.Training.Torch.NativeLibraries;
using DinOrleans.Training.Trainer.Optimizers;
using static TorchSharp.torch;

namespace DinOrleans.Training.Tests.Trainer.Optimizers;

public sealed class RowOptimizerTests
{
    private const int Dimension = 11;
    private const float LearningRate = 0.05f;

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adagrad)]
    [InlineData(OptimizerKind.Adam)]
    public void Update_SeveralSteps_EqualsTheLibrarysOptimizer(OptimizerKind kind)
    {
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        var random = new Random(5);
        float[] values = Random(random);
        var parameter = new TorchSharp.Modules.Parameter(tensor(values));
        optim.Optimizer reference = kind switch
        {
            OptimizerKind.Sgd => optim.SGD([parameter], LearningRate),
            OptimizerKind.Adagrad => optim.Adagrad([parameter], LearningRate),
            _ => optim.Adam([parameter], LearningRate),
        };
        RowOptimizer optimizer = RowOptimizer.Create(kind, 3, Dimension);

        for (int step = 0; step < 20; step++)
        {
            float[] gradient = Random(random);
            optimizer.Update(1, values, gradient, LearningRate);
            parameter.grad = tensor(gradient);
            reference.step();
        }

        float[] expected = TorchParameters.Floats(parameter).ToArray();
        Assert.All(expected.Zip(values), p => Assert.Equal(p.First, p.Second, 1e-5f));
    }

    [Theory]
    [InlineData(OptimizerKind.Adagrad)]
    [InlineData(OptimizerKind.Adam)]
    public void Update_RareRow_StartsAsAFrequentOneDid(OptimizerKind kind)
    {
        RowOptimizer optimizer = RowOptimizer.Create(kind, 3, 1);
        float[] first = [0], frequent = [0], rare = [0];
        optimizer.Update(1, first, [0.3f], LearningRate);
        for (int step = 0; step < 100; step++)
        {
            optimizer.Update(1, frequent, [0.3f], LearningRate);
        }

        optimizer.Update(2, rare, [0.3f], LearningRate);

        Assert.Equal(first[0], rare[0], 1e-7f);
    }

    [Fact]
    public void Factor_WarmupAndDecay_RisesThenFalls()
    {
        var schedule = new LearningRateSchedule(WarmupSteps: 4, EpochDecay: 0.5);

        Assert.Equal([0.25, 0.5, 1, 1, 0.5, 0.25], (double[])
        [
            schedule.Factor(1, 1), schedule.Factor(1, 2), schedule.Factor(1, 4), schedule.Factor(1, 9), schedule.Factor(2, 10), schedule.Factor(3, 20),
        ]);
    }

    private static float[] Random(Random random) => [.. Enumerable.Range(0, Dimension).Select(_ => (2 * random.NextSingle()) - 1)];
}
