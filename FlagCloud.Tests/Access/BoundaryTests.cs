using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using FlagCloud.Web;

namespace FlagCloud.Tests.Access;

/// <summary>What the web may know: contracts and readers, no grain, and no way to write.</summary>
public sealed class BoundaryTests
{
    static readonly string[] Writes = ["Upload", "Delete", "Create", "Append", "Set", "Commit", "Stage", "OpenWrite", "StartCopy", "Undelete"];

    [Fact]
    public void Web_knows_no_silo_and_calls_nothing_of_storage_that_writes()
    {
        using var file = new PEReader(File.OpenRead(typeof(WebApp).Assembly.Location));
        var metadata = file.GetMetadataReader();

        Assert.DoesNotContain("FlagCloud.Silo", metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name)));
        var calls = metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => member.Parent.Kind is HandleKind.TypeReference)
            .Select(member => (Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent), Name: metadata.GetString(member.Name)))
            .Where(call => metadata.GetString(call.Type.Namespace) is "Azure.Storage.Blobs" or "Azure.Storage.Blobs.Specialized" && metadata.GetString(call.Type.Name).EndsWith("Client", StringComparison.Ordinal))
            .Select(call => call.Name).ToArray();
        Assert.DoesNotContain(calls, call => Writes.Any(write => call.StartsWith(write, StringComparison.Ordinal)));
    }
}
