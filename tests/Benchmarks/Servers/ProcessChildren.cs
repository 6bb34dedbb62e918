using System.Diagnostics;
using System.Globalization;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>The processes that a process has started, such as the workers of a server.</summary>
internal static class ProcessChildren
{
    /// <summary>Sums something over the children that run now. Only Linux tells which these are, and 0 is returned elsewhere.</summary>
    /// <param name="process">The number of the process.</param>
    /// <param name="value">What is summed.</param>
    public static long Sum(int process, Func<Process, long> value)
    {
        string list = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children");
        long sum = 0;
        foreach (string child in File.Exists(list) ? File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [])
        {
            try
            {
                using var one = Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture));
                sum += value(one);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // The child has ended since the list was read.
            }
        }

        return sum;
    }
}
