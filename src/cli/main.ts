/** All commands, and how they end: exit codes and messages. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';
import { redact } from '../domain/secret.ts';
import { addCheckConnection } from './check-connection.ts';
import { addClear } from './clear.ts';
import type { Context } from './context.ts';
import { addDisrupt } from './disrupt.ts';
import { addDlq } from './dlq.ts';
import { addEstimate } from './estimate.ts';
import { CommandFailure } from './failure.ts';
import { addHub } from './hub.ts';
import { addMaster } from './master.ts';
import { addMerge } from './merge.ts';
import { addQuickstart } from './quickstart.ts';
import { addRun } from './run.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import { addServe } from './serve.ts';
import { addStatus } from './status.ts';
import { addTail } from './tail.ts';
import type { Terminal } from './terminal.ts';
import { addVerify } from './verify.ts';

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
    await program(context).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
    terminal.say(`error: ${redact(messageOf(error))}\n`);
    return error instanceof InputError ? EXIT.input : EXIT.failure;
  }
}

/** The message alone where it says all; otherwise where the error comes from as well. */
function messageOf(error: unknown): string {
  if (error instanceof InputError || error instanceof OutputError) return error.message;
  if (error instanceof CommandFailure) return error.message;
  return (error instanceof Error && error.stack) || reasonOf(error);
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function program(context: Context): Command {
  const { terminal } = context;
  const root = new Command('sim')
    .description('Simulates a retail network, event by event, and writes what happened as tables.')
    .version(version(), '-V, --version', 'the version of this program')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.say })
    .showHelpAfterError('(add --help for what is possible)')
    .addHelpText(
      'after',
      `
Examples:
  sim quickstart                                   a week of the default world in data/
  sim run --mode history --out w --seed 7 --from 2024-01-01 --to 2024-02-01
  sim run --mode history --out w --seed 7 --days 7 seven days more
  sim verify w                                     check every invariant over the files

Exit codes: 0 done, 1 failed or violations found, 2 input that can't be used, 130 interrupted.`,
    );
  for (const add of [
    addQuickstart,
    addRun,
    addVerify,
    addEstimate,
    addStatus,
    addMaster,
    addMerge,
    addClear,
    addHub,
    addTail,
    addCheckConnection,
    addDlq,
    addServe,
    addDisrupt,
  ]) {
    add(root, context);
  }
  return root;
}
