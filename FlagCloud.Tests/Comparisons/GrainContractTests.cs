using System.Runtime.CompilerServices;
using FlagCloud.Contracts;
using FlagCloud.Silo.Flags;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;

namespace FlagCloud.Tests.Comparisons;

/// <summary>What grains are given and give: a viewer gets hundreds of records a second, and each would be copied first if Orleans did not know that nobody changes it.</summary>
public sealed class GrainContractTests
{
    public static TheoryData<Type> Crossing =>
    [
        .. ((Type[])[typeof(IControllerGrain), typeof(IFlagGrain)]).SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))).SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Select(type => type.IsGenericType ? type.GetGenericArguments()[^1] : type)
            .Where(type => type.Namespace!.StartsWith(nameof(FlagCloud), StringComparison.Ordinal)).Distinct(),
    ];

    [Theory, MemberData(nameof(Crossing))]
    public void Record_crosses_without_being_copied(Type record)
    {
        using var services = new ServiceCollection().AddRecordSerializer().BuildServiceProvider();
        var one = RuntimeHelpers.GetUninitializedObject(record);

        Assert.Same(one, services.GetRequiredService<DeepCopier>().Copy(one));
    }
}
