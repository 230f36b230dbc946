namespace MockOperator.Fuzzing.Mutation;

/// <summary>Texts that have broken programs before.</summary>
internal static class Words
{
    /// <summary>For any input.</summary>
    public static readonly string[] Everywhere =
    [
        "\0", "\r\n", "\n", "\r\n\r\n", "\"", "'", "\\", "/", "//", "..", "%", "%00", "%2F", "%zz", "%ff", "%C3%28", "?", "&", "=", "#", ":", ";", ",", "*", "+", " ", "\t", "{", "}", "[", "]", "{{", "}}", "{{{",
        "\uFEFF", "\uFFFD", "\u0130", "\u00DF", "ö", "😀", "\\ud800", "\\udc00", "\\u0000", "-1", "0", "00", "1e999", "2147483648", "9223372036854775808", "NaN", "null", "true",
    ];

    /// <summary>In the place of a value of JSON.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "200", "99", "600", "1.5", "1e400", "-1e-400", "1e2147483648", "123456789012345678901234567890", "\"\"", "\"a\"", "\" \"", "[]", "{}", "[[]]", "[null]",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"{{a}}\"", "\"{{{{a}}}}\"", "\"{{a\"", "\":id\"", "\":id.json\"", "\"{{$guid}}\"", "\"{{$body}}\"", "\"{{$body 'a.b[0]' 'x'}}\"",
        "\"/\"", "\"//\"", "\"/a/{{id}}/\"", "\"https://{{h}}:8080/a/:b?c={{d}}&c#e\"", "\"application/json\"", "\"multipart/form-data; boundary=\\\"b\\\"\"", "\"GET\"", "\"post\"", "{\"raw\":\"{\\\"a\\\":1}\",\"mode\":\"raw\"}",
        "{\"mode\":\"graphql\",\"graphql\":{\"query\":\"{a}\",\"variables\":\"{}\"}}", "{\"mode\":\"urlencoded\",\"urlencoded\":[{\"key\":\"a\",\"value\":\"1\"}]}",
        "{\"mode\":\"formdata\",\"formdata\":[{\"key\":\"a\",\"value\":\"1\",\"type\":\"text\"}]}", "{\"type\":\"Buffer\",\"data\":[1,2,300]}", "[{\"key\":\"a\",\"value\":\"{{a}}\"}]", "[{\"key\":\"Content-Type\",\"value\":\"x\"}]",
    ];
}
