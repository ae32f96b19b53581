/** The content of files, whether they are compressed or not. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { codecOf, loadZstd, plainName } from '../../src/tables/compression.ts';
import { zstdFrames } from '../../src/verify/compressed.ts';

/** What a file holds once it is decompressed. */
export async function contentOf(file: string): Promise<Buffer> {
  const bytes = readFileSync(file);
  const codec = codecOf(file);
  if (codec === undefined) return bytes;
  if (codec === 'gzip') return gunzipSync(bytes);
  const { Decoder } = await loadZstd();
  const decoder = new Decoder();
  return Buffer.concat([...zstdFrames(bytes)].map((frame) => decoder.decodeSync(frame)));
}

/** One line per file below a folder: the name of the plain file, and the SHA-256 of its content. */
export async function contentDigests(root: string): Promise<string[]> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const lines: string[] = [];
  for (const name of names) {
    const file = path.join(root, name);
    if (statSync(file).isDirectory()) continue;
    const sha256 = createHash('sha256')
      .update(await contentOf(file))
      .digest('hex');
    lines.push(`${plainName(name)} ${sha256}`);
  }
  return lines.sort();
}
