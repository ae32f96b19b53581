/**
 * Loaded into the tested program before it: a wall clock that can be set, and a disk that can be full.
 * The program knows of neither.
 *
 *   CHAOS_CLOCK  a file that holds how far the clock is from this machine's, ms; read again and again
 *   CHAOS_DISK   bytes that can be written until the disk is full
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const LOOK_EVERY_MS = 20;
const { CHAOS_CLOCK: clockFile, CHAOS_DISK: room } = process.env;

if (clockFile !== undefined) {
  const Machine = Date;
  let offsetMs = 0;
  const look = () => {
    // The file is empty for a moment while it is written.
    const text = fs.readFileSync(clockFile, 'utf8');
    if (text !== '') offsetMs = Number(text);
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  globalThis.Date = class ShiftedDate extends Machine {
    constructor(...fields) {
      if (fields.length === 0) super(Machine.now() + offsetMs);
      else super(...fields);
    }

    static now() {
      return Machine.now() + offsetMs;
    }

    // Some dates are made by the runtime itself.
    static [Symbol.hasInstance](value) {
      return value instanceof Machine;
    }
  };
}

if (room !== undefined) {
  let leftBytes = Number(room);
  const { fstatSync, writeSync, writeFileSync } = fs;
  const full = () =>
    Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      errno: -28,
      syscall: 'write',
    });
  const take = (bytes) => {
    leftBytes -= bytes;
    if (leftBytes < 0) throw full();
  };
  fs.writeSync = (descriptor, data, from, size, ...more) => {
    const isText = typeof data === 'string';
    const length = isText ? Buffer.byteLength(data) : (size ?? data.byteLength - (from ?? 0));
    // What is overwritten has its room already.
    const [at] = more;
    if (!isText && typeof at === 'number' && at + length <= fstatSync(descriptor).size) {
      return writeSync(descriptor, data, from, size, at);
    }
    if (length > leftBytes && leftBytes > 0 && !isText) {
      // A disk takes what there is room for.
      const written = writeSync(descriptor, data, from ?? 0, leftBytes, ...more);
      leftBytes -= written;
      return written;
    }
    take(length);
    return writeSync(descriptor, data, from, size, ...more);
  };
  fs.writeFileSync = (file, data, ...more) => {
    take(typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength);
    return writeFileSync(file, data, ...more);
  };
  syncBuiltinESMExports();
}
