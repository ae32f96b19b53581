/** All commands, their exit codes and their error messages. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../api/version.ts';
import { InputError, OutputError, reasonOf, visible } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import { isSystemError, systemFault } from '../tables/output-fault.ts';
import type { Terminal } from './terminal.ts';

type AddCommand = (root: Command, context: Context) => void;

/** Each command is a module that is loaded when needed: most commands need little of the program. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  quickstart: async () => (await import('./quickstart.ts')).addQuickstart,
  run: async () => (await import('./run.ts')).addRun,
  verify: async () => (await import('./verify.ts')).addVerify,
  estimate: async () => (await import('./estimate.ts')).addEstimate,
  status: async () => (await import('./status.ts')).addStatus,
  master: async () => (await import('./master.ts')).addMaster,
  merge: async () => (await import('./merge.ts')).addMerge,
  clear: async () => (await import('./clear.ts')).addClear,
  hub: async () => (await import('./hub.ts')).addHub,
  tail: async () => (await import('./tail.ts')).addTail,
  'check-connection': async () => (await import('./check-connection.ts')).addCheckConnection,
  dlq: async () => (await import('./dlq.ts')).addDlq,
  serve: async () => (await import('./serve.ts')).addServe,
  disrupt: async () => (await import('./disrupt.ts')).addDisrupt,
};

export const EXIT = { ok: 0, failure: 1, input: 2 } as const;

/** Runs one command line; returns the exit code. */
export async function main(
  argv: readonly string[],
  terminal: Terminal,
  makeWorld: Context['makeWorld'] = simulatedWorld,
): Promise<number> {
  let exitCode: number = EXIT.ok;
  const context: Context = {
    terminal,
    makeWorld,
    exit: (code) => {
      exitCode = code;
    },
  };
  try {
    const root = await program(context, argv);
    await root.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
    terminal.say(`error: ${visible(redact(messageOf(error)))}\n`);
    return error instanceof InputError ? EXIT.input : EXIT.failure;
  }
}

/** Returns only the message if it is sufficient; otherwise the stack too. */
function messageOf(error: unknown): string {
  if (error instanceof InputError || error instanceof OutputError) return error.message;
  if (error instanceof CommandFailure) return error.message;
  if (isSystemError(error) && error.path !== undefined) return systemFault('it', error);
  return (error instanceof Error && error.stack) || reasonOf(error);
}

/** Returns the command line with the named command; with all commands for help or an unknown name. */
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
  const named = argv.find((argument) => !argument.startsWith('-')) ?? '';
  const names = Object.hasOwn(COMMANDS, named) ? [named] : Object.keys(COMMANDS);
  for (const name of names) (await COMMANDS[name]())(root, context);
  return root;
}
