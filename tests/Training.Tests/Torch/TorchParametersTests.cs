using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Tests.Torch;

public sealed class TorchParametersTests
{
    [Fact]
    public void Get_OrderOfCreation_DoesNotMatter()
    {
        using var first = new TorchParameters(seed: 7);
        using var second = new TorchParameters(seed: 7);
        first.Get("a", [3, 4], Initializer.Glorot(3, 4));
        first.Get("b", [5], Initializer.Normal(0.1f));
        second.Get("b", [5], Initializer.Normal(0.1f));
        second.Get("a", [3, 4], Initializer.Glorot(3, 4));

        Assert.Equal(first.Export()["a"].Data, second.Export()["a"].Data);
        Assert.Equal(first.Export()["b"].Data, second.Export()["b"].Data);
        Assert.All(first.Export()["a"].Data, x => Assert.InRange(MathF.Abs(x), 0, MathF.Sqrt(6f / 7)));
    }

    [Fact]
    public void Get_OtherShape_IsRefused()
    {
        using var parameters = new TorchParameters(seed: 7);
        parameters.Get("a", [3, 4], Initializer.Zeros);

        var error = Assert.Throws<InvalidOperationException>(() => parameters.Get("a", [4, 3], Initializer.Zeros));

        Assert.Contains("[3, 4]", error.Message);
    }

    [Fact]
    public void Import_Exported_GivesTheSameValues()
    {
        using var source = new TorchParameters(seed: 7);
        source.Get("a", [3, 4], Initializer.Normal(1));
        source.Moments("layer", 2);
        using var target = new TorchParameters(seed: 8);
        target.Get("a", [3, 4], Initializer.Normal(1));

        target.Import(source.Export());

        Assert.Equal(source.Export().Keys.Order(), target.Export().Keys.Order());
        Assert.All(source.Export(), p => Assert.Equal(p.Value.Data, target.Export()[p.Key].Data));
    }

    [Fact]
    public void Import_OtherShape_ChangesNothing()
    {
        using var parameters = new TorchParameters(seed: 7);
        parameters.Get("a", [2], Initializer.Zeros);
        parameters.Get("b", [2], Initializer.Zeros);
        var values = new Dictionary<string, ParameterValue> { ["a"] = new([2], [1, 2]), ["b"] = new([3], [1, 2, 3]) };

        Assert.Throws<InvalidOperationException>(() => parameters.Import(values));

        Assert.Equal([0, 0], parameters.Export()["a"].Data);
    }
}
