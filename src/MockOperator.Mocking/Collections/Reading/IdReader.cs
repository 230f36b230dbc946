using System.Runtime.InteropServices;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads the ids of an example: <c>id</c> (or <c>_postman_id</c>) and <c>uid</c>, which is the id with its owner's number before it.</summary>
internal static class IdReader
{
    /// <summary>Id and uid; an id is derived from the position when the document has none.</summary>
    public static (string Id, string? Uid) Read(DocumentNode example, List<int> position, ReadingContext context)
    {
        DocumentNode own = example["id"];
        string? id = context.Text(own.IsAbsent ? example["_postman_id"] : own);
        string? uid = context.Text(example["uid"]) is { Length: > 0 } text ? text : null;
        if (string.IsNullOrWhiteSpace(id))
        {
            id = uid is null ? ExampleIds.Derive(CollectionsMarshal.AsSpan(position)) : WithoutOwner(uid);
        }

        return (id, uid);
    }

    private static string WithoutOwner(string uid)
    {
        int digits = uid.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && digits < uid.Length - 1 && uid[digits] == '-' ? uid[(digits + 1)..] : uid;
    }
}
