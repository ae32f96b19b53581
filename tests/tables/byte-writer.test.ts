import { describe, expect, it } from 'vitest';
import { byteChoices } from '../../src/tables/byte-choices.ts';
import { ByteWriter } from '../../src/tables/byte-writer.ts';

const text = (writer: ByteWriter) => Buffer.from(writer.bytes()).toString();

describe('ByteWriter', () => {
  it('grows without a drain', () => {
    const writer = new ByteWriter(4);
    for (let row = 0; row < 100; row++) {
      writer.reserve(8);
      writer.int(row);
      writer.endRow();
    }
    writer.flush();
    expect(text(writer).split('\n').slice(0, 3)).toEqual(['0', '1', '2']);
    expect(writer.length).toBe(290);
    expect(writer.rows).toBe(100);
  });

  it('drains whole rows, and grows for one that is larger than the buffer', () => {
    const drained: string[] = [];
    const writer = new ByteWriter(8, (bytes) => drained.push(Buffer.from(bytes).toString()));
    for (const row of ['abc', 'def', 'a row of many bytes', 'x']) {
      writer.reserve(row.length + 1);
      writer.ascii(row);
      writer.endRow();
    }
    writer.flush();
    writer.flush();
    expect(drained).toEqual(['abc\ndef\n', 'a row of many bytes\n', 'x\n']);
    expect(writer.length).toBe(0);
  });

  it('drops discarded bytes', () => {
    const drained: Uint8Array[] = [];
    const writer = new ByteWriter(8, (bytes) => drained.push(bytes));
    writer.ascii('abc');
    writer.discard();
    writer.flush();
    expect(drained).toEqual([]);
  });
});

describe('byteChoices', () => {
  it('refuses a text of more than 255 bytes', () => {
    byteChoices(['x'.repeat(255)]);
    expect(() => byteChoices(['a', 'é'.repeat(128)])).toThrow(
      'Cannot encode a value of 256 bytes: expected at most 255',
    );
  });
});
