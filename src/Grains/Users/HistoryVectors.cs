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

/// <summary>The behaviours of a user that a version uses: the main sequence and then each other one, oldest first in each.</summary>
/// <param name="Vectors">The vectors of the behaviours' items, [H, d].</param>
/// <param name="Events">The behaviours, [H].</param>
/// <param name="SequenceLengths">The number of behaviours of each sequence besides the main one, [S].</param>
/// <param name="ItemRevisions">The catalogue's revision of each behaviour's item, [H].</param>
public sealed record AttendedHistory(FloatBlock Vectors, BehaviourEvent[] Events, int[] SequenceLengths, long[] ItemRevisions)
{
    /// <summary>Returns the behaviours as an explanation names them, [H].</summary>
    public AttendedBehaviour[] Behaviours() => Array.ConvertAll(Events, e => new AttendedBehaviour(e.ItemId, e.Timestamp));
}
