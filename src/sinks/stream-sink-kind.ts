/** The description of a stream sink. All lists and choices of sinks derive from these entries. */
import type { z } from 'zod';
import type { StreamSink } from '../delivery/stream-sink.ts';
import type { Config } from '../world/config.ts';

/**
 * A stream sink: its name, its settings, and its use by streams, connection tests and retries of dead
 * letters. `registerSink` adds one of your own; `docs/sinks.md` has an example.
 */
export interface StreamSinkKind<Settings = unknown> {
  /** Its name in `--sink`, the API and the section `sinks` of the config: lowercase letters, digits, dashes. */
  readonly name: string;
  /** The destination of the events, as the end of a sentence that begins "the events go". One line of Markdown. */
  readonly about: string;
  /**
   * URL of the module that registers it, `import.meta.url`: a server streams in another thread, which must
   * register it, too. Without it, a server can't stream to a sink of your own.
   */
  readonly module?: string;
  /** Schema of `sinks.<name>` in the config; without it the sink has no settings. Messages end "expected …". */
  readonly settings?: z.ZodType<Settings>;
  /** Keys of the settings whose values are never shown. */
  readonly secrets?: readonly string[];
  /** Whether it writes to the user's terminal, so that a server can't offer it. */
  readonly needsTerminal?: boolean;
  /** Whether this sink created a file. @param names path of the file, below the world's folder `stream/` */
  readonly isOwnFile?: (names: readonly string[]) => boolean;
  /**
   * The connections of a sink that sends to another service. Streams check them before they generate history, dead
   * letters can be sent through them again, and `sim check-connection` and the API test them.
   */
  readonly connections?: SinkConnections<Settings>;
  /** Returns the destination of the next stream, without connecting. Never throws. */
  destination?(context: SinkSettings<Settings>): Destination;
  /** Loads libraries. Called before a stream generates history. @throws InputError naming a missing library */
  readonly load?: () => Promise<unknown>;
  /** Returns the target of a stream, not opened. @throws InputError or OutputError that says how to correct it */
  target(context: SinkContext<Settings>): StreamTarget | Promise<StreamTarget>;
}

/** The arguments of a sink without a world. */
export interface SinkSettings<Settings = unknown> {
  /** The config of the world. */
  readonly config: Config;
  /** `sinks.<name>` of the config, checked; undefined if the sink declares no settings. */
  readonly settings: Settings;
}

/** The arguments of a sink of a world. */
export interface SinkContext<Settings = unknown> extends SinkSettings<Settings> {
  /** The folder of the world's stream, for files of the sink. It may not exist yet. */
  readonly folder: string;
  /** Locks that protect the sink's files from other processes. */
  readonly locks: SinkLocks;
  /** Called with a note for the user. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** Locks that keep other processes away. */
export interface SinkLocks {
  /** Resolves when it is known whether the process that holds a lock is still running. */
  watch(
    file: string,
    options: { onNote?: ((sentence: string) => void) | undefined },
  ): Promise<void>;
  /** Takes a lock; returns a function that releases it. @throws InputError while another process holds it */
  take(file: string): () => void;
}

/** The target of a stream. */
export interface StreamTarget {
  /** The sink, not opened yet. */
  readonly sink: StreamSink;
  /** Its description for messages, without secrets. */
  readonly about: string;
  /** Whether it needs no other service: a file, or a hub in this process. */
  readonly isOurs: boolean;
  /** Creates another sink with the same target, for dead letters that are sent again while the stream runs. */
  readonly another?: (() => StreamSink) | undefined;
  /** The hub that was started because no connection is configured. */
  readonly hub?: StartedHub | undefined;
}

/** A hub in this process that runs as long as the stream. */
export interface StartedHub {
  /** Port that readers connect to. */
  readonly port: number;
  /** Returns its counters. */
  stats(): {
    /** Number of events that were dropped before consumers had read them. */
    readonly lostEvents: number;
  };
  /** Stops the hub. */
  close(): Promise<void>;
}

/** The connections of a sink. */
export interface SinkConnections<Settings = unknown> {
  /** Returns the configured connection, or undefined. @throws InputError naming its missing parts */
  find(context: SinkSettings<Settings>): Promise<SinkConnection | undefined>;
  /** Returns the connection of a connection string. @throws InputError naming its missing parts */
  parse?(text: string, origin: string, context: SinkSettings<Settings>): SinkConnection;
  /** Tells a user how to configure a connection, as the end of a sentence. */
  readonly missing: string;
}

/** A connection to a sink, not opened yet. */
export interface SinkConnection {
  /** Properties for users, without secrets, by name (`host`, `keyName`), in display order. */
  readonly facts: Readonly<Record<string, string>>;
  /** Creates a sink with this connection. */
  sink(): StreamSink;
}

/** The destination of the next stream. */
export interface Destination {
  /** `local`: a hub will run as long as the stream. `faulty`: starting would fail. */
  readonly status: 'configured' | 'local' | 'faulty';
  /** Its description for users, without secrets. */
  readonly detail: string;
}
