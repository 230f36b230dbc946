using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>
/// Answers pods that ask for the address of a Service, in a cluster that has no DNS of its own: the cluster that is built from Debian's packages. Behind the address that kubelets
/// give to pods stands a socket of this process.
/// </summary>
internal sealed class ServiceNames : IAsyncDisposable
{
    private const string Place = "api/v1/namespaces/kube-system";

    private readonly TestCluster _cluster;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Any, 0));
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;

    private ServiceNames(TestCluster cluster)
    {
        _cluster = cluster;
        _loop = Task.Run(AnswerAsync);
    }

    /// <summary>Begins, unless the cluster has a DNS.</summary>
    public static async Task<ServiceNames?> StartAsync(TestCluster cluster)
    {
        if (await cluster.Api.FindAsync($"{Place}/services/kube-dns") is not null)
            return null;
        var names = new ServiceNames(cluster);
        var first = (string)(await cluster.Api.GetAsync("api/v1/namespaces/default/services/kubernetes"))["spec"]!["clusterIP"]!;
        await cluster.Api.CreateAsync($"{Place}/services", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = "kube-dns" },
            ["spec"] = new JsonObject
            {
                ["clusterIP"] = first[..(first.LastIndexOf('.') + 1)] + "10",
                ["ports"] = new JsonArray(new JsonObject { ["name"] = "dns", ["port"] = 53, ["protocol"] = "UDP" }),
            },
        });
        var here = (await cluster.OnNodeAsync("sh", "-c", "ip route show default | cut -d ' ' -f 3")).Trim();
        await cluster.Api.CreateAsync($"{Place}/endpoints", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Endpoints",
            ["metadata"] = new JsonObject { ["name"] = "kube-dns" },
            ["subsets"] = new JsonArray(new JsonObject
            {
                ["addresses"] = new JsonArray(new JsonObject { ["ip"] = here }),
                ["ports"] = new JsonArray(new JsonObject { ["name"] = "dns", ["port"] = ((IPEndPoint)names._socket.Client.LocalEndPoint!).Port, ["protocol"] = "UDP" }),
            }),
        });
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        _socket.Dispose();
        _ended.Dispose();
        await _cluster.Api.DeleteAsync($"{Place}/services/kube-dns");
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var asked = await _socket.ReceiveAsync(_ended.Token);
                await _socket.SendAsync(await AnswerToAsync(asked.Buffer), asked.RemoteEndPoint, _ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>RFC 1035, 4.1: the header, the question as it came, and for a Service that is there its address.</summary>
    private async Task<byte[]> AnswerToAsync(byte[] question)
    {
        var labels = new List<string>();
        var at = 12;
        for (; question[at] != 0; at += question[at] + 1)
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        var end = at + 5;
        var isForAddress = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(at + 1)) == 1;
        var address = labels is [var name, var space, "svc", "cluster", "local"] ? await FindAsync(space, name) : null;

        var answer = new List<byte>(question[..end]);
        answer[2] = 0x85;
        answer[3] = (byte)(address is null ? 3 : 0);
        answer[6] = answer[8] = answer[9] = answer[10] = answer[11] = 0;
        answer[7] = (byte)(address is not null && isForAddress ? 1 : 0);
        if (answer[7] == 1)
            answer.AddRange([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, .. address!.GetAddressBytes()]);
        return [.. answer];
    }

    private async Task<IPAddress?> FindAsync(string space, string name) =>
        (string?)(await _cluster.Api.FindAsync($"api/v1/namespaces/{space}/services/{name}"))?["spec"]?["clusterIP"] is { } text && IPAddress.TryParse(text, out var address) ? address : null;
}
