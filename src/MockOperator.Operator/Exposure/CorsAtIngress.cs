using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>
/// Renders CORS rules for an ingress controller, or says why it cannot express them: rules that come out different from what was asked for are worse than none.
/// </summary>
public static class CorsAtIngress
{
    private static readonly string[] s_usualToHaProxy = ["GET", "POST", "PUT", "DELETE", "HEAD", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// <summary>Renders the rules of a mock.</summary>
    /// <param name="spec">The rules; null for the defaults.</param>
    /// <param name="access">How keys arrive, or null.</param>
    /// <param name="controller">The controller.</param>
    /// <param name="middleware">How Traefik refers to the mock's Middleware: <c>namespace-name@kubernetescrd</c>.</param>
    /// <param name="rendered">The rules as the controller takes them.</param>
    /// <param name="problem">Why it cannot.</param>
    /// <returns>Whether it can.</returns>
    public static bool TryRender(
        CorsSpec? spec,
        AccessDefinition? access,
        IngressControllerKind controller,
        string middleware,
        [NotNullWhen(true)] out IngressCors? rendered,
        [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        rendered = IngressCors.None;
        if (spec is not { At: CorsLocation.Ingress } || spec.Enabled is false)
            return true;

        rendered = null;
        if (!ExplicitCors.TryExpand(spec, access, out ExplicitCors? rules, out problem))
            return false;

        (rendered, problem) = controller switch
        {
            IngressControllerKind.IngressNginx => IngressNginx(rules),
            IngressControllerKind.Traefik => Traefik(rules, middleware),
            IngressControllerKind.HaProxy => HaProxy(rules),
            IngressControllerKind.HaProxyIngress => HaProxyIngress(rules),
            IngressControllerKind.Contour => Cannot("Contour takes CORS rules for an HTTPProxy, but not for an Ingress"),
            _ => Cannot("this ingress controller is none whose CORS the operator can render (ingress-nginx, Traefik, HAProxy)"),
        };
        return rendered is not null;
    }

    // Annotations of ingress-nginx. Its wildcard is a whole label, and it allows credentials unless told otherwise.
    private static (IngressCors? Rendered, string? Problem) IngressNginx(ExplicitCors rules)
    {
        if (rules.Origins.FirstOrDefault(static origin => origin is { Suffix: not null, SpansLabels: false }) is { } partial)
            return Cannot($"ingress-nginx has no wildcard within a label, as in '{partial.Text}'");
        if (rules.Origins.FirstOrDefault(static origin => origin.IsOpaque || origin.Text.Contains('[', StringComparison.Ordinal) || origin.Text.Contains('_', StringComparison.Ordinal)) is { } odd)
            return Cannot($"ingress-nginx does not take the origin '{odd.Text}'");
        if (!rules.AnyOrigin && rules.Origins.FirstOrDefault(static origin => !origin.Text[..origin.Text.IndexOf(':', StringComparison.Ordinal)].All(char.IsAsciiLetter)) is { } scheme)
            return Cannot($"ingress-nginx does not take the origin '{scheme.Text}', whose scheme is not of letters alone");
        if (RefuseNames("ingress-nginx", rules) is { } why)
            return Cannot(why);

        Dictionary<string, string> annotations = Annotations("nginx.ingress.kubernetes.io/", rules, enable: "enable-cors");
        annotations["nginx.ingress.kubernetes.io/cors-allow-origin"] = rules.AnyOrigin ? "*" : string.Join(", ", rules.Origins.Select(static origin => origin.Text));
        return (new IngressCors(annotations), null);
    }

    // A Headers middleware of Traefik, to which the Ingress refers.
    private static (IngressCors? Rendered, string? Problem) Traefik(ExplicitCors rules, string middleware)
    {
        var headers = new JsonObject
        {
            ["accessControlAllowMethods"] = List(rules.Methods),
            ["accessControlAllowHeaders"] = List(rules.Headers),
            ["accessControlAllowCredentials"] = rules.Credentials,
            ["accessControlExposeHeaders"] = List(rules.Exposed),
            ["accessControlMaxAge"] = rules.MaxAge,
            ["addVaryHeader"] = true,
        };
        if (rules.AnyOrigin)
        {
            headers["accessControlAllowOriginList"] = List(["*"]);
        }
        else
        {
            headers["accessControlAllowOriginList"] = List(rules.Origins.Where(static origin => origin.IsExact).Select(static origin => origin.Text));
            headers["accessControlAllowOriginListRegex"] = List(rules.Origins.Where(static origin => !origin.IsExact).Select(Expression));
        }

        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [MiddlewareExposer.Annotation] = middleware };
        return (new IngressCors(annotations, new JsonObject { ["headers"] = headers }), null);
    }

    // Annotations of HAProxy Technologies' controller: one origin expression, which it writes into haproxy.cfg as it stands, no exposed headers, nine methods.
    // A time without a unit is of milliseconds.
    private static (IngressCors? Rendered, string? Problem) HaProxy(ExplicitCors rules)
    {
        if (rules.Exposed.Count > 0)
            return Cannot("HAProxy's controller cannot expose response headers: set cors.exposeHeaders to an empty list");
        if (rules.Methods.FirstOrDefault(static method => !s_usualToHaProxy.Contains(method, StringComparer.Ordinal)) is { } method)
            return Cannot($"HAProxy's controller does not take the method '{method}'");
        if (RefuseNames("HAProxy's controller", rules) is { } why)
            return Cannot(why);

        Dictionary<string, string> annotations = Annotations("haproxy.org/", rules, enable: "cors-enable");
        annotations.Remove("haproxy.org/cors-expose-headers");
        annotations["haproxy.org/cors-respond-to-options"] = "true";
        annotations["haproxy.org/cors-max-age"] += "s";
        annotations["haproxy.org/cors-allow-origin"] = rules.AnyOrigin ? "*" : $"^({string.Join('|', rules.Origins.Select(Alternative))})$";
        return (new IngressCors(annotations), null);
    }

    // Annotations of the community's HAProxy Ingress, which takes an expression since v0.14.
    private static (IngressCors? Rendered, string? Problem) HaProxyIngress(ExplicitCors rules)
    {
        const string Prefix = "haproxy-ingress.github.io/";
        if (RefuseNames("HAProxy Ingress", rules) is { } why)
            return Cannot(why);

        Dictionary<string, string> annotations = Annotations(Prefix, rules, enable: "cors-enable");
        if (rules.AnyOrigin)
            annotations[Prefix + "cors-allow-origin"] = "*";
        else
            annotations[Prefix + "cors-allow-origin-regex"] = $"^({string.Join('|', rules.Origins.Select(Alternative))})$";
        return (new IngressCors(annotations), null);
    }

    // What stands in annotations ends up in a configuration file: letters, digits, '-' and '_' mean nothing else in any of them.
    private static string? RefuseNames(string controller, ExplicitCors rules)
    {
        if (rules.Methods.FirstOrDefault(static method => !method.All(char.IsAsciiLetter)) is { } method)
            return $"{controller} does not take the method '{method}'";
        if (rules.Headers.Concat(rules.Exposed).FirstOrDefault(static name => !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*')) is { } header)
            return $"{controller} does not take the header name '{header}'";
        return rules.Methods.Count == 0 || rules.Headers.Count == 0
            ? $"{controller} takes an empty list for its own defaults: name at least one method and one header"
            : null;
    }

    private static Dictionary<string, string> Annotations(string prefix, ExplicitCors rules, string enable)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [prefix + enable] = "true",
            [prefix + "cors-allow-methods"] = string.Join(", ", rules.Methods),
            [prefix + "cors-allow-headers"] = string.Join(", ", rules.Headers),
            [prefix + "cors-allow-credentials"] = rules.Credentials ? "true" : "false",
            [prefix + "cors-max-age"] = rules.MaxAge.ToString(CultureInfo.InvariantCulture),
        };
        if (rules.Exposed.Count > 0)
            annotations[prefix + "cors-expose-headers"] = string.Join(", ", rules.Exposed);
        return annotations;
    }

    private static string Expression(OriginPattern origin) => $"^{Alternative(origin)}$";

    private static string Alternative(OriginPattern origin)
        => origin.Suffix is null
            ? Regex.Escape(origin.Text)
            : Regex.Escape(origin.Prefix) + (origin.SpansLabels ? @"[a-z0-9_-]+(\.[a-z0-9_-]+)*" : "[a-z0-9_-]+") + Regex.Escape(origin.Suffix);

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(static value => JsonValue.Create(value))]);

    private static (IngressCors? Rendered, string? Problem) Cannot(string why) => (null, why + ". Set cors.at to Runtime, which works behind every ingress controller");
}
