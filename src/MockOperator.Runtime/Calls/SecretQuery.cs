using MockOperator.Resources;

namespace MockOperator.Runtime.Calls;

/// <summary>Masks the parameters of a query in which keys travel. A target without any costs a search and no allocation.</summary>
internal static class SecretQuery
{
    private static readonly string[] s_names = ["apikey", "api_key", "api-key", "x-api-key", "access_token"];

    /// <summary>Masks.</summary>
    /// <param name="target">Path and query, not decoded.</param>
    /// <returns>The same with <see cref="CalledHeader.Masked"/> for the values.</returns>
    public static string Mask(string target)
    {
        int question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 || !MayHaveAny(target.AsSpan(question + 1)) ? target : Mask(target, question + 1);
    }

    private static bool MayHaveAny(ReadOnlySpan<char> query) =>
        query.Contains("key=", StringComparison.OrdinalIgnoreCase) || query.Contains("token=", StringComparison.OrdinalIgnoreCase) || query.Contains('%');

    private static string Mask(string target, int start)
    {
        string[] parameters = target[start..].Split('&');
        for (int index = 0; index < parameters.Length; index++)
        {
            int equals = parameters[index].IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && s_names.Contains(Uri.UnescapeDataString(parameters[index][..equals]), StringComparer.OrdinalIgnoreCase))
            {
                parameters[index] = parameters[index][..(equals + 1)] + CalledHeader.Masked;
            }
        }

        return target[..start] + string.Join('&', parameters);
    }
}
