namespace MockOperator.Resources;

/// <summary>What a runtime needs to know to admit callers of a mock. The keys themselves are never part of a bundle.</summary>
public sealed record AccessDefinition
{
    /// <summary>Name of the directory below the secrets directory of the pod in which each file is a key, named by the file: always mounted, so that a mock turns private at once.</summary>
    public const string DefaultSecretDirectory = "api-keys";

    /// <summary>Whether callers must show a key.</summary>
    public bool Private { get; init; }

    /// <summary>Name of the directory below the secrets directory of the pod in which each file is a key.</summary>
    public string SecretDirectory { get; init; } = DefaultSecretDirectory;

    /// <inheritdoc cref="ApiKeysSpec.Header"/>
    public string Header { get; init; } = ApiKeyRules.DefaultHeader;

    /// <inheritdoc cref="ApiKeysSpec.Bearer"/>
    public bool Bearer { get; init; }

    /// <summary>The definition of a mock whose spec says this.</summary>
    /// <param name="isPrivate"><see cref="MockServerSpec.Private"/>.</param>
    /// <param name="keys"><see cref="MockServerSpec.ApiKeys"/>.</param>
    /// <returns>The definition, or null when it says nothing beyond the defaults of a public mock.</returns>
    public static AccessDefinition? Of(bool? isPrivate, ApiKeysSpec? keys)
        => isPrivate is true || keys is { Header: not null } or { Bearer: true }
            ? new AccessDefinition { Private = isPrivate is true, Header = keys?.Header ?? ApiKeyRules.DefaultHeader, Bearer = keys?.Bearer is true }
            : null;
}
