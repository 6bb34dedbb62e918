using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch;
using TorchSharp;

namespace DinOrleans.Parity.Tests;

/// <summary>Models against their formulas, written out in scalars.</summary>
public sealed class FormulaTests
{
    private const int FieldWidth = 3;
    private const string Deep = """ "topUnits": [4], "activation": "relu" """;
    private const string Narrow = """, "fieldWidth": 3""";
    private static readonly ScoreLayout Layout = ModelCases.Layout(profile: 3, context: 2, tasks: 2);

    [Fact]
    public void Score_LogisticRegression_SumsAWeightAFeature() =>
        AssertFormula(LogisticRegression.Name, "{}", plain => plain.Linear("linear", plain.Parts(plain.HistorySum())));

    [Fact]
    public void Score_BaseModel_PoolsTheMean() => AssertFormula(
        BaseModel.Name,
        $"{{{Deep}}}",
        plain => plain.Top([.. plain.Parts(plain.HistoryMean()), ("product", PlainFormulas.Product(plain.HistoryMean(), plain.Candidate))]));

    [Fact]
    public void Score_BaseModelOfSums_PoolsTheSum() => AssertFormula(
        BaseModel.Name,
        $$"""{{{Deep}}, "pooling": "sum" }""",
        plain => plain.Top([.. plain.Parts(plain.HistorySum()), ("product", PlainFormulas.Product(plain.HistorySum(), plain.Candidate))]));

    [Fact]
    public void Score_BaseModelWithoutProduct_IsThePapers() =>
        AssertFormula(BaseModel.Name, $$"""{{{Deep}}, "product": false }""", plain => plain.Top(plain.Parts(plain.HistoryMean())));

    [Fact]
    public void Score_BaseModelOfPowers_AddsThoseOfEachNumber() => AssertFormula(
        BaseModel.Name,
        $$"""{{{Deep}}, "product": false, "powers": true }""",
        plain => plain.Top(
        [
            .. plain.Parts(plain.HistoryMean()),
            ("candidate_powers", PlainFormulas.Powers(plain.Candidate[^Layout.ItemNumbers..])),
            ("profile_powers", PlainFormulas.Powers(plain.Profile[^Layout.ProfileNumbers..])),
            ("context_powers", PlainFormulas.Powers(plain.Context[^Layout.ContextNumbers..])),
        ]));

    [Fact]
    public void Score_BaseModelOfExperts_MixesThemByTheGateOfTheTask() => AssertFormula(
        BaseModel.Name,
        $$"""{{{Deep}}, "multiTask": "mmoe", "experts": 3 }""",
        plain =>
        {
            (string, double[])[] x = [.. plain.Parts(plain.HistoryMean()), ("product", PlainFormulas.Product(plain.HistoryMean(), plain.Candidate))];
            double[][] experts = [.. Enumerable.Range(0, 3).Select(i => PlainFormulas.Relu(plain.Linear($"top/expert/{i}/0", x)))];
            double[] gates = plain.Linear("top/gate", x);
            return [.. Enumerable.Range(0, Layout.TaskCount).Select(task =>
            {
                double[] exponents = [.. gates[(task * 3)..][..3].Select(Math.Exp)];
                double[] mixed = [.. Enumerable.Range(0, 4).Select(u => experts.Select((e, i) => e[u] * exponents[i] / exponents.Sum()).Sum())];
                return plain.Tower("top/tower", task, mixed);
            })];
        });

    [Fact]
    public void Score_BaseModelOfBatchNorm_NormalisesBeforeTheActivation() => AssertFormula(
        BaseModel.Name,
        $$"""{{{Deep}}, "batchNorm": true }""",
        plain =>
        {
            double[] first = plain.Linear(
                "top/0", [.. plain.Parts(plain.HistoryMean()), ("product", PlainFormulas.Product(plain.HistoryMean(), plain.Candidate))]);
            return plain.Layer("top/logit", PlainFormulas.Relu(plain.BatchNorm("top/0", first)));
        },
        trainingSteps: 3);

