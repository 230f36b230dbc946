using System.Text;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>Opens JSON that stands in a text of another document, as v1 keeps the requests of its examples.</summary>
internal static class EmbeddedDocument
{
    /// <summary>The value in the text, known by the place of the text; null, with an issue, when it is no JSON.</summary>
    public static DocumentNode? Open(DocumentNode text, ReadingContext context)
    {
        byte[] json = Encoding.UTF8.GetBytes(context.Text(text) ?? "");
        if (JsonSource.Open(json, context.Limits, out DocumentProblem? problem) is JsonSource source)
        {
            return source.Root(text.Path);
        }

        context.Issues.Skip(text.Path, problem!.Reason, "Inside this text: " + problem.Message);
        return null;
    }
}
