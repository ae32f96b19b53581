/** Completion for fish, 3.0 and later: a line for each command and for each flag. */
import { allOf, type CompletedCommand, type Flag, type Value } from './shape.ts';

export function fishCompletion(root: CompletedCommand): string {
  return `# Completion of sim for fish, made by "sim completion fish".

function __sim_words
    string match --invert -- '-*' (commandline --tokenize --cut-at-cursor --current-process)[2..]
end

# Whether the command line names this command, and whatever follows.
function __sim_in
    set -l words (__sim_words)
    set -l length (count $argv)
    test $length -eq 0; or test "$words[1..$length]" = "$argv"
end

# Whether it names this command and nothing else yet.
function __sim_at
    test (count (__sim_words)) -eq (count $argv); and __sim_in $argv
end

# Words of a list with commas between them.
function __sim_list
    set -l done (string match --regex -- '^.*,' (commandline --current-token | string replace --regex -- '^--[^=]*=' ''))
    printf '%s\\n' $done$argv
end

complete --command sim --no-files
${allOf(root).flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, flags, argument, commands }: CompletedCommand): string[] {
  const begin = (kind: 'in' | 'at') =>
    `complete --command sim --condition ${quoted([`__sim_${kind}`, ...path].join(' '))}`;
  const within = begin(path.length === 0 ? 'at' : 'in');
  const lines = flags.map((flag) => `${within} ${flagOf(flag)}`);
  for (const { path: below, about } of commands) {
    lines.push(
      `${begin('at')} --arguments ${quoted(below.at(-1) ?? '')} --description ${quoted(about)}`,
    );
  }
  if (argument !== undefined) lines.push(`${within} ${offerOf(argument)}`);
  return lines;
}

function flagOf({ forms, about, value }: Flag): string {
  const named = forms.map((form) =>
    form.startsWith('--') ? `--long-option ${form.slice(2)}` : `--short-option ${form.slice(1)}`,
  );
  // Exclusive: it takes a value, and no file is offered for it.
  const how = value?.paths === 'files' ? '--require-parameter' : '--exclusive';
  const takes = value === undefined ? [] : [how, offerOf(value)];
  return [...named, `--description ${quoted(about)}`, ...takes].join(' ').trimEnd();
}

function offerOf({ words, isList, paths }: Value): string {
  const all = words.join(' ');
  if (isList && words.length > 0) return `--arguments ${quoted(`(__sim_list ${all})`)}`;
  const offered = [all, paths === 'folders' ? '(__fish_complete_directories)' : '']
    .join(' ')
    .trim();
  const files = paths === 'files' ? ' --force-files' : '';
  return `${offered === '' ? '' : `--arguments ${quoted(offered)}`}${files}`.trim();
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
