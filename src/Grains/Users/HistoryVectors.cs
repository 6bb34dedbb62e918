using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>
/// The vectors of a user's behaviours, cached with the version, the history and the items they were made from. What was once
/// made is never changed: a batch may still be reading it.
/// </summary>
public sealed class HistoryVectors
{
    private (string Version, int History) _madeFrom;
    private long _catalogue;
    private AttendedHistory? _attended;

    /// <summary>The most recent behaviours of each sequence that the version attends to.</summary>
    public AttendedHistory Of(UserHistories histories, LoadedModel model, ItemCatalogue catalogue)
    {
        // Read first: what is written from here on is looked at again.
        long revision = catalogue.Revision;
        (string Version, int History) from = (model.Version, histories.Revision);
        if (_attended is null || from != _madeFrom || (revision != _catalogue && !IsCurrent(_attended, catalogue)))
        {
            _attended = Make(histories, model, catalogue);
            _madeFrom = from;
        }

        _catalogue = revision;
        return _attended;
    }

    /// <summary>Whether no item of the history was written since: a shop writes prices and stocks all day, and few are of any one user's items.</summary>
    private static bool IsCurrent(AttendedHistory attended, ItemCatalogue catalogue)
    {
        for (int i = 0; i < attended.Events.Length; i++)
        {
            if (catalogue.Find(attended.Events[i].ItemId).Revision != attended.ItemRevisions[i])
            {
                return false;
            }
        }

        return true;
    }

    private static AttendedHistory Make(UserHistories histories, LoadedModel model, ItemCatalogue catalogue)
    {
        // A version without sequences beside the main one serves a shop that has some: it looks at the main one alone.
        IReadOnlyList<BehaviourSequence> sequences = model.Artifact.Manifest.Schema.AllSequences;
        int[] lengths = [.. sequences.Zip(histories.All, (s, h) => Length(s, h.Events))];
        BehaviourEvent[] events = [.. lengths.SelectMany((length, s) => histories.All[s].Events.TakeLast(length))];
        int d = model.Layout.ItemWidth;
        float[] vectors = new float[events.Length * d];
        long[] revisions = new long[events.Length];
        for (int i = 0; i < events.Length; i++)
        {
            CatalogueItem item = catalogue.Find(events[i].ItemId);
            revisions[i] = item.Revision;
            model.Artifact.Items.Write(item.Rows(model), vectors.AsSpan(i * d, d));
        }

        return new(new FloatBlock(vectors), events, lengths[1..], revisions);
    }

    private static int Length(BehaviourSequence sequence, IReadOnlyList<BehaviourEvent> events)
    {
        long[] times = sequence.HasSessions ? [.. events.Select(e => e.Timestamp.ToUnixTimeMilliseconds())] : [];
        return sequence.HistoryLength(events.Count, times);
    }
}

/// <summary>What a version attends to of a user's behaviours.</summary>
/// <param name="Vectors">[H, d], the main sequence and then each other one, oldest first in each.</param>
/// <param name="Events">[H] the behaviours.</param>
/// <param name="SequenceLengths">[S] how many of them are of each sequence beside the main one.</param>
/// <param name="ItemRevisions">[H] the revision of each behaviour's item.</param>
public sealed record AttendedHistory(FloatBlock Vectors, BehaviourEvent[] Events, int[] SequenceLengths, long[] ItemRevisions);
