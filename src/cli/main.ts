/** All commands, their exit codes and their error messages. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../api/version.ts';
import { InputError, OutputError, PlaceError, reasonOf, visible } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import { addCommands } from './commands.ts';
import type { Context } from './context.ts';
import { loadExtensions } from './extensions.ts';
import type { MakeWorld } from '../run/make-world.ts';
import { CommandFailure } from './failure.ts';
import { isSystemError, systemFault } from '../tables/output-fault.ts';
import type { Terminal } from './terminal.ts';

const EXIT = { ok: 0, failure: 1, input: 2 } as const;

/** Runs one command line; returns the exit code. */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  makeWorld?: MakeWorld,
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const context: Context = {
    terminal,
    // Not before it is needed: it is most of the program.
    makeWorld: async () => makeWorld ?? (await import('../run/simulated-world.ts')).simulatedWorld,
    exit: (code) => {
      exitCode = code;
    },
  };
  try {
    await loadExtensions(argv);
    const root = await program(context, argv);
    await root.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
    terminal.say(`error: ${visible(redact(messageOf(error)))}\n`);
    const mendedByInput = error instanceof InputError || error instanceof PlaceError;
    return mendedByInput ? EXIT.input : EXIT.failure;
  }
}

/** Returns only the message if it is sufficient; otherwise the stack too. */
function messageOf(error: unknown): string {
  if (error instanceof InputError || error instanceof OutputError) return error.message;
  if (error instanceof CommandFailure) return error.message;
  if (isSystemError(error) && error.path !== undefined) return systemFault('it', error);
  return (error instanceof Error && error.stack) || reasonOf(error);
}

/** The command line, with the command that is named ready to run. */
async function program(context: Context, argv: readonly string[]): Promise<Command> {
  const { terminal } = context;
  const root = new Command('sim')
    .description('Simulates a retail network, event by event, and writes what happened as tables.')
    .version(VERSION, '-V, --version', 'the version of this program')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: (text) => terminal.say(visible(text)) })
    .showHelpAfterError('(add --help for the flags)')
    .addHelpText(
      'after',
      `
Examples:
  sim quickstart                                   a week of the default world in data/
  sim run --mode history --out w --seed 7 --from 2024-01-01 --to 2024-02-01
  sim run --mode history --out w --seed 7 --days 7 seven more days
  sim verify w                                     check every invariant over the files

Exit codes: 0 success, 1 failure or violations found, 2 invalid input, 130 interrupted.`,
    );
  const words = argv.filter((argument) => !argument.startsWith('-'));
  await addCommands(root, context, words[0] === 'help' ? words[1] : words[0]);
  return root;
}
