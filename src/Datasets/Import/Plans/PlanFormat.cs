using System.Collections.Frozen;
using System.Text;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>The format in which a plan says that a file is.</summary>
internal static class PlanFormat
{
    public static CsvFormat Of(PlanFile file, ImportPlan plan) => new()
    {
        Delimiter = file.Delimiter,
        Encoding = TextEncodings.TryFind(file.Encoding, out Encoding? encoding) ? encoding : throw new DatasetException($"{file.Path}: the encoding \"{file.Encoding}\" {TextEncodings.Rule}"),
        Quoted = file.Quoted,
        Columns = file.Columns,
        Missing = plan.Missing.ToFrozenSet(StringComparer.Ordinal),
        DecimalComma = plan.DecimalComma,
        HasOptions = true,
        Sheet = file.Sheet,
        SheetOptions = "--sheet, --items-sheet or --users-sheet",
    };
}