    [Fact]
    public void Score_BaseModelOfBatchNormInTraining_TakesStatisticsOfRealCandidatesOnly()
    {
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        var inputs = new RandomInputs(Layout, seed: 7);
        IRankingModel model = RankingModels.Create(BaseModel.Name, Layout, $$"""{{{Deep}}, "batchNorm": true }""");

        ops.Training = true;
        using TorchSharp.torch.Tensor logits = model.Score(ops, inputs.ToTorch(Layout, training: true)).Logits;
        parameters.SettleMoments();

        IReadOnlyDictionary<string, ParameterValue> values = parameters.Export();
        double[][] rows =
        [
            .. Enumerable.Range(0, inputs.CandidateMask.Length).Where(at => inputs.CandidateMask[at] == 1).Select(at =>
            {
                var plain = new PlainFormulas(values, Layout, inputs, at / RandomInputs.Candidates, at % RandomInputs.Candidates);
                return plain.Linear(
                    "top/0", [.. plain.Parts(plain.HistoryMean()), ("product", PlainFormulas.Product(plain.HistoryMean(), plain.Candidate))]);
            }),
        ];
        for (int unit = 0; unit < rows[0].Length; unit++)
        {
            double mean = rows.Average(row => row[unit]);
            Assert.Equal(mean, values["top/0/norm/moving_mean"].Data[unit], 1e-5);
            Assert.Equal(rows.Average(row => (row[unit] - mean) * (row[unit] - mean)), values["top/0/norm/moving_variance"].Data[unit], 1e-5);
        }

        // After one batch the moving statistics are the batch's: what was computed in training is what serving computes.
        float[] trained = TorchParameters.Floats(logits.sigmoid()).ToArray();
        float[] served = TorchScorer.Score(model, ops, Layout, inputs).Scores;
        Assert.All(trained.Zip(served), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Score_WideDeep_AddsWeightedCrosses() => AssertFormula(WideDeep.Name, $"{{{Deep}}}", plain =>
    {
        double[] mean = plain.HistoryMean();
        double[][] crosses =
        [
            plain.Times("cross/history/weight", mean),
            plain.Times("cross/profile/weight", plain.Profile),
            plain.Times("cross/context/weight", plain.Context),
        ];
        return Sum(
            plain.Linear("linear", plain.Parts(mean)),
            plain.Top(plain.Parts(mean)),
            [.. Enumerable.Range(0, Layout.TaskCount).Select(task => crosses.Sum(
                weights => PlainFormulas.Dot(weights[(task * Layout.ItemWidth)..][..Layout.ItemWidth], plain.Candidate)))]);
    });

    [Fact]
    public void Score_DeepFm_AddsProductsOfEachPair() => AssertFormula(DeepFm.Name, $"{{{Deep}{Narrow}}}", plain =>
    {
        double second = PlainFormulas.Pairs(plain.Fields(FieldWidth)).Sum(p => PlainFormulas.Dot(p.Left, p.Right));
        (string, double[])[] parts = plain.Parts(plain.HistoryMean());
        return Sum(plain.Linear("linear", parts), plain.Top(parts), [second, second]);
    });

    [Fact]
    public void Score_Pnn_FeedsTheProductsToTheTop() => AssertFormula(Pnn.Name, $"{{{Deep}{Narrow}}}", plain =>
    {
        double[][] fields = plain.Fields(FieldWidth);
        double[][] request = fields[..^Layout.ItemFields.Count];
        double[][] candidate = fields[^Layout.ItemFields.Count..];
        return plain.Top(
        [
            .. plain.Parts(plain.HistoryMean()),
            ("products/request", Products(request, request)),
            ("products/both", Products(request, candidate)),
            ("products/candidate", Products(candidate, candidate)),
        ]);

        static double[] Products(double[][] left, double[][] right) => [.. left.SelectMany(_ => right, PlainFormulas.Dot)];
    });

    [Fact]
    public void Score_Afm_WeighsProductsOfEachPair() => AssertFormula(Afm.Name, $$"""{ "attentionWidth": 5{{Narrow}} }""", plain =>
    {
        double[][] products = [.. PlainFormulas.Pairs(plain.Fields(FieldWidth)).Select(p => PlainFormulas.Product(p.Left, p.Right))];
        double[] exponents = [.. products.Select(p =>
            Math.Exp(plain.Times("pairs/score/weight", PlainFormulas.Relu(plain.Layer("pairs/attention", p)))[0]))];
        double[] pooled = [.. Enumerable.Range(0, FieldWidth).Select(k => products.Zip(exponents, (p, e) => p[k] * e).Sum() / exponents.Sum())];
        return Sum(plain.Linear("linear", plain.Parts(plain.HistoryMean())), plain.Times("pairs/logit/weight", pooled));
    });

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void Score_TwoTower_MultipliesTheTowers(string normalise) => AssertFormula(
        TwoTower.Name,
        $$"""{ "towerUnits": [5], "outputWidth": 4, "activation": "relu", "useBias": true, "temperature": 0.5, "normalise": {{normalise}} }""",
        plain =>
        {
            double[] user = plain.Tower("user", ("history", plain.HistoryMean()), ("profile", plain.Profile), ("context", plain.Context));
            double[] item = plain.Tower("item", ("candidate", plain.Candidate));
            return [.. Enumerable.Range(0, Layout.TaskCount).Select(task => normalise == "true"
                ? PlainFormulas.Dot(PlainFormulas.Unit(user[(task * 4)..][..4]), PlainFormulas.Unit(item)) / 0.5
                : PlainFormulas.Dot(user[(task * 4)..][..4], item) / 0.5)];
        });

    [Fact]
    public void Score_ThreeTower_AddsTheCrossTower() => AssertFormula(
        ThreeTower.Name,
        """{ "towerUnits": [5], "crossUnits": [4], "outputWidth": 4, "activation": "relu", "useBias": true, "temperature": 2, "normalise": false }""",
        plain =>
        {
            double[] user = plain.Tower("user", ("history", plain.HistoryMean()), ("profile", plain.Profile));
            double[] item = plain.Tower("item", ("candidate", plain.Candidate));
            double[] hidden = PlainFormulas.Relu(
                plain.Linear("cross/0", ("context", plain.Context), ("statistics", plain.Candidate[^Layout.ItemNumbers..])));
            return Sum(
                [.. Enumerable.Range(0, Layout.TaskCount).Select(task => PlainFormulas.Dot(user[(task * 4)..][..4], item) / 2)],
                plain.Layer("cross/logit", hidden));
        });

    [Fact]
    public void Score_ThreeTowerInTraining_AddsWeightsOfThePosition()
    {
        const int Count = 3;
        IRankingModel model = RankingModels.Create(
            ThreeTower.Name,
            Layout,
            $$"""{ "towerUnits": [5], "crossUnits": [4], "outputWidth": 4, "activation": "relu", "normalise": false, "temperature": 1, "positions": {{Count}} }""");
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        var inputs = new RandomInputs(Layout, seed: 7);
        TorchScorer.Train(model, ops, parameters, Layout, inputs, steps: 3);
        IReadOnlyDictionary<string, ParameterValue> values = parameters.Export();
        float[] weights = values["cross/0/position/weight"].Data;
        using var scope = torch.NewDisposeScope();

        float[] logits = [.. model.Score(ops, inputs.ToTorch(Layout, training: true, Count)).Logits.contiguous().data<float>()];

        Assert.Equal([-1, 0, 1, 2, 3], inputs.Positions.Distinct().Order());
        for (int at = 0; at < inputs.Positions.Length; at++)
        {
            var plain = new PlainFormulas(values, Layout, inputs, at / RandomInputs.Candidates, at % RandomInputs.Candidates);
            int row = Math.Min(inputs.Positions[at], Count - 1) - 1;
            double[] ofPosition = [.. Enumerable.Range(0, 4).Select(unit => row < 0 ? 0.0 : weights[(row * 4) + unit])];
            double[] user = plain.Tower("user", ("history", plain.HistoryMean()), ("profile", plain.Profile));
            double[] item = plain.Tower("item", ("candidate", plain.Candidate));
            double[] cross = plain.Layer("cross/logit", PlainFormulas.Relu(Sum(
                plain.Linear("cross/0", ("context", plain.Context), ("statistics", plain.Candidate[^Layout.ItemNumbers..])), ofPosition)));
            for (int task = 0; task < Layout.TaskCount; task++)
            {
                double towers = PlainFormulas.Dot(user[(task * 4)..][..4], item) + values["bias"].Data[task];
                Assert.Equal(towers + cross[task], logits[(at * Layout.TaskCount) + task], 1e-4);
            }
        }
    }

    private static double[] Sum(params double[][] terms) => [.. terms[0].Select((_, k) => terms.Sum(t => t[k]))];

    /// <param name="model">Name.</param>
    /// <param name="options">With the item bias.</param>
    /// <param name="formula">Logits without the item bias.</param>
    /// <param name="trainingSteps">Steps before, for what starts with no effect.</param>
    private static void AssertFormula(string model, string options, Func<PlainFormulas, double[]> formula, int trainingSteps = 0)
    {
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        var inputs = new RandomInputs(Layout, seed: 7);
        IRankingModel made = RankingModels.Create(model, Layout, options);
        TorchScorer.Train(made, ops, parameters, Layout, new RandomInputs(Layout, seed: 8), trainingSteps);
        float[] scores = TorchScorer.Score(made, ops, Layout, inputs).Scores;
        IReadOnlyDictionary<string, ParameterValue> values = parameters.Export();
        for (int at = 0; at < RandomInputs.Rankings * RandomInputs.Candidates; at++)
        {
            var plain = new PlainFormulas(values, Layout, inputs, at / RandomInputs.Candidates, at % RandomInputs.Candidates);
            double[] logits = formula(plain);
            for (int task = 0; task < Layout.TaskCount; task++)
            {
                Assert.Equal(1 / (1 + Math.Exp(-logits[task] - plain.Bias)), scores[(at * Layout.TaskCount) + task], 1e-5);
            }
        }
    }
}
