namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Telephone numbers and places.</summary>
internal static class AddressValues
{
    /// <summary>Countries of ISO 3166-1, officially assigned alpha-2 codes.</summary>
    public static WordList CountryCodes { get; } = new(
        """
        AD|AE|AF|AG|AI|AL|AM|AO|AQ|AR|AS|AT|AU|AW|AX|AZ|BA|BB|BD|BE|BF|BG|BH|BI|BJ|BL|BM|BN|BO|BQ|BR|BS|BT|BV|BW|BY|BZ|CA|CC|CD|CF|CG|CH|CI|CK|CL|CM|CN|CO|CR
        CU|CV|CW|CX|CY|CZ|DE|DJ|DK|DM|DO|DZ|EC|EE|EG|EH|ER|ES|ET|FI|FJ|FK|FM|FO|FR|GA|GB|GD|GE|GF|GG|GH|GI|GL|GM|GN|GP|GQ|GR|GS|GT|GU|GW|GY|HK|HM|HN|HR|HT|HU
        ID|IE|IL|IM|IN|IO|IQ|IR|IS|IT|JE|JM|JO|JP|KE|KG|KH|KI|KM|KN|KP|KR|KW|KY|KZ|LA|LB|LC|LI|LK|LR|LS|LT|LU|LV|LY|MA|MC|MD|ME|MF|MG|MH|MK|ML|MM|MN|MO|MP|MQ
        MR|MS|MT|MU|MV|MW|MX|MY|MZ|NA|NC|NE|NF|NG|NI|NL|NO|NP|NR|NU|NZ|OM|PA|PE|PF|PG|PH|PK|PL|PM|PN|PR|PS|PT|PW|PY|QA|RE|RO|RS|RU|RW|SA|SB|SC|SD|SE|SG|SH|SI
        SJ|SK|SL|SM|SN|SO|SR|SS|ST|SV|SX|SY|SZ|TC|TD|TF|TG|TH|TJ|TK|TL|TM|TN|TO|TR|TT|TV|TW|TZ|UA|UG|UM|US|UY|UZ|VA|VC|VE|VG|VI|VN|VU|WF|WS|YE|YT|ZA|ZM|ZW
        """u8);

    private static readonly WordList s_countries = new(
        """
        Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan
        Bolivia|Botswana|Brazil|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Chad|Chile|China|Colombia|Comoros|Costa Rica|Croatia|Cuba
        Cyprus|Czech Republic|Denmark|Djibouti|Dominica|Dominican Republic|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France
        Gabon|Gambia|Georgia|Germany|Ghana|Greece|Greenland|Grenada|Guatemala|Guinea|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iraq|Ireland|Israel
        Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania
        Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique
        Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Macedonia|Norway|Oman|Pakistan|Palau|Panama|Papua New Guinea|Paraguay|Peru
        Philippines|Poland|Portugal|Qatar|Romania|Rwanda|Saint Lucia|Samoa|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia
        Slovenia|Somalia|South Africa|South Korea|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|Tunisia
        Turkey|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States of America|Uruguay|Uzbekistan|Vanuatu|Vietnam|Yemen|Zambia
        Zimbabwe
        """u8);

    private static readonly WordList s_cityPrefixes = new("North|East|South|West|New|Lake|Port|Fort|Mount|Saint|Upper|Lower"u8);

    private static readonly WordList s_citySuffixes = new("ton|ville|burgh|bury|field|ford|ham|haven|land|mouth|port|shire|side|stad|town|view|wick|worth|dale|berg"u8);

    private static readonly WordList s_streetSuffixes = new(
        """
        Alley|Avenue|Boulevard|Bridge|Canyon|Circle|Close|Court|Crescent|Crossing|Drive|Extension|Fields|Forge|Garden|Grove|Harbor|Heights|Highway|Hill|Island
        Junction|Lane|Loop|Meadow|Mews|Park|Parkway|Pass|Path|Place|Plaza|Point|Ridge|River|Road|Row|Shore|Square|Street|Terrace|Trail|Union|Valley|View|Walk|Way
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomPhoneNumber", static (ref sink, ref context) => WritePhoneNumber(ref sink, ref context.Random)),
        ("$randomPhoneNumberExt", WritePhoneNumberExt),
        ("$randomCity", WriteCity),
        ("$randomStreetName", static (ref sink, ref context) => WriteStreetName(ref sink, ref context.Random)),
        ("$randomStreetAddress", WriteStreetAddress),
        ("$randomCountry", s_countries.AsValue()),
        ("$randomCountryCode", CountryCodes.AsValue()),
        ("$randomLatitude", static (ref sink, ref context) => WriteDegrees(ref sink, context.Random.Between(-900_000, 900_000))),
        ("$randomLongitude", static (ref sink, ref context) => WriteDegrees(ref sink, context.Random.Between(-1_800_000, 1_800_000))),
    ];

    /// <summary>Area and exchange begin with 2 to 9, as in the North American plan.</summary>
    private static void WritePhoneNumber(ref Utf8Sink sink, ref RandomStream random)
    {
        sink.Write(random.Between(200, 999));
        sink.Write((byte)'-');
        sink.Write(random.Between(200, 999));
        sink.Write((byte)'-');
        Characters.Write(ref sink, ref random, Characters.Digits, 4);
    }

    private static void WritePhoneNumberExt(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write(context.Random.Between(1, 99));
        sink.Write((byte)'-');
        WritePhoneNumber(ref sink, ref context.Random);
    }

    private static void WriteCity(ref Utf8Sink sink, ref RenderContext context)
    {
        ref RandomStream random = ref context.Random;
        int kind = random.Below(3);
        if (kind > 0)
        {
            sink.Write(s_cityPrefixes.Pick(ref random));
            sink.Write((byte)' ');
        }

        sink.Write(random.Below(2) == 0 ? NameValues.FirstNames.Pick(ref random) : NameValues.LastNames.Pick(ref random));
        if (kind < 2)
        {
            sink.Write(s_citySuffixes.Pick(ref random));
        }
    }

    private static void WriteStreetName(ref Utf8Sink sink, ref RandomStream random)
    {
        sink.Write(random.Below(2) == 0 ? NameValues.FirstNames.Pick(ref random) : NameValues.LastNames.Pick(ref random));
        sink.Write((byte)' ');
        sink.Write(s_streetSuffixes.Pick(ref random));
    }

    private static void WriteStreetAddress(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write(context.Random.Between(1, 9999));
        sink.Write((byte)' ');
        WriteStreetName(ref sink, ref context.Random);
    }

    private static void WriteDegrees(ref Utf8Sink sink, int tenThousandths)
    {
        if (tenThousandths < 0)
        {
            sink.Write((byte)'-');
            tenThousandths = -tenThousandths;
        }

        sink.Write(tenThousandths / 10_000);
        sink.Write((byte)'.');
        sink.Write(tenThousandths % 10_000, 4);
    }
}
