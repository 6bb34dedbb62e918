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
        if (made is null || made.History != histories.Revision)
        {
            _made.RemoveAll(m => m.Version == model.Version);
            if (_made.Count == Versions)
            {
                _made.RemoveAt(0);
            }

            made = new(model.Version, histories.Revision, Make(histories, model, catalogue));
            _made.Add(made);
        }
        else if (revision != made.Catalogue)
        {
            made.Attended = Refresh(made.Attended, model, catalogue);
        }

        made.Catalogue = revision;
        return made.Attended;
    }

    /// <summary>
    /// Makes the vectors of items that were written since, and keeps the others. A shop writes prices and stocks all day, and few writes concern the
    /// items of one user.
    /// </summary>
    /// <returns>The same history where none of its items was written.</returns>
    private static AttendedHistory Refresh(AttendedHistory attended, LoadedModel model, ItemCatalogue catalogue)
    {
        int d = model.Layout.ItemWidth;
        float[]? vectors = null;
        int[]? stamps = null;
        for (int i = 0; i < attended.Events.Length; i++)
        {
            CatalogueItem item = catalogue.Find(attended.Events[i].ItemId);
            int stamp = catalogue.Stamp(item);
            if (stamp == attended.ItemStamps[i])
            {
                continue;
            }

            vectors ??= attended.Vectors.Span.ToArray();
            stamps ??= [.. attended.ItemStamps];
            stamps[i] = stamp;
            catalogue.Vectors(model).Write(item, vectors.AsSpan(i * d, d));
        }

        return vectors is null ? attended : attended with { Vectors = new FloatBlock(vectors), ItemStamps = stamps! };
    }

    private static AttendedHistory Make(UserHistories histories, LoadedModel model, ItemCatalogue catalogue)
    {
        // A version without further sequences may serve a shop that has some. It uses only the main one.
        IReadOnlyList<BehaviourSequence> sequences = model.Artifact.Manifest.Schema.AllSequences;
        int[] lengths = [.. sequences.Zip(histories.All, (s, h) => Length(s, h.Events))];
        BehaviourEvent[] events = [.. lengths.SelectMany((length, s) => histories.All[s].Events.TakeLast(length))];
        int d = model.Layout.ItemWidth;
        float[] vectors = new float[events.Length * d];
        CatalogueItem[] items = catalogue.Find(Array.ConvertAll(events, e => e.ItemId));

        // The stamps are read first: a write that comes between is then seen as one that came since.
        int[] stamps = Array.ConvertAll(items, catalogue.Stamp);
        catalogue.Vectors(model).Write(items, vectors, bias: []);
        return new(new FloatBlock(vectors), events, lengths[1..], stamps);
    }

    private static int Length(BehaviourSequence sequence, IReadOnlyList<BehaviourEvent> events)
    {
        long[] times = sequence.HasSessions ? [.. events.Select(e => e.Timestamp.ToUnixTimeMilliseconds())] : [];
        return sequence.HistoryLength(events.Count, times);
    }

    /// <summary>What was made for a version.</summary>
    private sealed record Made(string Version, int History, AttendedHistory FirstAttended)
    {
        /// <summary>The vectors, remade where items were written since.</summary>
        public AttendedHistory Attended { get; set; } = FirstAttended;

        /// <summary>The catalogue's revision when it was last known to be current.</summary>
        public long Catalogue { get; set; }
    }
}

/// <summary>The behaviours of a user that a version uses: the main sequence and then each other one, oldest first in each.</summary>
/// <param name="Vectors">The vectors of the behaviours' items, [H, d].</param>
/// <param name="Events">The behaviours, [H].</param>
/// <param name="SequenceLengths">The number of behaviours of each sequence besides the main one, [S].</param>
/// <param name="ItemStamps">The stamp of each behaviour's item when its vector was made, [H].</param>
public sealed record AttendedHistory(FloatBlock Vectors, BehaviourEvent[] Events, int[] SequenceLengths, int[] ItemStamps)
{
    /// <summary>Returns the behaviours as an explanation names them, [H].</summary>
    public AttendedBehaviour[] Behaviours() => Array.ConvertAll(Events, e => new AttendedBehaviour(e.ItemId, e.Timestamp));
}
