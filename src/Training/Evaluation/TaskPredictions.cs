namespace DinOrleans.Training.Evaluation;

/// <summary>The predictions of a task, as rows and in columns, which the metrics take.</summary>
/// <param name="rows">The predictions in the order of the batches.</param>
public sealed class TaskPredictions(IReadOnlyList<Prediction> rows)
{
    /// <summary>The predictions in the order of the batches.</summary>
    public IReadOnlyList<Prediction> Rows { get; } = rows;

    public int Count => Rows.Count;

    /// <summary>The users, numbered in the order of the batches, so that measures are summed in the same order whatever the users' indexes are.</summary>
    public int[] Users { get; } = Numbered(rows);

    public float[] Scores { get; } = [.. rows.Select(p => p.Score)];

    public bool[] Labels { get; } = [.. rows.Select(p => p.Label)];

    /// <summary>Keeps the predictions that fulfil a condition.</summary>
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
