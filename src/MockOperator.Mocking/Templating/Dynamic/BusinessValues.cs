namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Companies and the way they talk.</summary>
internal static class BusinessValues
{
    private static readonly WordList s_suffixes = new("Inc|LLC|Group|and Sons"u8);

    private static readonly WordList s_verbs = new(
        """
        aggregate|architect|benchmark|brand|cultivate|deliver|deploy|disintermediate|drive|embrace|empower|enable|engage|engineer|enhance|envision|evolve|expedite
        exploit|extend|facilitate|generate|grow|harness|implement|incentivize|incubate|innovate|integrate|iterate|leverage|matrix|maximize|mesh|monetize
        optimize|orchestrate|recontextualize|redefine|reinvent|repurpose|scale|seize|strategize|streamline|syndicate|synergize|target|transform|transition
        unleash|utilize|visualize
        """u8);

    private static readonly WordList s_adjectives = new(
        """
        adaptive|agile|back-end|best-of-breed|bleeding-edge|bricks-and-clicks|clicks-and-mortar|collaborative|compelling|cross-media|cross-platform|customized
        cutting-edge|distributed|dot-com|dynamic|efficient|end-to-end|enterprise|extensible|frictionless|front-end|global|granular|holistic|impactful|innovative
        integrated|interactive|intuitive|killer|leading-edge|magnetic|mission-critical|next-generation|one-to-one|open-source|out-of-the-box|plug-and-play
        proactive|real-time|revolutionary|rich|robust|scalable|seamless|sexy|sticky|strategic|synergistic|transparent|turn-key|ubiquitous|user-centric
        value-added|vertical|viral|virtual|visionary|wireless|world-class
        """u8);

    private static readonly WordList s_nouns = new(
        """
        action-items|applications|architectures|bandwidth|channels|communities|content|convergence|deliverables|e-business|e-commerce|e-markets|e-services
        e-tailers|experiences|eyeballs|functionalities|infrastructures|initiatives|interfaces|markets|methodologies|metrics|mindshare|models|networks|niches
        paradigms|partnerships|platforms|portals|relationships|ROI|schemas|solutions|supply-chains|synergies|systems|technologies|users|vortals|web services
        web-readiness|workflows
        """u8);

    private static readonly WordList s_sloganAdjectives = new(
        """
        Adaptive|Advanced|Ameliorated|Assimilated|Automated|Balanced|Centralized|Compatible|Configurable|Cross-group|Customizable|Decentralized|Devolved|Digitized
        Distributed|Diverse|Enhanced|Ergonomic|Expanded|Exclusive|Extended|Focused|Front-line|Fundamental|Grass-roots|Horizontal|Implemented|Innovative
        Integrated|Intuitive|Inverse|Managed|Mandatory|Monitored|Multi-layered|Networked|Object-based|Open-source|Optimized|Optional|Organic|Organized
        Persevering|Persistent|Phased|Polarised|Proactive|Profound|Progressive|Public-key|Quality-focused|Reactive|Reduced|Robust|Seamless|Secured|Sharable
        Streamlined|Synchronised|Synergized|Team-oriented|Total|Triple-buffered|Universal|Up-sized|Upgradable|User-centric|User-friendly|Versatile|Virtual
        Vision-oriented
        """u8);

    private static readonly WordList s_sloganDescriptors = new(
        """
        24 hour|24/7|3rd generation|5th generation|analyzing|asymmetric|asynchronous|attitude-oriented|background|bandwidth-monitored|bi-directional|bifurcated
        bottom-line|clear-thinking|client-driven|client-server|coherent|cohesive|composite|content-based|context-sensitive|contextually-based|dedicated
        demand-driven|didactic|directional|discrete|disintermediate|dynamic|eco-centric|empowering|encompassing|even-keeled|executive|explicit|exuding
        fault-tolerant|foreground|fresh-thinking|full-range|global|grid-enabled|heuristic|high-level|holistic|homogeneous|human-resource|hybrid|impactful
        incremental|intangible|interactive|intermediate|leading edge|local|logistical|maximized|methodical|mission-critical|mobile|modular|motivating
        multi-state|multi-tasking|national|needs-based|neutral|next generation|non-volatile|object-oriented|optimal|radical|real-time|reciprocal|regional
        responsive|scalable|secondary|solution-oriented|stable|static|systematic|systemic|tangible|tertiary|transitional|uniform|value-added|web-enabled
        well-modulated|zero defect|zero tolerance
        """u8);

    private static readonly WordList s_sloganNouns = new(
        """
        ability|access|adapter|algorithm|alliance|analyzer|application|approach|architecture|archive|array|artificial intelligence|attitude|benchmark
        budgetary management|capability|capacity|challenge|circuit|collaboration|complexity|concept|conglomeration|contingency|core|customer loyalty|data-warehouse
        database|definition|emulation|encoding|encryption|extranet|firmware|flexibility|focus group|forecast|frame|framework|function|functionalities
        graphic interface|groupware|hardware|help-desk|hierarchy|hub|implementation|info-mediaries|infrastructure|initiative|installation|instruction set
        interface|intranet|knowledge base|knowledge user|leverage|local area network|matrices|methodology|middleware|migration|model|moderator|monitoring
        moratorium|neural-net|open architecture|open system|orchestration|paradigm|parallelism|policy|portal|pricing structure|process improvement|product
        productivity|project|protocol|secured line|service-desk|software|solution|standardization|strategy|structure|success|superstructure|support|synergy
        system engine|task-force|throughput|time-frame|toolset|utilisation|website|workforce
        """u8);

    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$randomCompanyName", WriteCompanyName),
        ("$randomCompanySuffix", s_suffixes.AsValue()),
        ("$randomBs", static (ref sink, ref context) => WordList.WriteWords(ref sink, ref context.Random, s_verbs, s_adjectives, s_nouns)),
        ("$randomBsAdjective", s_adjectives.AsValue()),
        ("$randomBsBuzz", s_verbs.AsValue()),
        ("$randomBsNoun", s_nouns.AsValue()),
        ("$randomCatchPhrase", WriteCatchPhrase),
        ("$randomCatchPhraseAdjective", s_sloganAdjectives.AsValue()),
        ("$randomCatchPhraseDescriptor", s_sloganDescriptors.AsValue()),
        ("$randomCatchPhraseNoun", s_sloganNouns.AsValue()),
    ];

    private static void WriteCompanyName(ref Utf8Sink sink, ref RenderContext context)
    {
        ref RandomStream random = ref context.Random;
        sink.Write(NameValues.LastNames.Pick(ref random));
        switch (random.Below(3))
        {
            case 0:
                sink.Write((byte)' ');
                sink.Write(s_suffixes.Pick(ref random));
                break;
            case 1:
                sink.Write(" - "u8);
                sink.Write(NameValues.LastNames.Pick(ref random));
                break;
            default:
                sink.Write(", "u8);
                sink.Write(NameValues.LastNames.Pick(ref random));
                sink.Write(" and "u8);
                sink.Write(NameValues.LastNames.Pick(ref random));
                break;
        }
    }

    private static void WriteCatchPhrase(ref Utf8Sink sink, ref RenderContext context) =>
        WordList.WriteWords(ref sink, ref context.Random, s_sloganAdjectives, s_sloganDescriptors, s_sloganNouns);
}
