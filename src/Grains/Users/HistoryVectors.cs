using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>
/// The vectors of a user's behaviours, cached with the version, the history and the items that they were made of. Vectors are never changed after
/// they were made, because a batch may still be reading them.
/// </summary>
public sealed class HistoryVectors
{
    /// <summary>The version that answers the user and one that scores in the shadow.</summary>
    private const int Versions = 2;

    private readonly List<Made> _made = [];

    /// <summary>Returns the most recent behaviours of each sequence that the version uses.</summary>
    public AttendedHistory Get(UserHistories histories, LoadedModel model, ItemCatalogue catalogue)
    {
        // The revision is read first, so that whatever is written from here on is looked at again.
        long revision = catalogue.Revision;
        Made? made = _made.Find(m => m.Version == model.Version);
        if (made is null || made.History != histories.Revision || (revision != made.Catalogue && !IsCurrent(made.Attended, catalogue)))
        {
            _made.RemoveAll(m => m.Version == model.Version);
            if (_made.Count == Versions)
            {
                _made.RemoveAt(0);
            }

            made = new(model.Version, histories.Revision, Make(histories, model, catalogue));
            _made.Add(made);
        }

        made.Catalogue = revision;
        return made.Attended;
    }

    /// <summary>True if no item of the history was written since. A shop writes prices and stocks all day, and few writes concern the items of one user.</summary>
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
        // A version without further sequences may serve a shop that has some. It uses only the main one.
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

    /// <summary>What was made for a version.</summary>
    private sealed record Made(string Version, int History, AttendedHistory Attended)
    {
        /// <summary>The catalogue's revision when it was last known to be current.</summary>
        public long Catalogue { get; set; }
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
