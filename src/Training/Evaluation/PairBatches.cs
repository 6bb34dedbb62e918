using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Evaluation;

/// <summary>Makes batches of pairs: the history before a user's last positive; candidates are positive, uniform, popular.</summary>
internal sealed class PairBatches
{
    public const int CandidatesAPair = 3;

    private readonly TrainingLog _log;
    private readonly Dictionary<string, int> _users;
    private readonly Dictionary<string, int> _items;
    private readonly HashSet<byte> _positiveTypes;
    private readonly HashSet<byte> _behaviourTypes;

    public PairBatches(TrainingLog log)
    {
        _log = log;
        _users = Index(log.UserIds);
        _items = Index(log.ItemIds);
        _positiveTypes = Types(log, log.Schema.Tasks[0].PositiveEvents);
        _behaviourTypes = Types(log, log.Schema.Behaviours.Events);
    }

    /// <exception cref="InvalidDataException">A pair names what the log lacks, or its positive is not the user's last.</exception>
    public RankingBatch Make(IReadOnlyList<Pair> pairs)
    {
        int tasks = _log.Schema.Tasks.Count;
        int[][] histories = new int[pairs.Count][];
        int[] users = new int[pairs.Count], contexts = new int[pairs.Count], candidates = new int[pairs.Count * CandidatesAPair];
        float[] labels = new float[candidates.Length * tasks];
        for (int r = 0; r < pairs.Count; r++)
        {
            Pair pair = pairs[r];
            users[r] = Find(_users, pair.User, "user");
            int last = LastPositive(users[r], pair);
            contexts[r] = last;
            histories[r] = History(users[r], last);
            candidates[r * CandidatesAPair] = Find(_items, pair.Positive, "positive");
            candidates[(r * CandidatesAPair) + 1] = Find(_items, pair.Negative, "negative");
            candidates[(r * CandidatesAPair) + 2] = Find(_items, pair.PopularNegative, "popular_negative");
            labels.AsSpan(r * CandidatesAPair * tasks, tasks).Fill(1);
        }

        int longest = Math.Max(1, histories.Max(h => h.Length));
        int[] behaviours = new int[pairs.Count * longest];
        Array.Fill(behaviours, -1);
        for (int r = 0; r < pairs.Count; r++)
        {
            histories[r].CopyTo(behaviours, r * longest);
        }

        return new RankingBatch
        {
            Rankings = pairs.Count,
            HistoryLength = longest,
            CandidateCount = CandidatesAPair,
            Behaviours = behaviours,
            Lengths = Array.ConvertAll(histories, h => h.Length),
            Candidates = candidates,
            Labels = labels,
            Users = users,
            Contexts = contexts,
        };
    }

    private static Dictionary<string, int> Index(IReadOnlyList<string> ids) =>
        ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i, StringComparer.Ordinal);

    private static HashSet<byte> Types(TrainingLog log, IReadOnlyList<string> names) =>
        [.. log.Schema.EventTypes.Select((name, i) => (name, i)).Where(t => names.Contains(t.name)).Select(t => (byte)t.i)];

    private static int Find(Dictionary<string, int> index, string id, string column) => index.TryGetValue(id, out int i)
        ? i
        : throw new InvalidDataException($"pairs: {column} \"{id}\" is not in the dataset.");

    private int LastPositive(int user, Pair pair)
    {
        for (int e = _log.Events.UserStart[user + 1] - 1; e >= _log.Events.UserStart[user]; e--)
        {
            if (_positiveTypes.Contains(_log.Events.Type[e]))
            {
                string item = _log.ItemIds[_log.Events.Item[e]];
                return item == pair.Positive
                    ? e
                    : throw new InvalidDataException($"pairs: the last positive of user \"{pair.User}\" in the dataset is \"{item}\", not \"{pair.Positive}\".");
            }
        }

        throw new InvalidDataException($"pairs: user \"{pair.User}\" has no positive in the dataset.");
    }

    private int[] History(int user, int before)
    {
        List<int> items = [];
        for (int e = before - 1; e >= _log.Events.UserStart[user] && items.Count < _log.Schema.Behaviours.MaxLength; e--)
        {
            if (_behaviourTypes.Contains(_log.Events.Type[e]))
            {
                items.Add(_log.Events.Item[e]);
            }
        }

        items.Reverse();
        return [.. items];
    }
}
