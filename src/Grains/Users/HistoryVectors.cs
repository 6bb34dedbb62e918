using DinOrleans.Contracts.Inference;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>
/// The vectors of a user's behaviours, cached with the version, the history and the catalogue they were made from. What was once
/// made is never changed: a batch may still be reading it.
/// </summary>
public sealed class HistoryVectors
{
    private (string Version, int History, long Catalogue) _madeFrom;
    private AttendedHistory? _attended;

    /// <summary>The most recent behaviours of each sequence that the version attends to.</summary>
    public AttendedHistory Of(UserHistories histories, LoadedModel model, ItemCatalogue catalogue)
    {
        (string Version, int History, long Catalogue) from = (model.Version, histories.Revision, catalogue.Revision);
        if (_attended is null || from != _madeFrom)
        {
            _attended = Make(histories, model, catalogue);
            _madeFrom = from;
        }

        return _attended;
    }

    private static AttendedHistory Make(UserHistories histories, LoadedModel model, ItemCatalogue catalogue)
    {
        // A version without sequences beside the main one serves a shop that has some: it looks at the main one alone.
        IReadOnlyList<BehaviourSequence> sequences = model.Artifact.Manifest.Schema.AllSequences;
        int[] lengths = [.. sequences.Zip(histories.All, (s, h) => Length(s, h.Events))];
        BehaviourEvent[] events = [.. lengths.SelectMany((length, s) => histories.All[s].Events.TakeLast(length))];
        int d = model.Layout.ItemWidth;
        float[] vectors = new float[events.Length * d];
        for (int i = 0; i < events.Length; i++)
        {
            CatalogueItem item = catalogue.Find(events[i].ItemId);
            model.Artifact.Items.Write(item.Rows(model), vectors.AsSpan(i * d, d));
        }

        return new(new FloatBlock(vectors), events, lengths[1..]);
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
public sealed record AttendedHistory(FloatBlock Vectors, BehaviourEvent[] Events, int[] SequenceLengths);
