using System.Globalization;
using System.Text;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.CallReading;

/// <summary>A call in one line, for whoever looks on: when, what was asked, what was answered, after how long, and by which example.</summary>
internal static class CallLine
{
    private const int MostOfTarget = 160;
    private const int MostOfExample = 60;

    /// <summary>Writes it. What callers sent is cut, and cannot move the cursor of a terminal.</summary>
    public static string Of(string mock, RememberedCall call)
    {
        string status = call.Status == 0 ? "-" : call.Status.ToString(CultureInfo.InvariantCulture);
        string milliseconds = (call.Duration + call.Delay).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
        string answeredBy = call.HasExample ? Plain(call.ExampleName.Length > 0 ? call.ExampleName : call.ExampleId, MostOfExample) : MockMetrics.Word(call.Outcome);
        return $"{call.ServedAt.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {mock}  {Plain(call.Method, MostOfExample)} {Plain(call.Target, MostOfTarget)}  {status}  {milliseconds} ms  {answeredBy}";
    }

    private static string Plain(string text, int most)
    {
        var plain = new StringBuilder(Math.Min(text.Length, most) + 1);
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, most)))
        {
            bool shows = char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
            plain.Append(shows ? character : '?');
        }

        return (text.Length > most ? plain.Append('…') : plain).ToString();
    }
}
