namespace DinOrleans.Training.Trainer.Evaluation;

/// <summary>A labelled candidate as predicted.</summary>
/// <param name="User">Index of the user; negative, and one a ranking, for a ranking without one.</param>
/// <param name="Item">Index of the item.</param>
/// <param name="Position">Place among the ranking's candidates, from 0.</param>
/// <param name="HistoryLength">Behaviours that it was scored against.</param>
/// <param name="Score">Probability.</param>
/// <param name="Label">True for a positive.</param>
public readonly record struct Prediction(int User, int Item, int Position, int HistoryLength, float Score, bool Label);

/// <summary>The predictions of a task, also in columns, as the metrics take them.</summary>
public sealed class TaskPredictions(IReadOnlyList<Prediction> rows)
{
    /// <summary>In the order of the batches.</summary>
    public IReadOnlyList<Prediction> Rows { get; } = rows;

    public int Count => Rows.Count;

    /// <summary>Users, numbered in the order of the batches: measures add up alike whichever indexes users have.</summary>
    public int[] Users { get; } = Numbered(rows);

    public float[] Scores { get; } = [.. rows.Select(p => p.Score)];

    public bool[] Labels { get; } = [.. rows.Select(p => p.Label)];

    /// <summary>Those that a rule keeps.</summary>
    public TaskPredictions Where(Func<Prediction, bool> keeps) => new([.. Rows.Where(keeps)]);

    private static int[] Numbered(IReadOnlyList<Prediction> rows)
    {
        Dictionary<int, int> numbers = [];
        int[] users = new int[rows.Count];
        for (int i = 0; i < users.Length; i++)
        {
            if (!numbers.TryGetValue(rows[i].User, out users[i]))
            {
                numbers.Add(rows[i].User, users[i] = numbers.Count);
            }
        }

        return users;
    }
}
