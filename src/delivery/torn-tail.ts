/** Finds an incomplete last line that a crash left in a file of lines. */
import fs from 'node:fs';
import { outputFault } from '../tables/output-fault.ts';
import { wholeLinesEnd } from './lines.ts';

const STEP_BYTES = 1 << 16;

/** Returns the bytes of a file up to the end of its last whole line; 0 if there is no file. @throws OutputError */
export function repairedSize(file: string): number {
  if (!fs.existsSync(file)) return 0;
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      return lastLineEnd(descriptor, fs.fstatSync(descriptor).size);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    throw outputFault(file, error);
  }
}

/** Searches from the end backwards, since the file may be larger than memory. */
function lastLineEnd(descriptor: number, size: number): number {
  const step = Buffer.alloc(STEP_BYTES);
  for (let end = size; end > 0; ) {
    const from = Math.max(0, end - STEP_BYTES);
    const read = fs.readSync(descriptor, step, 0, end - from, from);
    const found = wholeLinesEnd(step.subarray(0, read));
    if (found > 0) return from + found;
    end = from;
  }
  return 0;
}
