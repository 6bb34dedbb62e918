namespace DinOrleans.Datasets.Import.Plans;

/// <summary>Writes the items or users of a plan, with features of their own file and of the events file.</summary>
/// <param name="file">The file of the items or users. Null for none.</param>
/// <param name="idColumn">The column of their id in the events file.</param>
/// <param name="columns">Their features in the file.</param>
/// <param name="eventColumns">Their features in the events file.</param>
/// <param name="isFromEvents">True to write those of the events that have no features too.</param>
/// <param name="plan">The plan.</param>
/// <param name="leftOut">Counts the rows of the file that are left out.</param>
internal sealed class PlanEntities(
    PlanFile? file, string idColumn, PlanColumns columns, PlanColumns eventColumns, bool isFromEvents, ImportPlan plan, LeftOutCounts leftOut)
{
    private readonly GatheredFeatures _gathered = new();

    /// <summary>True if the events say something of them, so that they can be written only after the events.</summary>
    public bool NeedsEvents => isFromEvents || !eventColumns.IsEmpty;

    /// <summary>Gathers features from the events file.</summary>
    /// <param name="events">The events file.</param>
    /// <returns>Takes the id of the current row.</returns>
    public Action<string> Gatherer(DataTable events)
    {
        if (!NeedsEvents)
        {
            return _ => { };
        }

        Func<IReadOnlyDictionary<string, string>> features = eventColumns.Reader(events);
        return id => _gathered.Add(id, features());
    }

    /// <summary>Writes each row of the file, then those that only the events know.</summary>
    /// <param name="write">Takes an id and its features.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public void Write(Action<string, IReadOnlyDictionary<string, string>> write, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            WriteFile(file, write, cancellationToken);
        }

        foreach ((string id, IReadOnlyDictionary<string, string> features) in _gathered.Rest)
        {
            write(id, features);
        }
    }

    private void WriteFile(PlanFile from, Action<string, IReadOnlyDictionary<string, string>> write, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(from.Path, PlanFormat.Of(from, plan));
        int id = table.Column(from.IdColumn ?? idColumn);
        Func<IReadOnlyDictionary<string, string>> features = columns.Reader(table);
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (plan.SkipIncomplete && table[id].Length == 0)
            {
                leftOut.Add($"of {Path.GetFileName(from.Path)} without {table.Header[id]}");
                continue;
            }

            string key = table.Id(id);
            if (!seen.Add(key))
            {
                throw table.Error(id, "must be unique in the file");
            }

            write(key, Merge(features(), _gathered.Take(key)));
        }
    }

    private static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string> gathered)
    {
        if (gathered.Count == 0)
        {
            return own;
        }

        var merged = new Dictionary<string, string>(gathered);
        foreach ((string name, string value) in own)
        {
            merged[name] = value;
        }

        return merged;
    }
}
