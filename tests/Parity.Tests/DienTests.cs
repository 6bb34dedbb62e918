using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch;
using TorchSharp;

namespace DinOrleans.Parity.Tests;

/// <summary>DIEN against its formulas, written out step by step.</summary>
public sealed class DienTests
{
    private const int Width = 4;
    private const int TopUnits = 3;
    private const float AuxiliaryWeight = 0.5f;
    private static readonly ScoreLayout Layout = new(Width, 0, 0, 1);

    [Theory]
    [InlineData("augru")]
    [InlineData("aigru")]
    [InlineData("agru")]
    public void Score_EachEvolution_FollowsItsFormula(string evolution)
    {
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        var inputs = new RandomInputs(Layout, seed: 7);
        (float[] scores, float[]? attention) = TorchScorer.Score(Model(evolution), ops, Layout, inputs);

        var plain = new Plain(parameters.Export(), inputs);
        for (int r = 0; r < RandomInputs.Rankings; r++)
        {
            for (int n = 0; n < RandomInputs.Candidates; n++)
            {
                (double[] weights, double score) = plain.Score(evolution, r, n);
                int at = (r * RandomInputs.Candidates) + n;
                Assert.Equal(score, scores[at], 1e-5);
                for (int h = 0; h < RandomInputs.History; h++)
                {
                    Assert.Equal(h < weights.Length ? weights[h] : 0, attention![(at * RandomInputs.History) + h], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void Score_NegativeBehaviours_GivesTheAuxiliaryLoss()
    {
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        using var scope = torch.NewDisposeScope();
        var inputs = new RandomInputs(Layout, seed: 7);

        float loss = Model("augru").Score(ops, inputs.ToTorch(Layout, training: true)).Auxiliary!.Value.item<float>();

        Assert.Equal(AuxiliaryWeight * new Plain(parameters.Export(), inputs).AuxiliaryLoss(), loss, 1e-5);
        Assert.Null(Model("augru").Score(ops, inputs.ToTorch(Layout)).Auxiliary);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Score_SeveralSequences_EachLearnsFromItsOwnNextBehaviours(int place, bool counts)
    {
        ScoreLayout layout = Layout with { Sequences = ["cart", "bought"] };
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        using var scope = torch.NewDisposeScope();
        var inputs = new RandomInputs(layout, seed: 7);
        float Loss() => Model("augru", layout).Score(ops, inputs.ToTorch(layout, training: true)).Auxiliary!.Value.item<float>();

        float before = Loss();
        inputs.Negatives[place * Width] += 1;

        // The first ranking's sequences start at places 0, 3 and 5, and a sequence's first behaviour is the next of none.
        Assert.Equal(counts, before != Loss());
    }

    private static IRankingModel Model(string evolution) => Model(evolution, Layout);

    private static IRankingModel Model(string evolution, ScoreLayout layout) => RankingModels.Create(
        Dien.Name,
        layout,
        $$"""{ "topUnits": [{{TopUnits}}], "activation": "relu", "evolution": "{{evolution}}", "auxiliaryWeight": {{AuxiliaryWeight}} }""");

    private sealed class Plain(IReadOnlyDictionary<string, ParameterValue> values, RandomInputs inputs)
    {
        public (double[] Attention, double Score) Score(string evolution, int ranking, int candidate)
        {
            double[] v = Vector(inputs.CandidateVectors, (ranking * RandomInputs.Candidates) + candidate);
            double[][] interests = Interests(ranking);
            double[] projected = Times("attention/weight", v, 0, Width);
            double[] exponents = [.. interests.Select(h => Math.Exp(Dot(h, projected)))];
            double[] attention = [.. exponents.Select(e => e / exponents.Sum())];

            double[] state = new double[Width];
            for (int t = 0; t < interests.Length; t++)
            {
                double a = attention[t];
                double[] input = evolution == "aigru" ? [.. interests[t].Select(x => a * x)] : interests[t];
                state = Step("evolution", state, input, u => evolution switch { "augru" => a * u, "agru" => a, _ => u }, hasUpdate: evolution != "agru");
            }

            double[] product = [.. state.Zip(v, (x, y) => x * y)];
            double logit = values["top/logit/bias"].Data[0] + inputs.Bias[(ranking * RandomInputs.Candidates) + candidate];
            for (int unit = 0; unit < TopUnits; unit++)
            {
                double x = values["top/0/bias"].Data[unit] + Times("top/0/interest/weight", state, unit, 1)[0]
                    + Times("top/0/candidate/weight", v, unit, 1)[0] + Times("top/0/product/weight", product, unit, 1)[0];
                logit += Math.Max(0, x) * values["top/logit/weight"].Data[unit];
            }

            return (attention, Sigmoid(logit));
        }

        public double AuxiliaryLoss()
        {
            List<double> losses = [];
            for (int r = 0; r < RandomInputs.Rankings; r++)
            {
                double[][] interests = Interests(r);
                for (int t = 0; t + 1 < interests.Length; t++)
                {
                    int next = (r * RandomInputs.History) + t + 1;
                    losses.Add(-Math.Log(Sigmoid(Dot(interests[t], Vector(inputs.Behaviours, next))))
                        - Math.Log(1 - Sigmoid(Dot(interests[t], Vector(inputs.Negatives, next)))));
                }
            }

            return losses.Average();
        }

        private double[][] Interests(int ranking)
        {
            List<double[]> interests = [];
            double[] state = new double[Width];
            for (int h = 0; h < RandomInputs.History && inputs.Mask[(ranking * RandomInputs.History) + h] == 1; h++)
            {
                state = Step("extractor", state, Vector(inputs.Behaviours, (ranking * RandomInputs.History) + h), u => u, hasUpdate: true);
                interests.Add(state);
            }

            return [.. interests];
        }

        private double[] Step(string name, double[] state, double[] x, Func<double, double> gate, bool hasUpdate)
        {
            int first = hasUpdate ? Width : 0;
            double[] reset = Gate(first);
            double[] update = hasUpdate ? Gate(0) : state;
            double[] fromInput = Times($"{name}/input/weight", x, first + Width, Width);
            double[] fromState = Times($"{name}/state/weight", state, first + Width, Width);
            float[] bias = values[$"{name}/bias"].Data;
            double[] next = new double[Width];
            for (int i = 0; i < Width; i++)
            {
                double proposal = Math.Tanh(fromInput[i] + (reset[i] * fromState[i]) + bias[first + Width + i]);
                double u = gate(update[i]);
                next[i] = ((1 - u) * state[i]) + (u * proposal);
            }

            return next;

            double[] Gate(int column)
            {
                double[] input = Times($"{name}/input/weight", x, column, Width);
                double[] recurrent = Times($"{name}/state/weight", state, column, Width);
                return [.. input.Select((value, i) => Sigmoid(value + recurrent[i] + values[$"{name}/bias"].Data[column + i]))];
            }
        }

        /// <summary>x times some columns of a weight.</summary>
        private double[] Times(string weight, double[] x, int column, int columns)
        {
            ParameterValue value = values[weight];
            return [.. Enumerable.Range(column, columns).Select(c => x.Select((e, row) => e * value.Data[(row * value.Shape[1]) + c]).Sum())];
        }

        private static double[] Vector(float[] all, int index) => [.. all[(index * Width)..][..Width].Select(x => (double)x)];

        private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

        private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }
}
