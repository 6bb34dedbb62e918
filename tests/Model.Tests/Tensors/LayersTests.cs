using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Tests.Tensors;

public sealed class LayersTests
{
    public static TheoryData<string> Models() => [.. RankingModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void IsWeight_ParametersOfAModel_AreThoseOfMoreThanOneAxis(string model)
    {
        IReadOnlyDictionary<string, ParameterValue> parameters = InitialParameters.Draw(RankingModels.Create(model, new(6, 3, 2, 2), optionsJson: null), seed: 1);

        Assert.All(parameters, p => Assert.Equal(p.Value.Shape.Length > 1, Layers.IsWeight(p.Key)));
        Assert.Contains(parameters, p => Layers.IsWeight(p.Key));
    }
}
