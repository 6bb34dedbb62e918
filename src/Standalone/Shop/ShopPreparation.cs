using System.Text.Json.Nodes;
using DinOrleans.Datasets;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

namespace DinOrleans.Standalone.Shop;

/// <summary>Makes sure, before anything starts, that there is a dataset and that the data folder belongs to the dataset's shop.</summary>
internal static class ShopPreparation
{
    /// <summary>Makes the sample shop if no dataset was given, and copies the schema into the data folder.</summary>
    /// <exception cref="DatasetException">The dataset is damaged, or the data folder holds another shop.</exception>
    /// <exception cref="InvalidContentException">The schema in the data folder is damaged.</exception>
    public static ShopFolders Prepare(StandaloneArguments arguments)
    {
        string data = Path.GetFullPath(arguments.DataFolder);
        Directory.CreateDirectory(data);
        var folders = new ShopFolders(data, Path.GetFullPath(arguments.DatasetFolder ?? ShopFolders.SampleDataset(data)), arguments.ArtifactFolder);
        DatasetWriter.RemoveLeftOvers(ShopFolders.SampleDataset(data));
        if (arguments.DatasetFolder is null && !Directory.Exists(folders.Dataset) && !File.Exists(folders.SchemaFile))
        {
            Console.WriteLine($"Making the sample shop in {folders.Dataset} …");
            new SampleShopGenerator(new SampleShopOptions()).Write(folders.Dataset);
        }

        if (!File.Exists(folders.SchemaFile))
        {
            WriteWhole(folders.SchemaFile, DatasetFolder.Open(folders.Dataset).Schema.ToJson());
        }
        else if (arguments.DatasetFolder is not null && !IsSame(DatasetFolder.Open(folders.Dataset).Schema, FeatureSchema.Load(folders.SchemaFile)))
        {
            throw new DatasetException($"{data} holds another shop than {folders.Dataset}: their schema.json differ. Give another folder with --data.");
        }

        return folders;
    }

    /// <summary>Compares the content of two schemas. An earlier release may have written the same schema in another way.</summary>
    private static bool IsSame(FeatureSchema one, FeatureSchema other) => JsonNode.DeepEquals(JsonNode.Parse(one.ToJson()), JsonNode.Parse(other.ToJson()));

    /// <summary>Writes a file beside its place and renames it, because half a schema would make every later start fail.</summary>
    private static void WriteWhole(string path, string content)
    {
        string beside = path + ".partial";
        File.WriteAllText(beside, content);
        File.Move(beside, path, overwrite: true);
    }
}
