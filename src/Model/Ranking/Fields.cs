using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model with a top network and fields of equal width.</summary>
public abstract record FieldOptions : TopNetworkOptions
{
    /// <summary>
    /// The width of the fields that are multiplied with each other, 1 to 512. A field of another width is projected to it. A field of items has
    /// the same projection in the history and in the candidate.
    /// </summary>
    public int FieldWidth { get; init; } = 16;

    private protected override void CheckOwn(Problems problems, ScoreLayout layout) => problems.RequireWidth("fieldWidth", FieldWidth, Fields.MaxWidth);
}

/// <summary>Fields of equal width. Those of the request are apart from those of the candidate, so that what involves only the request is computed once.</summary>
/// <param name="Request">[R, 1, m, k]: the fields of each pooled history, of the profile and of the context.</param>
/// <param name="RequestCount">m, the number of the request's fields.</param>
/// <param name="Candidate">[R, N, n, k].</param>
/// <param name="CandidateCount">n, the number of a candidate's fields.</param>
internal sealed record Fields<T>(T Request, int RequestCount, T Candidate, int CandidateCount);

/// <summary>Cuts vectors into fields.</summary>
internal static class Fields
{
    /// <summary>The largest width of a field.</summary>
    public const int MaxWidth = 512;

    /// <summary>Cuts histories, profile, context and candidates into fields of one width.</summary>
    /// <param name="scoring">The computation.</param>
    /// <param name="histories">One pooled history per sequence, the main one first, [R, 1, d] each.</param>
    /// <param name="width">k, the width of a field.</param>
    /// <exception cref="ArgumentException">The fields of the layout do not add up to its widths.</exception>
    public static Fields<T> CutFields<T>(this Scoring<T> scoring, IReadOnlyList<T> histories, int width)
    {
        (ITensorOps<T> ops, ScoreLayout layout) = (scoring.Ops, scoring.Layout);
        List<T> request =
        [
            .. histories.SelectMany(h => Cut(ops, "item", h, layout.ItemFields, layout.ItemWidth, width)),
            .. scoring.Profile().SelectMany(p => Cut(ops, p.Name, p.Value, layout.ProfileFields, p.Width, width)),
            .. scoring.Context().SelectMany(c => Cut(ops, c.Name, c.Value, layout.ContextFields, c.Width, width)),
        ];
        List<T> candidate = Cut(ops, "item", scoring.Inputs.Candidates, layout.ItemFields, layout.ItemWidth, width);
        return new(Stack(ops, request, width), request.Count, Stack(ops, candidate, width), candidate.Count);
    }

    private static T Stack<T>(ITensorOps<T> ops, List<T> fields, int width) => ops.SplitLast(ops.Concat([.. fields]), width);

    private static List<T> Cut<T>(ITensorOps<T> ops, string name, T vector, IReadOnlyList<int> fields, int total, int width)
    {
        if (fields.Sum() != total)
        {
            throw new ArgumentException($"The {name} fields are {string.Join(" + ", fields)} wide, but the vector is {total} wide.");
        }

        List<T> cut = [];
        int start = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            T field = ops.Slice(vector, -1, start, start + fields[i]);
            cut.Add(fields[i] == width ? field : ops.Project($"field/{name}/{i}", field, fields[i], width));
            start += fields[i];
        }

        return cut;
    }
}
