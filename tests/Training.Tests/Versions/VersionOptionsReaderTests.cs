using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Model.Options;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Validation;
using DinOrleans.TestMachine;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class VersionOptionsReaderTests
{
    [Fact]
    public void Read_EntryAndDefaults_EntryComesOverDefaultsAndTheyOverWhatIsGiven()
    {
        var reader = new VersionOptionsReader(
            """
            {
              "defaults": { "options": { "dropout": 0.2 }, "training": { "epochs": 7, "batchSize": 32 }, "samples": { "validation": "lastOfUser" }, "minimumCount": 3 },
              "wide": { "model": "din", "options": { "topUnits": [200, 80] }, "training": { "epochs": 2 }, "outOfVocabularyRows": 4 }
            }
            """,
            SampleProtocol.LastItem.Options(seed: 5));

        VersionOptions wide = reader.Read("wide");
        Assert.Equal("""{"dropout":0.2,"topUnits":[200,80]}""", wide.ModelOptions);
        Assert.Equal(("din", 3L, 4), (wide.Model, wide.MinimumCount, wide.OutOfVocabularyRows));
        Assert.Equal((2, 32), (wide.Trainer.Epochs, wide.Trainer.BatchSize));
        Assert.Equal(SampleProtocol.LastItem.Options(seed: 5) with { Validation = ValidationRows.LastOfUser }, wide.Samples);
        VersionOptions plain = reader.Read("base");
        Assert.Equal(("base", 7, 3L, 8), (plain.Model, plain.Trainer.Epochs, plain.MinimumCount, plain.OutOfVocabularyRows));
    }

    [Fact]
    public void Read_NoOptions_GivesTheModelItsDefaults()
    {
        VersionOptions options = new VersionOptionsReader(json: null, new SampleOptions()).Read("dien");
        Assert.Equal(new VersionOptions { Model = "dien" }, options);
    }

    /// <summary>The option files of docs/quality.</summary>
    public static TheoryData<string> DocumentedFiles() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Quality"), "*.json").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(DocumentedFiles))]
    public void Read_DocumentedFile_EveryEntryFitsASchema(string file)
    {
        var reader = new VersionOptionsReader(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Quality", file)), new());

        Assert.NotEmpty(reader.Names);
        Assert.All(reader.Names.Append("base"), name => reader.Read(name).Require(name, DatasetFiles.Schema));
    }

    [Theory]
    [InlineData("{", "options: must be valid JSON; line 1, byte ")]
    [InlineData("[]", "options: must be an object.")]
    [InlineData("null", "options: must be an object.")]
    [InlineData("""{ "din": {}, "din": {} }""", "options: din is stated twice.")]
    [InlineData("""{ "din": { "training": { "epochs": 1, "epochs": 2 } } }""", "options: din.training.epochs is stated twice.")]
    [InlineData("""{ "din": 3 }""", "options: \"din\" must be an object.")]
    [InlineData("""{ "din": null }""", "options: \"din\" must be an object.")]
    [InlineData("""{ "defaults": [] }""", "options: \"defaults\" must be an object.")]
    [InlineData("""{ "defaults": { "model": "din" } }""", "defaults: model must not be set here")]
    [InlineData("""{ "dinn": {} }""", "model \"dinn\" is unknown. The models are lr, base,")]
    [InlineData("""{ "a": { "model": "dinn" } }""", "model \"dinn\" is unknown")]
    [InlineData("""{ "din": { "option": {} } }""", "din: option is unknown; known are model, options, training, samples, minimumCount, outOfVocabularyRows, tables.")]
    [InlineData("""{ "din": { "Options": {} } }""", "din: Options is unknown")]
    [InlineData("""{ "din": { "options": [] } }""", "din: options must be an object.")]
    [InlineData("""{ "din": { "model": 3 } }""", "din: model must be text.")]
    [InlineData("""{ "din": { "minimumCount": 0 } }""", "din: minimumCount must be 1 to 1,000,000,000.")]
    [InlineData("""{ "din": { "minimumCount": 1.5 } }""", "din: minimumCount must be a whole number below 2^63.")]
    [InlineData("""{ "din": { "outOfVocabularyRows": 0 } }""", "din: outOfVocabularyRows must be 1 to 1,000,000.")]
    [InlineData("""{ "a": { "model": "din", "options": { "pooling": "sum" } } }""", "a options: pooling is unknown; known are ")]
    [InlineData("""{ "din": { "options": { "activation": "tanh" } } }""", "din options: activation must be \"sigmoid\", \"relu\", \"pRelu\" or \"dice\".")]
    [InlineData("""{ "din": { "training": { "Epochs": 3 } } }""", "din training: Epochs is unknown; known are epochs, ")]
    [InlineData("""{ "din": { "training": { "epochs": 0 } } }""", "din training: epochs must be 1 to 1,000.")]
    [InlineData("""{ "din": { "training": { "epochs": "3" } } }""", "din training: epochs must be a whole number below 2^31.")]
    [InlineData("""{ "din": { "training": { "epochs": null } } }""", "din training: epochs must not be null.")]
    [InlineData("""{ "din": { "training": { "taskWeights": [1, "2"] } } }""", "din training: taskWeights[1] must be a number.")]
    [InlineData("""{ "din": { "training": { "miniBatchAware": 1 } } }""", "din training: miniBatchAware must be true or false.")]
    [InlineData("""{ "din": { "training": { "optimizer": "rmsprop" } } }""", "din training: optimizer must be \"sgd\", \"adagrad\" or \"adam\".")]
    [InlineData("""{ "din": { "training": { "seed": 3 } } }""", "din training: seed is not set here")]
    [InlineData("""{ "din": { "samples": { "seed": 3 } } }""", "din samples: seed is not set here")]
    [InlineData("""{ "din": { "samples": { "uniformNegatives": 101 } } }""", "din samples: uniformNegatives must be 0 to 100.")]
    [InlineData("""{ "din": { "samples": { "attributionWindow": 3600 } } }""", "din samples: attributionWindow must be a time such as \"01:30:00\".")]
    [InlineData("""{ "din": { "samples": { "validation": "LastOfUser" } } }""", "din samples: validation must be \"latest\" or \"lastOfUser\".")]
    [InlineData("""{ "defaults": { "training": { "epochs": 0 } }, "din": { "samples": { "testShare": 1 } } }""", "din training: epochs must be 1 to 1,000. din samples: testShare must be 0 to 0.5.")]
    public void New_BadInput_NamesEntryFieldAndRule(string json, string message) => Assert.StartsWith(
        message, Assert.Throws<InvalidContentException>(() => new VersionOptionsReader(json, new())).Message, StringComparison.Ordinal);

    /// <summary>Every field that an entry may have, by its section; none takes an object.</summary>
    public static TheoryData<string, string, string> EveryField()
    {
        var fields = new TheoryData<string, string, string>();
        void Add(string name, string section, JsonNode options) => Assert.All(options.AsObject(), o => fields.Add(name, section, o.Key));
        Add("din", "training", JsonSerializer.SerializeToNode(new TrainerOptions(), OptionsJson.Serializer)!);
        Add("din", "samples", JsonSerializer.SerializeToNode(new SampleOptions(), OptionsJson.Serializer)!);
        Assert.All(RankingModels.Names, name => Add(name, "options", JsonNode.Parse(RankingModels.CompleteOptions(name, optionsJson: null))!));
        return fields;
    }

    [Theory]
    [MemberData(nameof(EveryField))]
    public void New_FieldOfAnotherKind_SaysWhatItMustBe(string name, string section, string field) => Assert.Contains(
        field == "seed" ? "seed is not set here" : $"{name} {section}: {field} must be ",
        Assert.Throws<InvalidContentException>(() => new VersionOptionsReader($$"""{ "{{name}}": { "{{section}}": { "{{field}}": {} } } }""", new())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Require_OptionsThatDoNotFitTheSchema_NamesAllOfThem()
    {
        VersionOptions options = new VersionOptionsReader(
            """{ "din": { "options": { "topUnits": [0], "multiTask": "mmoe" }, "training": { "taskWeights": [1, 2] } } }""", new()).Read("din");

        string message = Assert.Throws<InvalidContentException>(() => options.Require("din", DatasetFiles.Schema)).Message;

        Assert.Equal(
            "din options: topUnits must be 1 to 8 layers of 1 to 4096 units; multiTask mmoe needs two tasks at least: with one, there is nothing to share. "
            + "din training: taskWeights must have one weight for each of 1 tasks.",
            message);
    }
}
