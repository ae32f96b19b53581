import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { lockOwner, takeLock } from '../../src/run/lock.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-lock-'));
const file = path.join(folder, 'checkpoint', 'run.lock');
afterAll(() => rmSync(folder, { recursive: true }));

function leave(text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

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
  ['a process that is gone', `2147480000 ${os.hostname()}\n`],
  ['this very process number, not taken by it', `${process.pid} ${os.hostname()}\n`],
  [
    'an earlier life of this process number',
    `${process.pid} ${os.hostname()} ${Date.now() - 1e9}\n`,
  ],
  ['nobody', ''],
])('takes over the lock of %s', (_whose, text) => {
  leave(text);
  expect(lockOwner(file)).toBeUndefined();
  takeLock(file)();
});

it.each([
  ['a living process', `${process.ppid} ${os.hostname()}\n`],
  ['another host', `1 not-${os.hostname()}\n`],
  ['another thread of this process', `${process.pid} ${os.hostname()} ${Date.now()}\n`],
])('respects the lock of %s', (_whose, text) => {
  leave(text);
  expect(() => takeLock(file)).toThrow(/run\.lock/);
  rmSync(file);
});
