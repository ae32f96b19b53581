/** What the program knows of a stream sink. Everything that lists or offers sinks derives from these entries. */
import type { z } from 'zod';
import type { StreamSink } from '../delivery/stream-sink.ts';
import type { Config } from '../world/config.ts';

/**
 * A stream sink: its name, its settings, and how a stream, a connection test and a retry of dead letters
 * come to it. `registerSink` adds one of your own; `docs/sinks.md` has an example.
 */
export interface StreamSinkKind<Settings = unknown> {
  /** As `--sink`, the API and the section `sinks` of the config name it: small letters, digits, dashes. */
  readonly name: string;
  /** Where the events go, as the end of a sentence that begins "the events go". One line of Markdown. */
  readonly about: string;
  /**
   * URL of the module that registers it, `import.meta.url`: a server streams in another thread, which has to
   * register it as well. Without it a server can't stream into a sink of your own.
   */
  readonly module?: string;
  /** Shape of `sinks.<name>` in the config; without it there is nothing to set. Messages end "expected …". */
  readonly settings?: z.ZodType<Settings>;
  /** Keys of those settings whose values are never shown. */
  readonly secrets?: readonly string[];
  /** Whether it writes to the terminal of whoever runs this, so that a server can't offer it. */
  readonly needsTerminal?: boolean;
  /** Whether a file below the world's folder `stream/`, as a list of names, is one that this sink makes. */
  readonly isOwnFile?: (names: readonly string[]) => boolean;
  /**
   * How one gets in, where somebody else has to be there. Streams check it before they make history, and dead
   * letters can be sent into it again; `sim check-connection` and the API test it.
   */
  readonly connections?: SinkConnections<Settings>;
  /** Where the next stream goes, as far as it can be told without connecting. Never throws. */
  destination?(context: SinkSettings<Settings>): Destination;
  /** Loads what it needs: called before a stream makes history. @throws InputError that names what is missing */
  readonly load?: () => Promise<unknown>;
  /** Where a stream goes, ready to be opened. @throws InputError or OutputError that says how to mend it */
  target(context: SinkContext<Settings>): StreamTarget | Promise<StreamTarget>;
}

/** What a sink is made of, apart from a world. */
export interface SinkSettings<Settings = unknown> {
  /** The config of the world. */
  readonly config: Config;
  /** `sinks.<name>` of the config, checked; undefined where the sink declares none. */
  readonly settings: Settings;
}

/** What a sink of a world is made of. */
export interface SinkContext<Settings = unknown> extends SinkSettings<Settings> {
  /** The folder of the world's stream, for what the sink keeps. It may not exist yet. */
  readonly folder: string;
  /** Keeps other processes away from what the sink keeps. */
  readonly locks: SinkLocks;
  /** Called with sentences that a user should read once. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** Locks that keep other processes away. */
export interface SinkLocks {
  /** Resolves when it is known whether the holder of a lock still lives. */
  watch(
    file: string,
    options: { onNote?: ((sentence: string) => void) | undefined },
  ): Promise<void>;
  /** Takes a lock; returns what gives it back. @throws InputError while another process holds it */
  take(file: string): () => void;
}

/** Where a stream goes. */
export interface StreamTarget {
  /** Not opened yet. */
  readonly sink: StreamSink;
  /** In words, without secrets. */
  readonly about: string;
  /** Whether nobody else has to be there: a file, or a hub that is started here. */
  readonly isOurs: boolean;
  /** Makes another sink to the same place, for dead letters that are sent again while the stream runs. */
  readonly another?: (() => StreamSink) | undefined;
  /** The hub that was started for want of another. */
  readonly hub?: StartedHub | undefined;
}

/** A receiver in this process, for as long as the stream runs. */
export interface StartedHub {
  /** Port that readers connect to. */
  readonly port: number;
  /** Returns what it has done so far. */
  stats(): {
    /** Events that readers lost, as they were dropped before they were read. */
    readonly lostEvents: number;
  };
  /** Ends it. */
  close(): Promise<void>;
}

/** How one gets into a sink. */
export interface SinkConnections<Settings = unknown> {
  /** The connection that is configured, or undefined. @throws InputError naming what is missing in it */
  find(context: SinkSettings<Settings>): Promise<SinkConnection | undefined>;
  /** The connection of a connection string. @throws InputError naming what is missing in it */
  parse?(text: string, origin: string, context: SinkSettings<Settings>): SinkConnection;
  /** What to do where none is configured, as the end of a sentence. */
  readonly missing: string;
}

/** A way into a sink, not opened yet. */
export interface SinkConnection {
  /** What may be said about it, without secrets, by name: `host`, `keyName`. In the order to show them in. */
  readonly facts: Readonly<Record<string, string>>;
  /** Makes a sink that goes there. */
  sink(): StreamSink;
}

/** Where the next stream goes. */
export interface Destination {
  /** `local`: a hub is started for the time of the stream. `faulty`: starting would fail. */
  readonly status: 'configured' | 'local' | 'faulty';
  /** In words, without secrets. */
  readonly detail: string;
}
