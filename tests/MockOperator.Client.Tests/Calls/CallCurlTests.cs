using System.Diagnostics;
using MockOperator.Client.Calls;
using MockOperator.Resources;

namespace MockOperator.Client.Tests.Calls;

/// <summary>A call as a curl line: what is in it is the call, what is not in it is told.</summary>
public sealed class CallCurlTests
{
    private const string Url = "http://petstore.demo.svc/";

    [Fact]
    public void A_call_that_is_remembered_whole_is_made_again_whole()
    {
        var curl = Curl("POST", "/pets?x=it's", """{"name":"Rex"}""", ("Host", "petstore"), ("Content-Type", "application/json"), ("Accept", "*/*"), ("X-Empty", ""));
        Assert.Equal("curl -i \\\n  -H 'Content-Type: application/json' \\\n  -H 'X-Empty;' \\\n  --data-raw '{\"name\":\"Rex\"}' \\\n  'http://petstore.demo.svc/pets?x=it'\\''s'", curl.Line);
        Assert.Empty(curl.LeftOut);
    }

    [Theory]
    [InlineData("GET", "/pets", "curl -i \\\n  http://petstore.demo.svc/pets")]
    [InlineData("DELETE", "/pets", "curl -i -X DELETE \\\n  http://petstore.demo.svc/pets")]
    [InlineData("POST", "/pets", "curl -i -X POST \\\n  http://petstore.demo.svc/pets")]
    [InlineData("HEAD", "/pets", "curl -i -I \\\n  http://petstore.demo.svc/pets")]
    [InlineData("GET", "/pets?ids[]={1,2}", "curl -i --globoff \\\n  'http://petstore.demo.svc/pets?ids[]={1,2}'")]
    [InlineData("GET", "/a/../b", "curl -i --path-as-is \\\n  http://petstore.demo.svc/a/../b")]
    [InlineData("OPTIONS", "*", "curl -i -X OPTIONS \\\n  --request-target '*' http://petstore.demo.svc")]
    [InlineData("A$(id)", "/", "curl -i -X 'A$(id)' \\\n  http://petstore.demo.svc/")]
    public void Method_and_path_are_those_of_the_call(string method, string path, string line)
    {
        var curl = Curl(method, path, null);
        Assert.Equal(line, curl.Line);
        Assert.Empty(curl.LeftOut);
    }

    [Fact]
    public void A_body_that_is_remembered_in_part_is_left_out_and_said_to_be()
    {
        var curl = CallCurl.Of(Call("POST", "/pets", new CalledBody { Length = 20_000, Text = "ä" + new string('x', 4094), IsTruncated = true }, ("Content-Type", "text/plain")), Url);
        Assert.Equal("curl -i -X POST \\\n  -H 'Content-Type: text/plain' \\\n  http://petstore.demo.svc/pets", curl.Line);
        Assert.Equal("The body is left out: only the first 4,096 of its 20,000 bytes are remembered.", Assert.Single(curl.LeftOut));

        curl = CallCurl.Of(Call("POST", "/pets", new CalledBody { Length = 9, Base64 = "AAECAw==", IsTruncated = true }), Url);
        Assert.Equal("The body is left out: only the first 4 of its 9 bytes are remembered.", Assert.Single(curl.LeftOut));
    }

    [Fact]
    public void A_body_of_which_nothing_is_remembered_is_said_to_be_left_out()
    {
        Assert.Equal("The body is left out: none of its 120 bytes are remembered.", Assert.Single(CallCurl.Of(Call("PUT", "/", new CalledBody { Length = 120, IsTruncated = true }), Url).LeftOut));
        Assert.Equal("The body is left out: curl sends none with HEAD.", Assert.Single(Curl("HEAD", "/", "x").LeftOut));
        Assert.Equal("The body is left out: its 5 bytes are more than a line is good for.", Assert.Single(CallCurl.Of(Call("PUT", "/", new CalledBody { Length = 5, Text = "12345" }), Url, longestBody: 4).LeftOut));
        Assert.Empty(CallCurl.Of(Call("PUT", "/", new CalledBody { Length = 0 }), Url).LeftOut);
    }

