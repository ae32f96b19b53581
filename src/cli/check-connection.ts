/** `sim check-connection`: checks whether the stream's credentials are complete and whether they are accepted. */
import type { Command } from 'commander';
import { InputError } from '../domain/errors.ts';
import { connectionFacts, reachConnection } from '../stream/check-connection.ts';
import { findConnection, NO_CONNECTION } from '../stream/credentials.ts';
import { formatBytes } from '../domain/figures.ts';
import type { WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { readConfig } from './settings.ts';

interface CheckFlags extends WorldFlags {
  readonly connect?: boolean;
  readonly json?: boolean;
}

export function addCheckConnection(root: Command, context: Context): void {
  root
    .command('check-connection')
    .description(
      'Shows where the credentials of the stream come from, and whether they are complete.',
    )
    .option('--config <file>', 'config.json with the section realtime')
    .option('--connect', 'also connect, for at most ten seconds, without sending anything')
    .option('--json', 'as one JSON object on stdout')
    .addHelpText(
      'after',
      `
Keys are never shown.

Examples:
  sim check-connection
  sim check-connection --config config.json --connect`,
    )
    .action((flags: CheckFlags) => check(flags, context));
}

async function check(flags: CheckFlags, { terminal }: Context): Promise<void> {
  const config = readConfig(flags);
  const connection = await findConnection(config);
  if (connection === undefined) {
    throw new InputError(`Cannot check the connection: ${NO_CONNECTION}`);
  }
  const facts = connectionFacts(connection);
  if (!flags.json) {
    terminal.out(
      `Source     ${facts.source}\nService    ${facts.service}\nHost       ${facts.host}\n` +
        `Event hub  ${facts.eventHub}\nAccess     ${facts.access}\n`,
    );
  }
  const reached = flags.connect ? await reachConnection(connection) : undefined;
  if (flags.json) terminal.out(`${JSON.stringify({ ...facts, connected: reached ?? null })}\n`);
  else if (reached === undefined) {
    terminal.out('The format is valid. Add --connect to test the connection.\n');
  } else {
    terminal.out(
      `Connected  in ${reached.answerMs} ms: ${reached.partitions} partitions, ` +
        `messages of at most ${formatBytes(reached.maxBatchBytes)}\n`,
    );
  }
}
