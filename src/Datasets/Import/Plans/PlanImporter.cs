using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>Imports files of one's own: a file of events and, optionally, files of items and users.</summary>
/// <param name="plan">What the files and their columns mean. The path of its events file is not used.</param>
/// <param name="time">The clock, which says what is in the future. Null for that of the machine.</param>
public sealed class PlanImporter(ImportPlan plan, TimeProvider? time = null) : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        PlanRules.Require(plan);
        ImportPlan full = plan with { Events = plan.Events with { Path = Path.GetFullPath(source) }, Items = FullPath(plan.Items), Users = FullPath(plan.Users) };
        var columns = new PlanTables(full);
        FeatureSchema schema = columns.Schema();
        using DatasetWriter writer = DatasetWriter.Create(outFolder, schema);
        writer.AddFile(DatasetLayout.ImportFile, PlanJson.Write(full));
        var leftOut = new LeftOutCounts();
        var items = new PlanEntities(full.Items, full.ItemColumn, columns.Items, columns.EventItems, full is { ItemsFromEvents: true, Items: null }, full, leftOut);
        var users = new PlanEntities(full.Users, full.UserColumn, columns.Users, columns.EventUsers, isFromEvents: false, full, leftOut);

        // Files whose rows need nothing of the events come first, so that their errors show before a long file was read.
        WriteEach(needEvents: false);
        IReadOnlyList<string> notes = WriteEvents(full, schema, columns, (items, users), leftOut, writer, cancellationToken);
        WriteEach(needEvents: true);
        return ImportResult.Commit(writer, leftOut) with { Notes = [.. notes, .. columns.Notes] };

        void WriteEach(bool needEvents)
        {
            if (items.NeedsEvents == needEvents)
            {
                items.Write((id, features) => writer.Write(new Item(id, features)), cancellationToken);
            }

            if (users.NeedsEvents == needEvents)
            {
                users.Write((id, features) => writer.Write(id, new UserProfile(features)), cancellationToken);
            }
        }
    }

    private static PlanFile? FullPath(PlanFile? file) => file is null ? null : file with { Path = Path.GetFullPath(file.Path) };

    private IReadOnlyList<string> WriteEvents(
        ImportPlan full,
        FeatureSchema schema,
        PlanTables columns,
        (PlanEntities Items, PlanEntities Users) entities,
        LeftOutCounts leftOut,
        DatasetWriter writer,
        CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(full.Events.Path, PlanFormat.Of(full.Events, full));
        var events = new PlanEvents(table, full, schema.EventTypes, columns.Context, leftOut, time ?? TimeProvider.System);
        Action<string> items = entities.Items.Gatherer(table);
        Action<string> users = entities.Users.Gatherer(table);
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (events.Read() is { } behaviour)
            {
                items(behaviour.ItemId);
                users(behaviour.UserId);
                writer.Write(behaviour);
            }
        }

        return [.. events.Notes.Prepend(table.Note).OfType<string>()];
    }
}
