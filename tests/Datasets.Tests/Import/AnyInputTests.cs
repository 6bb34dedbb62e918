using System.Text;
using CsCheck;
using DinOrleans.Datasets.Guesses;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.AlibabaAds;
using DinOrleans.Datasets.Import.AmazonReviews;
using DinOrleans.Datasets.Import.MovieLens;
using DinOrleans.Datasets.Import.OnlineRetail;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Datasets.Import.RecBole;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;

namespace DinOrleans.Datasets.Tests.Import;

/// <summary>Whatever files hold, an import gives a dataset that can be read again, or one clear error and nothing else.</summary>
public sealed class AnyInputTests : IDisposable
{
    private const int Times = 300;

    private static readonly string[] Fields =
    [
        "1", "2", "17", "1.0", "pv", "buy", "click", "0", "u1", "i1", "A1", "536365", "85123A", "2010-12-01 08:26:00", "12/1/2010 8:26", "1511544070",
        "1494032110", "1767225600", "874724710", "2026-01-01T00:00:00Z", "4", "4.5", "M", "Toy Story (1995)", "Drama|War", "NULL", "", " ", ".", "..", "\t", "\"",
        "\"a,b\"", "\"a\nb\"", "caf\u00e9", "\u3000", "\U0001F600", "\0", "NaN", "1e39", "1,000", "-1", "99999999999999999999", "9999-12-31T23:59:59Z", "\ufffd",
        "{", "}", "'", "\\", "[", "null", "True", "\\ud800", "\\x41", new string('x', 201),
    ];

