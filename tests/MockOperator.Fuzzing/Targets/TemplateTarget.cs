using System.Buffers;
using System.Text;
using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Templates with all that goes into them: a template, a line <c>---</c>, and a request as <see cref="MadeUpRequest"/> reads it. Captures and variables have fixed names.</summary>
internal sealed class TemplateTarget : FuzzTarget
{
    private static readonly Dictionary<string, string> s_environment = new(StringComparer.Ordinal)
    {
        ["city"] = "Oslo",
        ["a"] = "{{b}}{{b}}",
        ["b"] = "{{c}}{{c}}{{id}}",
        ["c"] = "{{$body 'a'}}",
        ["loop"] = "x{{loop}}",
        ["open"] = "{{$headers 'x",
    };

    /// <inheritdoc/>
    public override string Name => "template";

    /// <inheritdoc/>
    public override int MaxLength => 2 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "{{city}}", "{{a}}", "{{loop}}", "{{open}}", "{{id}}", "{{ id }}", "{{$guid}}", "{{$timestamp}}", "{{$randomInt}}", "{{$randomLoremParagraphs}}", "{{$randomDatePast}}", "{{$body}}", "{{$body 'a.b'}}", "{{$body \"a[0]\" 'x {{$guid}}'}}",
        "{{$headers 'X-A'}}", "{{$queryParams 'q' '{{id}}'}}", "{{$pathSegments '0'}}", "{{$pathSegments 99999999999}}", "'a\\.b'", "\n---\n", "GET /a/b?q=1\n", "Content-Type: application/json\n", "x-mock-seed: 7\n", "{{{{", "}}}}",
    ];

    /// <summary>A body of 16 MiB may be made twice, in a buffer that doubles.</summary>
    public override long MostAllocated(int length) => (512L * 1024 * 1024) + (64L * 1024 * length);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ((string[])
    [
        "{{city}} {{id}} {{$guid}} {{$randomInt}} {{$timestamp}}\n---\nGET /a/b?q=1&q=2\nX-A: 1\n\n",
        "{{$body 'a.b[1]' 'none'}} {{$body}} {{$headers 'x-a'}} {{$queryParams 'q'}} {{$pathSegments '1'}}\n---\nPOST /a/%2F/c?q=%C3%B6\nContent-Type: application/json\nX-A: 1\n\n{\"a\":{\"b\":[1,{\"c\":null}]}}",
        "{{$body 'name'}} {{$body 'ids.1'}}\n---\nPOST /\nContent-Type: application/x-www-form-urlencoded\n\nname=Ann+Lee&ids=1&ids=2",
        "{{$body 'name' \"{{$randomFirstName}}\"}}\n---\nPOST /\nContent-Type: multipart/form-data; boundary=b\n\n--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n--b--\r\n",
        .. Dynamic(),
    ]).Select(SeedFiles.Text);

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        int end = input.AsSpan().IndexOf("\n---\n"u8);
        string text = Encoding.UTF8.GetString(end < 0 ? input : input.AsSpan(0, end));
        MadeUpRequest request = MadeUpRequest.Read(end < 0 ? default : input.AsMemory(end + 5));
        var names = new HashSet<string>(StringComparer.Ordinal) { "id", "name" };
        Template template = Template.Parse(text, new VariableResolver(s_environment, VariableScope.Empty), input.Length % 2 == 0 ? names : null);
        var captures = new Captures(["id", "name"], ["a\r\nX: 1", "ö{{city}}"]);
        byte[] body = Render(template, request, captures, out string header);
        Violation.Unless(body.AsSpan().SequenceEqual(Render(template, request, captures, out string again)) && header == again, "The same request with the same seed gets the same bytes.");
        Promises.IsHeader(header);
        int literal = 3 * Encoding.UTF8.GetByteCount(new VariableResolver(s_environment, VariableScope.Empty).Resolve(text));
        Violation.Unless(header.Length <= literal + RenderContext.MaxSubstitutedHeaderBytes, "Values add at most 8 KiB to a header.");
        Violation.Unless(body.Length <= literal + RenderContext.MaxSubstitutedBytes, "Values add at most 16 MiB to a body.");
    }

    private static byte[] Render(Template template, MadeUpRequest request, Captures captures, out string header)
    {
        var context = new RenderContext(request.ToRequest(), captures, ValueSource.Seeded(7, StillTime.Instance)) { WithheldHeader = "X-Api-Key" };
        header = template.RenderHeader(ref context);
        var output = new ArrayBufferWriter<byte>();
        template.Render(output, ref context);
        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> Dynamic() => ((string[])
    [
        "$randomUUID", "$randomAlphaNumeric", "$randomBoolean", "$randomColor", "$randomIP", "$randomPassword", "$randomCity", "$randomBankAccountIban", "$randomPrice", "$randomDateFuture", "$randomImageDataUri", "$randomFileName",
        "$randomLoremText", "$randomProductName", "$randomJobTitle", "$randomUserAgent", "$isoTimestamp", "$randomWeekday",
    ]).Select(static name => $"{{{{{name}}}}}-{{{{{name}}}}}\n---\nGET /\n\n");
}
