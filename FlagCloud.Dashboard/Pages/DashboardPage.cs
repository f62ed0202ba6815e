using FlagCloud.Dashboard.Keeping;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

/// <summary>
/// What every page shares: it shows the telemetry that its address names, draws itself anew when that changes, and keeps its state in
/// its address.
/// </summary>
public abstract class DashboardPage : ComponentBase, IDisposable
{
    readonly List<IDisposable> _subscriptions = [];
    ChangeSignal? _subscribedTo;

    [Inject] internal DataCatalog Catalog { get; set; } = null!;
    [Inject] internal DashboardOptions Options { get; set; } = null!;
    [Inject] internal ResourceChanges ResourceChanges { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Which telemetry; none is the live one.</summary>
    [SupplyParameterFromQuery(Name = "data")] public string? DataId { get; set; }

    /// <summary>Null when the address names what is not there.</summary>
    protected OpenedData? Data { get; private set; }

    protected TelemetryStore Store => Data?.Store ?? Catalog.Empty;

    /// <summary>What was on the page stays there until this is false again.</summary>
    protected bool IsPaused { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        Data = await Catalog.FindAsync(DataId);
        if (_subscribedTo != Store.Changes)
        {
            Unsubscribe();
            _subscribedTo = Store.Changes;
            _subscriptions.Add(Store.Changes.Subscribe(Redraw));
            _subscriptions.Add(ResourceChanges.Signal.Subscribe(Redraw));
        }
        Load();
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract void Load();

    /// <summary>The address of another page with the same telemetry.</summary>
    protected string Link(string path, params (string Name, object? Value)[] query) =>
        Navigation.GetUriWithQueryParameters(path, new Dictionary<string, object?>(query.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
        {
            ["data"] = string.IsNullOrEmpty(DataId) ? null : DataId,
        });

    /// <summary>The address of this page with something of its state changed.</summary>
    protected string Here(params (string Name, object? Value)[] query) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(query.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    protected void Change(params (string Name, object? Value)[] query) => Navigation.NavigateTo(Here(query), replace: true);

    protected void TogglePause()
    {
        IsPaused = !IsPaused;
        if (!IsPaused) Load();
    }

    void Redraw() => _ = InvokeAsync(async () =>
    {
        if (IsPaused) return;
        try
        {
            Load();
            StateHasChanged();
        }
        catch (Exception failed)
        {
            await DispatchExceptionAsync(failed);
        }
    });

    void Unsubscribe()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
        _subscriptions.Clear();
    }

    public void Dispose()
    {
        Unsubscribe();
        GC.SuppressFinalize(this);
    }
}
