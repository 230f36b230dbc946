using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>
/// The folders of a v1 collection, of which only the variables matter. Folders name their parent or are named in its <c>folders_order</c>; requests name
/// their folder or are named in its <c>order</c>.
/// </summary>
internal sealed class FlatFolders
{
    private readonly Dictionary<string, DocumentNode> folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> folderOfRequest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VariableScope> scopes = new(StringComparer.Ordinal);
    private readonly VariableScope outermost;
    private readonly ReadingContext context;
    private readonly ReadingContext unreported;

    public FlatFolders(DocumentNode table, VariableScope outermost, ReadingContext context)
    {
        this.outermost = outermost;
        this.context = context;
        unreported = context.Unreported;
        foreach (DocumentNode folder in table.Elements)
        {
            if (folders.Count >= context.Limits.Items)
            {
                break;
            }

            if (unreported.Text(folder["id"]) is { Length: > 0 } id && folders.TryAdd(id, folder))
            {
                Note(folder["folders_order"], id, parents);
                Note(folder["order"], id, folderOfRequest);
                if (Name(folder["folder"], folder["folderId"]) is string parent)
                {
                    parents[id] = parent;
                }
            }
        }
    }

    /// <summary>The variables around a request, innermost folder first.</summary>
    public VariableScope ScopeOf(DocumentNode request)
    {
        string? folder = Name(request["folder"], request["folderId"]);
        if (folder is null && unreported.Text(request["id"]) is string id)
        {
            folderOfRequest.TryGetValue(id, out folder);
        }

        return ScopeOfFolder(folder);
    }

    private VariableScope ScopeOfFolder(string? id)
    {
        // Outwards until a folder whose scope is known, or the outermost; a ring of folders ends at the limit.
        var inwards = new Stack<string>();
        VariableScope scope = outermost;
        while (id is not null && folders.ContainsKey(id) && inwards.Count < context.Limits.FolderDepth)
        {
            if (scopes.TryGetValue(id, out VariableScope? known))
            {
                scope = known;
                break;
            }

            inwards.Push(id);
            id = parents.GetValueOrDefault(id);
        }

        while (inwards.TryPop(out string? folder))
        {
            scope = VariableReader.ReadScope(folders[folder]["variables"], scope, context);
            scopes.TryAdd(folder, scope);
        }

        return scope;
    }

    private void Note(DocumentNode members, string folder, Dictionary<string, string> owners)
    {
        foreach (DocumentNode member in members.Elements)
        {
            if (owners.Count >= context.Limits.Items)
            {
                return;
            }

            if (unreported.Text(member) is { Length: > 0 } id)
            {
                owners.TryAdd(id, folder);
            }
        }
    }

    private string? Name(DocumentNode first, DocumentNode second) =>
        unreported.Text(first.IsAbsent ? second : first) is { Length: > 0 } id ? id : null;
}
