import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { generateHistory } from '../../src/run/generation.ts';
import {
  claimOf,
  isAbandoned,
  lockOwner,
  requireHeld,
  requireHeldLately,
  takeLock,
  watchLock,
} from '../../src/store/lock.ts';
import { lockText } from '../../src/store/lock-record.ts';
import { HEARTBEAT_MS, SILENT_MS } from '../../src/store/lock-verdict.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { type ProcessIdentity, thisProcess } from '../../src/store/process-identity.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { digests } from '../run/digests.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-lock-'));
let folders = 0;
let file = '';
beforeEach(() => {
  file = path.join(base, String(folders++), 'checkpoint', 'run.lock');
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(base, { recursive: true }));

/** A process number that no system gives. */
const GONE = 2147480000;
const host = os.hostname();

function leave(text: string, at = file): void {
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, text);
}

/** The lock of another process, as it would have written it. */
function lockOf(other: Partial<ProcessIdentity>, beat = 0): string {
  const text = lockText({ ...thisProcess(), ...other }, 'f00dfeedf00dfeed', Date.now());
  return text.replace(/\d{10}\n$/, `${String(beat).padStart(10, '0')}\n`);
}
const ELSEWHERE = { host: 'node-9', place: 'another-boot/4026531836' };

it('keeps a second run out until the first gives it back', () => {
  const release = takeLock(file);
  expect(() => takeLock(file)).toThrow(InputError);
  expect(lockOwner(file)).toBe(`process ${process.pid}`);
  release();
  release();
  expect(existsSync(file)).toBe(false);
  takeLock(file)();
});

it.each([
  ['a process that is gone', lockOf({ pid: GONE })],
  ['a process that is gone, of an older program', `${GONE} ${host}\n`],
  ['this very process number, not taken by it', `${process.pid} ${host}\n`],
  ['an earlier life of this process number', `${process.pid} ${host} ${Date.now() - 1e9}\n`],
])('takes over the lock of %s at once', (_whose, text) => {
  leave(text);
  expect(lockOwner(file)).toBeUndefined();
  takeLock(file)();
});

it.runIf(process.platform === 'linux')(
  'takes over the lock of a process whose number another one has by now, at once',
  () => {
    for (const pid of [process.ppid, process.pid]) {
      leave(lockOf({ pid, start: '1' }));
      expect(isAbandoned(file)).toBe(true);
      takeLock(file)();
    }
  },
);

it('takes over an empty lock, such as a power cut leaves, when it stays empty', () => {
  leave('');
  expect(lockOwner(file)).toBe('a process that is starting');
  takeLock(file)();
});

