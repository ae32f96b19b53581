/** `sim hub`: serves Event Hubs clients, without a stream. */
import { type Command, Option } from 'commander';
import { hubLock } from '../hub/disk/hub-files.ts';
import { entitiesOfEmulatorConfig } from '../hub/emulator-config.ts';
import type { EntityOptions } from '../hub/entity-options.ts';
import { AMQP_PORT, DEFAULT_ENTITY, type Hub, startHub } from '../hub/hub.ts';
import { formatBytes, formatCount } from '../domain/format.ts';
import { takeLock, watchLock } from '../store/lock.ts';
import { StatusLine } from '../run/status-line.ts';
import { readJsonFile } from '../world/json-file.ts';
import { wholeNumber } from './arguments.ts';
import type { Context } from './context.ts';
import { untilInterrupt } from './interrupt.ts';
import { noting } from './noting.ts';
import { launcher } from './suggest.ts';
import { messagesOf, type Terminal } from './terminal.ts';

/** Port of the official emulator's health check. */
const HEALTH_PORT = 5300;
const STATUS_EVERY_MS = 200;
const HOUR_MS = 3_600_000;

interface HubFlags {
  readonly port: number;
  readonly healthPort?: number;
  readonly host?: string;
  readonly allowRemote?: boolean;
  readonly config?: string;
  readonly partitions?: number;
  readonly data?: string;
  readonly retentionBytes?: number;
  readonly retentionHours?: number;
  readonly json?: boolean;
}

export function addHub(root: Command, context: Context): void {
  root
    .command('hub')
    .option('--port <n>', 'AMQP port; 0 chooses a free one', wholeNumber('--port', 0), AMQP_PORT)
    .option(
      '--health-port <n>',
      `port of GET /health; ${HEALTH_PORT} with the default AMQP port, otherwise a free one`,
      wholeNumber('--health-port', 0),
    )
    .option('--host <address>', 'address to listen on; 127.0.0.1 by default')
    .option('--allow-remote', 'allow a --host that other machines can reach')
    .option('--config <file>', "Config.json of Microsoft's emulator, for the names of event hubs")
    .addOption(
      new Option('--partitions <n>', `partitions of ${DEFAULT_ENTITY.name}`)
        .argParser(wholeNumber('--partitions', 1))
        .conflicts('config'),
    )
    .option('--data <dir>', 'folder for the events; by default they are only in memory')
    .option(
      '--retention-bytes <n>',
      'most bytes that a partition keeps; 33554432 by default',
      wholeNumber('--retention-bytes', 1),
    )
    .option(
      '--retention-hours <n>',
      'hours after which events are dropped; 24 by default, 168 with --data',
      wholeNumber('--retention-hours', 1),
    )
    .option('--json', 'JSON lines on stdout: first where it listens, at the end what it did')
    .addHelpText(
      'after',
      `
Events are in memory, a day or 32 MiB for each partition, and lost when it ends. With --data they are in
a folder, a week or 32 MiB for each partition: acknowledged events survive a kill -9; files are synced to
disk every second, so a power cut loses the events of about a second. Ctrl-C ends it.

Examples:
  sim hub
  sim hub --data my-hub
  sim hub --data my-hub --retention-bytes 1000000000 --retention-hours 720
  sim hub --port 0 --partitions 4
  sim hub --config Config.json`,
    )
    .action((flags: HubFlags) => serve(flags, context.terminal));
}

async function serve(flags: HubFlags, terminal: Terminal): Promise<void> {
  if (flags.data !== undefined) await watchLock(hubLock(flags.data), noting(terminal));
  const hub = await startHub({
    host: flags.host,
    allowRemote: flags.allowRemote,
    port: flags.port,
    healthPort: flags.healthPort ?? (flags.port === AMQP_PORT ? HEALTH_PORT : 0),
    entities: entitiesOf(flags),
    data: flags.data === undefined ? undefined : { folder: flags.data, lock: takeLock },
    retentionBytes: flags.retentionBytes,
    retentionMs: flags.retentionHours === undefined ? undefined : flags.retentionHours * HOUR_MS,
    onNote: (sentence) => terminal.say(`${sentence}\n`),
  });
  const { port, healthPort, entities } = hub;
  if (flags.json) {
    const connectionString = hub.connectionString();
    terminal.out(`${JSON.stringify({ port, healthPort, connectionString, entities })}\n`);
  } else terminal.out(welcome(hub));
  const line = new StatusLine(messagesOf(terminal));
  const timer = terminal.isTerminal
    ? setInterval(() => line.show(() => statusText(hub)), STATUS_EVERY_MS)
    : undefined;
  try {
    await untilInterrupt();
  } finally {
    clearInterval(timer);
    line.clear();
    terminal.say(`Ending. ${statusText(hub)}\n`);
    if (flags.json) terminal.out(`${JSON.stringify({ stats: hub.stats() })}\n`);
    await hub.close();
  }
}

/** Event hubs that the flags name; undefined means those of the folder, or the default one. */
function entitiesOf({ config, partitions }: HubFlags): readonly EntityOptions[] | undefined {
  if (config !== undefined) {
    return entitiesOfEmulatorConfig(readJsonFile(config, 'Config.json'), config);
  }
  return partitions === undefined ? undefined : [{ ...DEFAULT_ENTITY, partitionCount: partitions }];
}

function welcome(hub: Hub): string {
  const lines = hub.entities.map(
    ({ name, partitionCount, consumerGroups }) =>
      `  ${name}: ${partitionCount} partitions, consumer groups ` +
      `${['$Default', ...consumerGroups.filter((group) => group !== '$Default')].join(', ')}\n`,
  );
  return `A hub for development and tests is listening on port ${hub.port}; it is not Azure Event Hubs.

Event hubs:
${lines.join('')}
Connect any Event Hubs client with
  ${hub.connectionString(hub.entities[0].name)}

To see what arrives, run in another terminal:
  ${launcher()} tail${tailArguments(hub)}

Health: http://localhost:${hub.healthPort}/health. Ctrl-C ends it.
`;
}

/** Flags that `sim tail` needs, besides its defaults, to read the first event hub. */
function tailArguments({ port, entities: [{ name, consumerGroups }] }: Hub): string {
  const [tailGroup] = DEFAULT_ENTITY.consumerGroups;
  return (
    (port === AMQP_PORT ? '' : ` --port ${port}`) +
    (name === DEFAULT_ENTITY.name ? '' : ` --hub ${name}`) +
    (consumerGroups.includes(tailGroup) ? '' : " --consumer-group '$Default'")
  );
}

function statusText(hub: Hub): string {
  const { connections, incomingEvents, incomingBytes, outgoingEvents, lostEvents } = hub.stats();
  const lost = lostEvents === 0 ? '' : `, ${formatCount(lostEvents)} lost to slow readers`;
  return (
    `${connections} connections, ${formatCount(incomingEvents)} events in ` +
    `(${formatBytes(incomingBytes)}), ${formatCount(outgoingEvents)} out${lost}`
  );
}
