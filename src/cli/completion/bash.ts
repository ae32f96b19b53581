/** Completion for bash, 3.2 and later. */
import { allOf, type CompletedCommand, type Flag, type Value } from './shape.ts';

export function bashCompletion(root: CompletedCommand): string {
  const commands = allOf(root);
  return `# Completion of sim for bash, made by "sim completion bash".

# Offers words (-W), files or folders (-A) that begin as the third one does.
_sim_offer() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" "$2" -- "$3")
  # Bash 3.2 has no compopt.
  if [[ $1 == -A ]]; then compopt -o filenames 2>/dev/null || return 0; fi
}

_sim() {
  local word=\${COMP_WORDS[COMP_CWORD]} command='' flag='' behind=0 at each
  COMPREPLY=()
  # A flag and its value may be one word, --mode=history, which bash cuts into three.
  if [[ $word == '=' ]]; then word=''; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    each=\${COMP_WORDS[at]}
    case $each in
      '=') ;;
      -*) flag=$each behind=0 ;;
      *)
        behind=$((behind + 1))
        case "$command $each" in
          ${commands.flatMap(({ path }) => (path.length === 0 ? [] : [quoted(stepOf(path))])).join(' | ')})
            command="\${command:+$command }$each" flag='' behind=0
            ;;
        esac
        ;;
    esac
  done
  if [[ $word != -* && -n $flag ]]; then
    case "$command $flag $behind" in
${valueCases(commands)}
    esac
  fi
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _sim sim
`;
}

/** What the loop compares: the command so far, and the next name. */
function stepOf(path: readonly string[]): string {
  return `${path.slice(0, -1).join(' ')} ${path.at(-1)}`;
}

/** Cases of flags with a value, alike ones together. */
function valueCases(commands: readonly CompletedCommand[]): string {
  const patterns = new Map<string, string[]>();
  for (const { path, flags } of commands) {
    for (const flag of flags) {
      if (flag.value === undefined) continue;
      const offer = offerOf(flag.value);
      patterns.set(offer, [...(patterns.get(offer) ?? []), ...patternsOf(path, flag)]);
    }
  }
  return [...patterns]
    .map(([offer, all]) => `      ${all.join(' | ')})\n${indented(offer, 8)}\n        return ;;`)
    .join('\n');
}

/** With the number of words behind the flag: none, or any. */
function patternsOf(path: readonly string[], { forms, isVariadic }: Flag): string[] {
  const command = path.join(' ');
  return forms.map((form) =>
    isVariadic ? `${quoted(`${command} ${form} `)}*` : quoted(`${command} ${form} 0`),
  );
}

function commandCase({ path, flags, argument, commands }: CompletedCommand): string {
  const forms = flags.flatMap((flag) => flag.forms).join(' ');
  const names = commands.map(({ path: below }) => below.at(-1)).join(' ');
  const lines = [`if [[ $word == -* ]]; then _sim_offer -W ${quoted(forms)} "$word"`];
  if (names !== '') lines.push(`else _sim_offer -W ${quoted(names)} "$word"`);
  else if (argument !== undefined) lines.push(`else\n${indented(offerOf(argument), 2)}`);
  lines.push('fi ;;');
  return `    ${quoted(path.join(' '))})\n${indented(lines.join('\n'), 6)}`;
}

function offerOf({ words, isList, paths }: Value): string {
  if (isList && words.length > 0) {
    return `_sim_offer -W ${quoted(words.join(' '))} "\${word##*,}"
if [[ $word == *,* ]]; then COMPREPLY=("\${COMPREPLY[@]/#/\${word%,*},}"); fi`;
  }
  const offers: string[] = [];
  if (words.length > 0) offers.push(`_sim_offer -W ${quoted(words.join(' '))} "$word"`);
  if (paths === 'files') offers.push('_sim_offer -A file "$word"');
  if (paths === 'folders') offers.push('_sim_offer -A directory "$word"');
  return offers.join('\n') || ':';
}

function indented(text: string, spaces: number): string {
  return text.replaceAll(/^/gm, ' '.repeat(spaces));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
