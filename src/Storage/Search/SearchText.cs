using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DinOrleans.Storage.Search;

/// <summary>What the searches of both databases have in common.</summary>
internal static partial class SearchText
{
    /// <summary>The last code point. Ids compare by code points, so all ids with a beginning lie between it and it with this at its end.</summary>
    private const string Last = "\U0010FFFF";

    /// <summary>
    /// The condition of the ids that begin with a text and come after another one. It has one lower and one upper bound, because a database reads an
    /// index from one of two lower bounds on and not necessarily from the higher one.
    /// </summary>
    /// <param name="column">The column of the ids.</param>
    /// <param name="bound">The parameter of <see cref="Bound"/>.</param>
    /// <param name="end">The parameter of <see cref="End"/>.</param>
    /// <param name="isAfter">True where the bound is itself left out.</param>
    public static string Range(string column, string bound, string end, bool isAfter) => $"{column} {(isAfter ? ">" : ">=")} {bound} AND {column} <= {end}";

    /// <summary>The lower bound of the ids that begin with a text and come after another one.</summary>
    /// <param name="prefix">The text; empty for all ids.</param>
    /// <param name="after">The other id; empty for none.</param>
    /// <returns>The bound, and true where it is itself left out.</returns>
    public static (string Bound, bool IsAfter) Bound(string prefix, string after) =>
        Encoding.UTF8.GetBytes(after).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(prefix)) >= 0 && after.Length > 0 ? (after, true) : (prefix, false);

    /// <summary>The upper end of the ids that begin with a text.</summary>
    public static string End(string prefix) => prefix + Last;

    /// <summary>The name of the index of a feature. A feature's name may be longer than the name of an index.</summary>
    /// <exception cref="ArgumentException">The feature has a name that no schema allows.</exception>
    public static string Index(string feature) =>
        $"items_by_feature_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Checked(feature))).AsSpan(0, 8))}";

    /// <summary>The name of a feature, which becomes part of a statement.</summary>
    /// <exception cref="ArgumentException">The feature has a name that no schema allows.</exception>
    public static string Checked(string feature) => Name().IsMatch(feature) ? feature : throw new ArgumentException($"\"{feature}\" is not the name of a feature.", nameof(feature));

    [GeneratedRegex("^[a-z][a-z0-9_]*\\z")]
    private static partial Regex Name();
}
