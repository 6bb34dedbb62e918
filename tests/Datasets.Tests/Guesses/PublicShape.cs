using System.Text;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Guesses;

/// <summary>A small file, made for these tests, in the form in which a well-known dataset is published.</summary>
/// <param name="Name">The name of the dataset.</param>
/// <param name="Files">The files and their contents. The first one holds the events.</param>
/// <param name="Expected">What a dataset of them has: events, users, items in the catalogue, profiles and rows left out.</param>
/// <param name="Window">The times of the first and the last event.</param>
/// <param name="FirstEvent">The first event: user, item and type.</param>
/// <param name="Schema">The item features, user features and numeric features.</param>
public sealed record PublicShape(
    string Name, IReadOnlyList<(string File, string Content)> Files, (int Events, int Users, int Items, int Profiles, int LeftOut) Expected, string Window, string FirstEvent, string Schema)
{
    public static IReadOnlyList<PublicShape> All { get; } =
    [
        new(
            "MovieLens 100K",
            [
                ("u.data", "196\t242\t3\t881250949\n186\t302\t4\t891717742\n22\t242\t1\t878887116\n"),
                ("u.item", "242|Kolya (1996)|24-Jan-1997||http://example/242|0|0\n302|L.A. Confidential (1997)|01-Jan-1997||http://example/302|0|1\n377|Heavyweights (1994)|01-Jan-1994||http://example/377|1|0\n"),
                ("u.user", "22|25|M|writer|40206\n186|39|F|executive|00000\n196|49|M|writer|55105\n"),
            ],
            (3, 3, 3, 3, 0), "1997-11-07T07:18:36Z to 1998-04-04T19:22:22Z", "196 242 low_rating", "item_id item_2 | user_2 user_3 user_4 user_5 | item_6 item_7"),
        new(
            "MovieLens 1M",
            [
                ("ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n"),
                ("movies.dat", "661::James and the Giant Peach (1996)::Animation|Children's\n1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n"),
                ("users.dat", "1::F::1::10::48067\n2::M::56::16::70072\n"),
            ],
            (3, 2, 2, 2, 0), "2000-12-31T21:33:33Z to 2000-12-31T22:35:09Z", "1 1193 like", "item_id item_2 item_3 | user_2 user_3 user_4 user_5 |"),
        new(
            "MovieLens latest",
            [
                ("ratings.csv", "userId,movieId,rating,timestamp\n1,307,3.5,1256677221\n1,481,4.5,1256677456\n2,307,4.0,1192913581\n"),
                ("movies.csv", "movieId,title,genres\n307,Three Colors: Blue (1993),Drama\n481,\"Kalifornia, The (1993)\",Drama|Thriller\n"),
            ],
            (3, 2, 2, 0, 0), "2007-10-20T20:53:01Z to 2009-10-27T21:04:16Z", "1 307 low_rating", "item_id genres | |"),
        new(
            "RecBole",
            [
                ("ml.inter", "user_id:token\titem_id:token\trating:float\ttimestamp:float\n196\t242\t3\t881250949\n186\t302\t4\t891717742\n"),
                ("ml.item", "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n242\tKolya\t1996\tComedy\n302\tL.A. Confidential\t1997\tCrime Film-Noir\n"),
                ("ml.user", "user_id:token\tage:token\tgender:token\n196\t49\tM\n186\t39\tF\n"),
            ],
            (2, 2, 2, 2, 0), "1997-12-04T15:55:49Z to 1998-04-04T19:22:22Z", "196 242 low_rating", "item_id movie_title release_year class | age gender |"),
        new(
            "Online Retail II",
            [
                ("online_retail_II.csv",
                    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
                    + "489434,85048,15CM CHRISTMAS GLASS BALL 20 LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n"
                    + "489434,79323P,PINK CHERRY LIGHTS,6,2009-12-01 07:45:00,6.75,13085.0,United Kingdom\n"
                    + "489435,22350,CAT BOWL,12,2009-12-01 07:46:00,2.55,13085.0,United Kingdom\n"
                    + "489436,85048,15CM CHRISTMAS GLASS BALL 20 LIGHTS,3,2009-12-01 09:06:00,6.95,12682.0,France\n"
                    + "489437,79323P,,1,2009-12-01 09:08:00,6.75,,France\n"),
            ],
            (4, 2, 3, 2, 1), "2009-12-01T07:45:00Z to 2009-12-01T09:06:00Z", "13085.0 85048 purchase", "item_id | country | price"),
        new(
            "RetailRocket",
            [
                ("events.csv",
                    "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n1433224214164,992329,view,248676,\n1433222276276,552148,addtocart,355908,\n"
                    + "1433222276300,552148,transaction,355908,7063\n"),
            ],
            (4, 3, 2, 0, 0), "2015-06-02T05:02:12.117Z to 2015-06-02T05:50:14.164Z", "257597 355908 view", "item_id | |"),
        new(
            "Amazon ratings",
            [("ratings_Beauty.csv", "A39HTATAQ9V7YF,0205616461,5.0,1369699200\nA3JM6GV9MNOF9X,0558925278,3.0,1355443200\nA1Z513UWSAAO0F,0558925278,5.0,1404691200\n")],
            (3, 3, 2, 0, 0), "2012-12-14T00:00:00Z to 2014-07-07T00:00:00Z", "A39HTATAQ9V7YF 0205616461 like", "item_id | |"),
        new(
            "Yoochoose",
            [
                ("yoochoose-clicks.dat",
                    "1,2014-04-07T10:51:09.277Z,214536502,0\n1,2014-04-07T10:54:09.868Z,214536500,0\n2,2014-04-07T13:56:37.614Z,214662742,0\n2,2014-04-07T13:57:19.373Z,214536502,0\n"),
            ],
            (4, 2, 3, 0, 0), "2014-04-07T10:51:09.277Z to 2014-04-07T13:57:19.373Z", "1 214536502 click", "item_id | |"),
        new(
            "Last.fm 1K",
            [
                ("userid-timestamp-artid-artname-traid-traname.tsv",
                    "user_000001\t2009-05-04T23:08:57Z\tf1b1cf71-bd35\tDeep Dish\t\tA Set in Ibiza-09-28-2007\n"
                    + "user_000001\t2009-05-04T13:54:10Z\ta7f7df4a-77d8\t\"Heaven\" 17\t11b7e2b5\tComposition 0919\n"
                    + "user_000002\t2009-05-04T13:52:04Z\tf1b1cf71-bd35\tDeep Dish\td9b1c1da\tMc2\n"
                    + "user_000002\t2009-05-04T13:42:52Z\t\tUnknown\t\tHibari\n"),
            ],
            (3, 2, 2, 0, 1), "2009-05-04T13:52:04Z to 2009-05-04T23:08:57Z", "user_000001 f1b1cf71-bd35 listen", "item_id column_4 | |"),
        new(
            "Goodreads reviews",
            [
                ("reviews.csv",
                    "user_id,book_id,rating,review_text,date_added\n"
                    + "8842281e,24375664,5,\"Mind blowing,\nreally \"\"good\"\"\",Thu Mar 22 00:00:00 -0700 2012\n"
                    + "8842281e,18245960,3,\"\",Fri Aug 25 13:55:02 -0700 2017\n"
                    + "f6e6a7f1,18245960,4,Fine; a bit long,Sun Jul 30 07:44:10 -0700 2017\n"),
            ],
            (3, 2, 2, 0, 0), "2012-03-22T07:00:00Z to 2017-08-25T20:55:02Z", "8842281e 24375664 like", "item_id | |"),
        new(
            "German export",
            [
                ("bestellungen.csv",
                    "Kundennummer;Artikelnummer;Bestelldatum;Einzelpreis;Land\n"
                    + "K17;A-1;31.12.2024 23:15;1.299,50;Österreich\nK17;A-2;01.01.2025 08:05;12,90;Österreich\nK18;A-1;02.01.2025 09:30;1.299,50;Deutschland\n"),
                ("artikel.csv", "Artikelnummer;Bezeichnung;Warengruppe;Gewicht\nA-1;Kühlschrank;Küche;45,5\nA-2;Löffel;Küche;0,05\nA-3;Gabel;Besteck;0,05\n"),
            ],
            (3, 2, 3, 2, 0), "2024-12-31T23:15:00Z to 2025-01-02T09:30:00Z", "K17 A-1 purchase", "item_id warengruppe | land | gewicht einzelpreis"),
    ];

    public override string ToString() => Name;

    /// <summary>Writes the files. The German ones are in Latin-1.</summary>
    /// <returns>The paths, in an order that does not say which file is which.</returns>
    public string[] Write(TemporaryFolder folder)
    {
        Encoding encoding = Name.StartsWith("German", StringComparison.Ordinal) ? Encoding.Latin1 : new UTF8Encoding(false);
        foreach ((string file, string content) in Files)
        {
            File.WriteAllText(folder[file], content, encoding);
        }

        return [.. Files.Select(f => folder[f.File]).Reverse()];
    }
}
