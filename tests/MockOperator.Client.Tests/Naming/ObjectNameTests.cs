using MockOperator.Client.Naming;

namespace MockOperator.Client.Tests.Naming;

/// <summary>Whatever people write becomes a name that a mock can have.</summary>
public sealed class ObjectNameTests
{
    [Theory]
    [InlineData("My API (v2)", "my-api-v2")]
    [InlineData("  2nd Petstore!! ", "nd-petstore")]
    [InlineData("Ümläut", "ml-ut")]
    [InlineData("42", "")]
    [InlineData("---", "")]
    [InlineData("", "")]
    public void Names_for_people_become_names_of_objects(string text, string name) => Assert.Equal(name, ObjectName.Of(text));

    [Fact]
    public void They_are_short_enough_whatever_people_write()
    {
        var name = ObjectName.Of(new string('x', 500));
        Assert.Equal(52, name.Length);
        Assert.True(ObjectName.IsOfMock(name));
        Assert.InRange(ObjectName.Another(name).Length, 1, ObjectName.Longest);
        Assert.True(ObjectName.IsOfMock(ObjectName.Another("a-")));
        Assert.Equal("mock", ObjectName.Of("!", "mock"));
        Assert.Equal(new string('x', 51), ObjectName.Of(new string('x', 51) + " y"));
    }

    [Theory]
    [InlineData("petstore", true)]
    [InlineData("pets-2", true)]
    [InlineData("2pets", false)]
    [InlineData("pets-", false)]
    [InlineData("Pets", false)]
    [InlineData("pets.shop", false)]
    [InlineData("", false)]
    [InlineData("a12345678901234567890123456789012345678901234567890xyz", false)]
    public void What_a_Service_cannot_be_called_is_no_name_of_a_mock(string name, bool expected) => Assert.Equal(expected, ObjectName.IsOfMock(name));

    [Theory]
    [InlineData("2pets", 63, true)]
    [InlineData("pets", 3, false)]
    [InlineData("-pets", 63, false)]
    [InlineData("../pets", 63, false)]
    [InlineData("", 63, false)]
    public void A_label_is_of_small_letters_digits_and_dashes_between_them(string text, int most, bool expected) => Assert.Equal(expected, DnsLabel.Is(text, most));

    [Fact]
    public async Task A_name_that_is_taken_is_tried_with_another_ending_five_times()
    {
        var tried = new List<string>();
        var made = await ObjectName.FirstFreeAsync(
            "pets",
            name =>
            {
                tried.Add(name);
                return tried.Count < 3 ? Task.FromException<string>(new InvalidOperationException()) : Task.FromResult(name);
            },
            static e => e is InvalidOperationException);
        Assert.Equal(("pets", 3, made), (tried[0], tried.Distinct(StringComparer.Ordinal).Count(), tried[2]));

        tried.Clear();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ObjectName.FirstFreeAsync(
            "pets",
            name =>
            {
                tried.Add(name);
                return Task.FromException<string>(new InvalidOperationException());
            },
            static _ => true));
        Assert.Equal(5, tried.Count);
    }
}