    [Fact]
    public void What_is_masked_or_cut_is_left_out_by_name()
    {
        var curl = Curl("GET", "/pets?apikey=***&limit=1", null, ("x-api-key", "***"), ("Cookie", "***"), ("X-Long", "aaa…"), ("X-Kept", "1"));
        Assert.Equal("curl -i \\\n  -H 'X-Kept: 1' \\\n  'http://petstore.demo.svc/pets?limit=1'", curl.Line);
        Assert.Equal(
            [
                "The query parameter apikey is left out: its value is masked, for fear of secrets.",
                "The headers x-api-key and Cookie are left out: their values are masked, for fear of secrets.",
                "The header X-Long is left out: its value is too long to be remembered whole.",
            ],
            curl.LeftOut);
        Assert.EndsWith(" http://petstore.demo.svc/pets", Curl("GET", "/pets?access_token=***", null).Line, StringComparison.Ordinal);
        curl = Curl("GET", "/aaa…", null);
        Assert.EndsWith("/aaa", curl.Line, StringComparison.Ordinal);
        Assert.Equal("The end of the URL is left out: it was too long to be remembered whole.", Assert.Single(curl.LeftOut));
    }

    [Fact]
    public void Bytes_that_are_no_text_go_through_a_pipe()
    {
        Assert.StartsWith("printf %s AAECAw== | base64 -d | curl -i \\\n", CallCurl.Of(Call("POST", "/", new CalledBody { Length = 4, Base64 = "AAECAw==" }), Url).Line, StringComparison.Ordinal);
        Assert.StartsWith("printf %s YQBi | base64 -d | curl -i \\\n", Curl("POST", "/", "a\0b").Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@/etc/passwd")]
    [InlineData("a=1&b='2'\n\n")]
    [InlineData("\u001b[2Jhidden\r\n\t\u0007'\\")]
    [InlineData("\u202Etxt.exe\u0085 ünï🙂 !\"$(id)`id`")]
    [InlineData("a\0b")]
    [InlineData("=ls")]
    [InlineData("-X")]
    public async Task A_shell_gives_curl_the_body_that_was_sent(string body)
    {
        Assert.Equal(body, await SentAsync(Curl("POST", "/", body).Line));
        Assert.DoesNotContain(Curl("POST", "/", body).Line, static c => (char.IsControl(c) && c != '\n') || c == '\u202E');
    }

    [Fact]
    public async Task A_body_that_is_no_argument_for_its_length_is_sent_all_the_same()
    {
        var body = string.Concat(Enumerable.Repeat("it's long ", 30_000));
        Assert.Equal(body, await SentAsync(Curl("POST", "/", body).Line));
    }

    [Fact]
    public void Nothing_that_others_wrote_is_run_where_the_shell_fills_in_a_key()
    {
        Assert.Equal("\"x-api-key: $KEY\"", ShellWord.Quote("x-api-key: ", "$KEY"));
        Assert.Equal("'x`id`: '\"$KEY\"", ShellWord.Quote("x`id`: ", "$KEY"));
    }

    private static CallCurl Curl(string method, string path, string? body, params (string Name, string Value)[] headers) =>
        CallCurl.Of(Call(method, path, new CalledBody { Length = body is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(body), Text = body }, headers), Url);

    private static MockCall Call(string method, string path, CalledBody body, params (string Name, string Value)[] headers) => new()
    {
        Id = "a-1",
        Mock = "petstore",
        ServedAt = DateTimeOffset.UnixEpoch,
        Outcome = "matched",
        DurationMilliseconds = 1,
        Caller = new Caller(),
        Request = new CalledRequest { Method = method, Path = path, Headers = [.. headers.Select(static header => new CalledHeader(header.Name, header.Value))], Body = body },
        Response = new CalledResponse { Status = 200 },
    };

    /// <summary>What a real shell hands to a curl that prints the body it was given.</summary>
    private static async Task<string> SentAsync(string line)
    {
        const string curl = "curl() { while [ $# -gt 0 ]; do case $1 in --data-raw) printf %s \"$2\"; shift;; --data-binary) [ \"$2\" = @- ] && cat; shift;; esac; shift; done; }\n";
        using var shell = Process.Start(new ProcessStartInfo("bash", ["--norc", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, StandardOutputEncoding = System.Text.Encoding.UTF8, StandardInputEncoding = new System.Text.UTF8Encoding(false) })!;
        var output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.StandardInput.WriteAsync(curl + line + "\n");
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output;
    }
}
