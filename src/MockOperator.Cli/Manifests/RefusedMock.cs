using MockOperator.Runtime.Access;

namespace MockOperator.Cli.Manifests;

/// <summary>A mock whose manifest breaks a rule. What was served of it goes on being served; who may call it is what the files say all the same, so that a key that was taken back is dead.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keys">Its keys, as far as the manifest says which they are.</param>
internal sealed record RefusedMock(string Namespace, string Name, ApiKeyRing Keys);
