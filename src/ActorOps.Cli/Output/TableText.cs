using System.Text;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Output;

/// <summary>Rows in aligned columns; the last column may be as long as it likes. Control characters never reach the terminal.</summary>
internal static class TableText
{
    private const int Longest = 4000;

    public static string Format(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var all = rows.Select(row => row.Select(Clean).ToList()).Prepend([.. heads]).ToList();
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            for (var column = 0; column < row.Count; column++)
            {
                text.Append(column == row.Count - 1 ? row[column] : row[column].PadRight(widths[column] + 2));
            }

            while (text.Length > 0 && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A text on one line, without what a terminal would act on or a reader not see.</summary>
    public static string Clean(string? cell) => cell is null ? "-" : PlainText.Clean(cell, Longest);
}
