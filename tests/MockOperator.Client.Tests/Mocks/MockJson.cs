using CsCheck;

namespace MockOperator.Client.Tests.Mocks;

/// <summary>Mocks as JSON: members in any order, twice or not at all, null, of types that they should not have, unknown ones between them, names and texts with escapes, and white space anywhere.</summary>
internal static class MockJson
{
    private static readonly Gen<string> Space = Gen.Frequency((6, Gen.Const("")), (1, OneOf(" ", "\n\t", "  \r\n")));

    private static readonly Gen<string> Text = OneOf(
        "\"users\"", "\"\"", "\"\\u0075sers\"", "\"a \\\"quoted\\\" \\\\ {[\"", "\"ä€\\ud83d\\ude00\"", "\"}]\"", "\"Ready\"", "\"True\"", "\"False\"", "\"mock-operator-status\"");

    private static readonly Gen<string> Number = OneOf("0", "3", "-1", "2147483647");

    private static readonly Gen<string> Truth = OneOf("true", "false");

    private static readonly Gen<string> Time = OneOf(
        "\"2026-11-02T10:00:00Z\"", "\"2026-11-02T10:00:00.5Z\"", "\"2026-11-02T10:00:00.123456Z\"", "\"2026-11-02T10:00:0\\u0030Z\"", "\"2026-11-02T12:00:00+02:00\"", "\"2026-02-31T10:00:00Z\"", "\"soon\"");

    private static readonly Gen<string> Unknown = OneOf("7.5e3", "[[{}],null]", "{\"name\":\"no\",\"conditions\":[{}]}", "\"}\\\"]\"", "false");

    private static readonly Gen<string> Odd = OneOf("7.5", "[1]", "{\"name\":\"odd\",\"type\":\"odd\",\"reason\":\"odd\",\"message\":\"odd\"}", "\"text\"", "true");

    private static readonly Gen<string> Reference = Whole(("name", Text), ("version", OrNull(Text)));

    private static readonly Gen<string> Metadata = Object(
        ("name", OrNull(Text)),
        ("namespace", OrNull(Text)),
        ("generation", Member(Number)),
        ("creationTimestamp", Member(Time)),
        ("deletionTimestamp", Member(Time)),
        ("managedFields", Member(List(Object(("manager", OrNull(Text)), ("subresource", OrNull(Text)), ("time", Member(Time)), ("fieldsV1", Unknown))))));

    private static readonly Gen<string> Spec = Object(
        ("displayName", Member(Text)),
        ("collectionRef", Member(Reference)),
        ("environment", Member(Object(("postman", OrNull(Object(("configMapKeyRef", OrNull(Object(("name", Text), ("key", Text)))))))))),
        ("private", Member(Truth)),
        ("matching", Member(Object(("headers", OrNull(List(Text))), ("wildcards", OrNull(Truth))))),
        ("delay", Member(Object(("fixed", OrNull(Text))))),
        ("activeServerResponse", Member(Text)),
        ("replicas", Member(Number)));

    private static readonly Gen<string> Status = Object(
        ("observedGeneration", Member(Number)),
        ("conditions", Member(List(Whole(
            ("type", Text), ("status", OneOf("\"True\"", "\"False\"", "\"Unknown\"", "\"true\"", "\"Fal\\u0073e\"", "1", "\"Perhaps\"")), ("reason", Text), ("message", Text), ("lastTransitionTime", Gen.Const("\"2026-11-02T10:00:10Z\"")))))),
        ("url", Member(Text)),
        ("externalUrl", Member(Text)),
        ("collection", Member(Reference)),
        ("exampleCount", Member(Number)),
        ("replicas", Member(Number)),
        ("readyReplicas", Member(Number)),
        ("calls", Member(Object(("answered", Number), ("quota", Text)))));

    /// <summary>Such mocks.</summary>
    public static Gen<string> Any { get; } = Object(("metadata", Metadata), ("spec", OrNull(Spec)), ("status", OrNull(Status)));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> OrNull(Gen<string> value) => Gen.Frequency((9, value), (1, Gen.Const("null")));

    private static Gen<string> Member(Gen<string> value) => Gen.Frequency((60, value), (4, Gen.Const("null")), (1, Odd));

    private static Gen<string> List(Gen<string> element) => element.List[0, 3].Select(static elements => $"[{string.Join(" , ", elements)}]");

    private static Gen<string> Object(params (string Name, Gen<string> Value)[] members)
    {
        var any = Gen.Frequency([.. members.Select(static member => (3, Named(member.Name, member.Value))), (2, Named("ofTomorrow", Unknown))]);
        return Gen.Select(any.List[0, members.Length + 2], Space).Select(static (parts, space) => $"{space}{{{space}{string.Join(',', parts)}}}{space}");
    }

    // Each member at least once: what the serializer makes of one that is missing and must not be is null where there can be no null, and lists make an empty text of it.
    private static Gen<string> Whole(params (string Name, Gen<string> Value)[] members) => members
        .Select(static member => Named(member.Name, member.Value))
        .Aggregate(Object(members).Select(static text => text.Trim()[1..]), static (rest, member) => Gen.Select(member, rest, static (first, others) => others.TrimStart() == "}" ? first + others : $"{first},{others}"))
        .Select(static text => "{" + text);

    // Now and then a name is written with an escape: it is the same name.
    private static Gen<string> Named(string name, Gen<string> value) => Gen.Select(Gen.Int[0, 9], Space, value)
        .Select((escape, space, text) => $"{space}\"{(escape == 0 ? $"\\u{(int)name[0]:x4}{name[1..]}" : name)}\"{space}:{space}{text}");
}
