/** `sim dlq`: the events that a stream could not deliver (dead letters). */
import { type Command, Option } from 'commander';
import { formatInstant } from '../engine/time.ts';
import { InputError } from '../domain/errors.ts';
import { formatCount } from '../domain/format.ts';
import { DEFAULT_SINK, hasConnections, sinkNames } from '../sinks/registry.ts';
import { retryDeadLetters } from '../stream/retry-dead-letters.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import type { DeadLetter } from '../delivery/dead-letter.ts';
import {
  listDeadLetters,
  replaceDeadLetters,
  summarizeDeadLetters,
} from '../delivery/dead-letters.ts';
import type { Replay } from '../delivery/replay.ts';
import { type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { untilInterrupt } from './interrupt.ts';
import { noting } from './noting.ts';
import { pathsOf, readConfig } from './settings.ts';

interface DlqFlags extends WorldFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
  /** Of `retry`. */
  readonly sink?: string;
}

/** Dead letters that `list` prints as text; --json has them all. */
const SHOWN = 20;

export function addDlq(root: Command, context: Context): void {
  const dlq = root.command('dlq').addHelpText(
    'after',
    `
Examples:
  sim dlq list --out w
  sim dlq retry --out w
  sim dlq purge --out w --yes`,
  );
  const add = (name: string, description: string) =>
    withOut(dlq.command(name))
      .description(description)
      .option('--config <file>', 'config.json whose paths and credentials to use')
      .option('--json', 'as one JSON object on stdout');
  add('list', 'Lists the dead letters, and why each is there.').action((flags: DlqFlags) =>
    list(flags, context),
  );
  add('retry', 'Sends the dead letters again; those that are refused again stay.')
    .addOption(
      new Option(
        '--sink <name>',
        `where to send them while no stream runs; ${DEFAULT_SINK} by default`,
      ).choices(sinkNames(hasConnections)),
    )
    .action((flags: DlqFlags) => retry(flags, context));
  add('purge', 'Removes the dead letters permanently.')
    .option('--yes', 'without asking')
    .action((flags: DlqFlags) => purge(flags, context));
}

function list(flags: DlqFlags, { terminal }: Context): void {
  const { deadLetters: file } = pathsOf(flags, readConfig(flags));
  const letters = listDeadLetters(file);
  const summary = summarizeDeadLetters(letters);
  if (flags.json) {
    terminal.out(`${JSON.stringify({ ...summary, list: letters.map(letterJson) })}\n`);
    return;
  }
  if (letters.length === 0) {
    terminal.out(`No dead letters in "${file}".\n`);
    return;
  }
  const numbers = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${formatCount(count)}`)
      .join(', ');
  terminal.out(
    `${formatCount(letters.length)} dead letters in "${file}"\n` +
      `By reason  ${numbers(summary.byCategory)}\nBy type    ${numbers(summary.byType)}\n\n`,
  );
  for (const { event, category, reason, lastMs } of letters.slice(0, SHOWN)) {
    terminal.out(
      `${formatInstant(lastMs)}  ${category.padEnd(9)}  ${event.eventType}  ${event.eventId}  ${reason}\n`,
    );
  }
  if (letters.length > SHOWN) terminal.out(`and ${letters.length - SHOWN} more (--json has all)\n`);
}

function letterJson({ event, partition, reason, category, attempts, firstMs, lastMs }: DeadLetter) {
  return {
    worldId: event.worldId,
    eventId: event.eventId,
    eventType: event.eventType,
    partitionKey: event.partitionKey,
    partition,
    category,
    reason,
    attempts,
    firstTime: formatInstant(firstMs),
    lastTime: formatInstant(lastMs),
    bytes: event.body.length,
  };
}

async function retry(flags: DlqFlags, { terminal }: Context): Promise<void> {
  const config = readConfig(flags);
  let close = async () => {};
  const replay = retryDeadLetters(config, pathsOf(flags, config), {
    sink: flags.sink,
    onOpen: (end) => {
      close = end;
    },
  });
  const result = await untilDone(replay, () => close());
  if (flags.json) terminal.out(`${JSON.stringify(result)}\n`);
  else terminal.out(`${result.delivered} delivered, ${result.kept} refused again and kept.\n`);
}

/** Returns the result of a replay. An interrupt ends it, and nothing is removed. */
async function untilDone(replay: Promise<Replay>, end: () => Promise<void>): Promise<Replay> {
  let result: Replay | undefined;
  await untilInterrupt(
    replay.then((done) => {
      result = done;
    }),
  );
  if (result !== undefined) return result;
  await end();
  // The interrupt was the user's own, so nothing is printed.
  await replay.catch(() => {});
  throw new CommandFailure('Interrupted: all dead letters are kept; some may have been sent.');
}

async function purge(flags: DlqFlags, { terminal }: Context): Promise<void> {
  const paths = pathsOf(flags, readConfig(flags));
  const file = paths.deadLetters;
  const { length } = listDeadLetters(file);
  if (length > 0 && flags.yes !== true) {
    const answer = await terminal.confirm(`Remove ${length} dead letters in "${file}"?`);
    if (answer === undefined) {
      throw new InputError('Nothing was removed: without a terminal to ask, it needs --yes.');
    }
    if (!answer) {
      terminal.say('Nothing was removed.\n');
      return;
    }
  }
  await watchLock(paths.lock, noting(terminal));
  const release = takeLock(paths.lock);
  try {
    replaceDeadLetters(file, []);
  } finally {
    release();
  }
  if (flags.json) terminal.out(`${JSON.stringify({ removed: length })}\n`);
  else terminal.out(`${formatCount(length)} dead letters removed.\n`);
}
