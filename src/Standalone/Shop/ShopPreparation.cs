using DinOrleans.Model.Schema;
using DinOrleans.Training.Datasets;
using DinOrleans.Training.SampleShop;

namespace DinOrleans.Standalone.Shop;

/// <summary>Makes sure, before anything starts, that there is a dataset and that the data folder belongs to its shop.</summary>
internal static class ShopPreparation
{
    /// <exception cref="DatasetException">The dataset is damaged, or the data folder holds another shop.</exception>
    public static ShopFolders Prepare(StandaloneArguments arguments)
    {
        string data = Path.GetFullPath(arguments.DataFolder);
        Directory.CreateDirectory(data);
        var folders = new ShopFolders(data, Path.GetFullPath(arguments.DatasetFolder ?? ShopFolders.SampleDataset(data)), arguments.ArtifactFolder);
        if (arguments.DatasetFolder is null && !Directory.Exists(folders.Dataset) && !File.Exists(folders.SchemaFile))
        {
            Console.WriteLine($"Making the sample shop in {folders.Dataset} …");
            new SampleShopGenerator(new SampleShopOptions()).Write(folders.Dataset);
        }

        if (!File.Exists(folders.SchemaFile))
        {
            FeatureSchema schema = DatasetFolder.Open(folders.Dataset).Schema;
            File.WriteAllText(folders.SchemaFile, schema.ToJson());
        }
        else if (arguments.DatasetFolder is not null && DatasetFolder.Open(folders.Dataset).Schema.ToJson() != File.ReadAllText(folders.SchemaFile))
        {
            throw new DatasetException($"{data} holds another shop than {folders.Dataset}: their schema.json differ. Give another folder with --data.");
        }

        return folders;
    }
}
