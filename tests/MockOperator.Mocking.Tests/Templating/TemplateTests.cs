using System.Buffers;
using System.Text;
using CsCheck;
using MockOperator.Mocking.Templating;
using MockOperator.Mocking.Templating.Dynamic;

namespace MockOperator.Mocking.Tests.Templating;

public sealed class TemplateTests
{
    private static readonly string[] s_pieces =
    [
        "{", "}", "{{", "}}", "{{{", "}}}", "'", "\"", "\\", " ", ".", "[", "]", "$", "$body", "$headers", "$queryParams", "$pathSegments", "{{$body 'a' '",
        "{{$body}}", "{{$body 'a.b[0]'}}", "{{$headers 'x'}}", "{{$guid}}", "{{id}}", "{{city}}", "id", "a", "0", "\r", "\n", "\0", "é", "😀", "\ud800", "\t",
    ];

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String,
        Gen.Int[0, s_pieces.Length - 1].Select(index => s_pieces[index]).Array[0, 12].Select(string.Concat),
        Gen.Int[0, DynamicVariables.Names.Length - 1].Select(index => DynamicVariables.Names[index]).Select(name => $"<{{{{{name}}}}}>"));

    private static readonly Gen<Rendering> s_rendering = Gen.Select(s_text, s_text, s_text, s_text, Gen.Long)
        .Select((capture, body, header, target, seed) => new Rendering
        {
            Variables = [("city", "Oslo"), ("a", "{{id}}")],
            Captures = [("id", capture)],
            Body = Encoding.UTF8.GetBytes(body),
            Headers = [("x", header), ("Content-Type", "application/x-www-form-urlencoded")],
            Target = target,
            Seed = seed,
        });

    [Fact]
    public void Text_without_tokens_renders_itself()
    {
        s_text.Where(text => !text.Contains("{{", StringComparison.Ordinal)).Sample(text =>
        {
            Template template = new Rendering().Parse(text);
            byte[] expected = Encoding.UTF8.GetBytes(text);
            return template.IsStatic && template.Utf8.Span.SequenceEqual(expected) && new Rendering().Render(text) == Encoding.UTF8.GetString(expected);
        });
    }

    [Fact]
    public void Rendering_never_fails()
    {
        Gen.Select(s_text, s_rendering).Sample((text, rendering) =>
        {
            rendering.Render(text);
            rendering.RenderHeader(text);
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_text() =>
        Gen.Select(s_text, s_rendering).Sample((text, rendering) => rendering.Render(text) == rendering.Render(text));

    [Fact]
    public void A_header_value_is_visible_ascii_spaces_and_tabs() =>
        Gen.Select(s_text, s_rendering).Sample((text, rendering) =>
            rendering.RenderHeader(text).All(value => value is (byte)'\t' or (>= 0x20 and < 0x7F)));

    [Fact]
    public void A_header_keeps_what_is_legal_and_encodes_what_is_not()
    {
        Rendering rendering = new() { Captures = [("id", "a\r\nSet-Cookie: x\0\u0001\u007f\té")] };
        Assert.Equal("/u/a  Set-Cookie: x   \t%C3%A9", Encoding.ASCII.GetString(rendering.RenderHeader("/u/{{id}}")));
        RenderContext context = rendering.Context();
        Assert.Equal("x", rendering.Parse("  x\r\n").RenderHeader(ref context));
    }

    [Fact]
    public void A_capture_takes_the_place_of_its_token()
    {
        Rendering rendering = new() { Captures = [("userId", "carol"), ("orderId", "33")] };
        Assert.Equal("""{"u":"carol","o":"33"} {{nope}}""", rendering.Render("""{"u":"{{userId}}","o":"{{ orderId }}"} {{nope}}"""));
    }

    [Fact]
    public void A_variable_is_never_a_capture()
    {
        Rendering rendering = new() { Variables = [("id", "v"), ("loop", "{{loop}}")], Captures = [("id", "c"), ("loop", "c")] };
        Assert.Equal("v {{loop}}", rendering.Render("{{id}} {{loop}}"));
        Assert.True(rendering.Parse("{{id}} {{loop}}").IsStatic);
    }

    [Fact]
    public void Unknown_tokens_are_text_when_the_wildcards_are_known()
    {
        Rendering rendering = new() { CaptureNames = new HashSet<string>(StringComparer.Ordinal) { "id" } };
        Assert.True(rendering.Parse("{{nope}} {{$nope}}").IsStatic);
        Assert.False(rendering.Parse("{{ id }}").IsStatic);
        Assert.Equal("{{nope}} {{$nope}} {{$GUID}}", rendering.Render("{{nope}} {{$nope}} {{$GUID}}"));
    }

    [Fact]
    public void The_value_of_a_variable_may_be_dynamic()
    {
        Rendering rendering = new() { Variables = [("key", "{{$randomInt}}-{{id}}")], Captures = [("id", "9")] };
        Assert.Matches(@"\A\d+-9\z", rendering.Render("{{key}}"));
    }

    [Fact]
    public void Every_occurrence_and_every_answer_has_its_own_value()
    {
        Rendering rendering = new() { Seed = null };
        string[] ids = [.. rendering.Render("{{$guid}} {{$guid}}").Split(' '), .. rendering.Render("{{$guid}} {{$guid}}").Split(' ')];
        Assert.Equal(4, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_seed_of_the_request_wins()
    {
        string Values(long? seed, string? header) =>
            new Rendering { Seed = seed, Headers = header is null ? [] : [("X-Mock-Seed", header)] }.Render("{{$guid}} {{$randomFullName}}");

        Assert.Equal(Values(42, null), Values(null, " 42 "));
        Assert.Equal(Values(1, "blue"), Values(2, "blue"));
        Assert.NotEqual(Values(1, "blue"), Values(1, "green"));
        Assert.Equal(Values(1, null), Values(1, " "));
        Assert.Equal(Values(1, new string('é', 1024) + "a"), Values(1, new string('é', 1024) + "b"));
    }

    [Fact]
    public void A_seed_means_the_same_in_every_release() => Assert.Equal(
        "15780b2e-0c2e-4716-a104-d9866d113a7e 680", new Rendering { Seed = 42 }.Render("{{$guid}} {{$randomInt}}"));

    [Fact]
    public void Parts_meet_the_output_in_order_whatever_its_buffers_are()
    {
        Rendering rendering = new() { Captures = [("id", new string('é', 5000))] };
        TinyBuffers output = new();
        RenderContext context = rendering.Context();
        rendering.Parse("<{{id}}|{{id}}>").Render(output, ref context);
        Assert.Equal($"<{new string('é', 5000)}|{new string('é', 5000)}>", Encoding.UTF8.GetString([.. output.Written]));
    }

    private sealed class TinyBuffers : IBufferWriter<byte>
    {
        private readonly byte[] _buffer = new byte[7];

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_buffer.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public Span<byte> GetSpan(int sizeHint = 0) => _buffer;
    }
}
