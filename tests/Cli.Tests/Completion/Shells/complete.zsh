# Prints what zsh completes each argument after the first to, one line each. The first one is the current folder. Completion works in the line editor
# alone, so the lines are typed into a shell on a terminal of its own, and read again after a tab.
cd "$1" && shift || exit 2
zmodload zsh/zpty || exit 3
export TERM=dumb

# Waits until the other shell prints a text.
await() {
  zpty -r -m shell seen "*$1*" || { print -ru2 -- "zsh ended and had printed: $seen"; exit 4 }
}

zpty shell zsh -f -i
zpty -w shell 'PS1=; autoload -Uz compinit && compinit -D -u; source <(dinorleans completion zsh)'
zpty -w shell 'show() { print -r -- "<$BUFFER>" }; zle -N show; bindkey "^X" show; bindkey "^U" kill-whole-line; print READY-$((1 + 1))'
await READY-2
for line in "$@"; do
  zpty -w -n shell $'\x15'"$line"$'\t\x18'
  await '>'
  completed=${${seen##*<}%%>*}
  [[ "$completed" == "$line" ]] && print || print -r -- "${${=completed}[-1]}"
done
zpty -d shell
