namespace MockOperator.Dashboard.Tests.Showing;

/// <summary>Visitors who are known.</summary>
internal static class Visits
{
    /// <summary>Whoever started the dashboard.</summary>
    public static async Task<Visitor> EnterAsync(this Showcase shown)
    {
        var visitor = new Visitor(shown.Url);
        Assert.Equal(303, (await visitor.GetAsync(shown.Entry)).Status);
        return visitor;
    }

    /// <summary>Somebody who signed in with a token.</summary>
    public static async Task<Visitor> SignInAsync(this Showcase shown, string token)
    {
        var visitor = new Visitor(shown.Url);
        var answer = await visitor.PostAsync("/login", ("token", token), ("return", "/mocks?namespace=shop"), ("method", "get"));
        Assert.Equal((303, "/mocks?namespace=shop"), (answer.Status, answer.Location));
        await visitor.GetAsync("/mocks?namespace=shop");
        return visitor;
    }
}