it.each([
  ['a living process of an older program', `${process.ppid} ${host}\n`],
  ['another host, of an older program', `1 not-${host}\n`],
  ['another thread of this process', `${process.pid} ${host} ${Date.now()}\n`],
  ['another thread of this process, with a heartbeat', lockOf({})],
  ['another host, as long as nothing else is known', lockOf(ELSEWHERE)],
  [
    'another container of this host, where the number means nothing',
    lockOf({ pid: GONE, place: ELSEWHERE.place }),
  ],
])('respects the lock of %s', (_whose, text) => {
  leave(text);
  expect(isAbandoned(file)).toBe(false);
  expect(() => takeLock(file)).toThrow(/run\.lock/);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

describe('the lock of another host', () => {
  it('is taken over, with a note, when its heartbeat has not changed for long enough', async () => {
    leave(lockOf({ ...ELSEWHERE, pid: 7 }));
    const notes: string[] = [];
    await watchLock(file, { silentMs: 300, onNote: (sentence) => notes.push(sentence) });
    expect(notes).toEqual([
      `"${file}" is the lock of process 7 on host "node-9": waiting up to 0.3 s to see whether it is still running`,
      'process 7 on host "node-9" has not updated its lock for 0.3 s: the lock is taken over',
    ]);
    expect(isAbandoned(file)).toBe(true);
    takeLock(file)();
  });

  it('is never taken over while it beats, however slowly its clock goes', async () => {
    let beat = 1;
    leave(lockOf({ ...ELSEWHERE, pid: 7 }, beat));
    const beating = setInterval(() => leave(lockOf({ ...ELSEWHERE, pid: 7 }, ++beat)), 100);
    onTestFinished(() => clearInterval(beating));
    for (let watch = 0; watch < 4; watch++) {
      await watchLock(file, { silentMs: 2000 });
      expect(() => takeLock(file)).toThrow(/process 7 on host "node-9" is using it/);
    }
  });

  it('is judged by what was seen: a watcher that slept itself has seen no silence', () => {
    const text = lockOf(ELSEWHERE);
    leave(text);
    const clock = vi.spyOn(performance, 'now');
    const atMs = performance.now();
    clock.mockReturnValue(atMs);
    expect(lockOwner(file)).toBe(`process ${process.pid} on host "node-9"`);
    clock.mockReturnValue(atMs + 3_600_000);
    expect(lockOwner(file)).toBe(`process ${process.pid} on host "node-9"`);
    // A dozen looks that each find the same: that is a minute.
    for (let look = 1; look < 11; look++) {
      clock.mockReturnValue(atMs + 3_600_000 + look * HEARTBEAT_MS);
      expect(lockOwner(file), `look ${look}`).toBeDefined();
    }
    clock.mockReturnValue(atMs + 3_600_000 + 11 * HEARTBEAT_MS);
    expect(isAbandoned(file)).toBe(true);
  });
});

describe.runIf(process.platform === 'linux')(
  'the lock of another container of this machine',
  () => {
    const boot = thisProcess().place.split('/')[0];

    /** Another process that holds the lock, as it looks from another container: its number counts nowhere here. */
    async function elsewhere(): Promise<ChildProcess> {
      const root = path.dirname(path.dirname(file));
      file = path.join(root, '0', 'run.lock');
      mkdirSync(root, { recursive: true });
      writeFileSync(path.join(root, 'go-0'), '');
      const contender = path.join(import.meta.dirname, 'lock-contender.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', contender, root, '1'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      let told = '';
      child.stdout.on('data', (chunk) => {
        told += chunk;
      });
      await vi.waitFor(() => expect(told).toContain('held'), { timeout: 60_000 });
      const fields = readFileSync(file, 'utf8').split(' ');
      fields[0] = String(process.pid);
      fields[4] = `${boot}/1`;
      // It beats no more for all that can be seen.
      child.kill('SIGSTOP');
      writeFileSync(file, fields.join(' '));
      return child;
    }

    const socketOf = (text: string) =>
      path.join(os.tmpdir(), `sim-lock-${text.split(' ')[3]}.sock`);

    it('is taken over at once when its process was killed', async () => {
      const child = await elsewhere();
      const socket = socketOf(readFileSync(file, 'utf8'));
      expect(existsSync(socket)).toBe(true);
      const killed = once(child, 'exit');
      child.kill('SIGKILL');
      await killed;
      const notes: string[] = [];
      const begunMs = performance.now();
      await watchLock(file, { onNote: (sentence) => notes.push(sentence) });
      const release = takeLock(file);
      expect(performance.now() - begunMs).toBeLessThan(SILENT_MS / 2);
      expect(notes).toEqual([]);
      expect(existsSync(socket)).toBe(false);
      const own = socketOf(readFileSync(file, 'utf8'));
      expect(existsSync(own)).toBe(true);
      release();
      expect(existsSync(own)).toBe(false);
    });

    it('is never taken over while its process lives, however long its heartbeat stands still', async () => {
      await elsewhere();
      for (let watch = 0; watch < 3; watch++) {
        await watchLock(file, { silentMs: 1 });
        expect(() => takeLock(file)).toThrow(/is using it/);
      }
      // Whoever looks now and then, as the server does, sees the same.
      const clock = vi.spyOn(performance, 'now');
      for (let look = 1; look < 20; look++) {
        clock.mockReturnValue(1e9 + look * HEARTBEAT_MS);
        expect(lockOwner(file)).toBe(`process ${process.pid} on host "${host}"`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });

    it('without its socket, as in a new temporary folder, is watched like that of another host', async () => {
      leave(lockOf({ pid: GONE, place: `${boot}/1` }));
      const notes: string[] = [];
      await watchLock(file, { silentMs: 300, onNote: (sentence) => notes.push(sentence) });
      expect(notes).toHaveLength(2);
      takeLock(file)();
    });

    it('of an earlier start of the machine is watched, whatever lies in the temporary folder', async () => {
      const child = await elsewhere();
      child.kill('SIGKILL');
      leave(readFileSync(file, 'utf8').replace(boot!, '00000000-0000-4000-8000-000000000000'));
      const notes: string[] = [];
      await watchLock(file, { silentMs: 300, onNote: (sentence) => notes.push(sentence) });
      expect(notes).toHaveLength(2);
    });
  },
);

describe('a heartbeat', () => {
  it('goes on while the thread that holds the lock is busy', { timeout: 60_000 }, () => {
    const release = takeLock(file);
    const before = readFileSync(file, 'utf8');
    const untilMs = performance.now() + 40_000;
    let now = before;
    while (now === before && performance.now() < untilMs) now = readFileSync(file, 'utf8');
    expect(now).toBe(before.replace(/0\n$/, '1\n'));
    release();
    expect(existsSync(file)).toBe(false);
  });

  it('is that of its own lock: who lost it leaves that of the other alone', async () => {
    const release = takeLock(file);
    const other = lockOf(ELSEWHERE);
    leave(other);
    expect(() => requireHeld(file)).toThrow(/was taken over by process \d+ on host "node-9"/);
    release();
    expect(readFileSync(file, 'utf8')).toBe(other);
  });

  it('that was heard lately is trusted; after a while without one the file is looked at', () => {
    const release = takeLock(file);
    onTestFinished(release);
    leave(lockOf(ELSEWHERE));
    expect(() => requireHeldLately(file)).not.toThrow();
    const nowMs = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(nowMs + 3_600_000);
    expect(() => requireHeldLately(file)).toThrow(/was taken over/);
    vi.mocked(Date.now).mockReturnValue(nowMs);
    // Once lost, always asked.
    expect(() => requireHeldLately(file)).toThrow(/was taken over/);
  });

  it('of a lock that is still there is nothing to stop for, however late', () => {
    const release = takeLock(file);
    onTestFinished(release);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    expect(() => requireHeldLately(file)).not.toThrow();
    expect(claimOf(file)?.token).toMatch(/^[0-9a-f]{16}$/);
  });
});

it('a run that was suspended while another took its world over writes nothing any more', async () => {
  const config = configOf({ seed: 5, volume: SMALL_VOLUME });
  const dictionaries = loadDictionaries(config.paths.dictionaries);
  const paths = worldPaths(path.join(base, 'suspended'));
  const fromMs = Date.parse('2024-03-01T00:00:00Z');
  let there: string[] = [];
  const run = generateHistory({
    settings: { config, dictionaries, scenarios: [] },
    paths,
    makeWorld: simulatedWorld,
    window: { fromMs, days: 3 },
    workers: 1,
    nowMs: Date.now,
    onProgress: () => {
      if (there.length > 0) return;
      // As it is after an hour without a sign of life.
      writeFileSync(paths.lock, lockOf(ELSEWHERE));
      const nowMs = Date.now() + 3_600_000;
      vi.spyOn(Date, 'now').mockReturnValue(nowMs);
      there = digests(paths.root);
    },
  });
  await expect(run).rejects.toThrow(
    /The run stopped at .*its lock .*run\.lock" was taken over by process \d+ on host "node-9"/,
  );
  expect(there.length).toBeGreaterThan(10);
  expect(digests(paths.root)).toEqual(there);
});

it('of many processes that want a stale lock at the same time exactly one gets it', {
  timeout: 120_000,
}, async () => {
  const ROUNDS = 32;
  const folder = path.join(base, 'race');
  const lockIn = (round: number) => path.join(folder, String(round), 'run.lock');
  // What lies there: of two programs' dead processes, nothing, and now and then an empty file.
  const seeds = [lockOf({ pid: GONE }), `${GONE} ${host}\n`, undefined];
  const seedOf = (round: number) => (round % 16 === 15 ? '' : seeds[round % seeds.length]);
  mkdirSync(folder, { recursive: true });
  const contender = path.join(import.meta.dirname, 'lock-contender.ts');
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ['--import', 'tsx', contender, folder, String(ROUNDS)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  const told = children.map(() => '');
  for (const [at, child] of children.entries()) {
    child.stdout.on('data', (chunk) => {
      told[at] += chunk;
    });
  }
  const lines = (count: number) =>
    vi.waitFor(() => expect(told.every((text) => text.split('\n').length > count)).toBe(true), {
      timeout: 60_000,
      interval: 5,
    });
  await lines(1);
  for (let round = 0; round < ROUNDS; round++) {
    const text = seedOf(round);
    if (text !== undefined) leave(text, lockIn(round));
    writeFileSync(path.join(folder, `go-${round}`), '');
    await lines(round + 2);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const outcomes = told.map((text) => text.split('\n')[round + 1]);
    expect(
      outcomes.filter((outcome) => outcome === 'held'),
      `round ${round}`,
    ).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(4);
    expect(readdirSync(path.dirname(lockIn(round)))).toEqual(['run.lock']);
  }
});
