using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Tests.Templating;

/// <summary>One rendering of a template, with everything that goes into it.</summary>
internal sealed record Rendering
{
    public static readonly DateTimeOffset Noon = new(2026, 2, 28, 12, 0, 0, 600, TimeSpan.Zero);

    public (string Name, string Value)[] Variables { get; init; } = [];

    public (string Name, string Value)[] Captures { get; init; } = [];

    public (string Name, string Value)[] Headers { get; init; } = [];

    public string Target { get; init; } = "/";

    public ReadOnlyMemory<byte> Body { get; init; }

    public long? Seed { get; init; } = 1;

    public string? WithheldHeader { get; init; }

    public IReadOnlySet<string>? CaptureNames { get; init; }

    public TimeProvider Time { get; init; } = new FakeTimeProvider(Noon);

    public static Rendering OfBody(string body, string contentType = "application/json") =>
        new() { Body = Encoding.UTF8.GetBytes(body), Headers = [("Content-Type", contentType)] };

    public Template Parse(string text) =>
        Template.Parse(text, new VariableResolver(Variables.ToFrozenDictionary(pair => pair.Name, pair => pair.Value), VariableScope.Empty), CaptureNames);

    public string Render(string text)
    {
        ArrayBufferWriter<byte> output = new();
        RenderContext context = Context();
        Parse(text).Render(output, ref context);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public byte[] RenderHeader(string text)
    {
        ArrayBufferWriter<byte> output = new();
        RenderContext context = Context();
        Parse(text).RenderHeader(output, ref context);
        return output.WrittenSpan.ToArray();
    }

    public RenderContext Context() => new(
        new MockRequest("GET", Target, new TestHeaders(Headers), Body),
        new Captures([.. Captures.Select(pair => pair.Name)], [.. Captures.Select(pair => pair.Value)]),
        Seed is { } seed ? ValueSource.Seeded(seed, Time) : ValueSource.Random(Time))
    {
        WithheldHeader = WithheldHeader,
    };
}
