using System.Globalization;
using System.Text;

namespace MockOperator.Client.Ports;

/// <summary>What a runtime pod counts, as Prometheus reads it (text format 0.0.4). Lines that cannot be understood are passed over.</summary>
public sealed class PodMetrics
{
    private const int Most = 200_000;

    private readonly List<Sample> _samples;

    private PodMetrics(List<Sample> samples) => _samples = samples;

    /// <summary>The revision that the pod serves; null when it serves none.</summary>
    public string? Revision => _samples.Find(sample => sample is { Name: "mock_info", Value: 1 })?.Label("revision");

    /// <summary>How many requests each key of the mock admitted since the process began, by the name of the key. A key that is valid is there from the beginning, with 0.</summary>
    public IReadOnlyDictionary<string, double> KeyRequests =>
        _samples.Where(sample => sample.Name == "mock_api_key_requests_total").GroupBy(sample => sample.Label("key") ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(sample => sample.Value), StringComparer.Ordinal);

    /// <summary>Reads metrics.</summary>
    /// <param name="text">The text.</param>
    /// <returns>What could be read of it, at most 200,000 samples.</returns>
    public static PodMetrics Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var samples = new List<Sample>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (samples.Count < Most && line.Length > 0 && line[0] != '#' && Sample.Read(line) is { } sample)
                samples.Add(sample);
        }

        return new PodMetrics(samples);
    }

    private sealed record Sample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
    {
        public string? Label(string name) => Labels.FirstOrDefault(label => label.Key == name).Value;

        public static Sample? Read(ReadOnlySpan<char> line)
        {
            var end = line.IndexOfAny("{ ");
            if (end <= 0)
                return null;
            var labels = new List<KeyValuePair<string, string>>();
            var rest = line[end..];
            if (rest[0] == '{' && !ReadLabels(ref rest, labels))
                return null;
            rest = rest.Trim(' ');
            var space = rest.IndexOf(' ');
            return double.TryParse(space < 0 ? rest : rest[..space], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? new Sample(line[..end].ToString(), labels, value)
                : null;
        }

        private static bool ReadLabels(ref ReadOnlySpan<char> rest, List<KeyValuePair<string, string>> labels)
        {
            rest = rest[1..];
            while (rest.Length > 0)
            {
                if (rest[0] == '}')
                {
                    rest = rest[1..];
                    return true;
                }

                var equals = rest.IndexOf("=\"", StringComparison.Ordinal);
                if (equals <= 0)
                    return false;
                var name = rest[..equals].Trim(", ").ToString();
                rest = rest[(equals + 2)..];
                if (ReadValue(ref rest) is not { } value)
                    return false;
                labels.Add(new(name, value));
            }

            return false;
        }

        private static string? ReadValue(ref ReadOnlySpan<char> rest)
        {
            var value = new StringBuilder();
            for (var i = 0; i < rest.Length; i++)
            {
                if (rest[i] == '"')
                {
                    rest = rest[(i + 1)..];
                    return value.ToString();
                }

                if (rest[i] == '\\' && ++i < rest.Length)
                    value.Append(rest[i] == 'n' ? '\n' : rest[i]);
                else if (i < rest.Length)
                    value.Append(rest[i]);
            }

            return null;
        }
    }
}
