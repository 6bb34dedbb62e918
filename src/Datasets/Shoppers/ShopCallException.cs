namespace DinOrleans.Datasets.Shoppers;

/// <summary>A call to the shop that did not end as it should. Shoppers count it and go on.</summary>
public sealed class ShopCallException : Exception
{
    public ShopCallException()
        : this("error", "The call to the shop failed.")
    {
    }

    public ShopCallException(string message)
        : this("error", message)
    {
    }

    public ShopCallException(string message, Exception innerException)
        : this("error", message, innerException)
    {
    }

    /// <param name="kind">What failed in a word or two, for example "400" or "timeout". Errors are counted by it, so it must not vary by call.</param>
    /// <param name="message">The text of this failure.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ShopCallException(string kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What failed in a word or two.</summary>
    public string Kind { get; }
}
