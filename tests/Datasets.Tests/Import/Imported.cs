using DinOrleans.Datasets.Import;

namespace DinOrleans.Datasets.Tests.Import;

/// <summary>How much an import wrote.</summary>
internal sealed record Imported(long Items, long Users, long Events, long LeftOut)
{
    public static Imported From(ImportResult result) => new(result.Dataset.Items, result.Dataset.Profiles, result.Dataset.Events, result.LeftOut);
}
