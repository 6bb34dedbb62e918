using DinOrleans.Contracts.Users;
using DinOrleans.Model.Metrics;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>
/// Makes a shop with impressions and clicks from a seed. Shoppers have several interests, items are popular or cold, and topics have seasons. The generator
/// knows the true click probability of each impression, and so the best AUC that a model can be expected to reach.
/// </summary>
public sealed class SampleShopGenerator
{
    private readonly SampleShopOptions _options;

    /// <exception cref="InvalidContentException">An option breaks a rule.</exception>
    public SampleShopGenerator(SampleShopOptions options)
    {
        options.Require();
        _options = options;
    }

    /// <summary>Writes the shop as a dataset folder with <c>sample-shop.json</c> in it.</summary>
    /// <param name="folder">A new or empty folder, or an earlier dataset, which is replaced.</param>
    /// <param name="cancellationToken">Ends the generation, which then leaves nothing behind.</param>
    /// <exception cref="DatasetException">The folder has something else than a dataset.</exception>
    public SampleShopReport Write(string folder, CancellationToken cancellationToken = default)
    {
        using DatasetWriter writer = DatasetWriter.Create(folder, SampleShopSchema.Schema);
        SimulatedShop shop = Generate(cancellationToken);
        foreach (ShopItem item in shop.Catalogue.Items)
        {
            writer.Write(item.ToItem());
        }

        foreach (Shopper shopper in shop.Shoppers)
        {
            writer.Write(shopper.Id, SampleShopSchema.Profile(shopper.AgeBand));
        }

        foreach (BehaviourEvent behaviour in shop.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(behaviour);
        }

        SampleShopReport report = Report(shop);
        writer.AddFile(DatasetLayout.SampleShopFile, report.ToJson());
        writer.Commit();
        return report;
    }

    internal SimulatedShop Generate(CancellationToken cancellationToken) =>
        new ShopSimulation(_options, SampleShopSchema.Schema.Behaviours.MaxLength).Run(cancellationToken);

    internal SampleShopReport Report(SimulatedShop shop)
    {
        int rankings = _options.Users * _options.RankingsPerUser;
        int earlier = (rankings - (rankings / 10)) * _options.CandidatesPerRanking;
        return new()
        {
            Seed = _options.Seed,
            Users = _options.Users,
            Items = _options.Items,
            Rankings = rankings,
            Impressions = shop.Shown.Count,
            Clicks = shop.Shown.Count(s => s.Clicked),
            InterestDrift = _options.InterestDrift,
            BestAuc = Auc(shop.Shown, s => s.Probability),
            BestAucLatest = Auc(shop.Shown.Skip(earlier), s => s.Probability),
            PopularityAuc = Auc(shop.Shown, s => s.Item.Popularity),
            Options = _options,
        };
    }

    private static double Auc(IEnumerable<ShownItem> shown, Func<ShownItem, double> score)
    {
        ShownItem[] all = [.. shown];
        return RankingMetrics.Auc(Array.ConvertAll(all, s => (float)score(s)), Array.ConvertAll(all, s => s.Clicked));
    }
}
