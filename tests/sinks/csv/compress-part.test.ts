import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { OutputError } from '../../../src/domain/errors.ts';
import { PIECE_BYTES } from '../../../src/sinks/csv/codecs.ts';
import { CompressorPool } from '../../../src/sinks/csv/compressor-pool.ts';
import { CODECS, type Codec, ENDINGS } from '../../../src/tables/compression.ts';
import { beginningOf } from '../../../src/verify/compressed.ts';
import { contentOf } from '../../helpers/decompressed.ts';
import { fullDisk, quickFiles } from '../failing-files.ts';
import { inlineCompressor } from '../inline-compressor.ts';

const base = mkdtempSync(path.join(tmpdir(), 'compress-'));
afterAll(() => rmSync(base, { recursive: true }));
let folders = 0;

/** A plain part as a day leaves it, with the job to compress it. */
function plainPart(content: Uint8Array, keepPlain = false) {
  const folder = path.join(base, String(folders++));
  const part = path.join(mkdtempSync(`${folder}-`), 'part-1.csv');
  writeFileSync(`${part}.tmp`, content);
  return { part, bytes: content.length, keepPlain };
}

/** Rows that are alike but never the same, so that codecs have something to do. */
function rows(bytes: number): Buffer {
  const lines: string[] = [];
  for (let n = 0, length = 0; length < bytes; n++) {
    lines.push(`S7-${n},2024-02-28T06:00:00.000Z,${(n * 7919) % 1000},ENTRANCE\n`);
    length += lines[n].length;
  }
  return Buffer.from(lines.join('')).subarray(0, bytes);
}

describe.each([...CODECS])('%s', (codec) => {
  const filesOf = (part: string) => readdirSync(path.dirname(part)).sort();

  it('keeps every byte, of any content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (content, keep) => {
        const job = plainPart(content, keep);
        await inlineCompressor(codec, quickFiles).compress(job);
        const compressed = `part-1.csv${ENDINGS[codec]}`;
        expect(filesOf(job.part)).toEqual(
          keep ? [compressed, 'part-1.csv.tmp'].sort() : [compressed],
        );
        expect(await contentOf(job.part + ENDINGS[codec])).toEqual(Buffer.from(content));
      }),
      { numRuns: 20 },
    );
  });

  it.each([PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1])(
    'compresses a part of %i bytes piece by piece, to a quarter',
    async (bytes) => {
      const content = rows(bytes);
      const job = plainPart(content);
      await inlineCompressor(codec, quickFiles).compress(job);
      const file = job.part + ENDINGS[codec];
      expect((await contentOf(file)).equals(content)).toBe(true);
      expect(readFileSync(file).length).toBeLessThan(bytes / 4);
      expect(await beginningOf(file, codec, 40)).toEqual(content.subarray(0, 40));
    },
  );

  it('says that the disk is full, and gives no incomplete file its final name', async () => {
    const job = plainPart(rows(200_000));
    const failing = inlineCompressor(codec, fullDisk(1000)).compress(job);
    await expect(failing).rejects.toThrow(OutputError);
    await expect(failing).rejects.toThrow(/part-1\.csv\.\w+": the disk is full \(ENOSPC\)/);
    const unfinished = `part-1.csv${ENDINGS[codec]}.tmp`;
    expect(filesOf(job.part)).toEqual([unfinished, 'part-1.csv.tmp'].sort());
  });

  it('gives the same bytes on threads as here', async () => {
    const pool = new CompressorPool(codec, 2);
    try {
      const contents = [rows(300_000), rows(10), rows(0), rows(70_000), rows(1234)];
      const jobs = contents.map((content) => plainPart(content));
      await Promise.all(jobs.map((job) => pool.compress(job)));
      for (const [at, content] of contents.entries()) {
        const here = plainPart(content);
        await inlineCompressor(codec, quickFiles).compress(here);
        const expected = readFileSync(here.part + ENDINGS[codec]);
        expect(readFileSync(jobs[at].part + ENDINGS[codec])).toEqual(expected);
      }
    } finally {
      await pool.close();
    }
  });
});

describe('threads that compress', () => {
  const codec: Codec = 'gzip';

  it.skipIf(process.platform !== 'linux')('report a full disk as what it is', async () => {
    const pool = new CompressorPool(codec, 1);
    try {
      const job = plainPart(rows(50_000));
      symlinkSync('/dev/full', `${job.part}.gz.tmp`);
      const failing = pool.compress(job);
      await expect(failing).rejects.toThrow(OutputError);
      await expect(failing).rejects.toThrow(/the disk is full \(ENOSPC\)/);
      const next = plainPart(rows(10));
      await pool.compress(next);
      expect(await contentOf(`${next.part}.gz`)).toEqual(rows(10));
    } finally {
      await pool.close();
    }
  });

  it('leave no job waiting when they are closed', async () => {
    const pool = new CompressorPool(codec, 1);
    const waiting = pool.compress(plainPart(rows(10)));
    const outcome = expect(waiting).rejects.toThrow('it was closed');
    await pool.close();
    await outcome;
  });
});
