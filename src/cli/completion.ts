/** `sim completion`: prints a script with which a shell completes command lines of sim. */
import { Argument, type Command } from 'commander';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { type CompletedCommand, shapeOf } from './completion/shape.ts';
import { zshCompletion } from './completion/zsh.ts';
import type { Context } from './context.ts';

const SCRIPTS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<string, (root: CompletedCommand) => string>;

type Shell = keyof typeof SCRIPTS;

/** @param everyCommand the program with all its commands, each with its flags */
export function addCompletion(
  root: Command,
  { terminal }: Context,
  everyCommand: () => Promise<Command>,
): void {
  root
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      `
Prints a script that completes commands, flags, their values, scenarios, files and folders. It is made of the
commands of this version: install it again after an update.

Install:
  bash   mkdir -p ~/.local/share/bash-completion/completions
         sim completion bash > ~/.local/share/bash-completion/completions/sim
         (needs the package bash-completion; without it: sim completion bash > ~/.sim-completion.bash,
         and the line "source ~/.sim-completion.bash" in ~/.bashrc)
  zsh    mkdir -p ~/.zfunc
         sim completion zsh > ~/.zfunc/_sim
         (with the line "fpath+=~/.zfunc" in ~/.zshrc, above the one that calls compinit)
  fish   sim completion fish > ~/.config/fish/completions/sim.fish`,
    )
    .action(async (shell: Shell) => {
      terminal.out(SCRIPTS[shell](await shapeOf(await everyCommand())));
    });
}
