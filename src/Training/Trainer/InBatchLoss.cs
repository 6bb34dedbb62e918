using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Trainer;

/// <summary>
/// The softmax of each positive against the other positives of its batch, with the logQ correction: −1/P Σ log(e^{s^c_ii} / Σ_j e^{s^c_ij}),
/// s^c_ij = s_ij − log q_j (Yi et al., RecSys 2019, section 3). Items occur in a batch in proportion to their popularity. q_j, the share of item j
/// among the positives, corrects this, so that popular items are not pushed down because they occur often.
/// </summary>
/// <remarks>
/// q is counted over the training data, while the paper estimates it from a stream. The sum leaves out the user's other positives in the batch, of
/// this ranking or another, and other places of the same item, because they are not negatives. The paper does not mention such accidental hits.
/// TensorFlow Recommenders masks those of the same item (remove_accidental_hits).
/// </remarks>
internal sealed class InBatchLoss
{
    /// <summary>The largest number of positives: an array holds its square.</summary>
    private static readonly int MostPositives = (int)Math.Sqrt(Array.MaxLength);

    private readonly RankingBatch _batch;
    private readonly int[] _rankings;
    private readonly int[] _at;

    private InBatchLoss(RankingBatch batch, int[] at)
    {
        _batch = batch;
        _at = at;
        _rankings = [.. at.Select(i => i / batch.CandidateCount)];
        Items = [.. at.Select(i => batch.Candidates[i])];
    }

    /// <summary>The positives of any task, to be scored for every ranking.</summary>
    public int[] Items { get; }

    /// <summary>True if there is anything to learn. The positives of a single user have no negatives.</summary>
    public bool HasNegatives => Enumerable.Range(0, Items.Length).Any(p => User(p) != User(0));

    /// <summary>Finds the positives of a batch.</summary>
    /// <exception cref="ArgumentException">The batch has no shares of positives, or one of its positives has none.</exception>
    /// <exception cref="InvalidContentException">The batch has more positives than can be set against each other at once.</exception>
    public static InBatchLoss Prepare(RankingBatch batch)
    {
        int tasks = batch.TaskCount;
        float[] shares = batch.PositiveShares ?? throw new ArgumentException("Batch: the model's loss in batch needs the shares of positives.");
        int[] at = [.. Enumerable.Range(0, batch.Candidates.Length)
            .Where(i => batch.Candidates[i] >= 0 && batch.Labels.Skip(i * tasks).Take(tasks).Any(label => label > 0.5f))];
        int without = Array.FindIndex(at, i => batch.Candidates[i] >= shares.Length || !(shares[batch.Candidates[i]] > 0));
        if (without >= 0)
        {
            throw new ArgumentException($"Batch: positive {batch.Candidates[at[without]]} has no share of the positives.");
        }

        return at.Length <= MostPositives
            ? new(batch, at)
            : throw new InvalidContentException(
                $"training options: a batch of {batch.Rankings} rankings has {at.Length} positives, and a loss in batch sets each against every other: "
                + $"at most {MostPositives} can be. A smaller batchSize has fewer.");
    }

    /// <summary>Computes the loss.</summary>
    /// <param name="logits">[R, <see cref="Items"/>, K] The logits of every positive for every ranking.</param>
    /// <param name="taskWeights">[K] The weights of the tasks.</param>
    /// <returns>A scalar: Σ over tasks of weight · mean over the task's positives.</returns>
    public Tensor Compute(Tensor logits, ReadOnlySpan<double> taskWeights)
    {
        Tensor corrected = logits.sub(tensor([.. Items.Select(i => MathF.Log(_batch.PositiveShares![i]))], [1, Items.Length, 1]));
        Tensor loss = zeros(1).sum();
        for (int task = 0; task < taskWeights.Length; task++)
        {
            long[] own = PositivesOf(task, taskWeights.Length);
            if (own.Length > 0)
            {
                Tensor rows = corrected.select(2, task).index_select(0, tensor([.. own.Select(p => (long)_rankings[p])]));
                Tensor masked = rows.masked_fill(tensor(AccidentalHits(own), rows.shape), Scalars.NegativeInfinity);
                using Scalar weight = taskWeights[task];
                loss = loss.add(nn.functional.cross_entropy(masked, tensor(own)).mul(weight), Scalars.One);
            }
        }

        return loss;
    }

    /// <returns>The places of the task's positives in <see cref="Items"/>.</returns>
    private long[] PositivesOf(int task, int tasks) =>
        [.. Enumerable.Range(0, _at.Length).Where(p => _batch.Labels[(_at[p] * tasks) + task] > 0.5f).Select(p => (long)p)];

    /// <returns>[positives × items] True if the item is not a negative of the positive.</returns>
    private bool[] AccidentalHits(long[] own)
    {
        Dictionary<int, HashSet<int>> itemsOfUser = [];
        for (int p = 0; p < Items.Length; p++)
        {
            if (!itemsOfUser.TryGetValue(User(p), out HashSet<int>? items))
            {
                itemsOfUser.Add(User(p), items = []);
            }

            items.Add(Items[p]);
        }

        bool[] left = new bool[own.Length * Items.Length];
        for (int row = 0; row < own.Length; row++)
        {
            HashSet<int> positives = itemsOfUser[User((int)own[row])];
            for (int p = 0; p < Items.Length; p++)
            {
                left[(row * Items.Length) + p] = p != own[row] && positives.Contains(Items[p]);
            }
        }

        return left;
    }

    /// <summary>The user of a positive. A ranking without a user has a negative number of its own.</summary>
    private int User(int positive) => _batch.Users[_rankings[positive]] is >= 0 and int user ? user : -1 - _rankings[positive];
}
