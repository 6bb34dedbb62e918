using DinOrleans.Datasets.SampleShop;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Shoppers;

/// <summary>A sample shop with its shoppers as they are at the end of its log. Each has their own state, so it can be visited by one crowd.</summary>
public sealed class GeneratedShop
{
    private GeneratedShop(SampleShopOptions options, SimulatedShop shop)
    {
        Options = options;
        Catalogue = shop.Catalogue;
        Shoppers = shop.Shoppers;
    }

    /// <summary>The options that made the shop.</summary>
    public SampleShopOptions Options { get; }

    /// <summary>The items with what only the generator knows of them.</summary>
    internal ShopCatalogue Catalogue { get; }

    /// <summary>The shoppers, of whom the i-th is <c>user-i</c>.</summary>
    internal IReadOnlyList<Shopper> Shoppers { get; }

    /// <summary>Generates a shop. The same options give the same shop as <see cref="SampleShopGenerator"/> writes.</summary>
    /// <exception cref="InvalidContentException">An option breaks a rule.</exception>
    public static GeneratedShop Generate(SampleShopOptions options, CancellationToken cancellationToken = default) =>
        new(options, new SampleShopGenerator(options).Generate(cancellationToken));

    /// <summary>Generates the shop of a dataset folder again.</summary>
    /// <param name="folder">A folder that <see cref="SampleShopGenerator.Write"/> has written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DatasetException">The folder does not hold a sample shop, or does not say with which options it was made.</exception>
    public static GeneratedShop Regenerate(string folder, CancellationToken cancellationToken = default)
    {
        string file = Path.Combine(folder, DatasetLayout.SampleShopFile);
        if (!File.Exists(file))
        {
            throw new DatasetException($"{folder} must be the folder of a sample shop, but has no {DatasetLayout.SampleShopFile}");
        }

        try
        {
            SampleShopOptions options = SampleShopReport.Load(file).Options
                ?? throw new DatasetException($"{file}: options is missing; write the shop again with the command sample-shop");
            return Generate(options, cancellationToken);
        }
        catch (InvalidContentException e) when (e is not DatasetException)
        {
            throw new DatasetException($"{file}: {e.Message}", e);
        }
    }
}
