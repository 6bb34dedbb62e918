namespace DinOrleans.TestMachine;

/// <summary>Measures how many bytes a piece of work allocates.</summary>
public static class Allocation
{
    private const int Rounds = 5;

    /// <summary>
    /// Does the work a few times on the calling thread, and measures each time. What the work allocates is in every measurement. What the runtime allocates on
    /// the same thread, such as a table of handles while it compiles a method, is in few of them.
    /// </summary>
    /// <param name="work">The work. It must end on the thread that it begins on.</param>
    /// <returns>The bytes of the round that allocated the least.</returns>
    public static long Of(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
