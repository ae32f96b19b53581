/** The first or last lines of a file, without reading the rest. */
import { type FileHandle, open } from 'node:fs/promises';

const FIRST_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/** The last `lines` lines of a CSV file after its header, as they stand; fewer if there are not so many. */
export async function lastLines(file: string, lines: number): Promise<Buffer> {
  return withFile(file, async (handle, size) => {
    for (let length = FIRST_BYTES; ; length *= 4) {
      const from = Math.max(0, size - length);
      const bytes = await read(handle, from, size - from);
      // What a file was begun with is its header; what was cut in the middle is no line.
      const start = bytes.indexOf(NEWLINE) + 1;
      if (start === 0) {
        if (from === 0) return Buffer.alloc(0);
        continue;
      }
      const at = startOfLast(bytes, lines, start);
      if (at !== undefined) return bytes.subarray(at);
      if (from === 0) return bytes.subarray(start);
    }
  });
}

/** The first `lines` lines of a CSV file after its header. */
export async function firstLines(file: string, lines: number): Promise<Buffer> {
  return withFile(file, async (handle, size) => {
    for (let length = FIRST_BYTES; ; length *= 4) {
      const bytes = await read(handle, 0, Math.min(size, length));
      let at = bytes.indexOf(NEWLINE) + 1;
      const start = at;
      let found = 0;
      while (at > 0 && found < lines) {
        const end = bytes.indexOf(NEWLINE, at);
        if (end < 0) break;
        at = end + 1;
        found++;
      }
      if (start > 0 && (found === lines || length >= size)) return bytes.subarray(start, at);
      if (length >= size) return Buffer.alloc(0);
    }
  });
}

/** Where the last `lines` whole lines begin; undefined if fewer lie after `start`. */
function startOfLast(bytes: Buffer, lines: number, start: number): number | undefined {
  let at = bytes.length;
  for (let found = 0; found < lines; found++) {
    if (at <= start) return undefined;
    // Before the line's own end.
    at = bytes.lastIndexOf(NEWLINE, at - 2) + 1;
    if (at < start) return undefined;
  }
  return at;
}

async function withFile<Result>(
  file: string,
  use: (handle: FileHandle, size: number) => Promise<Result>,
): Promise<Result> {
  const handle = await open(file, 'r');
  try {
    return await use(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
