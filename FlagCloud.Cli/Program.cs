using FlagCloud.Cli;

using var stop = new StopSignals();
return await FlagCloudCli.RunAsync(args, Session.OfProcess(), stop.Token);
