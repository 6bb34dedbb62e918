using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Tests.Cuda;

/// <summary>Forms of DIN with random parameters.</summary>
internal static class Forms
{
    public static ScoreLayout Layout { get; } = new(ItemWidth: 18, ProfileWidth: 3, ContextWidth: 2, TaskCount: 2);

    public static FusedDinForm Create(string optionsJson, ScoreLayout? layout = null)
    {
        var model = (Din)RankingModels.Create(Din.Name, layout ?? Layout, optionsJson);
        return new(layout ?? Layout, model.Options, InitialParameters.Draw(model, seed: 3));
    }
}
