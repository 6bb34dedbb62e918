namespace DinOrleans.Cli.Tests;

/// <summary>What a command line says of arguments that cannot be: one plain sentence each.</summary>
public sealed class WrongArgumentsTests
{
    private const string Train = "train --dataset d --out o ";
    private const string Shoppers = "shoppers --url http://localhost:5000 ";
    private const string Csv = "import csv f --out o ";

    [Theory]
    [InlineData(Train + "--learning-rate 0,004", "--learning-rate must be a number, above 0 and at most 10, written with a decimal point, but is \"0,004\".")]
    [InlineData(Train + "--learning-rate 0", "--learning-rate must be a number, above 0 and at most 10, written with a decimal point, but is \"0\".")]
    [InlineData(Train + "--learning-rate NaN", "--learning-rate must be a number, above 0 and at most 10, written with a decimal point, but is \"NaN\".")]
    [InlineData(Train + "--learning-rate 1e9", "--learning-rate must be a number, above 0 and at most 10, written with a decimal point, but is \"1e9\".")]
    [InlineData(Train + "--epochs 1,000", "--epochs must be a whole number, 1 to 1000, but is \"1,000\".")]
    [InlineData(Train + "--epochs two", "--epochs must be a whole number, 1 to 1000, but is \"two\".")]
    [InlineData(Train + "--batch-size 1000000", "--batch-size must be a whole number, 1 to 65536, but is \"1000000\".")]
    [InlineData(Train + "--seed 99999999999", "--seed must be a whole number, -2147483648 to 2147483647, but is \"99999999999\".")]
    [InlineData(Train + "--protocol 0", "--protocol must be one of LastItem, Live, but is \"0\".")]
    [InlineData(Train + "--protocol tomorrow", "--protocol must be one of LastItem, Live, but is \"tomorrow\".")]
    [InlineData("compare --dataset d --seeds 0", "--seeds must be a whole number, 1 to 1000, but is \"0\".")]
    [InlineData("sample-shop --out o --users 1,000", "--users must be a whole number, 10 to 1000000, but is \"1,000\".")]
    [InlineData("sample-shop --out o --interest-drift 0,5", "--interest-drift must be a number, 0 to 1, written with a decimal point, but is \"0,5\".")]
    [InlineData("import movielens f --out o --positive-rating 3,5", "--positive-rating must be a number, 0.5 to 5, written with a decimal point, but is \"3,5\".")]
    [InlineData("import movielens f --out o --positive-rating 9", "--positive-rating must be a number, 0.5 to 5, written with a decimal point, but is \"9\".")]
    [InlineData("shoppers --url localhost:5000", "--url must be an absolute http or https address, but is \"localhost:5000\".")]
    [InlineData("shoppers --url ftp://localhost", "--url must be an absolute http or https address, but is \"ftp://localhost\".")]
    [InlineData("shoppers --visits 5", "Option '--url' is required.")]
    [InlineData(Shoppers + "--visits 0", "--visits must be a whole number, 1 to 1000000000, but is \"0\".")]
    [InlineData(Shoppers + "--duration 0", "--duration must be a number, above 0 and at most 2592000, written with a decimal point, but is \"0\".")]
    [InlineData(Shoppers + "--rate -1", "--rate must be a number, 0 to 100000, written with a decimal point, but is \"-1\".")]
    [InlineData(Shoppers + "--users many", "--users must be a whole number, 1 to 1000000, but is \"many\".")]
    [InlineData(Shoppers + "--concurrency 1001", "--concurrency must be a whole number, 1 to 1000, but is \"1001\".")]
    [InlineData(Shoppers + "--candidates 1001", "--candidates must be a whole number, 1 to 1000, but is \"1001\".")]
    [InlineData(Shoppers + "--limit 0", "--limit must be a whole number, 1 to 1000, but is \"0\".")]
    [InlineData(Shoppers + "--examination NaN", "--examination must be a number, 0 to 10, written with a decimal point, but is \"NaN\".")]
    [InlineData(Shoppers + "--drift 2", "--drift must be a number, 0 to 1, written with a decimal point, but is \"2\".")]
    [InlineData(Shoppers + "--key=a\tb", "--key must be a key or token: letters, digits and punctuation without spaces.")]
    [InlineData("keys make --url http://localhost:5000 --scopes rank", "Option '--note' is required.")]
    [InlineData("keys make --url http://localhost:5000 --scopes rank --note n --days 0", "--days must be a whole number, 1 to 36500, but is \"0\".")]
    [InlineData("keys list", "Option '--url' is required.")]
    [InlineData("keys revoke dok_abcdefghijkl_secret --url http://localhost:5000", "ID must be the 12 lower-case letters and digits that \"keys list\" shows.")]
    [InlineData(Csv + "--max-length 1001", "--max-length must be a whole number, 1 to 1000, but is \"1001\".")]
    [InlineData(Csv + "--timestamp-format seconds", "--timestamp-format must be one of Rfc3339, IsoLocal, UnixSeconds, UnixMilliseconds, UnixMicroseconds, or a pattern such as \"dd.MM.yyyy HH:mm\" with at least yyyy, M and d, but is \"seconds\".")]
    [InlineData(Csv + "--list genres", "--list must be COLUMN=TEXT, with each column once, but is \"genres\".")]
    [InlineData(Csv + "--list-parts 21", "--list-parts must be a whole number, 1 to 20, but is \"21\".")]
    [InlineData(Csv + "--rename a=b a=c", "--rename must be COLUMN=TEXT, with each column once, but is \"a=c\".")]
    [InlineData(Csv + "--positive-rating 3,5", "--positive-rating must be a number, -1000000000 to 1000000000, written with a decimal point, but is \"3,5\".")]
    [InlineData("init --out o", "Required argument 'files' missing for command: 'init'.")]
    [InlineData(Csv + "--encoding klingon", "--encoding \"klingon\" is not known; known are utf-8, latin1, windows-1252, utf-16, shift_jis, gb18030 and others.")]
    [InlineData(Csv + "--delimiter a", "--delimiter must be 1 to 8 characters other than letters, digits, quotes and line ends, or the word tab, but is \"a\".")]
    public void Parse_ValueThatBreaksARule_SaysWhichAndTheRule(string arguments, string message) =>
        Assert.Equal([message], Commands.Parse(arguments.Split(' ')).Errors.Select(e => e.Message));

