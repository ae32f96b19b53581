/** File systems for tests: one that never waits for the disk, and others that fail on purpose. */
import { type FilePort, nodeFiles } from '../../src/sinks/csv/file-port.ts';

const CHANGES = [
  'openSync',
  'writeSync',
  'ftruncateSync',
  'fdatasyncSync',
  'fsyncSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
] as const;

/** The real file system, but without waiting for the disk, which these tests can't make fail anyway. */
export const quickFiles: FilePort = {
  ...nodeFiles,
  fdatasync: (_descriptor, done) => setImmediate(done, null),
  fsync: (_descriptor, done) => setImmediate(done, null),
  fdatasyncSync: () => {},
  fsyncSync: () => {},
};

export function errno(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made up`), { code });
}

/** Writes at most `size` bytes at a time. */
export function shortWrites(size: number): FilePort {
  return {
    ...quickFiles,
    writeSync: (descriptor, bytes, from, length) =>
      quickFiles.writeSync(descriptor, bytes, from, Math.min(size, length)),
  };
}

/** A process that dies at its `last`-th change to the disk: half a write is done, then nothing more. */
export function dyingFiles(last: number): FilePort {
  let changes = 0;
  const port = { ...quickFiles } as Record<string, unknown>;
  for (const name of CHANGES) {
    port[name] = (...parameters: unknown[]) => {
      changes++;
      if (changes === last && name === 'writeSync') {
        const [fd, bytes, from, length] = parameters as [number, Uint8Array, number, number];
        quickFiles.writeSync(fd, bytes, from, Math.floor(length / 2));
      }
      if (changes >= last) throw errno('EIO');
      return (quickFiles[name] as (...all: unknown[]) => unknown)(...parameters);
    };
  }
  return port as unknown as FilePort;
}

/** A disk that is full once `room` bytes were written; everything but writing still works. */
export function fullDisk(room: number): FilePort {
  let left = room;
  return {
    ...quickFiles,
    writeSync: (descriptor, bytes, from, length) => {
      if (left === 0) throw errno('ENOSPC');
      const written = quickFiles.writeSync(descriptor, bytes, from, Math.min(left, length));
      left -= written;
      return written;
    },
  };
}
