using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using MockOperator.Mocking.Templating.Dynamic;

namespace MockOperator.Mocking.Tests.Templating;

public sealed class DynamicVariableTests
{
    private const int Seeds = 300;
    private const string Name = "[A-Z][a-z]+";
    private const string Word = "[a-z]+";
    private const string Capitalised = @"[A-Z0-9][\w/.'-]*";
    private const string Sentence = @"[A-Z][a-z]*( [a-z]+){2,9}\.";
    private const string File = @"[a-z]+_[a-z]+\.[a-z0-9]+";
    private const string Hex = "[0-9a-f]";
    private const string Uuid = $"{Hex}{{8}}-{Hex}{{4}}-4{Hex}{{3}}-[89ab]{Hex}{{3}}-{Hex}{{12}}";
    private const string Phone = @"[2-9]\d\d-[2-9]\d\d-\d{4}";
    private const string User = "[A-Za-z]+([._][A-Za-z]+)?[0-9]{0,2}";
    private const string Date = @"(Sun|Mon|Tue|Wed|Thu|Fri|Sat) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d \d{4} \d\d:\d\d:\d\d GMT\+0000 \(Coordinated Universal Time\)";
    private const string Suffix = "(com|net|org|biz|info|name)";

    private static readonly ConcurrentDictionary<string, Lazy<Regex>> s_patterns = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, Func<string, bool>> s_shapes = new(StringComparer.Ordinal)
    {
        ["$guid"] = Like(Uuid),
        ["$timestamp"] = value => value == "1772280001",
        ["$isoTimestamp"] = value => value == "2026-02-28T12:00:00.600Z",
        ["$randomUUID"] = Like(Uuid),
        ["$randomAlphaNumeric"] = Like("[0-9a-z]"),
        ["$randomBoolean"] = Like("true|false"),
        ["$randomInt"] = value => int.Parse(value) is >= 0 and <= 1000,
        ["$randomColor"] = Like($"{Word}( {Word})?"),
        ["$randomHexColor"] = Like($"#{Hex}{{6}}"),
        ["$randomAbbreviation"] = Like("[A-Z]{2,5}"),
        ["$randomIP"] = value => Like(@"\d{1,3}(\.\d{1,3}){3}")(value) && value.Split('.').All(part => byte.TryParse(part, out _)),
        ["$randomIPV6"] = Like($"{Hex}{{4}}(:{Hex}{{4}}){{7}}"),
        ["$randomMACAddress"] = Like($"{Hex}{{2}}(:{Hex}{{2}}){{5}}"),
        ["$randomPassword"] = Like("[0-9A-Za-z]{15}"),
        ["$randomLocale"] = Like("[a-z]{2,3}"),
        ["$randomUserAgent"] = Like(@"Mozilla/5\.0 \([^()]+\) (Gecko|AppleWebKit)/[\w.]+ .*(Firefox|Safari|Edg)/[\d.]+"),
        ["$randomProtocol"] = Like("https?"),
        ["$randomSemver"] = Like(@"\d\.\d\.\d"),
        ["$randomFirstName"] = Like(Name),
        ["$randomLastName"] = Like(Name),
        ["$randomFullName"] = Like($@"((Mr\.|Mrs\.|Ms\.|Miss|Dr\.) )?{Name} {Name}( (Jr\.|Sr\.|I|II|III|IV|V|MD|DDS|PhD|DVM))?"),
        ["$randomNamePrefix"] = Like(@"Mr\.|Mrs\.|Ms\.|Miss|Dr\."),
        ["$randomNameSuffix"] = Like(@"Jr\.|Sr\.|I|II|III|IV|V|MD|DDS|PhD|DVM"),
        ["$randomJobArea"] = Like(Name),
        ["$randomJobDescriptor"] = Like(Name),
        ["$randomJobTitle"] = Like($"{Name} {Name} {Name}"),
        ["$randomJobType"] = Like(Name),
        ["$randomPhoneNumber"] = Like(Phone),
        ["$randomPhoneNumberExt"] = Like($"[1-9][0-9]?-{Phone}"),
        ["$randomCity"] = Like($"({Name} )?{Name}"),
        ["$randomStreetName"] = Like($"{Name} {Name}"),
        ["$randomStreetAddress"] = Like($"[1-9][0-9]{{0,3}} {Name} {Name}"),
        ["$randomCountry"] = Like("[A-Z][A-Za-z]+( [A-Za-z]+)*"),
        ["$randomCountryCode"] = value => Like("[A-Z]{2}")(value) && IsCountry(value),
        ["$randomLatitude"] = value => Like(@"-?\d{1,2}\.\d{4}")(value) && Math.Abs(Number(value)) <= 90,
        ["$randomLongitude"] = value => Like(@"-?\d{1,3}\.\d{4}")(value) && Math.Abs(Number(value)) <= 180,
        ["$randomAvatarImage"] = Like(@"https://[a-z.]+/128\?img=[1-9][0-9]?"),
        ["$randomImageUrl"] = Like("https://[a-z.]+/640/480"),
        ["$randomAbstractImage"] = Picture("abstract"),
        ["$randomAnimalsImage"] = Picture("animals"),
        ["$randomBusinessImage"] = Picture("business"),
        ["$randomCatsImage"] = Picture("cats"),
        ["$randomCityImage"] = Picture("city"),
        ["$randomFoodImage"] = Picture("food"),
        ["$randomNightlifeImage"] = Picture("nightlife"),
        ["$randomFashionImage"] = Picture("fashion"),
        ["$randomPeopleImage"] = Picture("people"),
        ["$randomNatureImage"] = Picture("nature"),
        ["$randomSportsImage"] = Picture("sports"),
        ["$randomTransportImage"] = Picture("transport"),
        ["$randomImageDataUri"] = IsSvg,
        ["$randomBankAccount"] = Like(@"\d{8}"),
        ["$randomBankAccountName"] = Like("[A-Z][A-Za-z ]+ Account"),
        ["$randomCreditCardMask"] = Like(@"\d{4}"),
        ["$randomBankAccountBic"] = value => Like("[A-Z]{6}[A-Z2-9]{2}([A-Z][A-Z0-9]{2})?")(value) && IsCountry(value[4..6]),
        ["$randomBankAccountIban"] = IsIban,
        ["$randomTransactionType"] = Like("invoice|payment|deposit|withdrawal"),
        ["$randomCurrencyCode"] = Like("[A-Z]{3}"),
        ["$randomCurrencyName"] = Like("[A-Z][A-Za-z]+( [A-Za-z]+)*"),
        ["$randomCurrencySymbol"] = Like(@"\S{1,4}"),
        ["$randomBitcoin"] = Like("[13][1-9A-HJ-NP-Za-km-z]{25,33}"),
        ["$randomCompanyName"] = Like($"{Name}( (Inc|LLC|Group|and Sons)| - {Name}|, {Name} and {Name})"),
        ["$randomCompanySuffix"] = Like("Inc|LLC|Group|and Sons"),
        ["$randomBs"] = Like(@"[a-z]+ [a-z-]+ [A-Za-z -]+"),
        ["$randomBsAdjective"] = Like("[a-z-]+"),
        ["$randomBsBuzz"] = Like("[a-z]+"),
        ["$randomBsNoun"] = Like("[A-Za-z -]+"),
        ["$randomCatchPhrase"] = Like(@"[A-Z][a-z-]+ [0-9a-z/ -]+ [a-z -]+"),
        ["$randomCatchPhraseAdjective"] = Like("[A-Z][a-z-]+"),
        ["$randomCatchPhraseDescriptor"] = Like("[0-9a-z/ -]+"),
        ["$randomCatchPhraseNoun"] = Like("[a-z -]+"),
        ["$randomDatabaseColumn"] = Like("[a-z][A-Za-z]+"),
        ["$randomDatabaseType"] = Like("[a-z]+"),
        ["$randomDatabaseCollation"] = Like("[a-z0-9_]+_(ci|bin|cs)"),
        ["$randomDatabaseEngine"] = Like("[A-Za-z]+"),
        ["$randomDateFuture"] = value => IsDate(value, TimeSpan.FromSeconds(0), TimeSpan.FromDays(365)),
        ["$randomDatePast"] = value => IsDate(value, TimeSpan.FromDays(-365), TimeSpan.Zero),
        ["$randomDateRecent"] = value => IsDate(value, TimeSpan.FromDays(-1), TimeSpan.Zero),
        ["$randomWeekday"] = value => Enum.TryParse<DayOfWeek>(value, out _),
        ["$randomMonth"] = value => CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Contains(value) && value.Length > 0,
        ["$randomDomainName"] = Like($@"{Word}\.{Suffix}"),
        ["$randomDomainSuffix"] = Like(Suffix),
        ["$randomDomainWord"] = Like(Word),
        ["$randomEmail"] = Like($@"{User}@[a-z]+\.com"),
        ["$randomExampleEmail"] = Like($@"{User}@example\.(com|net|org)"),
        ["$randomUserName"] = Like(User),
        ["$randomUrl"] = value => Like($@"https?://{Word}\.{Suffix}")(value) && Uri.IsWellFormedUriString(value, UriKind.Absolute),
        ["$randomFileName"] = Like(File),
        ["$randomFileType"] = Like("[a-z-]+"),
        ["$randomFileExt"] = Like("[a-z0-9]{2,7}"),
        ["$randomCommonFileName"] = Like(File),
        ["$randomCommonFileType"] = Like("video|audio|image|text|application"),
        ["$randomCommonFileExt"] = Like("[a-z0-9]{3,4}"),
        ["$randomFilePath"] = Like($@"(/[\w+-]+)+/{File}"),
        ["$randomDirectoryPath"] = Like(@"(/[\w+-]+)+"),
        ["$randomMimeType"] = Like(@"[a-z]+/[a-z0-9.+-]+"),
        ["$randomPrice"] = value => Like(@"\d{1,4}\.\d\d")(value) && Number(value) <= 1000,
        ["$randomProduct"] = Like(Name),
        ["$randomProductAdjective"] = Like(Name),
        ["$randomProductMaterial"] = Like(Name),
        ["$randomProductName"] = Like($"{Name} {Name} {Name}"),
        ["$randomDepartment"] = Like(Name),
        ["$randomNoun"] = Like($"{Word}( {Word})?"),
        ["$randomVerb"] = Like($"{Word}( {Word})?"),
        ["$randomIngverb"] = Like($"{Word}ing( {Word})?"),
        ["$randomAdjective"] = Like("[0-9a-z -]+"),
        ["$randomWord"] = Like(Capitalised),
        ["$randomWords"] = Like($"{Capitalised}( {Capitalised}){{1,4}}"),
        ["$randomPhrase"] = Like(@"[A-Z][\w ,-]+!"),
        ["$randomLoremWord"] = Like(Word),
        ["$randomLoremWords"] = Like($"{Word} {Word} {Word}"),
        ["$randomLoremSentence"] = Like(Sentence),
        ["$randomLoremSentences"] = Like($"{Sentence}( {Sentence}){{1,5}}"),
        ["$randomLoremParagraph"] = Like($"{Sentence}( {Sentence}){{2,5}}"),
        ["$randomLoremParagraphs"] = Like($"{Sentence}( {Sentence})*(\n{Sentence}( {Sentence})*){{2}}"),
        ["$randomLoremText"] = Like(@"[A-Za-z]+[A-Za-z .\n]+"),
        ["$randomLoremSlug"] = Like($"{Word}(-{Word})+"),
        ["$randomLoremLines"] = Like($"{Sentence}(\n{Sentence}){{0,4}}"),
    };

