using System.Text;
using System.Text.RegularExpressions;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>The commands of a block of bash, as words: enough of its grammar for documentation.</summary>
internal sealed partial class ShellScript
{
    private readonly string _text;
    private readonly List<string[]> _commands = [];
    private readonly List<string> _words = [];
    private readonly Queue<string> _hereDocuments = new();
    private StringBuilder? _word;
    private int _at;

    private ShellScript(string text) => _text = text;

    /// <summary>Reads the words of each command. Comments, redirections, here-documents and leading assignments are left out.</summary>
    public static IReadOnlyList<string[]> Commands(string text)
    {
        var script = new ShellScript(text);
        script.Read();
        return script._commands;
    }

    private void Read()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at++];
            switch (c)
            {
                case '\\':
                    Escaped();
                    break;
                case '\'':
                    Add(Until('\''));
                    break;
                case '"':
                    Quoted();
                    break;
                case '$' when Next('('):
                    Add("$" + Until(')') + ")");
                    break;
                case '#' when _word is null:
                    _at = EndOfLine();
                    break;
                case '<' or '>':
                    Redirection(c);
                    break;
                case '\n' or ';' or '&' or '|':
                    EndCommand();
                    SkipHereDocuments(c);
                    break;
                case ' ' or '\t':
                    EndWord();
                    break;
                default:
                    Add(c.ToString());
                    break;
            }
        }

        EndCommand();
    }

    private bool Next(char c) => _at < _text.Length && _text[_at] == c;

    private int EndOfLine() => _text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length;

    private void Add(string text) => (_word ??= new()).Append(text);

    private string Until(char end)
    {
        int close = _text.IndexOf(end, _at);
        Assert.True(close >= 0, $"A {end} is missing in: {_text}");
        string inside = _text[_at..close];
        _at = close + 1;
        return inside;
    }

    private void Quoted()
    {
        Add("");
        while (_text[_at] != '"')
        {
            if (_text[_at] == '\\' && _text[_at + 1] is '"' or '\\' or '$')
            {
                _at++;
            }

            Add(_text[_at++].ToString());
        }

        _at++;
    }

    private void Escaped()
    {
        char c = _text[_at++];
        if (c != '\n')
        {
            Add(c.ToString());
        }
    }

    private void Redirection(char c)
    {
        // The number in "2>" belongs to the redirection.
        if (_word?.ToString() is ['1' or '2'])
        {
            _word = null;
        }

        EndWord();
        bool isHere = c == '<' && Next('<');
        while (_at < _text.Length && _text[_at] is '<' or '>' or '&' or ' ')
        {
            _at++;
        }

        string target = Target().Match(_text, _at).Value;
        _at += target.Length;
        if (isHere)
        {
            _hereDocuments.Enqueue(target.Trim('\'', '"'));
        }
    }

    private void SkipHereDocuments(char c)
    {
        while (c == '\n' && _hereDocuments.TryDequeue(out string? end))
        {
            int close = _text.IndexOf($"\n{end}\n", _at - 1, StringComparison.Ordinal);
            Assert.True(close >= 0, $"The line {end} is missing in: {_text}");
            _at = close + end.Length + 2;
        }
    }

    private void EndWord()
    {
        if (_word is not null)
        {
            _words.Add(_word.ToString());
            _word = null;
        }
    }

    private void EndCommand()
    {
        EndWord();
        string[] command = [.. _words.SkipWhile(w => Assignment().IsMatch(w))];
        _words.Clear();
        if (command.Length > 0)
        {
            _commands.Add(command);
        }
    }

    [GeneratedRegex(@"\G[^\s;|&]+")]
    private static partial Regex Target();

    [GeneratedRegex(@"^[A-Za-z_]\w*=")]
    private static partial Regex Assignment();
}
