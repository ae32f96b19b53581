/** What a shell offers for command lines, with the completion of sim. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Takes command lines, whose last word is being typed, and gives what is offered for each. */
export type AskShell = (script: string, lines: readonly string[], folder: string) => string[][];

export const SHELLS: Readonly<Record<'bash' | 'zsh' | 'fish', AskShell>> = {
  bash: askBash,
  zsh: askZsh,
  fish: askFish,
};

/** Whether a shell is installed. */
export function hasShell(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const single = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Cuts a line as bash does before it asks a function: at spaces, and around `=`. */
function askBash(script: string, lines: readonly string[], folder: string): string[][] {
  const asks = lines.map((line) => {
    const words = line.split(/ |(?<==)|(?==)/);
    return `COMP_WORDS=(${words.map(single).join(' ')}) COMP_CWORD=${words.length - 1}
_sim
printf '%s\\n' "\${COMPREPLY[@]}" --END`;
  });
  const program = ['set -eu', 'source "$1"', ...asks].join('\n');
  return answersOf(run('bash', ['--noprofile', '--norc', '-c', program, 'bash', script], folder));
}

/** Types each line into a shell of its own on a pseudo-terminal; `compadd` tells what it is given. */
function askZsh(script: string, lines: readonly string[], folder: string): string[][] {
  const inner = path.join(folder, '..', `inner-${path.basename(folder)}.zsh`);
  writeFileSync(
    inner,
    `PROMPT= RPROMPT= COLUMNS=400
autoload -Uz compinit && compinit -u -D
source ${single(script)}
bindkey '^I' complete-word
bindkey '^M' undefined-key
zstyle ':completion:*' list-separator ''
begin() { print -r -- --BEGIN }
finish() { print -r -- --END; exit }
compprefuncs=(begin) comppostfuncs=(finish)
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  builtin compadd "$@"
  local status_=$?
  print -lr -- $hits
  return status_
}
`,
  );
  const program = `zmodload zsh/zpty
for line in ${lines.map(single).join(' ')}; do
  zpty shell zsh -f -i
  zpty -w shell "source ${inner}; print READY"
  zpty -r shell text $'*READY\\r\\n*'
  zpty -wn shell "$line"$'\\t'
  zpty -r shell text $'*--END\\r\\n'
  print -r -- "$text"
  zpty -d shell
done`;
  const output = run('zsh', ['-f', '-c', program], folder).replaceAll('\r', '');
  return [...output.matchAll(/--BEGIN\n(.*?)--END/gs)].map(([, text]) => listed(text));
}

function askFish(script: string, lines: readonly string[], folder: string): string[][] {
  const asks = lines.map((line) => `complete --do-complete ${single(line)}\necho --END`);
  const program = [`source ${single(script)}`, ...asks].join('\n');
  const output = run('fish', ['--no-config', '--command', program], folder);
  return answersOf(output.replaceAll(/\t.*$/gm, ''));
}

function run(shell: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, HOME: path.dirname(cwd), TERM: 'dumb' };
  return execFileSync(shell, args, { cwd, env, encoding: 'utf8', timeout: 120_000 });
}

const answersOf = (output: string) => output.split('--END\n').slice(0, -1).map(listed);

/** A shell shows once what it was told twice. */
function listed(text: string): string[] {
  return [...new Set(text.split('\n'))].filter((line) => line !== '').sort();
}
