/** `sim tail`: prints the events of an event hub as they arrive. */
import type { EventPosition, ReceivedEventData } from '@azure/event-hubs';
import { type Command, Option } from 'commander';
import { instant, wholeNumber } from './arguments.ts';
import type { Context } from './context.ts';
import { untilInterrupt } from './interrupt.ts';
import { offering } from './offered-words.ts';
import { CONNECTION_VARIABLE } from '../sinks/event-hubs/credentials.ts';
import { readConfig } from './settings.ts';
import { tailConnection, type TailConnectionFlags } from './tail-connection.ts';
import { consume } from './tail-consumer.ts';

interface TailFlags extends TailConnectionFlags {
  readonly config?: string;
  readonly from: EventPosition;
  readonly type?: readonly string[];
  readonly key?: string;
  readonly partition?: number;
  readonly limit?: number;
  readonly pretty?: boolean;
}

export function addTail(root: Command, context: Context): void {
  root
    .command('tail')
    .option(
      '--hub <name>',
      'event hub to read; by default the one that the connection string names',
    )
    .option('--config <file>', 'config.json with the sections realtime and stream')
    .option('--consumer-group <name>', 'by default "tail" on the local hub, "$Default" elsewhere')
    .addOption(
      offering(
        new Option(
          '--from <place>',
          'earliest, latest, or an instant in UTC at which events arrived',
        )
          .argParser((text) => startPosition(text, context.terminal.nowMs))
          .default({ offset: '@latest' }, 'latest'),
        () => ['earliest', 'latest'],
      ),
    )
    .addOption(
      offering(
        new Option('--type <a,b,...>', 'only events of these types').argParser((text) =>
          text.split(','),
        ),
        async () => (await import('../domain/event-rules.ts')).EVENT_TYPES,
      ),
    )
    .option('--key <key>', 'only events with this partition key')
    .option('--partition <n>', 'only this partition', wholeNumber('--partition', 0))
    .option('--limit <n>', 'end after this many events', wholeNumber('--limit', 1))
    .option(
      '--port <n>',
      'port of the local hub; overrides the environment',
      wholeNumber('--port', 1),
    )
    .option('--pretty', 'indented, over several lines')
    .addHelpText(
      'after',
      `
Reads from the target of a stream: that of Key Vault, the environment variable
${CONNECTION_VARIABLE}, .env or the config; otherwise the hub on this machine
(sim hub). Ctrl-C ends it.

Examples:
  sim tail
  sim tail --from earliest --limit 10 --pretty
  sim tail --type receipt_created,stockout_detected
  sim tail --from earliest --key S17`,
    )
    .action((flags: TailFlags) => tail(flags, context));
}

async function tail(flags: TailFlags, { terminal }: Context): Promise<void> {
  const from = await tailConnection(flags, readConfig(flags));
  let left = flags.limit ?? Infinity;
  await consume({
    from,
    partition: flags.partition,
    start: flags.from,
    take: (event) => {
      if (left > 0 && isWanted(event, flags)) {
        left--;
        terminal.out(`${lineOf(event, flags.pretty === true)}\n`);
      }
      return left > 0;
    },
    until: untilInterrupt,
  });
}

function startPosition(text: string, nowMs: () => number): EventPosition {
  if (text === 'earliest') return { offset: '-1' };
  if (text === 'latest') return { offset: '@latest' };
  // The client starts after an instant; a user who gives one expects events at it too.
  return { enqueuedOn: instant('--from', nowMs)(text) - 1 };
}

function isWanted(event: ReceivedEventData, { type, key }: TailFlags): boolean {
  if (key !== undefined && event.partitionKey !== key) return false;
  return type === undefined || type.includes(typeOf(event) ?? '');
}

/** The type of an event is one of its properties; other publishers may have it only in the body. */
function typeOf({ properties, body }: ReceivedEventData): string | undefined {
  const type = properties?.event_type ?? envelopeOf(body)?.event_type;
  return typeof type === 'string' ? type : undefined;
}

/** Formats the body on one line, or indented; text that is not JSON becomes a JSON string. */
function lineOf({ body }: ReceivedEventData, pretty: boolean): string {
  const text = textOf(body);
  const value = parsed(text);
  if (value === undefined) return JSON.stringify(text);
  if (pretty) return JSON.stringify(value, undefined, 2);
  // Printed exactly as it was sent, unless that takes more than one line.
  return /[\r\n]/.test(text) ? JSON.stringify(value) : text;
}

function envelopeOf(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const value = parsed(textOf(body));
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function textOf(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
