/** Waiting for an event hub that is not available. */
import { expect, it, vi } from 'vitest';
import { InputError, OutputError } from '../../src/domain/errors.ts';
import { reachTarget, TargetGivenUp } from '../../src/stream/reach-target.ts';

const GONE = new OutputError('Cannot reach the hub');

/** Fails so often, then opens. */
function opening(failures: number, error: Error = GONE) {
  let left = failures;
  return vi.fn(async () => {
    if (left-- > 0) throw error;
    return 4;
  });
}

it('tries again until it is available, and reports begin and end of the wait once', async () => {
  const open = opening(1);
  const onWaiting = vi.fn();
  const onReached = vi.fn();
  await expect(reachTarget(open, { onWaiting, onReached })).resolves.toBe(4);
  expect(open).toHaveBeenCalledTimes(2);
  expect(onWaiting.mock.calls).toEqual([['Cannot reach the hub']]);
  expect(onReached).toHaveBeenCalledTimes(1);
});

it('reports nothing if it is available at once', async () => {
  const onReached = vi.fn();
  await reachTarget(opening(0), { onReached });
  expect(onReached).not.toHaveBeenCalled();
});

it('does not wait for permanent errors, nor with failFast', async () => {
  const wrong = new InputError('access was refused');
  await expect(reachTarget(opening(9, wrong), {})).rejects.toBe(wrong);
  await expect(reachTarget(opening(9), { failFast: true })).rejects.toBe(GONE);
});

it.each(['while it waits', 'while a try is under way'])('is ended %s', async (when) => {
  const end = new AbortController();
  const open = when === 'while it waits' ? opening(9) : () => new Promise<never>(() => {});
  const reached = reachTarget(open, { signal: end.signal, onWaiting: () => end.abort() });
  if (when !== 'while it waits') end.abort();
  await expect(reached).rejects.toMatchObject({ name: 'TargetGivenUp', why: 'asked' });
});

it('is over with its time', async () => {
  const failed = reachTarget(opening(99), { mostMs: 30 });
  await expect(failed).rejects.toThrow(TargetGivenUp);
  await expect(failed).rejects.toMatchObject({ why: 'time', message: 'Cannot reach the hub' });
});
