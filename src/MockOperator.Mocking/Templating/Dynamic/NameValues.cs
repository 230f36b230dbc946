namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Names of people.</summary>
internal static class NameValues
{
    /// <summary>Given names, plain letters only: they become parts of addresses too.</summary>
    public static WordList FirstNames { get; } = new(
        """
        Ada|Adam|Adele|Agnes|Aisha|Alan|Albert|Alice|Alma|Amara|Amir|Amy|Andre|Angela|Anika|Anna|Anton|Ariel|Arthur|Asha|Astrid|Aurora|Axel|Barbara|Beatrice
        Ben|Bianca|Bruno|Camila|Carl|Carmen|Cecil|Celia|Chloe|Clara|Cora|Daisy|Daniel|Daphne|David|Della|Diego|Dora|Dylan|Edgar|Edith|Elena|Eli|Elias|Ella
        Elsa|Emil|Emma|Enzo|Erica|Ernest|Esther|Eva|Fatima|Felix|Fiona|Flora|Frances|Frank|Freya|Gabriel|George|Gina|Grace|Greta|Gustav|Hana|Hannah|Harold
        Hazel|Hector|Helen|Henry|Hugo|Ida|Igor|Ines|Ingrid|Irene|Iris|Isaac|Ivan|Jack|Jacob|Jana|Jasmine|Joel|Johan|Jonas|Joseph|Julia|Karim|Karl|Kate|Kenji
        Kira|Lara|Laura|Leah|Lena|Leo|Leon|Lila|Linda|Linus|Lisa|Logan|Louis|Lucas|Lucy|Luis|Luna|Magnus|Maja|Malik|Marco|Maria|Marta|Martin|Mateo|Maya|Mia
        Mila|Mina|Mohan|Mona|Nadia|Naomi|Nathan|Nico|Nils|Nina|Noah|Nora|Olga|Oliver|Omar|Oscar|Otto|Owen|Paula|Pedro|Petra|Philip|Priya|Quinn|Rachel|Rafael
        Rahul|Ravi|Rebecca|Rita|Robin|Roman|Rosa|Ruben|Ruth|Samir|Samuel|Sara|Selma|Simon|Sofia|Stella|Sven|Tara|Teresa|Theo|Thomas|Tilda|Tomas|Uma|Ursula
        Vera|Victor|Viola|Walter|Wanda|Wendy|Xenia|Yara|Yusuf|Zara|Zoe
        """u8);

    /// <summary>Family names, plain letters only.</summary>
    public static WordList LastNames { get; } = new(
        """
        Abbott|Adler|Ahmed|Almeida|Alvarez|Andersen|Archer|Bailey|Baker|Barnes|Bauer|Becker|Bennett|Berg|Bishop|Blake|Bloom|Boone|Bosch|Brandt|Brooks|Burke
        Byrne|Calder|Carlson|Carter|Castro|Chandra|Chen|Clarke|Conrad|Cooper|Costa|Craig|Cruz|Dalton|Daniels|Dawson|Delgado|Diaz|Doyle|Drake|Duncan|Eaton
        Ellis|Emery|Eriksen|Evans|Farrell|Fischer|Fletcher|Flores|Forbes|Foster|Fowler|Frost|Fuchs|Garcia|Gibson|Gomez|Grant|Graves|Griffin|Gupta|Haas|Hahn
        Hale|Hansen|Harper|Hart|Hayes|Heller|Henson|Herrera|Hoffman|Holm|Hughes|Hunter|Ibrahim|Ivanov|Jansen|Jensen|Joshi|Kane|Kaur|Keller|Khan|Kim|Klein
        Knight|Koch|Kovacs|Kramer|Kumar|Lambert|Lang|Larsen|Lawson|Lee|Lehmann|Lindgren|Lopez|Lowe|Lund|Maier|Mann|Marsh|Martinez|Mason|Mehta|Mendez|Meyer
        Miller|Moreau|Morgan|Moss|Munoz|Murphy|Nair|Nash|Nelson|Neumann|Nguyen|Nielsen|Noble|Nolan|Novak|Nowak|Olsen|Ortega|Osborne|Owens|Page|Palmer|Parker
        Patel|Pearce|Perez|Petrov|Pfeiffer|Pierce|Porter|Quist|Ramos|Rao|Reed|Reyes|Rhodes|Richter|Rivera|Rojas|Romero|Rossi|Roth|Russo|Sanders|Santos|Sato
        Schmidt|Schneider|Sharma|Shaw|Silva|Singh|Soto|Stone|Suzuki|Svensson|Tanaka|Torres|Tucker|Turner|Vance|Vargas|Vega|Vogel|Wagner|Walsh|Wang|Ward|Weber
        Wells|West|Winter|Wolf|Wood|Wright|Yamada|Young|Zimmer
        """u8);

    private static readonly WordList s_prefixes = new("Mr.|Mrs.|Ms.|Miss|Dr."u8);

    private static readonly WordList s_suffixes = new("Jr.|Sr.|I|II|III|IV|V|MD|DDS|PhD|DVM"u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomFirstName", FirstNames.AsValue()),
        ("$randomLastName", LastNames.AsValue()),
        ("$randomFullName", WriteFullName),
        ("$randomNamePrefix", s_prefixes.AsValue()),
        ("$randomNameSuffix", s_suffixes.AsValue()),
    ];

    /// <summary>Given and family name; one in eight with a prefix, one in eight with a suffix.</summary>
    private static void WriteFullName(ref Utf8Sink sink, ref RenderContext context)
    {
        int kind = context.Random.Below(8);
        if (kind == 0)
        {
            sink.Write(s_prefixes.Pick(ref context.Random));
            sink.Write((byte)' ');
        }

        sink.Write(FirstNames.Pick(ref context.Random));
        sink.Write((byte)' ');
        sink.Write(LastNames.Pick(ref context.Random));
        if (kind == 1)
        {
            sink.Write((byte)' ');
            sink.Write(s_suffixes.Pick(ref context.Random));
        }
    }
}
