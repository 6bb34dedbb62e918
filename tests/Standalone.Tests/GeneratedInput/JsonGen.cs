using System.Globalization;
using System.Text;
using CsCheck;

namespace DinOrleans.Standalone.Tests.GeneratedInput;

/// <summary>Generates the text of JSON values: mostly such as callers send, often at the edge of a rule, and sometimes anything.</summary>
internal static class JsonGen
{
    /// <summary>Characters of an id, a feature's value or a version.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (30, Gen.OneOfConst("u1", "u2", "i1", "i2", "i3", "c1", "商品/1", "a b", "a%2Fb", "👟")),
        (2, Gen.OneOfConst(
            "", " ", "\u00a0", "\u3000", ".", "..", "...", "\t", "a\nb", "\0", "\u0085", "\ud800", "x\udc00", "\ufeff", "\u200b", "1e39", "NaN", new string('x', 200), new string('x', 201))),
        (1, Gen.String));

    /// <summary>A number's token, far out of any range as often as not.</summary>
    public static Gen<string> Number { get; } = Gen.Frequency(
        (8, Gen.OneOfConst("0", "7", "12.5", "-3", "1e3")),
        (8, Gen.OneOfConst("-0", "3.4028235e38", "-3.4028235e38", "1e19", "1e30", "-1e37", "1e-400", "123456789012345678901234567890")),
        (1, Gen.OneOfConst("3.5e38", "1e39", "-1e39", "1.7976931348623157e308", "1e400")),
        (1, Gen.Double.Where(double.IsFinite).Select(d => d.ToString("R", CultureInfo.InvariantCulture))));

    public static Gen<string> String { get; } = Text.Select(Quote);

    /// <summary>Any JSON value, up to three levels deep.</summary>
    public static Gen<string> Any { get; } = Nested(3);

    /// <summary>A timestamp that a rule allows, or not.</summary>
    public static Gen<string> Timestamp { get; } = Gen.Frequency(
        (20, Gen.OneOfConst("\"2026-01-01T00:00:00Z\"", "\"2025-06-30T23:59:59.999+14:00\"", "\"2000-01-01T00:00:00Z\"")),
        (1, Gen.OneOfConst(
            "\"1999-12-31T23:59:59Z\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-02-30T00:00:00Z\"", "\"2026-01-01\"", "\"\"", "0", "null")));

    /// <summary>A feature map.</summary>
    /// <param name="text">Name of the categorical feature that the schema has.</param>
    /// <param name="numbers">Names of its numeric features.</param>
    public static Gen<string> Features(string text, params string[] numbers) => Gen.Frequency(
        (30, Gen.OneOf(Member(text, String), Member(numbers[0], Number), Member(numbers[^1], Number))),
        (1, Member(numbers[0], Any)),
        (1, Gen.Select(Text, Any, (name, value) => $"{Quote(name)}:{value}")))
        .Array[0, 3].Select(members => Join("{", members, "}"));

    /// <summary>A member with a value of its kind; now and then with another value, or left out, which is an empty text.</summary>
    public static Gen<string> Member(string name, Gen<string> value) => Gen.Frequency(
        (80, value.Select(v => $"{Quote(name)}:{v}")),
        (1, Any.Select(v => $"{Quote(name)}:{v}")),
        (1, Gen.Const("")));

    /// <summary>A member that nobody knows, which is mostly left out.</summary>
    public static Gen<string> Stray { get; } = Gen.Frequency((30, Gen.Const("")), (1, Gen.Select(Text, Any, (name, value) => $"{Quote(name)}:{value}")));

    public static string Join(string open, IEnumerable<string> parts, string close) => open + string.Join(',', parts.Where(p => p.Length > 0)) + close;

    /// <summary>A JSON string; what is not ASCII is escaped, so that halves of surrogate pairs stay what they are.</summary>
    public static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char c in text)
        {
            json.Append(c is '"' or '\\' or < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString());
        }

        return json.Append('"').ToString();
    }

    private static Gen<string> Nested(int depth)
    {
        Gen<string> leaf = Gen.OneOf(Gen.OneOfConst("null", "true", "false", "[]", "{}"), Number, String);
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> inner = Nested(depth - 1);
        return Gen.Frequency(
            (4, leaf),
            (1, inner.Array[0, 3].Select(values => Join("[", values, "]"))),
            (1, Gen.Select(String, inner, (name, value) => $"{name}:{value}").Array[0, 3].Select(members => Join("{", members, "}"))));
    }
}
