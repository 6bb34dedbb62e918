using DinOrleans.Model.Schema;

namespace DinOrleans.TestMachine;

/// <summary>A small schema with every kind of feature, and files to go with it.</summary>
public static class DatasetFiles
{
    public static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new("item_id", 4), new("category", 4)],
        UserFeatures = [new("age_band", 2)],
        ContextFeatures = [new("device", 2)],
        NumericFeatures = [new("price", FeatureSource.Item)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 3),
        OtherEvents = ["impression"],
    };

    public const string Items = "item_id,category,price\na,c1,1.5\nb,c2,\n";
    public const string Users = "user_id,age_band\nu1,18-25\n";
    public const string Events =
        "event_id,user_id,item_id,type,timestamp,ranking_id,device\n" +
        "e1,u1,a,click,2026-01-01T00:00:00Z,,ios\n" +
        "e2,u1,b,impression,2026-01-01T01:00:00.5+01:00,r1,\n";

    public static string Write(TemporaryFolder folder, string items = Items, string? users = Users, string events = Events)
    {
        folder.Write("shop/schema.json", Schema.ToJson());
        folder.Write("shop/items.csv", items);
        if (users is not null)
        {
            folder.Write("shop/users.csv", users);
        }

        folder.Write("shop/events.csv", events);
        return folder["shop"];
    }
}
