# Prints what fish completes each argument after the first to, one line each. The first one is the current folder.
cd $argv[1]; or exit 2
dinorleans completion fish | source; or exit 3
for line in $argv[2..-1]
    echo (complete -C $line)
end
