using System.Text;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>Saved bodies as tests compare them.</summary>
internal static class SavedTexts
{
    public static string? SavedText(this ExampleResponse response) => response.Text is { } utf8 ? Encoding.UTF8.GetString(utf8.Span) : null;
}
