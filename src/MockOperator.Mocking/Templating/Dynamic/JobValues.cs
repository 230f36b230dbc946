namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Professions.</summary>
internal static class JobValues
{
    private static readonly WordList s_descriptors = new(
        """
        Senior|Junior|Lead|Chief|Principal|Global|Regional|National|International|District|Central|Corporate|Direct|Dynamic|Forward|Future|Customer|Internal
        Investor|Legacy|Human|Product|Deputy|Associate|Assistant|Executive|Acting|Interim|Field|Staff|Group|Area
        """u8);

    private static readonly WordList s_areas = new(
        """
        Mobility|Security|Accounts|Applications|Assurance|Branding|Brand|Communications|Configuration|Creative|Data|Directives|Division|Factors|Functionality
        Group|Identity|Implementation|Infrastructure|Integration|Interactions|Intranet|Marketing|Markets|Metrics|Operations|Optimization|Paradigm|Program
        Quality|Research|Response|Solutions|Tactics|Usability|Web
        """u8);

    private static readonly WordList s_types = new(
        """
        Supervisor|Manager|Director|Engineer|Analyst|Architect|Designer|Developer|Consultant|Coordinator|Administrator|Specialist|Strategist|Technician
        Planner|Officer|Executive|Associate|Agent|Assistant|Facilitator|Liaison|Orchestrator|Producer|Representative|Advisor|Auditor|Editor|Trainer|Buyer
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomJobArea", s_areas.AsValue()),
        ("$randomJobDescriptor", s_descriptors.AsValue()),
        ("$randomJobType", s_types.AsValue()),
        ("$randomJobTitle", static (ref sink, ref context) => WordList.WriteWords(ref sink, ref context.Random, s_descriptors, s_areas, s_types)),
    ];
}
