/**
 * An endpoint in this process that Event Hubs clients of any language can use, for development and
 * tests. It is not Azure Event Hubs: clients are not authenticated.
 */
import { InputError } from '../domain/errors.ts';
import { ClientConnection } from './client-connection.ts';
import { connectionString } from './connection-string.ts';
import { makeContainer } from './container.ts';
import { HubFolder, type HubFolderOptions } from './disk/hub-folder.ts';
import type { EntityOptions } from './entity-options.ts';
import { checkEntities } from './entity-options.ts';
import type { Faults } from './faults.ts';
import { type Health, serveHealth } from './health.ts';
import { Listener, openPort } from './listener.ts';
import { Namespace } from './namespace.ts';
import { Notes } from './notes.ts';
import { type Pause, pause } from './pause.ts';
import { type HubStats, statsOf } from './stats.ts';
import { memoryStorage } from './storage.ts';
import { readEvents, type StoredEvent } from './stored-events.ts';

/** The AMQP port. Clients use it if the connection string names none. */
export const AMQP_PORT = 5672;
export const DEFAULT_ENTITY: EntityOptions = {
  name: 'retail-events',
  partitionCount: 8,
  consumerGroups: ['tail'],
};
const DEFAULT_RETENTION_BYTES = 32 * 1024 * 1024;
const DEFAULT_RETENTION_MS = 24 * 3_600_000;
/** Longer than in memory, because consumers of a hub that is not always running come back later. */
const FOLDER_RETENTION_MS = 7 * 24 * 3_600_000;

export interface HubOptions {
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Must be true for an address that other machines reach: the hub accepts every client. */
  readonly allowRemote?: boolean;
  /** 0 chooses a free port; by default 5672, or a free one if that is taken. */
  readonly port?: number;
  /** Port of `GET /health` and `GET /stats`; 0 chooses a free one; none by default. */
  readonly healthPort?: number | undefined;
  /** Event hubs; by default those in `data`, or `retail-events` with 8 partitions and the group `tail`. */
  readonly entities?: readonly EntityOptions[] | undefined;
  /** Folder in which events are kept; by default in memory. Without `port`, its last port is preferred. */
  readonly data?: HubFolderOptions | undefined;
  /** The most bytes that each partition keeps; 32 MiB by default. */
  readonly retentionBytes?: number | undefined;
  /** Age at which events are dropped, ms; a day by default, a week with `data`. */
  readonly retentionMs?: number | undefined;
  /** Clock of the hub, epoch ms; the wall clock by default. */
  readonly clock?: () => number;
  /** Called with sentences that the operator of the hub should read, such as warnings about lost events. */
  readonly onNote?: (sentence: string) => void;
}

/** A hub that runs. */
export interface Hub {
  /** Port that clients connect to. */
  readonly port: number;
  /** Port of `GET /health`; undefined if none was requested. */
  readonly healthPort: number | undefined;
  /** Its event hubs. */
  readonly entities: readonly EntityOptions[];
  /** Faults that it is to have, for tests. */
  readonly faults: Faults;
  /** Returns the connection string for clients, with `EntityPath` if an event hub is named. */
  connectionString(entity?: string): string;
  /** Cuts all connections and refuses new ones for `ms`; resolves when the port is open again. */
  outage(ms: number): Promise<void>;
  /** Returns the retained events of a partition, oldest first. Throws RangeError if there is no such partition. */
  partition(entity: string, index: number): readonly StoredEvent[];
  /** Returns what it has done so far. */
  stats(): HubStats;
  /** Ends the hub: cuts connections, closes ports, and syncs or forgets the events. */
  close(): Promise<void>;
}

/** Starts a hub. Throws InputError if an option is invalid or the port can't be opened. */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const host = options.host ?? '127.0.0.1';
  checkHost(host, options.allowRemote === true);
  const { data } = options;
  const retention = {
    bytes: positive('retentionBytes', options.retentionBytes ?? DEFAULT_RETENTION_BYTES),
    ms: positive(
      'retentionMs',
      options.retentionMs ?? (data === undefined ? DEFAULT_RETENTION_MS : FOLDER_RETENTION_MS),
    ),
  };
  const clock = options.clock ?? Date.now;
  const onNote = options.onNote ?? (() => {});
  const asked = options.entities === undefined ? undefined : checkEntities(options.entities);
  const storage =
    data === undefined
      ? memoryStorage(asked ?? [DEFAULT_ENTITY], retention, clock())
      : new HubFolder(data, asked, [DEFAULT_ENTITY], retention, clock(), onNote);
  const entities = storage.entities.map(({ createdMs: _, ...entity }) => entity);
  const clients = new Set<ClientConnection>();
  let namespace: Namespace;
  let listener: Listener;
  let health: Health | undefined;
  const stats = () => statsOf(namespace, clients.size);
  try {
    namespace = new Namespace(storage, retention, clock, new Notes(onNote));
    const container = makeContainer('synthetic-retail-hub');
    listener = new Listener(host, (socket) => {
      const gone = () => clients.delete(client);
      const client = new ClientConnection(container, socket, namespace, gone);
      clients.add(client);
    });
    await openPort(listener, options.port, storage.lastPort ?? AMQP_PORT);
    try {
      if (options.healthPort !== undefined) {
        health = await serveHealth(host, options.healthPort, stats);
      }
      storage.rememberPort(listener.port);
    } catch (error) {
      await listener.close();
      await health?.close();
      throw error;
    }
  } catch (error) {
    storage.close();
    throw error;
  }

  let closing: Promise<void> | undefined;
  let outage: { readonly wait: Pause; readonly over: Promise<void> } | undefined;

  const sufferOutage = async ({ over }: Pause): Promise<void> => {
    for (const client of clients) client.drop();
    await listener.close();
    await over;
    if (closing === undefined) await listener.reopen();
    outage = undefined;
  };

  const close = async (): Promise<void> => {
    outage?.wait.end();
    await outage?.over;
    for (const { partitions } of namespace.entities) {
      for (const { silence } of partitions) silence.abandon();
    }
    for (const client of clients) client.close();
    await Promise.all([listener.close(), health?.close()]);
    storage.close();
  };

  return {
    get port() {
      return listener.port;
    },
    healthPort: health?.port,
    entities,
    faults: namespace.faults,
    connectionString: (entity) => connectionString(listener.port, entity),
    outage(ms) {
      if (outage !== undefined || closing !== undefined) {
        return Promise.reject(new Error('Cannot begin an outage: the hub is already down'));
      }
      const wait = pause(ms);
      const over = sufferOutage(wait);
      outage = { wait, over };
      return over;
    },
    partition(name, index) {
      const found = namespace.find(name)?.partitions[index];
      if (found === undefined) {
        const known = namespace.entities.map(
          (entity) => `${entity.name} (${entity.partitions.length})`,
        );
        throw new RangeError(
          `Cannot read partition ${index} of "${name}": expected one of ${known.join(', ')}`,
        );
      }
      return readEvents(found.log);
    },
    stats,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function checkHost(host: string, allowRemote: boolean): void {
  if (allowRemote || /^(127(\.\d{1,3}){3}|::1|localhost)$/i.test(host)) return;
  throw new InputError(
    `Cannot listen on ${host}: other machines may reach it, and the hub accepts every client; ` +
      'expected 127.0.0.1, or allow it explicitly if you trust the network',
  );
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InputError(`Cannot use ${name} ${value}: expected a whole number above 0`);
}
