import { expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration } from '../../src/domain/format.ts';
import { progressJson, progressText } from '../../src/run/progress.ts';
import { StatusLine } from '../../src/run/status-line.ts';

const HALF = { simulatedMs: Date.parse('2024-03-02T12:30:00Z'), done: 0.5, rows: 4e6, bytes: 3e8 };

function status(isTerminal: boolean, columns = 200, listEveryMs?: number) {
  let nowMs = 0;
  let text = '';
  const output = {
    isTerminal,
    columns,
    write: (more: string) => {
      text += more;
    },
  };
  return {
    line: new StatusLine(output, listEveryMs, () => nowMs),
    show: (seconds: number) => progressText(HALF, seconds),
    at: (ms: number) => {
      nowMs = ms;
    },
    text: () => text,
  };
}

it('lists a line every five seconds where there is no terminal', () => {
  const its = status(false);
  for (let ms = 0; ms <= 20_000; ms += 500) {
    its.at(ms);
    its.line.show(its.show);
  }
  its.line.clear();
  const lines = its.text().trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(
    /^2024-03-02 12:30 \[=+\.+\] 50 %, 0:05 left, 4\.0 M rows, 800 k rows\/s, 60\.0 MB\/s, memory [\d.]+ MB$/,
  );
});

it('lists a line at a given interval, which does not apply to a terminal', () => {
  const [listed, drawn] = [status(false, 200, 30_000), status(true, 200, 30_000)];
  for (const its of [listed, drawn]) {
    for (let ms = 0; ms <= 60_000; ms += 500) {
      its.at(ms);
      its.line.show(its.show);
    }
  }
  expect(listed.text().trimEnd().split('\n')).toHaveLength(2);
  expect(drawn.text().split('\r\u001b[K')).toHaveLength(121);
});

it('redraws one line on a terminal, cut to its width, and removes it', () => {
  const its = status(true, 40);
  its.at(1000);
  its.line.show(its.show);
  its.at(1050);
  its.line.show(its.show);
  its.line.clear();
  const [before, drawn, after] = its.text().split('\r\u001b[K');
  expect(before).toBe('');
  expect(drawn).toHaveLength(39);
  expect(after).toBe('');
});

it('speaks JSON to programs', () => {
  expect(JSON.parse(progressJson(HALF, 2))).toMatchObject({
    type: 'progress',
    simulated: '2024-03-02T12:30:00.000Z',
    rows: 4e6,
    rowsPerSecond: 2e6,
    secondsLeft: 2,
  });
});

it('formats numbers for users', () => {
  expect([0, 999, 1000, 999_600, 20e9].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.0 MB',
    '20.0 GB',
  ]);
  expect([7, 1234, 123_456].map(formatCount)).toEqual(['7', '1.2 k', '123 k']);
  expect([7.4, 750, 11_100].map(formatDuration)).toEqual(['0:07', '12:30', '3:05:00']);
});
