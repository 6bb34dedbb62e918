using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.AlibabaAds;
using DinOrleans.TestMachine;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.Import.AlibabaAds;

public sealed class AlibabaAdsImporterTests : IDisposable
{
    private const string Samples = "user,time_stamp,adgroup_id,pid,nonclk,clk\n";
    private const string Ads = "adgroup_id,cate_id,campaign_id,customer,brand,price\n";
    private const string Users =
        "userid,cms_segid,cms_group_id,final_gender_code,age_level,pvalue_level,shopping_level,occupation,new_user_class_level \n";

    private const string Log = "user,time_stamp,btag,cate,brand\n";
    private readonly TemporaryFolder _folder = new();

    public AlibabaAdsImporterTests()
    {
        _folder.Write("ads/raw_sample.csv", Samples
            + "581738,1494137644,1,430548_1007,1,0\n"
            + "581738,1494137644,2,430548_1007,0,1\n"
            + "581738,1494137644,3,430539_1007,1,0\n"
            + "449818,1494638778,3,430548_1007,1,0\n");
        _folder.Write("ads/ad_feature.csv", Ads + "1,6406,83237,1,95471,170.0\n2,6406,83237,1,87331,199.0\n3,392,9771,2,NULL,38.0\n");
        _folder.Write("ads/user_profile.csv", Users + "581738,0,5,2,5,,3,0,3\n");
        _folder.Write("ads/behavior_log.csv", Log
            + "581738,1493741625,pv,6406,95471\n"
            + "581738,1493741626,cart,6406,95471\n"
            + "449818,1493741627,buy,392,NULL\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_AdsAndProfiles_HaveTheirColumnsAsFeatures()
    {
        Assert.Equal(new Imported(Items: 5, Users: 1, Events: 8, LeftOut: 0), Imported.From(Import()));

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(
            [
                "1 cate_id=6406 campaign_id=83237 customer=1 brand=95471 price=170.0",
                "2 cate_id=6406 campaign_id=83237 customer=1 brand=87331 price=199.0",
                "3 cate_id=392 campaign_id=9771 customer=2 price=38.0",
                "cate-6406-brand-95471 cate_id=6406 brand=95471",
                "cate-392-brand-NULL cate_id=392",
            ],
            dataset.ReadItems().Select(i => Text(i.ItemId, i.Features)));
        Assert.Equal(
            ["581738 cms_segid=0 cms_group_id=5 final_gender_code=2 age_level=5 shopping_level=3 occupation=0 new_user_class_level=3"],
            dataset.ReadUsers().Select(u => Text(u.Key, u.Value.Features)));
    }

    [Fact]
    public void Import_ImpressionsClicksAndBehaviours_AreEvents()
    {
        Import();

        BehaviourEvent[] events = [.. DatasetFolder.Open(_folder["shop"]).ReadEvents()];
        Assert.Equal(
            [
                "impression-2 581738 1 impression 1494137644-430548_1007 430548_1007",
                "impression-3 581738 2 impression 1494137644-430548_1007 430548_1007",
                "click-3 581738 2 click 1494137644-430548_1007 430548_1007",
                "impression-4 581738 3 impression 1494137644-430539_1007 430539_1007",
                "impression-5 449818 3 impression 1494638778-430548_1007 430548_1007",
                "behaviour-2 581738 cate-6406-brand-95471 pv  -",
                "behaviour-3 581738 cate-6406-brand-95471 cart  -",
                "behaviour-4 449818 cate-392-brand-NULL buy  -",
            ],
            events.Select(e => $"{e.EventId} {e.UserId} {e.ItemId} {e.Type} {e.RankingId} {e.Context.GetValueOrDefault("pid", "-")}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1494137644), events[0].Timestamp);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1493741625), events[5].Timestamp);
    }

    [Fact]
    public async Task Import_Rankings_AreWhatAUserSawAtOnceWithBehavioursBeforeIt()
    {
        Import();

        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);
        SampleSplit rankings = SampleSet.Build(log, new() { ValidationShare = 0 }).Training;
        Assert.Equal(3, rankings.Count);
        Assert.Equal(4, rankings.CandidateCount);
        RankingBatch batch = rankings.Batches(3, epoch: 0, shuffle: false).Single();
        Assert.Equal([2, 2, 1], batch.Lengths.Take(3));
    }

    [Fact]
    public void Import_SomeBehaviours_LeavesTheOthersOut()
    {
        Assert.Equal(new Imported(Items: 4, Users: 1, Events: 6, LeftOut: 2), Imported.From(Import(["buy"])));
        Assert.Equal(["click", "buy"], DatasetFolder.Open(_folder["shop"]).Schema.Behaviours.Events);
    }

    [Fact]
    public void Import_NoBehaviours_NeedsNoLog()
    {
        File.Delete(_folder["ads/behavior_log.csv"]);

        Assert.Equal(new Imported(Items: 3, Users: 1, Events: 5, LeftOut: 0), Imported.From(Import([])));
    }

    [Theory]
    [InlineData("raw_sample.csv", Samples + "1,1493999999,1,p,1,0\n1,1494000000,1,p,1,0\n1,1494691199,1,p,1,0\n1,1494691200,1,p,1,0\n")]
    [InlineData("behavior_log.csv", Log + "1,1492790399,pv,1,1\n1,1492790400,pv,1,1\n1,1494691199,pv,1,1\n1,-2082686400,pv,1,1\n")]
    public void Import_TimeOutsideThePublishedDays_IsLeftOutAndCounted(string file, string content)
    {
        _folder.Write("ads/" + file, content);

        Assert.Equal(2, Import().LeftOut);
    }

    [Theory]
    [InlineData("raw_sample.csv", Samples + "1,noon,1,p,1,0", "line 2, column time_stamp: must be seconds since 1970, a whole number")]
    [InlineData("raw_sample.csv", Samples + "1,1494137644,1,p,1,2", "line 2, column clk: must be one of 0, 1")]
    [InlineData("raw_sample.csv", Samples + "1,1494137644,1,p,1,1", "line 2, column nonclk: must be 0 where clk is 1, and 1 where it is 0")]
    [InlineData("raw_sample.csv", Samples + "1,1494137644,,p,1,0", "line 2, column adgroup_id: must be 1 to 200 characters")]
    [InlineData("raw_sample.csv", Samples + "1,1494137644,1,,1,0", "line 2, column pid: must be 1 to 200 characters")]
    [InlineData("raw_sample.csv", "user,time_stamp,adgroup_id,pid,nonclk\n", "line 1, column clk: must be there")]
    [InlineData("ad_feature.csv", Ads + "1,1,1,1,1,dear", "line 2, column price: must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData("ad_feature.csv", Ads + "1,1,1,1,1,1\n1,1,1,1,1,1", "line 3, column adgroup_id: must be unique in the file")]
    [InlineData("user_profile.csv", Users + "1,0,5,2,5,,3,0,3\n1,0,5,2,5,,3,0,3", "line 3, column userid: must be unique in the file")]
    [InlineData("user_profile.csv", Users + "1,0,5", "line 2: must have 9 fields like the header, but has 3")]
    [InlineData("behavior_log.csv", Log + "1,1493741625,click,1,1", "line 2, column btag: must be one of pv, cart, fav, buy")]
    [InlineData("behavior_log.csv", Log + "1,1493741625,pv,,1", "line 2, column cate: must be 1 to 200 characters")]
    public void Import_BadRow_IsNamedAndNothingIsLeft(string file, string content, string message)
    {
        _folder.Write("ads/" + file, content + "\n");

        Assert.Equal($"{file} {message}", Assert.Throws<DatasetException>(() => Import()).Message);
        Assert.Equal(["ads"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("raw_sample.csv")]
    [InlineData("ad_feature.csv")]
    [InlineData("user_profile.csv")]
    [InlineData("behavior_log.csv")]
    public void Import_MissingFile_IsNamed(string file)
    {
        File.Delete(_folder["ads/" + file]);

        Assert.Equal($"{_folder["ads"]} has no {file}", Assert.Throws<DatasetException>(() => Import()).Message);
    }

    [Fact]
    public void Constructor_UnknownBehaviour_IsRefused() => Assert.Throws<DatasetException>(() => new AlibabaAdsImporter(["view"]));

    private static string Text(string id, IReadOnlyDictionary<string, string> features) =>
        string.Join(' ', features.Select(f => $"{f.Key}={f.Value}").Prepend(id));

    private ImportResult Import(IReadOnlyList<string>? behaviours = null) =>
        new AlibabaAdsImporter(behaviours).Import(_folder["ads"], _folder["shop"], TestContext.Current.CancellationToken);
}
