namespace DinOrleans.Datasets.Workbooks;

/// <summary>The value of a cell.</summary>
/// <param name="text">The value as text: numbers with a decimal point, local times in the order of ISO 8601. Empty if the value is missing.</param>
/// <param name="time">The local time of a date. Null for another value.</param>
/// <param name="isNumber">True for a number.</param>
internal readonly struct ExcelCell(string text, DateTime? time = null, bool isNumber = false)
{
    private readonly string? _text = text;

    /// <summary>The value as text: numbers with a decimal point, local times in the order of ISO 8601. Empty if the value is missing.</summary>
    public string Text => _text ?? "";

    /// <summary>The local time of a date. Null for another value.</summary>
    public DateTime? Time { get; } = time;

    /// <summary>True for a number.</summary>
    public bool IsNumber { get; } = isNumber;
}
