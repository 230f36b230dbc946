using System.Text.Json;
using System.Text.Json.Serialization;

namespace MockOperator.Operator.Control;

/// <summary>Reads what control ports answer.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RevisionReply))]
internal sealed partial class ControlJson : JsonSerializerContext;
