/** Where seeds are run: the tested program, worlds that have begun, and what becomes of them undisturbed. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DAY_MS, formatInstant, HOUR_MS } from '../../src/engine/time.ts';
import { digests } from '../run/digests.ts';
import { type Program, Run } from './program.ts';
import { Reference } from './reference.ts';

/** Stores are busy from the cut on, and a day of the files ends on the way. */
export const FROM_MS = Date.parse('2024-03-02T12:00:00Z');
export const CUT_MS = Date.parse('2024-03-02T21:00:00Z');
/** All that is drawn happens before. */
export const END_MS = Date.parse('2024-03-03T03:00:00Z');
/** What is not stopped in time may come so far. */
const BEYOND_MS = END_MS + 6 * HOUR_MS;

const VOLUME = {
  total_geographies: 8,
  total_customers: 300,
  total_products: 100,
  online_orders_per_day: 20,
};
export const WORLDS = {
  small: { seed: 5, volume: { ...VOLUME, dcs: 1, stores: 2, customers_per_day: 300 } },
  divided: { seed: 6, volume: { ...VOLUME, dcs: 2, stores: 3, customers_per_day: 200 } },
} as const;
export type WorldName = keyof typeof WORLDS;
/** Files of the stream of another world, to be taken for those of this one. */
const FOREIGN = { seed: 7, volume: WORLDS.small.volume };

export interface Undisturbed {
  readonly stream: Reference;
  /** What the files are at the end. */
  readonly files: readonly string[];
}

export class Grounds {
  readonly folder: string;
  readonly program: Program;
  private readonly made = new Map<string, Promise<unknown>>();

  constructor(folder: string, program: Program) {
    this.folder = folder;
    this.program = program;
  }

  /** A folder with the history of a world up to the cut. */
  begun(name: WorldName): Promise<string> {
    return this.once(`begun-${name}`, async (root) => {
      await this.run(root, WORLDS[name], ['--from', formatInstant(FROM_MS), ...to(CUT_MS)]);
      return path.join(root, 'world');
    });
  }

  /** What a world becomes without anything going wrong. */
  undisturbed(name: WorldName): Promise<Undisturbed> {
    return this.once(`undisturbed-${name}`, (root) => this.become(root, name));
  }

  /** The same with commands about disruptions, as a world's folder has journaled them. */
  disrupted(name: WorldName, root: string, journal: string): Promise<Undisturbed> {
    mkdirSync(root, { recursive: true });
    return this.become(root, name, journal);
  }

  /** A folder that holds what the stream of another world has left. */
  foreign(): Promise<string> {
    return this.once('foreign', async (root) => {
      await this.run(root, FOREIGN, ['--from', formatInstant(FROM_MS), ...to(CUT_MS)]);
      await this.run(root, FOREIGN, [...streamed('blackhole'), ...to(CUT_MS + HOUR_MS)]);
      return path.join(root, 'world', 'stream');
    });
  }

  private async become(root: string, name: WorldName, journal?: string): Promise<Undisturbed> {
    const begun = await this.begun(name);
    const stream = async () => {
      const streaming = path.join(root, 'streaming');
      cpSync(begun, path.join(streaming, 'world'), { recursive: true });
      if (journal !== undefined) {
        const live = path.join(streaming, 'world', 'live');
        mkdirSync(live, { recursive: true });
        cpSync(journal, path.join(live, path.basename(journal)));
      }
      await this.run(streaming, WORLDS[name], [...streamed('ndjson'), ...to(BEYOND_MS)]);
      const events = path.join(streaming, 'world', 'stream', 'events.ndjson');
      return new Reference(readFileSync(events, 'utf8'));
    };
    const files = async () => {
      const whole = path.join(root, 'whole');
      const given = journal === undefined ? [] : ['--disruptions', journal];
      const window = ['--from', formatInstant(FROM_MS), ...to(END_MS)];
      await this.run(whole, WORLDS[name], [...window, ...given]);
      return filesOf(path.join(whole, 'world'));
    };
    const [found, digested] = await Promise.all([stream(), files()]);
    return { stream: found, files: digested };
  }

  private async run(root: string, world: object, args: readonly string[]): Promise<void> {
    mkdirSync(root, { recursive: true });
    writeFileSync(path.join(root, 'config.json'), JSON.stringify(world));
    // "Now" is long after the window: nothing here depends on it.
    const clock = path.join(root, 'clock');
    writeFileSync(clock, String(END_MS + 2 * DAY_MS - Date.now()));
    const command = ['run', '--config', 'config.json', '--out', 'world', '--workers', '1', ...args];
    const run = new Run(this.program, command, root, { CHAOS_CLOCK: clock });
    if ((await run.ended) !== 0) {
      throw new Error(`An undisturbed run failed: sim ${command.join(' ')}\n${run.stderr}`);
    }
  }

  private once<Made>(name: string, make: (root: string) => Promise<Made>): Promise<Made> {
    const made = this.made.get(name) ?? make(path.join(this.folder, name));
    this.made.set(name, made);
    return made as Promise<Made>;
  }
}

const to = (atMs: number) => ['--to', formatInstant(atMs)];
const streamed = (sink: string) => {
  const flags = ['--catch-up', 'none', '--speed', 'max', '--sink', sink];
  return ['--mode', 'realtime', ...flags];
};

/** Digests of all files but those of the stream, of requested disruptions, of the server, and the state. */
export function filesOf(world: string): string[] {
  if (!existsSync(world)) return [];
  return digests(world).filter(
    (line) => !/^(stream|live)[\\/ ]|^generation_state|run\.lock|tasks\.json/.test(line),
  );
}
