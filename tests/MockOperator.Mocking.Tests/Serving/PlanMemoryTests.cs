using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Serving;
using MockOperator.Mocking.Tests.Collections;

namespace MockOperator.Mocking.Tests.Serving;

/// <summary>What a plan keeps of the document that it was made of, and what making it takes.</summary>
public sealed class PlanMemoryTests
{
    [Fact]
    public void A_plan_keeps_no_saved_request_and_no_text_that_it_has_compiled()
    {
        (MockPlan plan, WeakReference[] read) = CompileAndForget();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);

        Assert.All(read, static text => Assert.False(text.IsAlive));
        Assert.Equal(1, plan.ExampleCount);
    }

    [Fact]
    public void A_static_body_is_the_bytes_that_were_read_and_no_copy_of_them()
    {
        Example example = Saved("{\"plain\":true}");
        PreparedResponse answer = Ask(MockPlan.Compile(new LoadedCollection { Examples = [example] }, FrozenDictionary<string, string>.Empty, new MockPlanOptions()));

        Assert.True(MemoryMarshal.TryGetArray(example.Response.Text!.Value, out ArraySegment<byte> saved));
        Assert.True(MemoryMarshal.TryGetArray(answer.Body, out ArraySegment<byte> sent));
        Assert.Same(saved.Array, sent.Array);
    }

    [Fact]
    public void A_document_of_large_bodies_is_compiled_within_its_own_size_and_a_third()
    {
        byte[] document = LargeCollection.Write(10_000_000, 100_000);
        long allocated = Allocated(document);

        // The bodies once, and what is read and thrown away on the way to them.
        Assert.InRange(allocated, document.Length / 2, document.Length * 4L / 3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(60)]
    public void Deeply_nested_folders_cost_an_example_little_more_than_shallow_ones(int depth)
    {
        long shallow = Allocated(Nested(1, 2_000));
        long nested = Allocated(Nested(depth, 2_000));

        // An id that is derived has three characters for each folder, and twice while it is built; the places are shared.
        Assert.InRange(nested, 0, shallow + (2_000L * depth * 24) + 1_000_000);
    }

    private static long Allocated(byte[] document)
    {
        MockPlan.ReadPostman(document.AsMemory(0, 0), FrozenDictionary<string, string>.Empty, new MockPlanOptions());
        long before = GC.GetAllocatedBytesForCurrentThread();
        MockPlan plan = MockPlan.ReadPostman(document, FrozenDictionary<string, string>.Empty, new MockPlanOptions());
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.NotEqual(0, plan.ExampleCount);
        return allocated;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (MockPlan Plan, WeakReference[] Read) CompileAndForget()
    {
        Example example = Saved("{\"id\":\"{{id}}\"}");
        MockPlan plan = MockPlan.Compile(new LoadedCollection { Examples = [example] }, FrozenDictionary<string, string>.Empty, new MockPlanOptions());
        MemoryMarshal.TryGetArray(example.Response.Text!.Value, out ArraySegment<byte> text);
        return (plan, [new(example), new(example.Request), new(example.Request.Url), new(((ExampleBody.Raw)example.Request.Body).Text), new(example.Response), new(text.Array)]);
    }

    private static PreparedResponse Ask(MockPlan plan) =>
        plan.Match(new MockRequest("POST", "/pets/1", new Matching.Headers(), default)).Response!;

    private static Example Saved(string body) => new()
    {
        Id = "e",
        Name = "example",
        Request = new ExampleRequest
        {
            Method = "POST",
            Url = new ExampleUrl { Path = ["pets", "{{id}}"] },
            Body = new ExampleBody.Raw(new string('x', 100)),
        },
        Response = new ExampleResponse { Text = Encoding.UTF8.GetBytes(body) },
    };

    private static byte[] Nested(int depth, int examples)
    {
        var json = new StringBuilder("{\"item\":[");
        json.Insert(json.Length, "{\"item\":[", depth);
        json.AppendJoin(',', Enumerable.Range(0, examples).Select(static n => $"{{\"response\":[{{\"code\":200,\"originalRequest\":\"h/{n}\",\"body\":\"b\"}}]}}"));
        json.Insert(json.Length, "]}", depth);
        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
