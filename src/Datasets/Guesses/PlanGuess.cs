using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Datasets.Import.RecBole;

namespace DinOrleans.Datasets.Guesses;

/// <summary>
/// A plan that was guessed from the names and the first rows of files. The same files give the same plan. What a person states is not guessed.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Findings">What was guessed and why, in sentences that name the options which say otherwise.</param>
public sealed record PlanGuess(ImportPlan Plan, IReadOnlyList<string> Findings)
{
    private const int MostFiles = 3;

    /// <summary>Guesses a plan.</summary>
    /// <param name="files">The files of events and, optionally, of items and of users, in any order.</param>
    /// <param name="stated">What a person said.</param>
    /// <param name="cancellationToken">Ends the guess.</param>
    /// <exception cref="DatasetException">A file cannot be read, or something that every dataset needs cannot be found. The message says which option names it.</exception>
    public static PlanGuess Of(IReadOnlyList<string> files, PlanChanges stated, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<GivenFile> all = GivenFile.All(files, stated);
        if (all.Count is 0 or > MostFiles)
        {
            throw new DatasetException($"init: must get 1 to {MostFiles} files, one of events and at most one of items and one of users, but gets {all.Count}");
        }

        if (all.Select(f => f.Path).FirstOrDefault(RecBolePlan.IsInteractions) is { } interactions)
        {
            return new(
                stated.Apply(RecBolePlan.Of(interactions, stated.Source)),
                [$"{Path.GetFileName(interactions)}: is a file of RecBole, whose header says what the columns are. Files of items and users are taken if they are beside it."]);
        }

        List<string> findings = [];
        TableStart[] starts =
        [
            .. all.Select((file, i) => TableStart.Read(FormatGuess.Of(file.Path, file.Of(i == 0 ? stated : stated with { Columns = null }), findings, cancellationToken), stated.Source)),
        ];

        // Each file of the guess has its sheet, and the one that was stated may not be of the events.
        return new(stated.WithSheet(null).Apply(Of(starts, stated, findings, cancellationToken)), findings);
    }

    private static ImportPlan Of(TableStart[] starts, PlanChanges stated, List<string> findings, CancellationToken cancellationToken)
    {
        TableStart events = stated.Columns is null ? FileRoles.Events(starts, stated) : starts[0];
        findings.AddRange(starts.Length == 1 ? [] : [$"Events: {events.Name}, which has times."]);
        var roles = new EventRoles(events, stated, findings);
        (KeyedFile? items, KeyedFile? users) = FileRoles.Assign([.. starts.Where(s => s != events)], events, (roles.User.Name, roles.Item.Name), stated, cancellationToken);
        items = items?.Renamed("item");
        users = users?.Renamed("user");
        Tell(findings, "Items", items, "--items");
        Tell(findings, "Users", users, "--users");
        TypesGuess types = TypesGuess.Of(events, roles, stated, cancellationToken);
        findings.Add(types.Finding);
        var features = new FeaturesGuess(events, roles, items, users, stated);
        findings.AddRange(features.Findings);
        return features.Apply(types.Apply(new()
        {
            Events = events.File,
            Items = items is null ? null : items.File.File with { IdColumn = items.Column },
            Users = users is null ? null : users.File.File with { IdColumn = users.Column },
            UserColumn = roles.User.Name,
            ItemColumn = roles.Item.Name,
            TimestampColumn = roles.Time.Name,
            TimestampFormat = roles.TimeFormat,
            EventIdColumn = roles.EventId?.Name,
            RankingColumn = roles.Ranking?.Name,
            TypeColumn = roles.Type?.Name,
            RatingColumn = roles.Rating?.Name,
            SkipIncomplete = true,
            ItemsFromEvents = true,
            Missing = [.. starts.SelectMany(s => s.Columns).SelectMany(c => c.Missing).Distinct().Order(StringComparer.Ordinal)],
            DecimalComma = starts.SelectMany(s => s.Columns).Any(c => c.HasCommas),
        }));
    }

    private static void Tell(List<string> findings, string role, KeyedFile? file, string option)
    {
        if (file is not null)
        {
            findings.Add($"{role}: {file.File.Name}, whose column {file.Column} has {file.Share:P0} of the ids in the first rows of the events ({option}).");
        }
    }
}
