using System.Globalization;
using k8s.Models;

namespace MockOperator.PostmanApi.Answers;

/// <summary>Times as Postman writes them: UTC, to the millisecond.</summary>
internal static class Timestamp
{
    public static string Of(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset time) => Of(time.UtcDateTime);

    /// <summary>When an object was made.</summary>
    public static string Created(V1ObjectMeta of) => Of(of.CreationTimestamp?.ToUniversalTime() ?? DateTime.UnixEpoch);

    /// <summary>When somebody last wrote anything of an object but its status, as the API server keeps books of it.</summary>
    public static string Updated(V1ObjectMeta of)
    {
        var last = of.CreationTimestamp?.ToUniversalTime() ?? DateTime.UnixEpoch;
        foreach (var entry in of.ManagedFields ?? [])
        {
            // Servers before 1.22 do not say of which part an entry is; a manager of statuses says it by its name.
            if (entry is { Time: { } time, Subresource: null or "" } && entry.Manager?.EndsWith("-status", StringComparison.Ordinal) != true && time.ToUniversalTime() > last)
                last = time.ToUniversalTime();
        }

        return Of(last);
    }
}
