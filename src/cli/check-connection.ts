/** `sim check-connection`: checks whether the stream's credentials are complete and whether they are accepted. */
import { type Command, Option } from 'commander';
import { InputError } from '../domain/errors.ts';
import { reachSink } from '../sinks/reach-sink.ts';
import { DEFAULT_SINK, hasConnections, sinkNamed, sinkNames } from '../sinks/registry.ts';
import { settingsOf } from '../sinks/settings.ts';
import { formatBytes } from '../domain/format.ts';
import type { WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { readConfig } from './settings.ts';

interface CheckFlags extends WorldFlags {
  readonly connect?: boolean;
  readonly json?: boolean;
  readonly sink: string;
}

export function addCheckConnection(root: Command, context: Context): void {
  root
    .command('check-connection')
    .option('--config <file>', 'config.json with the section realtime')
    .addOption(
      new Option('--sink <name>', 'the sink whose connection to check')
        .choices(sinkNames(hasConnections))
        .default(DEFAULT_SINK),
    )
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

const TITLE_WIDTH = 11;

async function check(flags: CheckFlags, { terminal }: Context): Promise<void> {
  const config = readConfig(flags);
  const kind = sinkNamed(flags.sink, hasConnections);
  const { find, missing } = kind.connections!;
  const connection = await find(settingsOf(kind, config));
  if (connection === undefined) {
    throw new InputError(`Cannot check the connection: ${missing}`);
  }
  const { facts } = connection;
  if (!flags.json) {
    for (const [name, value] of Object.entries(facts)) {
      terminal.out(`${titleOf(name).padEnd(TITLE_WIDTH)}${value}\n`);
    }
  }
  const reached = flags.connect ? await reachSink(connection.sink()) : undefined;
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

/** Turns `eventHub` into `Event hub`. */
function titleOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
