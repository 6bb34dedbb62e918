using DinOrleans.Export.Onnx;
using DinOrleans.Export.Onnx.Wire;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Export.Tests;

public sealed class DienGraphTests
{
    [Fact]
    public void Export_Dien_ScansTheHistoryOncePerRequest()
    {
        var layout = new ScoreLayout(6, 3, 2, 1);
        IRankingModel model = RankingModels.Create(Dien.Name, layout, null);

        GraphProto graph = ModelProto.Parser.ParseFrom(OnnxExporter.Export(model, layout, InitialParameters.Draw(model, seed: 1))).Graph;

        NodeProto[] scans = [.. graph.Node.Where(n => n.OpType == "Scan")];
        Assert.Equal(2, scans.Length);
        Assert.DoesNotContain(ScorerGraph.Candidates, Sources(graph, scans[0].Input));
        Assert.Contains(ScorerGraph.Candidates, Sources(graph, scans[1].Input));
    }

    /// <summary>Everything that values are made of.</summary>
    private static HashSet<string> Sources(GraphProto graph, IEnumerable<string> values)
    {
        HashSet<string> found = [];
        var open = new Stack<string>(values);
        while (open.TryPop(out string? value))
        {
            if (found.Add(value))
            {
                foreach (string input in graph.Node.Where(n => n.Output.Contains(value)).SelectMany(n => n.Input))
                {
                    open.Push(input);
                }
            }
        }

        return found;
    }
}
