using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a top network over fields of equal width.</summary>
public abstract record FieldOptions : TopNetworkOptions
{
    /// <summary>
    /// Width that the fields' products are made in, 1 to 512. A field that has another is projected to it, with the same weights where
    /// it is an item's in the history and in the candidate.
    /// </summary>
    public int FieldWidth { get; init; } = 16;

    private protected override void CheckOwn(OptionRules rules, ScoreLayout layout) => rules.Width("fieldWidth", FieldWidth, Fields.MaxWidth);
}

/// <summary>Fields of equal width, those of the request apart from those of the candidate: what the request has alone is made once.</summary>
/// <param name="Request">[R, 1, m, k]: the mean of each sequence, field by field, the profile's fields and the context's.</param>
/// <param name="RequestCount">m.</param>
/// <param name="Candidate">[R, N, n, k].</param>
/// <param name="CandidateCount">n.</param>
internal sealed record Fields<T>(T Request, int RequestCount, T Candidate, int CandidateCount);

/// <summary>Cuts vectors into fields.</summary>
internal static class Fields
{
    public const int MaxWidth = 512;

    /// <param name="ops">The backend.</param>
    /// <param name="layout">Widths.</param>
    /// <param name="inputs">The candidates, profile and context.</param>
    /// <param name="histories">[R, 1, d] each, the main sequence first.</param>
    /// <param name="width">k.</param>
    /// <exception cref="ArgumentException">The fields of the layout do not add up to its widths.</exception>
    public static Fields<T> Of<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, IReadOnlyList<T> histories, int width)
    {
        List<T> request = [.. histories.SelectMany(h => Cut(ops, "item", h, layout.ItemFields, layout.ItemWidth, width))];
        if (layout.ProfileWidth > 0)
        {
            request.AddRange(Cut(ops, "profile", ops.Unsqueeze(inputs.Profile, 1), layout.ProfileFields, layout.ProfileWidth, width));
        }

        if (layout.ContextWidth > 0)
        {
            request.AddRange(Cut(ops, "context", ops.Unsqueeze(inputs.Context, 1), layout.ContextFields, layout.ContextWidth, width));
        }

        List<T> candidate = Cut(ops, "item", inputs.Candidates, layout.ItemFields, layout.ItemWidth, width);
        return new(Stack(ops, request, width), request.Count, Stack(ops, candidate, width), candidate.Count);
    }

    private static T Stack<T>(ITensorOps<T> ops, List<T> fields, int width) => ops.SplitLast(ops.Concat([.. fields]), width);

    private static List<T> Cut<T>(ITensorOps<T> ops, string name, T vector, IReadOnlyList<int> fields, int total, int width)
    {
        if (fields.Sum() != total)
        {
            throw new ArgumentException($"The {name} fields are {string.Join(" + ", fields)} wide, but the vector {total}.");
        }

        List<T> cut = [];
        int start = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            T field = ops.Slice(vector, -1, start, start + fields[i]);
            cut.Add(fields[i] == width ? field : Layers.Project(ops, $"field/{name}/{i}", field, fields[i], width));
            start += fields[i];
        }

        return cut;
    }
}
