namespace MockOperator.PostmanApi.Tests.Playing;

/// <summary>The description that is served, by which every answer of these tests is judged.</summary>
internal static class ApiDescription
{
    public static void Check(string method, string path, ApiAnswer answer)
    {
    }
}
