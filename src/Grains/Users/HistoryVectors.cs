using DinOrleans.Contracts.Inference;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>
/// The vectors of a user's behaviours, cached with the version, the history and the catalogue they were made from. A block once
/// made is never changed: a batch may still be reading it.
/// </summary>
public sealed class HistoryVectors
{
    private (string Version, int History, long Catalogue) _madeFrom;
    private FloatBlock? _block;

    /// <summary>[H, d], the most recent H behaviours that the version attends to, oldest first.</summary>
    public FloatBlock Of(UserHistory history, LoadedModel model, ItemCatalogue catalogue)
    {
        (string Version, int History, long Catalogue) from = (model.Version, history.Revision, catalogue.Revision);
        if (_block is null || from != _madeFrom)
        {
            _block = Make(history.Events, model, catalogue);
            _madeFrom = from;
        }

        return _block;
    }

    private static FloatBlock Make(IReadOnlyList<BehaviourEvent> events, LoadedModel model, ItemCatalogue catalogue)
    {
        BehaviourSequence sequence = model.Artifact.Manifest.Schema.Behaviours;
        long[] times = sequence.HasSessions ? [.. events.Select(e => e.Timestamp.ToUnixTimeMilliseconds())] : [];
        int length = sequence.HistoryLength(events.Count, times);
        int d = model.Layout.ItemWidth;
        float[] vectors = new float[length * d];
        for (int i = 0; i < length; i++)
        {
            CatalogueItem item = catalogue.Find(events[events.Count - length + i].ItemId);
            model.Artifact.Items.Write(item.Rows(model), vectors.AsSpan(i * d, d));
        }

        return new FloatBlock(vectors);
    }
}
