using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Runtime.Logging;

namespace MockOperator.Runtime.Tests.Logging;

public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData(nameof(LogFormat.Text))]
    [InlineData(nameof(LogFormat.Json))]
    public void An_entry_is_one_line_whatever_it_quotes(string format)
    {
        string[] lines = Lines(Enum.Parse<LogFormat>(format), static log => Say(log, "first\r\n12:00:00 error forged"));
        Assert.Single(lines);
    }

    [Fact]
    public void A_JSON_entry_holds_its_fields_by_name()
    {
        using JsonDocument entry = JsonDocument.Parse(Lines(LogFormat.Json, static log => Say(log, "petstore")).Single());
        Assert.Equal("info", entry.RootElement.GetProperty("level").GetString());
        Assert.Equal("petstore", entry.RootElement.GetProperty("mock").GetString());
        Assert.Equal("Serving petstore", entry.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void The_framework_speaks_from_warning_on()
    {
        Assert.Empty(Lines(LogFormat.Text, static log => Say(log, "noise"), "Microsoft.AspNetCore.Server.Kestrel"));
    }

    private static void Say(ILogger log, string mock)
    {
#pragma warning disable CA1848, CA1873, CA2254 // The provider is under test, not the speed of a call.
        log.LogInformation("Serving {Mock}", mock);
#pragma warning restore CA1848, CA1873, CA2254
    }

    private static string[] Lines(LogFormat format, Action<ILogger> write, string category = "MockOperator.Test")
    {
        using var output = new StringWriter();
        using (ILoggerFactory loggers = ConsoleLogProvider.CreateFactory(format, output, new FakeTimeProvider()))
        {
            write(loggers.CreateLogger(category));
        }

        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
