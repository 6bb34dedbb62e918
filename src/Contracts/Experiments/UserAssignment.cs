using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace DinOrleans.Contracts.Experiments;

/// <summary>
/// Which arm of an experiment a user belongs to. A pure function of the experiment and the user id, so every silo and every restart decides the
/// same, and a user who is in an arm stays in it while the arm's share grows.
/// </summary>
public static class UserAssignment
{
    /// <summary>How finely users are divided: one place is 0.01 % of them.</summary>
    public const int Places = 10_000;

    /// <summary>All experiments divide the users into ranges by the same hash, so that ranges that do not overlap share no user.</summary>
    private const string RangeSalt = "";

    /// <summary>The place of a user: <c>XxHash3(salt, 0, userId) mod 10,000</c> over the UTF-8 text.</summary>
    public static int Place(string salt, string userId)
    {
        int limit = Encoding.UTF8.GetMaxByteCount(salt.Length + userId.Length) + 1;
        byte[]? rented = limit > 512 ? ArrayPool<byte>.Shared.Rent(limit) : null;
        Span<byte> text = rented ?? stackalloc byte[512];
        int length = Encoding.UTF8.GetBytes(salt, text);
        text[length++] = 0;
        length += Encoding.UTF8.GetBytes(userId, text[length..]);
        int place = (int)(XxHash3.HashToUInt64(text[..length]) % Places);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return place;
    }

    /// <summary>True when a user takes part in an experiment over a range of users.</summary>
    public static bool IsIn(UserRange range, string userId)
    {
        int place = Place(RangeSalt, userId);
        return place >= Bound(range.From) && place < Bound(range.To);
    }

    /// <summary>
    /// The arm of a user in a stage: the champion's (<see cref="ExperimentArm.Champion"/>) where the user is in no other arm, null where the
    /// user does not take part.
    /// </summary>
    /// <param name="run">The experiment.</param>
    /// <param name="userId">The user.</param>
    public static string? Arm(ExperimentRun run, string userId)
    {
        if (!IsIn(run.Experiment.Users, userId))
        {
            return null;
        }

        int place = Place(run.Salt, userId);
        double percent = run.CurrentStage.Percent;
        double start = 0;
        foreach (ExperimentArm arm in run.Experiment.Arms)
        {
            // Each arm owns the first part of a slot that is its own, so that a larger percentage only adds users to it.
            double slot = arm.Share ?? 100;
            if (place >= Bound(start) && place < Bound(start) + Bound(slot * percent / 100))
            {
                return arm.Name;
            }

            start += slot;
        }

        return ExperimentArm.Champion;
    }

    /// <summary>The share of an arm in a stage, 0 to 1, of the users who take part.</summary>
    public static double Share(ExperimentRun run, string arm)
    {
        double percent = run.CurrentStage.Percent;
        double Of(ExperimentArm one) => Bound((one.Share ?? 100) * percent / 100) / (double)Places;
        return arm == ExperimentArm.Champion ? 1 - run.Experiment.Arms.Sum(Of) : Of(run.Experiment.Arms.Single(a => a.Name == arm));
    }

    private static int Bound(double percent) => (int)Math.Round(percent * (Places / 100));
}
