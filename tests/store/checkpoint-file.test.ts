import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError, OutputError } from '../../src/domain/errors.ts';
import {
  type CheckpointHeader,
  type Json,
  readCheckpoint,
  type Sections,
  writeCheckpoint,
} from '../../src/store/checkpoint-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'checkpoint-'));
const file = path.join(folder, 'region-1.ckpt');
afterAll(() => rmSync(folder, { recursive: true }));

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 0.1, 5e-324, Number.MAX_VALUE, 2 ** 53 - 1),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    finite,
    fc.string({ unit: 'binary' }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('json'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}));
const array = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const sections: fc.Arbitrary<Sections> = fc
  .uniqueArray(fc.tuple(fc.string(), fc.oneof(json, array)), { selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries) as Sections);
const header: fc.Arbitrary<CheckpointHeader> = fc
  .tuple(fc.nat(), json)
  .map(([version, more]) => ({ version, more }));

const example: Sections = {
  calendar: Float64Array.of(1.5, Number.NaN, -0),
  counts: { stores: [1, 2, 3], name: 'Zürich' },
  flags: Uint8Array.of(1, 0, 1),
};

describe('checkpoint file', () => {
  it('gives back what was written, with the same digest', () => {
    fc.assert(
      fc.property(header, sections, (head, state) => {
        const digest = writeCheckpoint(file, head, state);
        const read = readCheckpoint(file, digest);
        expect(read.header).toStrictEqual(head);
        expect(Object.entries(read.sections)).toStrictEqual(Object.entries(state));
        expect(read.sha256).toBe(digest);
      }),
    );
  });

  it('keeps a view of part of a buffer as just that part', () => {
    const whole = Int32Array.of(1, 2, 3, 4);
    writeCheckpoint(file, { version: 1 }, { part: whole.subarray(1, 3), bytes: Buffer.from('ab') });
    const { part, bytes } = readCheckpoint(file).sections;
    expect(part).toStrictEqual(Int32Array.of(2, 3));
    expect(bytes).toStrictEqual(Uint8Array.of(97, 98));
  });

  it('writes the same bytes for the same content', () => {
    const digest = writeCheckpoint(file, { version: 1 }, example);
    const first = readFileSync(file);
    writeCheckpoint(file, { version: 1 }, structuredClone(example));
    expect(readFileSync(file).equals(first)).toBe(true);
    expect(digest).toMatchInlineSnapshot(
      `"37b14c957e95431554372cbc8835ca0d5caa6dfb0eb70846c47a02ca4318e487"`,
    );
    expect(readdirSync(folder)).toEqual([path.basename(file)]);
  });

  it('refuses a file with any one byte altered', () => {
    writeCheckpoint(file, { version: 1 }, example);
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] ^= 1 << (at % 8);
      writeFileSync(file, altered);
      expect(() => readCheckpoint(file), `byte ${at}`).toThrow(InputError);
    }
  });

  it('refuses a file cut off anywhere, or with something behind its end', () => {
    writeCheckpoint(file, { version: 1 }, example);
    const bytes = readFileSync(file);
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(file, bytes.subarray(0, length));
      expect(() => readCheckpoint(file), `${length} bytes`).toThrow(InputError);
    }
    writeFileSync(file, Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(() => readCheckpoint(file)).toThrow(InputError);
  });

  it('says which file it refuses, why, and how to go on', () => {
    const missing = path.join(folder, 'none.ckpt');
    expect(() => readCheckpoint(missing)).toThrow(
      `Cannot read the checkpoint "${missing}": it is missing. Restore the file from a copy, or ` +
        'remove the world with "sim clear" and generate it again.',
    );
    expect(() => readCheckpoint(folder)).toThrow(InputError);
    writeFileSync(file, 'StoreID,ProductID\n'.repeat(9));
    expect(() => readCheckpoint(file)).toThrow('it is not a checkpoint of this program');
    writeCheckpoint(file, { version: 1 }, example);
    const bytes = readFileSync(file);
    bytes[7] = 9;
    writeFileSync(file, bytes);
    expect(() => readCheckpoint(file)).toThrow('it has format 9, expected format 1');
    bytes[7] = 1;
    writeFileSync(file, bytes.subarray(0, -1));
    expect(() => readCheckpoint(file)).toThrow('it is truncated or was altered');
  });

  it('refuses another checkpoint than the requested one', () => {
    const wanted = writeCheckpoint(file, { version: 1 }, example);
    writeCheckpoint(file, { version: 2 }, example);
    expect(() => readCheckpoint(file, wanted)).toThrow(
      `it is another checkpoint, expected the one with digest ${wanted.slice(0, 12)}…`,
    );
  });

  it.each([
    ['a.b', { b: Number.NaN }, 'NaN'],
    ['a.b[1]', { b: [1, Number.NEGATIVE_INFINITY] }, '-Infinity'],
    ['a.b', { b: undefined }, 'undefined'],
    ['a.b', { b: Float64Array.of(1) }, 'Float64Array'],
    ['a.b', { b: new Map() }, 'Map'],
    ['a[1]', new Array(2).fill(0, 0, 1), 'undefined'],
  ])('refuses to write what would not come back: %s', (place, value, shown) => {
    const odd = { a: value } as unknown as Sections;
    const before = writeCheckpoint(file, { version: 1 }, example);
    expect(() => writeCheckpoint(file, { version: 1 }, odd)).toThrow(
      `Cannot save ${shown} at "${place}": JSON has no such value`,
    );
    expect(readCheckpoint(file).sha256).toBe(before);
  });

  it('leaves the older file in place when the new one can not be written', () => {
    const before = writeCheckpoint(file, { version: 1 }, example);
    // A folder under the temporary name can't be opened for writing, not even by root.
    mkdirSync(`${file}.tmp`);
    expect(() => writeCheckpoint(file, { version: 2 }, example)).toThrow(OutputError);
    rmSync(`${file}.tmp`, { recursive: true });
    expect(readCheckpoint(file).sha256).toBe(before);
  });
});
