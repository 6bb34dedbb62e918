using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Trainings;

/// <summary>The rules of asking for trainings.</summary>
public static class TrainingRules
{
    /// <summary>The longest <see cref="TrainingRequest.Reason"/>, in characters.</summary>
    public const int MaxReason = 200;

    /// <summary>Every broken rule of a request; empty where it is valid.</summary>
    public static Violations Check(TrainingRequest request)
    {
        var violations = default(Violations);
        if (!Enum.IsDefined(request.Trigger))
        {
            violations.Add("trigger", $"must be one of {string.Join(", ", Enum.GetNames<TrainingTrigger>())}");
        }

        if (request.Reason is { } reason && (reason.Length is 0 or > MaxReason || reason.Any(char.IsControl)))
        {
            violations.Add("reason", $"must be 1 to {MaxReason} characters without control characters");
        }

        return violations;
    }

    /// <summary>Every broken rule of a page query; empty where it is valid.</summary>
    public static Violations Check(TrainingPageQuery query)
    {
        var violations = default(Violations);
        if (query.Limit is < 1 or > TrainingPageQuery.MaxLimit)
        {
            violations.Add("limit", $"must be 1 to {TrainingPageQuery.MaxLimit}");
        }

        if (query.After is { } after && (after.Length is 0 or > MaxReason || after.Any(char.IsControl)))
        {
            violations.Add("after", "must be the \"next\" of a page");
        }

        return violations;
    }
}
