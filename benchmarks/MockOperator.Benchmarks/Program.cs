using MockOperator.Benchmarks.Engine;

string[] suites = args.Length == 0 ? ["engine"] : args;
bool met = true;
foreach (string suite in suites)
{
    switch (suite)
    {
        case "engine":
            met &= EngineSuite.Run();
            break;
        default:
            Console.Error.WriteLine($"Unknown suite '{suite}'. There is: engine.");
            return 2;
    }
}

return met ? 0 : 1;
