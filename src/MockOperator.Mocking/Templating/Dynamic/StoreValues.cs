namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Products and the shops that sell them.</summary>
internal static class StoreValues
{
    /// <summary>Product nouns, one word each.</summary>
    public static WordList Products { get; } = new(
        """
        Towels|Chair|Car|Computer|Keyboard|Mouse|Bike|Ball|Gloves|Pants|Shirt|Table|Shoes|Hat|Soap|Tuna|Chicken|Fish|Cheese|Bacon|Pizza|Salad|Sausages|Chips|Lamp
        Mirror|Kettle|Blanket|Pillow|Basket|Backpack|Umbrella|Candle|Clock|Mug|Bottle|Scarf|Jacket|Wallet|Notebook
        """u8);

    /// <summary>Product adjectives, one word each.</summary>
    public static WordList Adjectives { get; } = new(
        """
        Small|Ergonomic|Rustic|Intelligent|Gorgeous|Incredible|Fantastic|Practical|Sleek|Awesome|Generic|Handcrafted|Handmade|Licensed|Refined|Unbranded|Tasty
        Compact|Durable|Elegant|Foldable|Heavy|Light|Luxurious|Modern|Oriental|Portable|Recycled|Smart|Sturdy|Vintage|Waterproof
        """u8);

    private static readonly WordList s_materials = new(
        """
        Steel|Wooden|Concrete|Plastic|Cotton|Granite|Rubber|Metal|Soft|Fresh|Frozen|Aluminum|Bamboo|Bronze|Ceramic|Copper|Cork|Glass|Iron|Leather|Linen|Marble
        Paper|Silk|Silver|Stone|Titanium|Velvet|Wool|Clay
        """u8);

    private static readonly WordList s_departments = new(
        """
        Books|Movies|Music|Games|Electronics|Computers|Home|Garden|Tools|Grocery|Health|Beauty|Toys|Kids|Baby|Clothing|Shoes|Jewelery|Sports|Outdoors|Automotive
        Industrial|Furniture|Kitchen|Office|Pets|Stationery|Travel|Bath|Lighting
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomPrice", WritePrice),
        ("$randomProduct", Products.AsValue()),
        ("$randomProductAdjective", Adjectives.AsValue()),
        ("$randomProductMaterial", s_materials.AsValue()),
        ("$randomProductName", static (ref sink, ref context) => WordList.WriteWords(ref sink, ref context.Random, Adjectives, s_materials, Products)),
        ("$randomDepartment", s_departments.AsValue()),
    ];

    private static void WritePrice(ref Utf8Sink sink, ref RenderContext context)
    {
        int cents = context.Random.Between(0, 100_000);
        sink.Write(cents / 100);
        sink.Write((byte)'.');
        sink.Write(cents % 100, 2);
    }
}
