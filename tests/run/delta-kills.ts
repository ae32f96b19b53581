/**
 * Kills a run of a world with Delta tables again and again, while a reader opens the tables: at any instant it finds whole
 * files and a prefix of what an undisturbed run wrote; at the end there is the same.
 *
 *     npx tsx tests/run/delta-kills.ts [KILLS]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, contentOf, requirePrefix } from './delta-world.ts';
import { startSim } from './sim-process.ts';

const VOLUME = {
  stores: 2,
  dcs: 2,
  total_geographies: 8,
  total_customers: 600,
  total_products: 400,
  customers_per_day: 60,
  online_orders_per_day: 15,
};
/** Runs go this far, one after the other; each ends within a day, so that the next replaces its last files. */
const ENDS = ['2024-03-03T13:14:15Z', '2024-03-05T07:00:00Z', '2024-03-08T21:00:00Z'];
const LOOK_EVERY_MS = 15;

export interface Kills {
  readonly killed: number;
  /** How often the tables were opened meanwhile, and the numbers of commits that were found. */
  readonly looks: number;
  readonly prefixes: ReadonlySet<number>;
}

/** @throws Error if a reader finds anything but a prefix, or the end is another */
export async function killAgainAndAgain(kills: number): Promise<Kills> {
  const base = mkdtempSync(path.join(os.tmpdir(), 'sim-delta-kills-'));
  try {
    const config = path.join(base, 'config.json');
    writeFileSync(config, JSON.stringify({ seed: 5, volume: VOLUME }));
    const start = (out: string, end: string) => {
      const window = ['--from', '2024-03-01', '--to', end];
      const world = ['--config', config, '--out', out, '--format', 'delta'];
      return startSim(['run', '--mode', 'history', ...world, ...window]);
    };
    const finish = async (out: string, end: string) => {
      const { code, stderr } = await start(out, end).ended;
      if (code !== 0) throw new Error(`The run ended with ${code}: ${stderr}`);
    };
    const reference = path.join(base, 'reference');
    const spans: number[] = [];
    for (const end of ENDS) {
      const begunMs = performance.now();
      await finish(reference, end);
      spans.push(performance.now() - begunMs);
    }

    const out = path.join(base, 'killed');
    const prefixes = new Set<number>();
    let looks = 0;
    const look = () => {
      looks++;
      prefixes.add(requirePrefix(out, reference).commits);
    };
    let killed = 0;
    for (const [at, end] of ENDS.entries()) {
      const share = Math.ceil((kills - killed) / (ENDS.length - at));
      for (let turn = 1; turn <= share; turn++) {
        const { child, ended } = start(out, end);
        let isOver = false;
        const gone = ended.then(({ code }) => {
          isOver = true;
          return code === null;
        });
        // Most of the work on the tables is at the end of a run.
        const killMs = spans[at] * (0.5 + (0.5 * turn) / share);
        const begunMs = performance.now();
        try {
          while (!isOver && performance.now() - begunMs < killMs) {
            look();
            await sleep(LOOK_EVERY_MS);
          }
        } finally {
          child.kill('SIGKILL');
          if (await gone) killed++;
        }
        look();
      }
      await finish(out, end);
      look();
    }
    requireEqual('facts and masters', bytesOf(out), bytesOf(reference));
    requireEqual('files of tables', contentOf(out), contentOf(reference));
    return { killed, looks, prefixes };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function requireEqual(what: string, found: readonly string[], expected: readonly string[]): void {
  const different = found.filter((line) => !expected.includes(line));
  if (different.length === 0 && found.length === expected.length) return;
  throw new Error(`The ${what} differ: ${different.slice(0, 5).join('; ')}`);
}

if (process.argv[1]?.endsWith('delta-kills.ts')) {
  const { killed, looks, prefixes } = await killAgainAndAgain(Number(process.argv[2] ?? 10));
  process.stdout.write(
    `killed ${killed} times, opened ${looks} times, found ${prefixes.size} states: all prefixes, and the end is the same\n`,
  );
}
