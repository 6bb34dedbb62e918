using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples;

namespace DinOrleans.Evaluation.Tests.Compare.Runs;

public sealed class ComparedModelTests
{
    [Fact]
    public void ReadAll_NoOptions_GivesEachModelItsDefaults()
    {
        IReadOnlyList<ComparedModel> models = ComparedModel.ReadAll(["base", "din"], json: null, new() { TestShare = 0.1 });

        Assert.Equal(["base", "din"], models.Select(m => m.Options.Model));
        Assert.All(models, m => Assert.Equal((new(), 0.1), (m.Options.Trainer, m.Options.Samples.TestShare)));
    }

    [Fact]
    public void ReadAll_DefaultsAndOwn_OwnComesOverDefaults()
    {
        IReadOnlyList<ComparedModel> models = ComparedModel.ReadAll(
            ["din", "din-softmax"],
            """
            {
              "defaults": { "training": { "epochs": 7, "batchSize": 32 }, "samples": { "uniformNegatives": 4 }, "minimumCount": 3 },
              "din-softmax": { "model": "din", "options": { "softmax": true }, "training": { "epochs": 2 } }
            }
            """,
            new());

        Assert.Equal([("din", 7, 32), ("din-softmax", 2, 32)], models.Select(m => (m.Name, m.Options.Trainer.Epochs, m.Options.Trainer.BatchSize)));
        Assert.All(models, m => Assert.Equal(("din", 4, 3L), (m.Options.Model, m.Options.Samples.UniformNegatives, m.Options.MinimumCount)));
        Assert.Equal("""{"softmax":true}""", models[1].Options.ModelOptions);
    }

    [Fact]
    public void ReadAll_EntriesThatAreNotCompared_AreLeftAside() =>
        Assert.Equal(["din"], ComparedModel.ReadAll(["din"], """{ "base": { "training": { "epochs": 9 } }, "lr": {} }""", new()).Select(m => m.Name));

    [Theory]
    [InlineData("din,din", null, "each only once")]
    [InlineData("din", "{ \"bases\": {} }", "model \"bases\" is unknown")]
    [InlineData("a/b", "{ \"a/b\": { \"model\": \"din\" } }", "\"a/b\" must be of letters")]
    [InlineData("defaults", null, "not \"defaults\"")]
    [InlineData("din,base", "{ \"din\": { \"samples\": { \"testShare\": 0.2 } } }", "decide what is tested on")]
    [InlineData("din", "{ \"din\": { \"training\": { \"epoch\": 3 } } }", "din training: epoch is unknown")]
    public void ReadAll_BadInput_NamesIt(string names, string? json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidContentException>(() => ComparedModel.ReadAll(names.Split(','), json, new())).Message);

    [Fact]
    public void Fingerprint_OptionsSeedOrTest_TellRunsApart()
    {
        ComparedModel model = ComparedModel.ReadAll(["din"], null, new())[0];
        ComparedModel other = ComparedModel.ReadAll(["din"], """{ "din": { "options": { "dropout": 0.1 } } }""", new())[0];

        string fingerprint = model.Fingerprint("data", 1);
        Assert.Equal(fingerprint, ComparedModel.ReadAll(["din"], "{}", new SampleOptions { Seed = 9 })[0].Fingerprint("data", 1));
        Assert.Distinct([fingerprint, model.Fingerprint("data", 2), model.Fingerprint("other", 1), other.Fingerprint("data", 1)]);
    }
}
