/** Every registered stream sink passes the suite; one that is added without a subject here fails. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { blackholeSink } from '../../../src/sinks/blackhole/stream-blackhole.ts';
import { EventHubsSink } from '../../../src/sinks/event-hubs/event-hubs.ts';
import { ndjsonSink } from '../../../src/sinks/ndjson/ndjson.ts';
import { sinkNames, streamSinks } from '../../../src/sinks/registry.ts';
import { settingsOf } from '../../../src/sinks/settings.ts';
import { stdoutSink } from '../../../src/sinks/stdout/stdout.ts';
import { worldPaths } from '../../../src/store/paths.ts';
import { streamTarget } from '../../../src/stream/stream-target.ts';
import { configOf } from '../../../src/world/config.ts';
import { connectionTo, temporaryFolder } from '../../delivery/fixtures.ts';
import { ENTITY, stored, testHub } from '../../hub/clients.ts';
import { fullDisk } from '../failing-files.ts';
import { describeStreamSink, linesOf, type Subject } from './stream-suite.ts';

const SUBJECTS: Readonly<Record<string, () => Promise<Subject>>> = {
  async 'event-hubs'() {
    const hub = await testHub();
    const connection = connectionTo(hub.connectionString(ENTITY));
    const next = () => new EventHubsSink({ connection, sendTimeoutMs: 2_000 });
    return {
      sink: next(),
      next,
      arrived: (partition) => stored(hub, partition),
      refusals: {
        busy: () => hub.faults.next({ kind: 'busy' }),
        rejected: () => hub.faults.next({ kind: 'refuse' }),
        unknown: () => hub.faults.next({ kind: 'drop-before-store' }),
      },
    };
  },

  async ndjson() {
    const file = path.join(temporaryFolder(), 'events.ndjson');
    let full = false;
    const port = fullDisk(Number.MAX_SAFE_INTEGER);
    const failing = fullDisk(10);
    const writeSync: typeof port.writeSync = (...write) =>
      (full ? failing : port).writeSync(...write);
    return {
      sink: ndjsonSink(file, { ...port, writeSync }),
      next: () => ndjsonSink(file),
      arrived: () => linesOf(readFileSync(file, 'utf8')),
      refusals: {
        stopped: () => {
          full = true;
        },
      },
    };
  },

  async stdout() {
    let text = '';
    let broken = false;
    const output = new Writable({
      write(chunk, _encoding, done) {
        if (broken) return done(new Error('EPIPE'));
        text += chunk;
        setImmediate(done);
      },
    });
    output.on('error', () => {});
    return {
      sink: stdoutSink(output),
      next: () => stdoutSink(output),
      arrived: () => linesOf(text),
      refusals: {
        stopped: () => {
          broken = true;
        },
      },
    };
  },

  async blackhole() {
    return { sink: blackholeSink(), next: blackholeSink, arrived: undefined, refusals: {} };
  },
};

it('has a subject for every sink that is registered', () => {
  expect(Object.keys(SUBJECTS).sort()).toEqual(sinkNames().sort());
});

for (const [name, make] of Object.entries(SUBJECTS)) describeStreamSink(name, make);

describe.each(streamSinks().map((kind) => [kind.name, kind] as const))(
  'the entry of %s',
  (name, kind) => {
    const config = configOf({ realtime: { send_timeout_ms: 2_000 } });

    it('says where events go, in a line', () => {
      expect(kind.about).toMatch(/^[a-z].*[^.]$/);
    });

    it('makes the sink of its name, which opens, and knows every file that it leaves', async () => {
      const paths = worldPaths(temporaryFolder());
      const { sink, hub, about, isOurs } = await streamTarget(name, config, paths);
      expect(sink.name).toBe(name);
      expect(about).not.toBe('');
      expect(isOurs).toBe(true);
      expect(await sink.open()).toBeGreaterThanOrEqual(1);
      await sink.close();
      await hub?.close();
      for (const names of filesBelow(paths.stream)) {
        expect(kind.isOwnFile?.(names), names.join('/')).toBe(true);
      }
    });

    it('distinguishes a configured connection from none', async () => {
      const { connections, destination } = kind;
      if (connections === undefined) return;
      const none = settingsOf(kind, config);
      expect(await connections.find(none)).toBeUndefined();
      expect(connections.missing).toMatch(/^[a-z].*[^.]$/);
      expect(destination?.(none).status).toBe('local');
    });
  },
);

function filesBelow(folder: string): string[][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep));
}