    [Theory]
    [InlineData(Csv + "--delimiter tab --encoding windows-1252 --any-time")]
    [InlineData(Csv + "--timestamp-format unixseconds --delimiter ;")]
    [InlineData(Csv + "--timestamp-format dd.MM.yyyy --missing NULL NA --list genres=| tags=; --split-list genres tags --list-parts 5 --rename a=b --columns a b c")]
    [InlineData("init a.csv b.csv --out o --force --dry-run --user-column u --category zip")]
    [InlineData("import plan shop/import.json")]
    [InlineData("import recbole ml.inter --out o --positive-rating 3.5 --split-list class:token_seq --list-parts 2")]
    [InlineData(Train + "--learning-rate 4e-3 --epochs 2 --protocol live")]
    [InlineData("import taobao f --out o --encoding latin1 --delimiter |")]
    [InlineData(Shoppers + "--rate 0 --duration 0.5 --drift 0 --examination 0 --report 0 --json --impressions --conversions buy")]
    [InlineData("keys revoke abcdefghijkl --url http://localhost:5000 --key dok_abcdefghijkl_secret")]
    [InlineData(Shoppers + "--key eyJhbGciOiJFUzI1NiJ9.e30.c2ln")]
    public void Parse_ValuesThatKeepTheRules_AreTaken(string arguments) => Assert.Empty(Commands.Parse(arguments.Split(' ')).Errors);
}
