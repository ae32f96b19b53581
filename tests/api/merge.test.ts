/** Ends of files, and their lines in one order of time, against sorting everything. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { firstLines, lastLines } from '../../src/api/data/ends.ts';
import { mergedLines } from '../../src/api/data/merge.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-ends-'));
afterAll(() => rmSync(folder, { recursive: true }));

const part = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.string({ maxLength: 8 })), { maxLength: 30 })
  .map((rows) =>
    rows
      .sort(([a], [b]) => a - b)
      .map(([time, text], at) => {
        const instant = new Date(time * 1000).toISOString();
        return `T${at},${instant},${text.replaceAll(/[\r\n",]/g, 'é')}`;
      }),
  );

it('merged lines are those of all parts, sorted', () => {
  const check = fc.property(
    fc.array(part, { maxLength: 4 }),
    fc.nat(40),
    fc.nat(40),
    fc.boolean(),
    (parts, offset, limit, oldestFirst) => {
      const buffers = parts.map((lines) => Buffer.from(lines.map((line) => `${line}\n`).join('')));
      const all = parts
        .flatMap((lines, index) => lines.map((line, at) => ({ line, index, at })))
        .sort((a, b) => {
          const [one, other] = [a.line.split(',')[1], b.line.split(',')[1]];
          if (one !== other) return one < other ? -1 : 1;
          return a.index - b.index || a.at - b.at;
        })
        .map(({ line }) => line);
      const expected = oldestFirst ? all : all.reverse();
      expect(mergedLines(buffers, { offset, limit, oldestFirst })).toEqual(
        expected.slice(offset, offset + limit),
      );
    },
  );
  fc.assert(check, { seed: 7, numRuns: 500 });
});

it.each([0, 1, 5, 700, 5000])(
  'the ends of a file of %i rows are its first and last lines',
  async (rows) => {
    const file = path.join(folder, `${rows}.csv`);
    const lines = Array.from(
      { length: rows },
      (_, at) => `T${at},2024-01-01,${'x'.repeat(at % 90)}`,
    );
    writeFileSync(file, ['TraceId,EventTS,Text', ...lines, ''].join('\n'));
    for (const wanted of [1, 3, 699, 4999, 20_000]) {
      const text = (some: readonly string[]) => some.map((line) => `${line}\n`).join('');
      expect((await lastLines(file, wanted)).toString()).toBe(text(lines.slice(-wanted)));
      expect((await firstLines(file, wanted)).toString()).toBe(text(lines.slice(0, wanted)));
    }
  },
);