    private static readonly string[] Lines =
    [
        "user_id,item_id,timestamp", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "item_id,price,brand", "user_id,age",
        "event_id,user_id,item_id,type,timestamp,ranking_id,device", "item_id,category,price", "user_id,age_band", "userId,movieId,rating,timestamp", "movieId,title,genres",
        "user,time_stamp,adgroup_id,pid,nonclk,clk", "adgroup_id,cate_id,campaign_id,customer,brand,price",
        "userid,cms_segid,cms_group_id,final_gender_code,age_level,pvalue_level,shopping_level,occupation,new_user_class_level", "user,time_stamp,btag,cate,brand",
        "581475,1494032110,1,430548_1007,1,0", "558157,1493741625,pv,6250,91286", "63133,6406,83237,1,95471,170.0", "234,0,5,2,5,,3,0,3",
        "1,2268318,2520377,pv,1511544070", "u,a,2026-01-01T00:00:00Z", "user_id:token\titem_id:token\trating:float\ttimestamp:float", "u\ta\t4\t881250949", "item_id:token\tgenre:token_seq\tage:float", "e1,u1,a,click,2026-01-01T00:00:00Z,,ios", "536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,UK",
        "1::1193::5::978300760", "1193::Toy Story (1995)::Drama", "1::F::1::10::48067", "1 7 8 9", "196\t242\t3\t881250949", "1|24|M|technician|85711",
        """{"reviewerID":"A1","asin":"B1","overall":5.0,"unixReviewTime":1362528000}""", """{"user_id":"A1","parent_asin":"B1","rating":4,"timestamp":1588687728923}""",
        """{'asin': 'B1', 'categories': [['Beauty', 'Hair']], 'brand': u'Acme\x21'}""", """{"asin":"B1","category":["a","b"],"brand":null}""", """{"7":[1,2],"8":[]}""",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(
        OneOf(Lines),
        Gen.Select(OneOf(Fields).Array[1, 8], OneOf(",", ";", "::", "\t", "|", " "), (fields, separator) => string.Join(separator, fields)),
        Gen.Select(OneOf(Lines), OneOf(Fields), Gen.Int[0, 8], Replaced));

    /// <summary>Lines that are mostly right, at times with bytes changed, cut, packed or of another encoding.</summary>
    private static readonly Gen<byte[]> Content = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Text.Array[0, 6].Select(lines => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")),
        Text.Array[0, 6].Select(lines => Encoding.Latin1.GetBytes(string.Join("\r\n", lines))),
        Gen.Select(Text.Array[0, 6], Gen.Double.Unit, (lines, share) => Cut(GzipOf.Text(string.Join('\n', lines) + "\n"), share)),
        Gen.Select(Text.Array[1, 6], Gen.Byte, Gen.Double.Unit, (lines, wrong, share) => Changed(Encoding.UTF8.GetBytes(string.Join('\n', lines)), wrong, share)));

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string[]> Importers => new()
    {
        { "online-retail", ["in.csv"] },
        { "taobao", ["in.csv"] },
        { "csv", ["in.csv", "items.csv", "users.csv"] },
        { "amazon-beauty", ["in.txt", "in_item2attributes.json"] },
        { "amazon-reviews", ["in.json", "meta.json"] },
        { "recbole", ["in.inter", "in.item", "in.user"] },
        { "movielens 100K", ["u.data", "u.item", "u.user"] },
        { "movielens 1M", ["ratings.dat", "movies.dat", "users.dat"] },
        { "movielens 10M", ["ratings.dat", "movies.dat", "tags.dat"] },
        { "movielens 20M", ["ratings.csv", "movies.csv"] },
        { "alibaba-ads", ["raw_sample.csv", "ad_feature.csv", "user_profile.csv", "behavior_log.csv"] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Importers))]
    public void Import_AnyFiles_GiveADatasetOrOneClearError(string importer, string[] files) => Content.Array[files.Length].Sample(
        contents =>
        {
            string source = Write("source", files, contents);
            string shop = _folder["shop"];
            try
            {
                Importer(importer, source).Import(source == _folder["source"] && files[0].StartsWith("in.", StringComparison.Ordinal) ? Path.Combine(source, files[0]) : source, shop);
            }
            catch (DatasetException e)
            {
                AssertClear(e);
                Assert.Equal(["source"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
                return;
            }

            ReadAll(shop);
            Directory.Delete(shop, recursive: true);
        },
        iter: Times,
        threads: 1);

    [Fact]
    public void Guess_AnyFiles_GiveADatasetOrOneClearError() => Content.Array[1, 3].Sample(
        contents =>
        {
            string[] names = ["in.csv", "items.csv", "users.csv"];
            string source = Write("source", names, contents);
            string shop = _folder["shop"];
            try
            {
                PlanGuess guess = PlanGuess.Of([.. names.Take(contents.Length).Select(n => Path.Combine(source, n))], new());
                new PlanImporter(guess.Plan).Import(guess.Plan.Events.Path, shop);
            }
            catch (DatasetException e)
            {
                AssertClear(e);
                Assert.Equal(["source"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
                return;
            }

            ReadAll(shop);
            Directory.Delete(shop, recursive: true);
        },
        iter: Times,
        threads: 1);

    [Fact]
    public void Open_AnyFolder_GivesADatasetOrOneClearError() => Gen.Select(Content.Array[3], Schema).Sample(
        (contents, schema) =>
        {
            string shop = Write("shop", ["items.csv", "users.csv", "events.csv", "schema.json"], [.. contents, schema]);
            try
            {
                ReadAll(shop);
            }
            catch (DatasetException e)
            {
                AssertClear(e);
            }
        },
        iter: Times,
        threads: 1);

    [Fact]
    public void Read_AnyPairs_GivesThemOrOneClearError() => Content.Sample(
        content =>
        {
            string pairs = Path.Combine(Write("pairs", ["pairs.csv"], [[.. "user,positive,negative,popular_negative\n"u8, .. content]]), "pairs.csv");
            try
            {
                Assert.NotEmpty(PairsFile.Read(pairs));
            }
            catch (DatasetException e)
            {
                AssertClear(e);
            }
        },
        iter: Times,
        threads: 1);

    /// <summary>A schema that is right, or has one part replaced.</summary>
    private static Gen<byte[]> Schema { get; } = Gen.OneOf(
        Gen.Const(Encoding.UTF8.GetBytes(DatasetFiles.Schema.ToJson())),
        Gen.Select(
            OneOf("4", "\"click\"", "\"category\"", "[", "{", "\"item\"", "\"name\"", "null", "50", "true", "]", "}", ",", ":"),
            OneOf("null", "0", "-1", "1e400", "99999999999", "\"\"", "\" \"", "[null]", "{}", "[]", "\"\\ud800\"", "\"name\"", "[[1]]", "7", ""),
            Gen.Int[0, 5],
            (part, other, occurrence) => Encoding.UTF8.GetBytes(ReplacedAt(DatasetFiles.Schema.ToJson(), part, other, occurrence))),
        Gen.Byte.Array[0, 100]);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string ReplacedAt(string text, string part, string other, int occurrence)
    {
        int at = -1;
        for (int i = 0; i <= occurrence; i++)
        {
            int next = text.IndexOf(part, at + 1, StringComparison.Ordinal);
            at = next < 0 ? at : next;
        }

        return at < 0 ? text : text[..at] + other + text[(at + part.Length)..];
    }

    private static string Replaced(string line, string field, int index)
    {
        string[] fields = line.Split(',');
        fields[index % fields.Length] = field;
        return string.Join(',', fields);
    }

    private static byte[] Cut(byte[] bytes, double share) => bytes[..(int)Math.Ceiling(bytes.Length * Math.Min(1, share * 1.5))];

    private static byte[] Changed(byte[] bytes, byte wrong, double share)
    {
        if (bytes.Length > 0)
        {
            bytes[(int)(share * bytes.Length)] = wrong;
        }

        return bytes;
    }

    private static void AssertClear(DatasetException error)
    {
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePositionInLine", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
    }

    private static void ReadAll(string shop)
    {
        // The task is complete when it is returned: nothing of a folder is read asynchronously.
        TrainingLog.LoadAsync(DatasetFolder.Open(shop), CancellationToken.None).GetAwaiter().GetResult();
    }

    private static IDatasetImporter Importer(string name, string source) => name.Split(' ')[0] switch
    {
        "online-retail" => new OnlineRetailImporter(),
        "taobao" => new TaobaoImporter(),
        "csv" => new PlanImporter(new()
        {
            Items = new() { Path = Path.Combine(source, "items.csv") },
            Users = new() { Path = Path.Combine(source, "users.csv") },
            Numeric = ["price", "age"],
        }),
        "recbole" => new RecBoleImporter(),
        "amazon-beauty" => new AmazonBeautyImporter(),
        "amazon-reviews" => new AmazonReviewsImporter(Path.Combine(source, "meta.json")),
        "movielens" => new MovieLensImporter(tags: name.EndsWith("10M", StringComparison.Ordinal)),
        _ => new AlibabaAdsImporter(),
    };

    private string Write(string folder, string[] names, byte[][] contents)
    {
        if (Directory.Exists(_folder[folder]))
        {
            Directory.Delete(_folder[folder], recursive: true);
        }

        Directory.CreateDirectory(_folder[folder]);
        for (int i = 0; i < contents.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder[folder], names[i]), contents[i]);
        }

        return _folder[folder];
    }
}
