namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Words of relational databases.</summary>
internal static class DatabaseValues
{
    private static readonly WordList s_columns = new(
        """
        id|title|name|email|phone|token|group|category|password|comment|avatar|status|createdAt|updatedAt|deletedAt|firstName|lastName|userId|ownerId|parentId
        orderId|amount|currency|country|city|street|zipCode|locale|role|version|position|startsAt|endsAt|isActive|description|url|slug|price|quantity|checksum
        """u8);

    private static readonly WordList s_types = new(
        """
        int|varchar|text|date|datetime|tinyint|time|timestamp|smallint|serial|bit|decimal|float|double|real|point|mediumint|boolean|binary|enum|geometry|set
        blob|bigint|char|json|numeric|varbinary|year|longtext
        """u8);

    private static readonly WordList s_collations = new(
        """
        utf8_unicode_ci|utf8_general_ci|utf8_bin|utf8mb4_general_ci|utf8mb4_unicode_ci|utf8mb4_0900_ai_ci|utf8mb4_bin|ascii_bin|ascii_general_ci|cp1250_bin
        cp1250_general_ci|latin1_swedish_ci|latin1_general_cs|latin2_general_ci|ucs2_general_ci
        """u8);

    private static readonly WordList s_engines = new("InnoDB|MyISAM|MEMORY|CSV|BLACKHOLE|ARCHIVE|FEDERATED|MERGE|NDB"u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomDatabaseColumn", s_columns.AsValue()),
        ("$randomDatabaseType", s_types.AsValue()),
        ("$randomDatabaseCollation", s_collations.AsValue()),
        ("$randomDatabaseEngine", s_engines.AsValue()),
    ];
}
