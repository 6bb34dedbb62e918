using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>The schema of sample shops.</summary>
internal static class SampleShopSchema
{
    public const string Click = "click";
    public const string Device = "device";
    public const string Impression = FeatureSchema.Impression;

    private static readonly string[] AgeBands = ["18-24", "25-34", "35-44", "45-59", "60+"];
    private static readonly Dictionary<string, string>[] Contexts =
        [.. ClickModel.Devices.Select(device => new Dictionary<string, string> { [Device] = device })];

    public static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new(FeatureSchema.ItemId, 8), new("shop", 32), new("category", 32)],
        UserFeatures = [new("age_band", 4)],
        ContextFeatures = [new(Device, 4)],
        NumericFeatures = [new("price", FeatureSource.Item, Normalisation.LogStandard)],
        Tasks = [new(Click, [Click])],
        Behaviours = new([Click]),
        OtherEvents = [Impression],
    };

    public static UserProfile Profile(int ageBand) => new(new Dictionary<string, string> { ["age_band"] = AgeBands[ageBand] });

    public static IReadOnlyDictionary<string, string> Context(int device) => Contexts[device];
}
