using DinOrleans.Datasets.Guesses;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Guesses;

public sealed class PlanGuessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Guess_Files_SaysWhatItFoundAndWhichOptionsSayOtherwise()
    {
        string events = _folder.Write(
            "shop_log.csv", "user,item,time,action,price\nu,a,2026-01-01 10:00,view,2.5\nu,a,2026-01-01 10:05,buy,2.5\nv,b,2026-01-01 10:10,view,NULL\n");
        string items = _folder.Write("goods.csv", "sku;colour\na;red\nb;blue\nc;red\n");

        PlanGuess guess = Guess(new(), items, events);

        Assert.Equal(
            [
                "goods.csv: fields are separated by \";\", the encoding is utf-8, and the first row has the column names (--delimiter, --encoding, --columns).",
                "shop_log.csv: fields are separated by \",\", the encoding is utf-8, and the first row has the column names (--delimiter, --encoding, --columns).",
                "Events: shop_log.csv, which has times.",
                "Time: column time, whose values have the format IsoLocal, in the first rows from 2026-01-01T10:00:00Z to 2026-01-01T10:10:00Z (--timestamp-column, --timestamp-format)."
                    + " They do not say their time zone and are taken as UTC (--time-zone Europe/Berlin).",
                "User: column user, by its name, with values such as \"u\", \"v\" (--user-column).",
                "Item: column item, by its name, with values such as \"a\", \"b\" (--item-column).",
                "Items: goods.csv, whose column sku has 100 % of the ids in the first rows of the events (--items).",
                "Event types: column action, with view (2), buy (1). The most frequent one, view, forms the history and is predicted. buy is kept, but neither predicted nor part of the history."
                    + " (--type-column, --positive, --other)",
                "Item features in goods.csv: colour (category) (--numeric, --category, --list, --ignore).",
                "Item features in the events, left out: price (has the same value everywhere) (--numeric, --category).",
            ],
            guess.Findings);
        Assert.Equal(["NULL"], guess.Plan.Missing);
    }

    [Fact]
    public void Guess_WhatIsStated_IsNotGuessed()
    {
        string events = _folder.Write("log.csv", "a,b,day,note,kind\nu1,i1,01/02/2026,7,x\nu2,i2,03/04/2026,8,y\n");
        PlanChanges stated = new()
        {
            UserColumn = "b",
            ItemColumn = "a",
            TimestampFormat = "d/M/yyyy",
            TypeColumn = "kind",
            PositiveTypes = ["y"],
            ContextFeatures = ["note"],
            Categorical = ["note"],
            Names = new Dictionary<string, string> { ["note"] = "remark" },
            MaxLength = 7,
        };

        ImportPlan plan = Guess(stated, events).Plan;

        Assert.Equal(("b", "a", "day", "d/M/yyyy", "kind"), (plan.UserColumn, plan.ItemColumn, plan.TimestampColumn, plan.TimestampFormat, plan.TypeColumn));
        Assert.Equal(["y"], plan.PositiveTypes);
        Assert.Equal(["x"], plan.OtherTypes);
        Assert.Equal(["note"], plan.ContextFeatures);
        Assert.Empty(plan.Numeric);
        Assert.Equal("remark", plan.Names["note"]);
        Assert.Equal(7, plan.MaxLength);
    }

    [Fact]
    public void Guess_ListThatIsToBeSplit_HasTheSeparatorThatIsGuessed()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,time\nu,a,2026-01-01\nv,b,2026-01-02\n");
        string items = _folder.Write("items.csv", "item_id,genres\na,Drama|War\nb,Indie\n");

        ImportPlan plan = Guess(new() { SplitLists = ["genres"], ListParts = 2 }, events, items).Plan;

        Assert.Equal(("|", "genres", 2), (plan.Lists["genres"], Assert.Single(plan.SplitLists), plan.ListParts));
    }

    [Theory]
    [InlineData("M/d/yyyy", "01/02/2020", "01/12/2020", "02/01/2020")]
    [InlineData("d/M/yyyy", "01/02/2020", "12/02/2020", "01/03/2020")]
    [InlineData("M/d/yyyy", "01/02/2020", "01/25/2020")]
    [InlineData("d/M/yyyy", "01/02/2020", "25/01/2020")]
    [InlineData("UnixSeconds", "1767225600", "1767225601")]
    [InlineData("UnixMilliseconds", "1767225600000")]
    [InlineData("yyyyMMdd", "20200101", "20200102")]
    [InlineData("yyyy-MM-dd HH:mm:ss 'UTC'", "2019-10-01 00:00:00 UTC")]
    public void Guess_Times_AreInTheFormatByWhichTheyAreInOrder(string format, params string[] times)
    {
        string events = _folder.Write("log.csv", "user_id,item_id,day\n" + string.Concat(times.Select(t => $"u,a,{t}\n")));

        Assert.Equal(format, Guess(new(), events).Plan.TimestampFormat);
    }

    [Theory]
    [InlineData("user_id,item_id,n\nu,a,1\n", "log.csv: no column looks like a time from 1995 to now; its columns are user_id, item_id, n. Name the column with --timestamp-column and its format with --timestamp-format")]
    [InlineData("a,b,c,time\nu,i,x,2026-01-01\n", "log.csv: it is not clear which column looks like a user and which like an item; its columns are a, b, c, time. Name them with --user-column and --item-column")]
    [InlineData("user_id,b,c,time\nu,i,x,2026-01-01\n", "log.csv: it is not clear which column looks like an item; its columns are user_id, b, c, time. Name it with --item-column")]
    [InlineData("user_id,item_id,day\nu,a,01/02/2026\n", "log.csv: the times of the column day, such as \"01/02/2026\", can be read as \"d/M/yyyy\" and as \"M/d/yyyy\"; say with --timestamp-format which it is")]
    [InlineData("user_id\nu\n", "log.csv: neither commas, semicolons, tabs, bars nor \"::\" separate its fields in the same way in each row; say with --delimiter what does")]
    [InlineData("user_id,item_id,time\n", "log.csv: has no rows")]
    [InlineData(" \n", "log.csv: is empty")]
    public void Guess_WhatIsMissingOrNotClear_IsSaid(string content, string message)
    {
        string events = _folder.Write("log.csv", content);

        Assert.Equal(message, Assert.Throws<DatasetException>(() => Guess(new(), events)).Message);
    }

    [Fact]
    public void Guess_FileThatSharesNoIds_IsNamed()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,time\nu,a,2026-01-01\nu,b,2026-01-02\n");
        string items = _folder.Write("items.csv", "item_id,brand\n1,x\n2,y\n");

        string message = Assert.Throws<DatasetException>(() => Guess(new(), events, items)).Message;
        Assert.Equal(
            "items.csv: no column with another value in each row has the user ids of log.csv, such as \"u\", or its item ids, such as \"a\", \"b\"; name it with --items-id-column or "
            + "--users-id-column, or leave the file out",
            message);
    }

    [Fact]
    public void Guess_ItemsAndUsersWithTheSameIds_GoesByTheNames()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,time\n1,2,2026-01-01\n2,1,2026-01-02\n");
        string first = _folder.Write("products.csv", "id,brand\n1,x\n2,y\n");
        string second = _folder.Write("customers.csv", "id,town\n1,x\n2,y\n");

        ImportPlan plan = Guess(new(), second, events, first).Plan;

        Assert.Equal((first, second), (plan.Items!.Path, plan.Users!.Path));
    }

    [Fact]
    public void Guess_StatedFiles_HaveTheRoleThatIsStated()
    {
        string events = _folder.Write("a.csv", "user_id,item_id,time\nu,1,2026-01-01\nv,2,2026-01-02\n");
        string items = _folder.Write("b.csv", "id,user_id,item_id,added\n1,u,x,2026-01-01\n2,v,y,2026-01-02\n");

        ImportPlan plan = Guess(new() { ItemsFile = items }, events).Plan;

        Assert.Equal((events, items, "id"), (plan.Events.Path, plan.Items!.Path, plan.Items.IdColumn));
    }

    [Fact]
    public void Guess_StatedColumns_AreThoseOfTheFirstFile()
    {
        string events = _folder.Write("a.csv", "u,1,2026-01-01\nv,2,2026-01-02\n");

        ImportPlan plan = Guess(new() { Columns = ["who", "what", "day"], UserColumn = "who" }, events).Plan;

        Assert.Equal(("who", "what", "day"), (plan.UserColumn, plan.ItemColumn, plan.TimestampColumn));
        Assert.Equal(
            "a.csv: has 3 columns, but --columns names 1",
            Assert.Throws<DatasetException>(() => Guess(new() { Columns = ["who"] }, events)).Message);
    }

    [Fact]
    public void Guess_TypeThatIsRare_IsFoundInTheWholeFile()
    {
        string events = _folder.Write(
            "log.csv", "user_id,item_id,time,event\n" + string.Concat(Enumerable.Range(0, 10_050).Select(i => $"u{i % 7},i{i % 11},2026-01-01,{(i == 10_040 ? "buy" : "click")}\n")));

        Assert.Equal(["buy"], Guess(new(), events).Plan.OtherTypes);
    }

    [Fact]
    public void Guess_Labels_AreThePositives()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,time,label\nu,a,2026-01-01,1\nu,b,2026-01-02,0\n");

        ImportPlan plan = Guess(new(), events).Plan;

        Assert.Equal(("label", 1.0, "click", "no_click"), (plan.RatingColumn, plan.PositiveRating, Assert.Single(plan.PositiveTypes), plan.LowType));
    }

    [Theory]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16BE", "utf-16BE")]
    [InlineData("utf-8", "utf-8")]
    [InlineData("latin1", "windows-1252")]
    public void Guess_Encoding_IsThatOfTheWholeFile(string encoding, string guessed)
    {
        string content = "user_id,item_id,time\n" + string.Concat(Enumerable.Repeat("u,a,2026-01-01\n", 10_000)) + "café,a,2026-01-01\n";
        File.WriteAllBytes(_folder["log.csv"], System.Text.Encoding.GetEncoding(encoding).GetBytes(content));

        Assert.Equal(guessed, Guess(new(), _folder["log.csv"]).Plan.Events.Encoding);
    }

    private static PlanGuess Guess(PlanChanges stated, params string[] files) => PlanGuess.Of(files, stated, TestContext.Current.CancellationToken);
}
