/** A key is not shown in any failure. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redact, redactError, withPassingSecrets } from '../../src/domain/secret.ts';
import { DeadLetterFile } from '../../src/delivery/dead-letters.ts';
import { EventHubsSink } from '../../src/sinks/event-hubs/event-hubs.ts';
import { openClient } from '../../src/sinks/event-hubs/event-hubs-client.ts';
import { openJournal } from '../../src/delivery/journal-access.ts';
import { sdkFailure } from '../../src/sinks/event-hubs/sdk-failure.ts';
import { DeliveryFailure } from '../../src/delivery/stream-sink.ts';
import { testHub } from '../hub/clients.ts';
import { connectionTo, eventAt, quickPublisher, temporaryFolder } from './fixtures.ts';
import { ScriptedSink } from './scripted-sink.ts';

const CANARY = 'canaryKey0123456789+/canary==';
const text = (port: number) =>
  `Endpoint=sb://localhost:${port};SharedAccessKeyName=send;SharedAccessKey=${CANARY};UseDevelopmentEmulator=true;EntityPath=retail-events`;

/** An error as an SDK may throw it: the key in message, stack, cause and properties. */
function leakyError(): Error {
  const cause = new Error(`inner ${text(1)}`);
  return Object.assign(new Error(`failed with ${text(1)}`, { cause }), {
    info: { SharedAccessKey: CANARY },
    address: text(1),
  });
}

function everything(...values: unknown[]): string {
  return values.map((value) => inspect(value, { depth: 15, showHidden: true })).join('\n');
}

describe('the key is not seen', () => {
  it('in a connection, a sink, a client that cannot be created', async () => {
    const connection = connectionTo(text(1));
    const sink = new EventHubsSink({ connection, sendTimeoutMs: 1_000 });
    expect(everything(connection, sink, JSON.stringify(connection))).not.toContain('canaryKey');
    // The SDK refuses a string and a name that differ, and quotes the whole string.
    if (connection.by !== 'connection-string') throw new TypeError('it is one');
    const parsed = { ...connection.parsed, entity: undefined };
    const odd = { ...connection, parsed, eventHub: 'other' };
    const failing = openClient(odd, 1_000);
    await expect(failing).rejects.toThrow("doesn't match with eventHubName");
    expect(everything(await failing.catch((error) => error))).not.toContain('canaryKey');
  });

  it('in failures of a connection that came with a request, however late', async () => {
    const key = 'passingCanary0123456789+/passing==';
    const given = text(9).replace(CANARY, key);
    const { seen, late } = await withPassingSecrets(async () => {
      const sink = new EventHubsSink({ connection: connectionTo(given), sendTimeoutMs: 200 });
      const failure = await sink.open().catch((error: unknown) => error);
      await sink.close();
      // What its sockets and timers say belongs to the request as well.
      const late = new Promise<Error>((resolve) => {
        setTimeout(() => resolve(redactError(new Error(`the key ${key} of ${given}`))), 50);
      });
      return { seen: everything(failure, sink), late };
    });
    expect(seen + everything(await late)).not.toContain('passingCanary');
    // Forgotten as a word, and still told by what stands before it.
    expect(redact(key)).toBe(key);
    expect(redact(given)).not.toContain('passingCanary');
  });

  it('in failures of the SDK', () => {
    for (const began of [true, false]) {
      const failure = sdkFailure(leakyError(), began);
      expect(everything(failure)).not.toContain('canaryKey');
      const several = sdkFailure(new AggregateError([leakyError(), leakyError()]), began);
      expect(everything(several)).not.toContain('canaryKey');
      expect(failure.message).toMatch(/^failed with /);
    }
  });

  it('in messages and files of a publisher', async () => {
    for (const kind of ['rejected', 'unknown', 'stopped', 'raw'] as const) {
      const folder = temporaryFolder();
      let sends = 0;
      const sink = new ScriptedSink(1);
      sink.send = async () => {
        sends++;
        if (kind === 'unknown' && sends > 2) return;
        if (kind === 'raw' && sends > 2) return;
        if (kind === 'raw') throw leakyError();
        throw new DeliveryFailure(kind, `it said ${text(1)}`, undefined, leakyError());
      };
      const deadLetters = new DeadLetterFile(path.join(folder, 'dead-letters.ndjson'));
      const memory = openJournal(path.join(folder, 'delivery.journal'), {
        base: 'b',
        partitions: 1,
      });
      const publisher = quickPublisher({ sink, partitions: 1, memory, deadLetters });
      publisher.offer(eventAt(0, 0), 0, 0);
      const flushed = await publisher.flush().catch((error) => error);
      const seen = everything(
        (flushed as Error | undefined)?.message,
        (flushed as Error | undefined)?.stack,
        publisher.failure?.message,
        publisher.status(),
        memory.ledger.rows(),
      );
      await publisher.close();
      deadLetters.close();
      const files = readdirSync(folder).map((name) =>
        readFileSync(path.join(folder, name), 'utf8'),
      );
      expect(files.length).toBeGreaterThan(0);
      expect(seen + files.join()).not.toContain('canaryKey');
    }
  });

  it('in the journal and the errors of a stream to a hub', async () => {
    const hub = await testHub();
    const file = path.join(temporaryFolder(), 'delivery.journal');
    const sink = new EventHubsSink({
      connection: connectionTo(text(hub.port)),
      sendTimeoutMs: 300,
    });
    const partitions = await sink.open();
    const memory = openJournal(file, { base: 'b', partitions });
    for (const kind of ['busy', 'drop-before-store', 'detach'] as const) hub.faults.next({ kind });
    const failures: unknown[] = [];
    const send = sink.send.bind(sink);
    sink.send = (...batch) =>
      send(...batch).catch((error) => {
        failures.push(error);
        throw error;
      });
    const publisher = quickPublisher({ sink, partitions, memory });
    for (let sequence = 0; sequence < 20; sequence++)
      publisher.offer(eventAt(0, sequence), 0, sequence);
    await publisher.flush();
    await publisher.close();
    expect(failures.length).toBeGreaterThanOrEqual(3);
    expect(everything(failures) + readFileSync(file, 'utf8')).not.toContain('canaryKey');
  });
});
