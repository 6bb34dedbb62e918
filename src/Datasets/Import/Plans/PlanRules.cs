using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>The rules of an <see cref="ImportPlan"/>. Those of the schema that it makes come on top.</summary>
internal static class PlanRules
{
    /// <summary>Checks a plan.</summary>
    /// <exception cref="DatasetException">Rules are broken. The message lists them.</exception>
    public static void Require(ImportPlan plan)
    {
        Problems problems = [];
        CheckFile(plan.Events, "events", problems);
        CheckFile(plan.Items, "items", problems);
        CheckFile(plan.Users, "users", problems);
        CheckTimes(plan, problems);
        problems.Require(plan.PositiveTypes.Count > 0, "positiveTypes must name at least one event type");
        problems.Require(plan.TypeColumn is null || plan.RatingColumn is null, "typeColumn and ratingColumn must not both be given, because each says the type of an event");
        problems.Require(double.IsFinite(plan.PositiveRating), "positiveRating must be a finite number");
        problems.Require(plan.ListParts is >= 1 and <= ImportPlan.MostListParts, $"listParts must be 1 to {ImportPlan.MostListParts}");
        foreach ((string column, string separator) in plan.Lists)
        {
            problems.Require(separator.Length > 0, $"lists.{column} must be the text between two parts");
            problems.Require(!plan.Numeric.Contains(column), $"lists.{column} must not be a column of numbers too");
        }

        foreach (string column in plan.SplitLists.Where(c => !plan.Lists.ContainsKey(c)))
        {
            problems.Add($"splitLists must name columns of lists, but \"{column}\" is not one; lists (--list) says what separates its parts");
        }

        if (problems.Count > 0)
        {
            throw new DatasetException($"import plan: {problems}");
        }
    }

    private static void CheckFile(PlanFile? file, string field, Problems problems)
    {
        if (file is null)
        {
            return;
        }

        problems.Require(Delimiters.IsValid(file.Delimiter), $"{field}.delimiter must be 1 to {Delimiters.MaxLength} characters other than letters, digits, quotes and line ends");
        problems.Require(TextEncodings.TryFind(file.Encoding, out _), $"{field}.encoding \"{file.Encoding}\" {TextEncodings.Rule}");
    }

    private static void CheckTimes(ImportPlan plan, Problems problems)
    {
        if (!TimeReader.IsFormat(plan.TimestampFormat))
        {
            problems.Add($"timestampFormat {TimeReader.FormatRule}, but is \"{plan.TimestampFormat}\"");
        }

        if (!TimeZones.TryFind(plan.TimeZone, out _, out string? rule))
        {
            problems.Add("timeZone " + rule);
        }
    }
}
