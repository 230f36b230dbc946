using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.PostmanApi.Identity;

/// <summary>
/// Ids as Postman has them: UUIDs, and <c>owner-UUID</c>, the uid. They are made of kind, namespace and name (RFC 9562, version 5), so that an object that is made again, by GitOps say, has the id
/// that it had, and no id has to be stored.
/// </summary>
internal static class PostmanId
{
    /// <summary>The owner of everything, a number: clients tell an uid by digits before the first hyphen, and some read it as a number.</summary>
    public const long OwnerNumber = 10000000;

    /// <summary><see cref="OwnerNumber"/> as text.</summary>
    public const string Owner = "10000000";

    private const int Length = 36;
    private const int LongestOwner = 60;

    private static readonly SearchValues<char> OfOwners = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Made once, by chance. All ids follow from it.
    private static readonly Guid Space = new("6f1a3b52-8f0e-4b7c-9d51-3c1f0a8e7d24");

    /// <summary>The id of an object.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Namespace and name.</param>
    public static string Of(PostmanKind kind, ObjectKey key) => Version5($"{kind}/{key.Namespace}/{key.Name}");

    /// <summary>The id of a part of an object.</summary>
    /// <param name="kind">Kind of the part.</param>
    /// <param name="key">The object.</param>
    /// <param name="part">Which part.</param>
    public static string Of(PostmanKind kind, ObjectKey key, string part) => Version5($"{kind}/{key.Namespace}/{key.Name}/{part}");

    /// <summary>The id of a workspace, which is a namespace.</summary>
    public static string OfWorkspace(string ns) => Of(PostmanKind.Workspace, new ObjectKey(ns, ""));

    /// <summary>The uid of an id.</summary>
    public static string Uid(string id) => $"{Owner}-{id}";

    /// <summary>The uid of an object.</summary>
    public static string UidOf(PostmanKind kind, ObjectKey key) => Uid(Of(kind, key));

    /// <summary>Reads an id or an uid, of whatever owner.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The id in lower case; null when it is none.</returns>
    public static string? Read(string? text)
    {
        if (text is null || text.Length < Length || text.Length > Length + LongestOwner + 1)
            return null;
        var id = text[^Length..];
        var owner = text.AsSpan(0, text.Length - Length);
        if (owner.Length > 0 && (owner.Length == 1 || owner[^1] != '-' || owner[..^1].ContainsAnyExcept(OfOwners)))
            return null;
        for (var i = 0; i < id.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? id[i] != '-' : !char.IsAsciiHexDigit(id[i]))
                return null;
        }

        return id.ToLowerInvariant();
    }

    private static string Version5(string name)
    {
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        Space.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
#pragma warning disable CA5350 // RFC 9562 §5.5 says SHA-1; nothing is kept safe by it.
        var id = SHA1.HashData(bytes).AsSpan(0, 16);
#pragma warning restore CA5350
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString();
    }
}
