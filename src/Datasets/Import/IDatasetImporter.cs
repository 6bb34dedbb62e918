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