    public static TheoryData<string> Documented => [.. s_shapes.Keys];

    [Fact]
    public void The_names_are_the_118_that_Postman_documents()
    {
        Assert.Equal(118, s_shapes.Count);
        Assert.Equal(s_shapes.Keys.Order(StringComparer.Ordinal), DynamicVariables.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void Every_value_has_the_documented_shape(string name)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            string value = new Rendering { Seed = seed }.Render($"{{{{{name}}}}}");
            Assert.True(s_shapes[name](value), $"{name} with seed {seed} is '{value}'");
        }
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void Values_vary(string name)
    {
        int distinct = Enumerable.Range(0, Seeds).Select(seed => new Rendering { Seed = seed }.Render($"{{{{{name}}}}}")).Distinct(StringComparer.Ordinal).Count();
        bool isConstant = name is "$timestamp" or "$isoTimestamp" || (name.EndsWith("Image", StringComparison.Ordinal) && name != "$randomAvatarImage") || name == "$randomImageUrl";
        Assert.True(isConstant ? distinct == 1 : distinct >= 2, $"{name} has {distinct} different values");
    }

    [Theory]
    [InlineData("$randomFirstName", 100)]
    [InlineData("$randomLastName", 100)]
    [InlineData("$randomCountry", 100)]
    [InlineData("$randomCountryCode", 240)]
    [InlineData("$randomCurrencyCode", 140)]
    [InlineData("$randomDirectoryPath", 60)]
    [InlineData("$randomProduct", 30)]
    [InlineData("$randomProductAdjective", 30)]
    [InlineData("$randomProductMaterial", 30)]
    [InlineData("$randomDepartment", 30)]
    [InlineData("$randomNoun", 30)]
    [InlineData("$randomVerb", 30)]
    [InlineData("$randomIngverb", 30)]
    [InlineData("$randomAdjective", 30)]
    [InlineData("$randomWord", 60)]
    [InlineData("$randomLoremWord", 100)]
    [InlineData("$randomJobArea", 30)]
    [InlineData("$randomJobType", 30)]
    [InlineData("$randomJobDescriptor", 30)]
    [InlineData("$randomBsNoun", 30)]
    [InlineData("$randomCatchPhraseNoun", 60)]
    [InlineData("$randomDatabaseColumn", 30)]
    [InlineData("$randomMimeType", 40)]
    public void Word_lists_are_long_enough_to_look_real(string name, int least)
    {
        string text = new Rendering { Seed = 7 }.Render(string.Join('\n', Enumerable.Repeat($"{{{{{name}}}}}", 6000)));
        int distinct = text.Split('\n').Distinct(StringComparer.Ordinal).Count();
        Assert.True(distinct >= least, $"{name} has {distinct} words");
    }

    private static Func<string, bool> Like(string pattern)
    {
        Lazy<Regex> regex = s_patterns.GetOrAdd(
            pattern, static text => new Lazy<Regex>(() => new Regex($"\\A(?:{text})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)));
        return value => regex.Value.IsMatch(value);
    }

    private static Func<string, bool> Picture(string category) => value => Like("https://[a-z.]+/640/480/[a-z]+")(value) && value.EndsWith("/" + category, StringComparison.Ordinal);

    private static double Number(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private static bool IsCountry(string code)
    {
        // Invariant globalization knows no regions: the codes that are not assigned are what can be told apart.
        string[] unassigned = ["AA", "QM", "QZ", "XA", "XZ", "ZZ", "UK", "EU", "AB", "XX"];
        return !unassigned.Contains(code);
    }

    private static bool IsDate(string value, TimeSpan first, TimeSpan last)
    {
        if (!Like(Date)(value))
        {
            return false;
        }

        // The day of the week must agree with the date: parsing checks that.
        DateTimeOffset date = DateTimeOffset.ParseExact(
            value[..24], "ddd MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        TimeSpan distance = date - Rendering.Noon;
        return distance >= first - TimeSpan.FromSeconds(1) && distance <= last && distance != TimeSpan.Zero;
    }

    private static bool IsIban(string value)
    {
        if (!Like("[A-Z]{2}[0-9]{2}[0-9A-Z]{11,27}")(value))
        {
            return false;
        }

        string digits = string.Concat((value[4..] + value[..4]).Select(character => char.IsDigit(character) ? $"{character}" : $"{character - 'A' + 10}"));
        return BigInteger.Parse(digits) % 97 == 1 && int.Parse(value[2..4]) is >= 2 and <= 98;
    }

    private static bool IsSvg(string value)
    {
        const string Prefix = "data:image/svg+xml;charset=UTF-8,";
        return value.StartsWith(Prefix, StringComparison.Ordinal)
            && Like(@"[\w.%-]+")(value[Prefix.Length..])
            && System.Xml.Linq.XDocument.Parse(Uri.UnescapeDataString(value[Prefix.Length..])).Root!.Name.LocalName == "svg";
    }
}
