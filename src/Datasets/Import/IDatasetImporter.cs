using System.Globalization;

namespace DinOrleans.Datasets.Import;

/// <summary>Turns files of another format into a dataset folder, whole or not at all.</summary>
public interface IDatasetImporter
{
    /// <summary>The name it is chosen by, for example "online-retail".</summary>
    string Name { get; }

    /// <summary>Imports.</summary>
    /// <param name="source">The original file, or the folder of them.</param>
    /// <param name="outFolder">A new or empty folder, or an earlier dataset, which is replaced.</param>
    /// <param name="cancellationToken">Ends the import; nothing is left behind.</param>
    /// <exception cref="DatasetException">A row of the source breaks a rule, or the folder holds something else than a dataset.</exception>
    ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default);
}

/// <summary>What an import wrote.</summary>
/// <param name="Dataset">What the dataset holds.</param>
/// <param name="LeftOut">Rows of the source that its cleaning rules leave out.</param>
public sealed record ImportResult(DatasetSummary Dataset, long LeftOut)
{
    /// <summary>Moves an imported dataset into its place.</summary>
    /// <param name="writer">Has got all rows.</param>
    /// <param name="leftOut">Rows that were left out.</param>
    /// <exception cref="DatasetException">Rows were left out and none remained.</exception>
    internal static ImportResult Commit(DatasetWriter writer, long leftOut = 0) => writer.Events > 0 || leftOut == 0
        ? new(writer.Commit(), leftOut)
        : throw new DatasetException(string.Create(
            CultureInfo.InvariantCulture,
            $"no event is left to import, as {leftOut:N0} rows were left out: is this the right file, and are its times in the unit that docs/data.md names?"));
}
