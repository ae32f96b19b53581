/** Completion for zsh, 5.0 and later: a function for each command, with what _arguments expects. */
import { allOf, type CompletedCommand, type Flag, type Value } from './shape.ts';

export function zshCompletion(root: CompletedCommand): string {
  return `#compdef sim
# Completion of sim for zsh, made by "sim completion zsh".

_sim_words_or_files() {
  compadd -- "$@"
  _files
}

${allOf(root).map(functionOf).join('\n')}
if [[ $funcstack[1] == _sim ]]; then
  _sim "$@"
else
  compdef _sim sim
fi
`;
}

function functionOf(command: CompletedCommand): string {
  const { path, flags, commands, argument } = command;
  const specs = flags.flatMap(specsOf);
  if (commands.length > 0) specs.push(`'1: :->command'`, `'*:: :->rest'`);
  else if (argument !== undefined) specs.push(`'1:${argument.name}:${actionOf(argument)}'`);
  const call = `_arguments${commands.length > 0 ? ' -C' : ''} \\\n    ${specs.join(' \\\n    ')}`;
  return `${nameOf(path)}() {
${commands.length === 0 ? `  ${call}` : `  local state line\n  ${call}\n${dispatch(command)}`}
}
`;
}

/** Describes the commands below, and goes on with the one that is named. */
function dispatch({ path, commands }: CompletedCommand): string {
  const names = commands.map(
    (command) => `        '${command.path.at(-1)}:${escaped(command.about, ':')}'`,
  );
  return `  case $state in
    command)
      local -a commands=(
${names.join('\n')}
      )
      _describe command commands
      ;;
    rest)
      if (($+functions[${nameOf(path)}_$line[1]])); then ${nameOf(path)}_$line[1]; fi
      ;;
  esac`;
}

function nameOf(path: readonly string[]): string {
  return ['_sim', ...path].join('_');
}

/** A spec for each form. A flag with several values may be repeated. */
function specsOf({ forms, about, value, isVariadic }: Flag): string[] {
  return forms.map((form) => {
    const others = isVariadic ? '*' : `(${forms.join(' ')})`;
    const described = `[${escaped(about, '[]:')}]`;
    if (value === undefined) return `'${others}${form}${described}'`;
    return `'${others}${form}${form.startsWith('--') ? '=' : '+'}${described}:${escaped(value.name, ':')}:${actionOf(value)}'`;
  });
}

/** What offers the values; a space before a function of ours keeps its words as they are. */
function actionOf({ name, words, isList, paths }: Value): string {
  const all = words.join(' ');
  if (isList && words.length > 0) return ` _values -s , ${name.split(',')[0]} ${all}`;
  if (words.length > 0) return paths === undefined ? `(${all})` : ` _sim_words_or_files ${all}`;
  if (paths === 'files') return '_files';
  if (paths === 'folders') return '_files -/';
  // Expected, and not to be guessed.
  return ' ';
}

/** Escapes what has a meaning in a spec, and the quote around it. */
function escaped(text: string, signs: string): string {
  return [...text]
    .map((sign) => (signs.includes(sign) ? `\\${sign}` : sign))
    .join('')
    .replaceAll("'", "'\\''");
}
