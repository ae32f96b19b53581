/** The driver itself: the same seed draws the same plan, and it finds faults. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { Claims } from './claims.ts';
import type { Consumer } from './consumer.ts';
import { drawPlan } from './draw.ts';
import { Gate } from './gate.ts';
import { checkTotals } from './ledger.ts';
import { comparable, Reference } from './reference.ts';
import { stepText } from './steps.ts';
import { tamper } from './tamper.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'chaos-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawPlan(7, 12)).toEqual(drawPlan(7, 12));
    expect(drawPlan(8, 12)).not.toEqual(drawPlan(7, 12));
    // More steps go on where fewer ended.
    expect(drawPlan(7, 12).steps.slice(0, 5)).toEqual(drawPlan(7, 5).steps.slice(0, 5));
  });

  it('has every kind of step and fault within a few hundred seeds', () => {
    const plans = Array.from({ length: 300 }, (_, seed) => drawPlan(seed, 8));
    const steps = plans.flatMap((plan) => plan.steps);
    const text = steps.map(stepText).join('\n');
    for (const kind of [
      ...['--catch-up csv', '--catch-up stream', '--catch-up none', '--also-csv', '--events'],
      ...['--speed 1 ', '--speed 60', '--speed 600', '--speed 1200', '--speed max', '--duration'],
      ...[': kill', ': interrupt', ': interrupt twice', 'frozen for', 'hub down', 'hub up'],
      ...['hub frozen', 'hub goes on', 'without what it was sent', 'busy', 'drop-before-store'],
      ...['drop-after-store', 'detach', 'silence', 'refuse', 'clock jumps', 'disk full'],
      ...['disrupt create', 'disrupt clear', 'dlq retry', 'serve, ', 'history, '],
      ...['torn', 'cut', 'halved', 'emptied', 'deleted', 'foreign'].flatMap((how) => [
        `journal is ${how}`,
        `manifest is ${how}`,
        `frontier is ${how}`,
      ]),
    ]) {
      expect(text).toContain(kind);
    }
    expect(plans.some(({ beginning }) => beginning.from === 'shards')).toBe(true);
  });
});

const envelope = (id: string, second: number, key: string) =>
  JSON.stringify({
    event_id: id,
    event_type: 'receipt_created',
    event_timestamp: new Date(second * 1000).toISOString(),
    ingest_timestamp: `${id} of now`,
    partition_key: key,
  });
const stream = new Reference(
  [
    envelope('a', 1, 's1'),
    envelope('b', 2, 's2'),
    envelope('c', 3, 's1'),
    envelope('d', 4, 's2'),
  ].join('\n'),
);
const having = (...ids: string[]) =>
  ({ first: new Map(ids.map((id) => [id, {}])) }) as unknown as Consumer;
const ids = (claims: Claims, consumer: Consumer, excused: string[] = []) =>
  claims.forgotten(stream, consumer, new Set(excused)).map(({ event }) => event.id);

describe('claims', () => {
  it('cover the time that a run reported as streamed', () => {
    const claims = new Claims(0);
    expect(ids(claims, having())).toEqual([]);
    claims.add('one', { fromMs: 1500, toMs: 3500 }, []);
    expect(claims.reachedMs).toBe(3500);
    expect(ids(claims, having())).toEqual(['b', 'c']);
    expect(ids(claims, having('b'), ['c'])).toEqual([]);
  });

  it('cover events before an event of the same key', () => {
    const claims = new Claims(0);
    claims.add('one', { fromMs: 0, toMs: 0 }, [stream.byId.get('c')!]);
    expect(ids(claims, having('c'))).toEqual(['a']);
  });

  it("don't cover time that is only in the files", () => {
    const claims = new Claims(0);
    claims.add('one', { fromMs: 0, toMs: 5000, gap: { fromMs: 1500, toMs: 3500 } }, []);
    expect(ids(claims, having())).toEqual(['a', 'd']);
  });

  it('cover only the requested types', () => {
    const claims = new Claims(0);
    claims.add('one', { fromMs: 0, toMs: 5000, types: new Set(['store_opened']) }, []);
    expect(ids(claims, having())).toEqual([]);
  });
});

it('a ledger that does not add up is found', () => {
  const totals = {
    generated: 5,
    sent: 4,
    acknowledged: 3,
    deadLettered: 1,
    inFlight: 1,
    possiblyRepeated: 0,
  };
  expect(() => checkTotals(totals, 'here')).not.toThrow();
  expect(() => checkTotals({ ...totals, inFlight: 2 }, 'here')).toThrow(/generated is not/);
  expect(() => checkTotals({ ...totals, sent: 2 }, 'here')).toThrow(/less sent than acknowledged/);
});

it('envelopes are compared but for the time of their making', () => {
  expect(comparable(envelope('a', 1, 's'))).toBe(
    comparable(envelope('a', 1, 's').replace('of now', 'then')),
  );
  expect(comparable(envelope('a', 1, 's'))).not.toBe(comparable(envelope('a', 2, 's')));
});

describe('tampering', () => {
  const file = path.join(folder, 'delivery.journal');
  const done = (how: Parameters<typeof tamper>[1], text: string) => {
    writeFileSync(file, text);
    const tampered = tamper(file, how, folder, 0);
    return { refusal: tampered?.refusal, text: readFileSync(file, 'utf8') };
  };

  it('leaves damage that crashes leave, and other damage', () => {
    const four = 'head\none\ntwo\nthree\n';
    expect(done('torn', four)).toEqual({ refusal: 'must not', text: `${four}thr` });
    expect(done('cut', four)).toEqual({ refusal: 'may', text: 'head\none\ntwo\nth' });
    expect(done('halved', four)).toEqual({ refusal: 'must', text: 'head\none\n' });
    expect(done('emptied', four)).toEqual({ refusal: 'must', text: '' });
  });

  it('allows a stream to continue without a checkpoint that is not later than that of the history', () => {
    const manifest = path.join(folder, 'manifest.json');
    for (const [historyMs, refusal] of [
      [4, 'must'],
      [5, 'may'],
      [6, 'may'],
    ] as const) {
      writeFileSync(manifest, JSON.stringify({ committedMs: 5 }));
      expect(tamper(manifest, 'deleted', folder, historyMs)).toMatchObject({ refusal });
    }
    expect(tamper(manifest, 'deleted', folder, 5)).toBeUndefined();
  });

  it('takes a halved journal for one after a power cut if all that was synced is there', () => {
    const journal = path.join(folder, 'some.journal');
    const frontier = path.join(folder, 'frontier');
    const four = 'head\none\ntwo\nthree\n';
    for (const [synced, refusal] of [
      [9, 'may'],
      [10, 'must'],
    ] as const) {
      writeFileSync(journal, four);
      writeFileSync(frontier, `00000000 ${JSON.stringify({ synced })}\n`);
      expect(tamper(journal, 'halved', folder, 5)).toMatchObject({ refusal });
    }
    rmSync(frontier);
  });

  it('does not damage files written in one step', () => {
    expect(done('cut', 'head\none\n')).toEqual({ refusal: undefined, text: 'head\none\n' });
    expect(done('halved', 'head\none\n')).toEqual({ refusal: undefined, text: 'head\none\n' });
  });
});

describe('what is loaded before the program', () => {
  const preload = new URL('./preload.mjs', import.meta.url).href;
  const run = (code: string, environment: Record<string, string>) =>
    execFileSync(process.execPath, ['--import', preload, '--input-type=module', '-e', code], {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });

  it('shifts only the clock', () => {
    const clock = path.join(folder, 'clock');
    writeFileSync(clock, String(Date.parse('2024-03-02T00:00:00Z') - Date.now()));
    const code = `console.log(new Date().toISOString(), Date.now() >= Date.parse('2024-03-02'),
      new Date(5).getTime(), new Date() instanceof Date)`;
    expect(run(code, { CHAOS_CLOCK: clock })).toMatch(/^2024-03-02T00:0\d:.* true 5 true\n$/);
  });

  it('simulates a full disk during a write', () => {
    const code = `import fs, { writeSync } from 'node:fs';
      const file = fs.openSync(${JSON.stringify(path.join(folder, 'full'))}, 'w');
      console.log(writeSync(file, Buffer.alloc(60), 0, 60), writeSync(file, Buffer.alloc(60), 0, 60));
      try { writeSync(file, Buffer.alloc(1), 0, 1) } catch (error) { console.log(error.code) }`;
    expect(run(code, { CHAOS_DISK: '100' })).toBe('60 40\nENOSPC\n');
  });
});

describe('the gate', () => {
  async function through() {
    const said: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => said.push(String(bytes)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gate = await Gate.open((server.address() as { port: number }).port);
    const client = async (): Promise<Socket> => {
      const socket = connect(gate.port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      return socket;
    };
    const close = async () => {
      await gate.close();
      server.close();
    };
    return { said, gate, client, close };
  }

  it('holds messages back while it is frozen, and then passes them on or loses them', async () => {
    const { said, gate, client, close } = await through();
    const kept = await client();
    kept.write('1');
    await expect.poll(() => said).toEqual(['1']);
    gate.freeze();
    kept.write('2');
    kept.destroy();
    await sleep(50);
    expect(said).toEqual(['1']);
    gate.thaw(true);
    await expect.poll(() => said).toEqual(['1', '2']);
    const lost = await client();
    gate.freeze();
    lost.write('3');
    await sleep(50);
    const ended = once(lost, 'close');
    gate.thaw(false);
    await ended;
    expect(said).toEqual(['1', '2']);
    await close();
  });

  it('refuses all clients while it is down, and has the same port afterwards', async () => {
    const { gate, client, close } = await through();
    const { port } = gate;
    const cut = await client();
    const ended = once(cut, 'close');
    await gate.down();
    await ended;
    expect(gate.isOpen).toBe(false);
    const refused = connect(port, '127.0.0.1');
    expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
    await gate.up();
    expect(gate.port).toBe(port);
    await client();
    await close();
  });
});
