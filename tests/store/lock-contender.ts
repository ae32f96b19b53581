/**
 * A process that wants locks: `go-<round>` starts a round, in which it tries to take `<round>/run.lock`
 * and tells whether it got it. What it gets it keeps.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../../src/domain/errors.ts';
import { requireHeld, takeLock } from '../../src/store/lock.ts';

const [folder, rounds] = process.argv.slice(2);
process.stdout.write('ready\n');
let round = 0;
function look(): void {
  const begun = Date.now();
  // Looks without a pause for a while, so that all of them see it within microseconds.
  while (Date.now() - begun < 20) {
    if (existsSync(path.join(folder, `go-${round}`))) {
      process.stdout.write(`${tried(path.join(folder, String(round), 'run.lock'))}\n`);
      round++;
      break;
    }
  }
  if (round < Number(rounds)) setTimeout(look, 1);
}
look();
process.stdin.resume();

function tried(file: string): string {
  try {
    takeLock(file);
    requireHeld(file);
    return 'held';
  } catch (error) {
    return error instanceof InputError ? 'refused' : String(error);
  }
}
