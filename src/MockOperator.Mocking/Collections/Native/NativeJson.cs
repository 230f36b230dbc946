using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MockOperator.Mocking.Collections.Native;

/// <summary>JSON values inside native examples.</summary>
internal static class NativeJson
{
    /// <summary>The value as it was written; null when there is none. A JSON <c>null</c> is a value.</summary>
    public static string? Text(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } element
        ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element))
        : null;
}
