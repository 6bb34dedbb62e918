using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Import;

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
/// <param name="Items">Items of the catalogue.</param>
/// <param name="Users">Profiles.</param>
/// <param name="Events">Events.</param>
/// <param name="LeftOut">Rows of the source that its cleaning rules leave out.</param>
public sealed record ImportResult(long Items, long Users, long Events, long LeftOut);
