namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Links to placeholder pictures of 640 × 480 pixels, with the category as last segment.</summary>
internal static class ImageValues
{
    private const string Placeholder = "https://loremflickr.com/640/480";

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomAvatarImage", WriteAvatar),
        ("$randomImageUrl", static (ref sink, ref context) => sink.Write(Placeholder)),
        ("$randomAbstractImage", Category("abstract")),
        ("$randomAnimalsImage", Category("animals")),
        ("$randomBusinessImage", Category("business")),
        ("$randomCatsImage", Category("cats")),
        ("$randomCityImage", Category("city")),
        ("$randomFoodImage", Category("food")),
        ("$randomNightlifeImage", Category("nightlife")),
        ("$randomFashionImage", Category("fashion")),
        ("$randomPeopleImage", Category("people")),
        ("$randomNatureImage", Category("nature")),
        ("$randomSportsImage", Category("sports")),
        ("$randomTransportImage", Category("transport")),
        ("$randomImageDataUri", WriteDataUri),
    ];

    private static DynamicValue Category(string category)
    {
        string url = $"{Placeholder}/{category}";
        return (ref sink, ref context) => sink.Write(url);
    }

    private static void WriteAvatar(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write("https://i.pravatar.cc/128?img="u8);
        sink.Write(context.Random.Between(1, 70));
    }

    /// <summary>An SVG of one colour, percent-encoded.</summary>
    private static void WriteDataUri(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write("data:image/svg+xml;charset=UTF-8,%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%20width%3D%22640%22%20height%3D%22480%22%3E"u8);
        sink.Write("%3Crect%20width%3D%22100%25%22%20height%3D%22100%25%22%20fill%3D%22%23"u8);
        Characters.Write(ref sink, ref context.Random, Characters.Hex, 6);
        sink.Write("%22%2F%3E%3Ctext%20x%3D%2220%22%20y%3D%2240%22%20fill%3D%22white%22%3E640x480%3C%2Ftext%3E%3C%2Fsvg%3E"u8);
    }
}
