using CsCheck;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;
using MockOperator.Runtime.Calls;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>What is written of headers is the same with a memo of the call before and without one.</summary>
public class HeaderMemoTests
{
    private const int Room = 4096;

    private static readonly CallLogSettings[] s_settings =
        [CallLogSettings.Of(null, "x-api-key"), CallLogSettings.Of(new CallLogSpec { RedactHeaders = ["Trace"] }, "x-api-key")];

    private static readonly Gen<StringValues> s_value = Gen.Frequency(
        (12, Gen.OneOf(Gen.Const("*/*"), Gen.Const("application/json"), Gen.Const("ü"), Gen.Const("")).Select(static text => new StringValues(text))),
        (1, Gen.Const(new StringValues(["a", "b"]))),
        (1, Gen.Int[0, 3000].Select(static length => new StringValues(new string('x', length)))));

    private static readonly Gen<KeyValuePair<string, StringValues>[]> s_headers =
        Gen.Select(Gen.OneOf(Gen.Const("Host"), Gen.Const("Accept"), Gen.Const("Trace"), Gen.Const("Authorization")), s_value, static (name, value) => KeyValuePair.Create(name, value)).Array[0, 4];

    private static readonly Gen<(KeyValuePair<string, StringValues>[] Headers, int Settings, bool IsRepeated, int Reserved)[]> s_calls =
        Gen.Select(s_headers, Gen.Int[0, 1], Gen.Bool, Gen.Int[0, Room / 2]).Array[1, 12];

    [Fact]
    public void Whatever_was_written_before_headers_are_written_as_without_a_memo() => s_calls.Sample(
        static calls =>
        {
            var memo = new HeaderMemo();
            KeyValuePair<string, StringValues>[] last = [];
            foreach ((KeyValuePair<string, StringValues>[] headers, int settings, bool isRepeated, int reserved) in calls)
            {
                last = isRepeated ? last : headers;
                Assert.Equal(Write(last, s_settings[settings], reserved, memo: null), Write(last, s_settings[settings], reserved, memo));
            }
        },
        iter: 20_000);

    [Fact]
    public void Headers_that_come_again_are_found_and_others_are_not()
    {
        var memo = new HeaderMemo();
        Write([new("Host", "a"), new("Trace", "1")], s_settings[0], 0, memo);
        Assert.False(memo.Find([new("Host", "a"), new("Trace", "1")], s_settings[0]).IsEmpty);
        Assert.True(memo.Find([new("Host", "a"), new("Trace", "2")], s_settings[0]).IsEmpty);
        Assert.True(memo.Find([new("Host", "a")], s_settings[0]).IsEmpty);
        Assert.True(memo.Find([new("Host", "a"), new("Trace", "1")], s_settings[1]).IsEmpty);
    }

    [Fact]
    public void A_masked_value_is_not_held_and_another_one_is_written_alike()
    {
        var memo = new HeaderMemo();
        byte[] written = Write([new("Authorization", "Bearer one")], s_settings[0], 0, memo);
        Assert.Equal(written, memo.Find([new("Authorization", "Bearer two")], s_settings[0]));
    }

    [Fact]
    public void Many_headers_and_long_ones_are_not_held()
    {
        var memo = new HeaderMemo();
        KeyValuePair<string, StringValues>[] many = [.. Enumerable.Range(0, 25).Select(static number => KeyValuePair.Create("X-" + number, new StringValues("1")))];
        Write(many, s_settings[0], 0, memo);
        Assert.True(memo.Find(many, s_settings[0]).IsEmpty);
        KeyValuePair<string, StringValues>[] longOnes = [new("Host", new string('a', 300)), new("Trace", new string('b', 400)), new("Accept", new string('c', 400))];
        Write(longOnes, s_settings[0], 0, memo);
        Assert.True(memo.Find(longOnes, s_settings[0]).IsEmpty);
    }

    private static byte[] Write(KeyValuePair<string, StringValues>[] headers, CallLogSettings settings, int reserved, HeaderMemo? memo)
    {
        byte[] buffer = new byte[Room];
        var encoder = new CallEncoder(buffer);
        encoder.Write(headers, settings, reserved, memo);
        return buffer[..encoder.Length];
    }
}
