using System.Globalization;

namespace DinOrleans.Datasets.Import;

/// <summary>Turns files of another format into a dataset. An import that fails leaves nothing behind.</summary>
public interface IDatasetImporter
{
    /// <summary>The name by which the importer is chosen, for example "online-retail".</summary>
    string Name { get; }

    /// <summary>Imports files.</summary>
    /// <param name="source">The original file, or the folder of the original files.</param>
    /// <param name="outFolder">A new or empty folder, or an earlier dataset, which is replaced.</param>
    /// <param name="cancellationToken">Ends the import, which then leaves nothing behind.</param>
    /// <exception cref="DatasetException">A row of the source breaks a rule, or the folder has something else than a dataset.</exception>
    ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default);
}

/// <summary>The result of an import.</summary>
/// <param name="Dataset">The summary of the dataset.</param>
/// <param name="LeftOut">The number of rows of the source that the importer leaves out.</param>
public sealed record ImportResult(DatasetSummary Dataset, long LeftOut)
{
    /// <summary>Moves an imported dataset into its place.</summary>
    /// <param name="writer">The writer, which has received all rows.</param>
    /// <param name="leftOut">The number of rows that were left out.</param>
    /// <exception cref="DatasetException">All rows were left out.</exception>
    internal static ImportResult Commit(DatasetWriter writer, long leftOut = 0) => writer.Events > 0 || leftOut == 0
        ? new(writer.Commit(), leftOut)
        : throw new DatasetException(string.Create(
            CultureInfo.InvariantCulture,
            $"no event is left to import, as {leftOut:N0} rows were left out: is this the right file, and are its times in the unit that docs/data.md names?"));
}
