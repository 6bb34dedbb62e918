using System.Text.RegularExpressions;

namespace DinOrleans.Datasets.Guesses;

/// <summary>The words by which columns are known. They are compared in lower case, without anything but letters and digits.</summary>
internal sealed partial class ColumnWords
{
    private const int LongWord = 5;

    private readonly string[] _names;
    private readonly string[] _parts;

    private ColumnWords(string[] names, string[] parts)
    {
        _names = names;
        _parts = parts;
    }

    public static ColumnWords User { get; } = new(
        ["userid", "user", "uid", "visitorid", "customerid", "reviewerid", "memberid", "accountid", "clientid", "buyerid", "playerid", "personid", "profileid", "steamid",
            "kundennummer", "kundennr", "kundenid", "kunde", "nutzerid", "nutzer", "benutzerid", "benutzer", "customer", "visitor", "member", "username", "deviceid", "cookieid",
            "sessionid", "session"],
        ["user", "customer", "visitor", "reviewer", "member", "kunde", "nutzer", "session"]);

    public static ColumnWords Item { get; } = new(
        ["itemid", "item", "iid", "productid", "articleid", "movieid", "bookid", "gameid", "appid", "trackid", "songid", "videoid", "newsid", "hotelid", "recipeid", "artistid", "adid",
            "offerid", "contentid", "parentasin", "asin", "isbn", "sku", "stockcode", "artikelnummer", "artikelnr", "artikelid", "artikel", "produktid", "produkt", "product", "article", "movie",
            "book", "game", "track", "song", "video", "ean", "gtin", "businessid"],
        ["itemid", "productid", "articleid", "stockcode", "artikel", "produkt"]);

    public static ColumnWords Time { get; } = new(
        ["timestamp", "time", "ts", "datetime", "date", "eventtime", "unixreviewtime", "createdat", "created", "occurredat", "invoicedate", "orderdate", "datum", "zeitpunkt",
            "zeitstempel", "zeit", "bestelldatum"],
        ["time", "date", "zeit", "datum", "created"]);

    public static ColumnWords Type { get; } = new(
        ["eventtype", "event", "type", "action", "behavior", "behaviour", "behaviortype", "actiontype", "interaction", "interactiontype", "ereignis", "aktion", "btag"], []);

    public static ColumnWords Rating { get; } = new(["rating", "stars", "overall", "bewertung", "sterne", "userrating", "reviewrating", "score"], []);

    public static ColumnWords Label { get; } = new(
        ["click", "clicked", "isclick", "isclicked", "clk", "label", "target", "purchased", "ispurchased", "bought", "converted", "liked", "islike"], []);

    public static ColumnWords EventId { get; } = new(["eventid", "ereignisid"], []);

    public static ColumnWords Context { get; } = new(["device", "devicetype", "platform", "os", "browser", "channel", "weekday", "hour", "page", "locale"], []);

    /// <summary>Names of features that say nothing about items or users apart from which one it is.</summary>
    public static ColumnWords Text { get; } = new(
        ["title", "name", "description", "text", "summary", "review", "reviewtext", "url", "link", "image", "imageurl", "email", "phone", "comment"],
        ["title", "name", "description", "text", "summary", "url", "image", "bezeichnung", "beschreibung"]);

    public static ColumnWords ItemFeature { get; } = new(
        [], ["item", "product", "artikel", "category", "kategorie", "brand", "marke", "genre", "price", "preis", "artist", "album", "author", "publisher", "colour", "color", "size"]);

    public static ColumnWords UserFeature { get; } = new(
        [], ["user", "customer", "kunde", "age", "alter", "gender", "geschlecht", "country", "land", "city", "region", "segment", "occupation", "income"]);

    public static ColumnWords Code { get; } = new([], ["id", "code", "zip", "plz", "nr", "number", "nummer", "key"]);

    /// <summary>How well a column's name fits: 0 for not at all, and more for an earlier word than for a later one.</summary>
    public int Fit(string column)
    {
        string name = string.Concat(column.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        int exact = Array.IndexOf(_names, name);
        if (exact >= 0)
        {
            return _parts.Length + _names.Length - exact;
        }

        // A short word is a word of its own: an image has no age.
        HashSet<string> words = [.. Word().Matches(column).Select(w => w.Value.ToLowerInvariant())];
        int part = Array.FindIndex(_parts, p => p.Length < LongWord ? words.Contains(p) : name.Contains(p, StringComparison.Ordinal));
        return part >= 0 ? _parts.Length - part : 0;
    }

    /// <summary>True if a column's name ends with one of the words.</summary>
    public bool Ends(string column) => _parts.Any(p => column.EndsWith(p, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+")]
    private static partial Regex Word();
}
