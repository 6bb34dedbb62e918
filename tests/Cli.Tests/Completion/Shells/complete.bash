# Prints what bash completes each argument after the first to, one line each. The first one is the current folder.
cd "$1" && shift || exit 2
source <(dinorleans completion bash) || exit 3

# Bash itself offers the names of files where the function finds nothing.
[[ "$(complete -p dinorleans)" == *"-o default"* ]] || exit 4

for line in "$@"; do
  COMP_LINE=$line
  COMP_POINT=${#line}
  read -ra COMP_WORDS <<<"$line"
  _dinorleans
  echo "${COMPREPLY[*]}"
done
