namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Accounts, currencies and payments.</summary>
internal static class FinanceValues
{
    private static readonly WordList s_accounts = new(
        "Checking|Savings|Money Market|Investment|Home Loan|Credit Card|Auto Loan|Personal Loan|Brokerage|Retirement|Student Loan|Business"u8);

    private static readonly WordList s_transactions = new("invoice|payment|deposit|withdrawal"u8);

    private static readonly WordList s_currencyCodes = new(
        """
        AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHF|CLP|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD
        EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP
        LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR
        SBD|SCR|SDG|SEK|SGD|SHP|SOS|SRD|SSP|STN|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|UYU|UZS|VES|VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW
        """u8);

    private static readonly WordList s_currencyNames = new(
        """
        Afghani|Algerian Dinar|Armenian Dram|Australian Dollar|Bahraini Dinar|Baht|Balboa|Barbados Dollar|Belize Dollar|Boliviano|Brazilian Real|Bulgarian Lev
        Canadian Dollar|Cedi|Chilean Peso|Colombian Peso|Costa Rican Colon|Czech Koruna|Dalasi|Danish Krone|Denar|Dong|Egyptian Pound|Ethiopian Birr|Euro
        Fiji Dollar|Forint|Gourde|Guarani|Hong Kong Dollar|Hryvnia|Iceland Krona|Indian Rupee|Iraqi Dinar|Jamaican Dollar|Jordanian Dinar|Kenyan Shilling|Kina
        Kuwaiti Dinar|Kwacha|Kyat|Lari|Lebanese Pound|Lempira|Leone|Liberian Dollar|Loti|Malaysian Ringgit|Mauritius Rupee|Mexican Peso|Moroccan Dirham|Naira
        Nepalese Rupee|New Israeli Sheqel|New Taiwan Dollar|New Zealand Dollar|Norwegian Krone|Nuevo Sol|Pakistan Rupee|Peso Uruguayo|Philippine Peso
        Pound Sterling|Pula|Quetzal|Rand|Rial Omani|Riel|Romanian Leu|Rufiyaa|Rupiah|Saudi Riyal|Serbian Dinar|Singapore Dollar|Somali Shilling
        Swedish Krona|Swiss Franc|Tala|Tenge|Tugrik|Tunisian Dinar|Turkish Lira|UAE Dirham|US Dollar|Vatu|Won|Yen|Yuan Renminbi|Zloty
        """u8);

    private static readonly WordList s_currencySymbols = new("$|€|£|¥|₹|₩|₽|₺|₪|₫|₱|₦|₡|₲|₴|₸|₭|₮|฿|﷼|៛|kr|zł|Kč|Ft|лв|R$|S/.|C$|NT$|RD$|J$|TT$|BZ$|Gs|Bs|CHF|Lek|KM|kn|R|P|Q|L|B/.|$b|$U"u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomBankAccount", static (ref sink, ref context) => Characters.Write(ref sink, ref context.Random, Characters.Digits, 8)),
        ("$randomBankAccountName", WriteAccountName),
        ("$randomCreditCardMask", static (ref sink, ref context) => Characters.Write(ref sink, ref context.Random, Characters.Digits, 4)),
        ("$randomBankAccountBic", WriteBic),
        ("$randomBankAccountIban", static (ref sink, ref context) => Iban.Write(ref sink, ref context.Random)),
        ("$randomTransactionType", s_transactions.AsValue()),
        ("$randomCurrencyCode", s_currencyCodes.AsValue()),
        ("$randomCurrencyName", s_currencyNames.AsValue()),
        ("$randomCurrencySymbol", s_currencySymbols.AsValue()),
        ("$randomBitcoin", WriteBitcoin),
    ];

    private static void WriteAccountName(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write(s_accounts.Pick(ref context.Random));
        sink.Write(" Account"u8);
    }

    /// <summary>ISO 9362: institution, country, location (its second character neither 0 nor 1, which mark tests and passive members), sometimes a branch.</summary>
    private static void WriteBic(ref Utf8Sink sink, ref RenderContext context)
    {
        ref RandomStream random = ref context.Random;
        Characters.Write(ref sink, ref random, Characters.Upper, 4);
        sink.Write(AddressValues.CountryCodes.Pick(ref random));
        Characters.Write(ref sink, ref random, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"u8, 2);
        if (random.Below(2) == 0)
        {
            Characters.Write(ref sink, ref random, Characters.Upper, 1);
            Characters.Write(ref sink, ref random, Characters.UpperAndDigits, 2);
        }
    }

    /// <summary>Looks like an address of 26 to 34 Base58 characters; it has no checksum, so that nothing can be sent to it by mistake.</summary>
    private static void WriteBitcoin(ref Utf8Sink sink, ref RenderContext context)
    {
        sink.Write(context.Random.Below(2) == 0 ? "1"u8 : "3"u8);
        int length = context.Random.Between(25, 33);
        Characters.Write(ref sink, ref context.Random, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8, length);
    }
}
