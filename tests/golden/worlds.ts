/** The pinned worlds: small, with all that a world can have; made by the real program. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { comparable } from '../chaos/reference.ts';
import { startSim } from '../run/sim-process.ts';

const CONFIG = {
  seed: 20_240,
  volume: {
    stores: 4,
    dcs: 2,
    total_geographies: 10,
    total_customers: 600,
    total_products: 400,
    customers_per_day: 100,
    online_orders_per_day: 30,
  },
};

/** SHA-256 by table of the files, and of each stream. */
export type Digests = Readonly<Record<string, string>>;

/** Makes the worlds in a folder; returns their digests by world. */
export async function pinnedWorlds(folder: string): Promise<Readonly<Record<string, Digests>>> {
  const config = path.join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(CONFIG));
  const plain = path.join(folder, 'plain');
  const disrupted = path.join(folder, 'disrupted');
  const sim = (...args: string[]) => run('--config', config, ...args);
  // A week, and three days more that begin in the middle of a day.
  await sim('--out', plain, '--from', '2024-11-22', '--to', '2024-11-29T13:17:41Z');
  await sim('--out', plain, '--to', '2024-12-02');
  // The same world goes on as a stream.
  const stream = ['--mode', 'realtime', '--catch-up', 'none', '--speed', 'max', '--sink', 'ndjson'];
  await sim('--out', plain, ...stream, '--to', '2024-12-02T20:30:00Z');
  const scenarios = ['--scenario', 'disruption', '--scenario', 'holiday'];
  const tenDays = ['--from', '2024-11-22', '--to', '2024-12-02'];
  await sim('--out', disrupted, ...scenarios, ...tenDays, '--workers', '2');
  return {
    plain: { ...digestsOf(plain), 'the stream': streamDigest(plain) },
    'with disruption and holiday': digestsOf(disrupted),
  };
}

/** Makes the sample in a folder; returns the digest that the program prints. */
export async function sampleDigest(folder: string): Promise<string> {
  const printed = await sim('sample', '--out', folder);
  return /^sha256 ([0-9a-f]{64})\n$/.exec(printed)![1];
}

async function run(...args: string[]): Promise<void> {
  await sim('run', ...args);
}

async function sim(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await startSim(args).ended;
  if (code !== 0) throw new Error(`sim ${args.join(' ')} ended with code ${code}:\n${stderr}`);
  return stdout;
}

function digestsOf(world: string): Digests {
  const digests: Record<string, string> = {};
  for (const kind of ['master', 'facts', 'closing']) {
    for (const name of readdirSync(path.join(world, kind)).sort()) {
      const table = `${kind}/${name.replace(/\.csv$/, '')}`;
      digests[table] = digestOf(path.join(world, kind, name));
    }
  }
  return digests;
}

/** Of a file, or of all files below a folder, with their names. */
function digestOf(place: string): string {
  const hash = createHash('sha256');
  if (place.endsWith('.csv')) return hash.update(readFileSync(place)).digest('hex');
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .map((name) => name.replaceAll(path.sep, '/'))
    .sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(place, file)));
  return hash.digest('hex');
}

/** Of the events in their order, without the time of their making. */
function streamDigest(world: string): string {
  const events = readFileSync(path.join(world, 'stream', 'events.ndjson'), 'utf8');
  const hash = createHash('sha256');
  for (const line of events.trimEnd().split('\n')) hash.update(`${comparable(line)}\n`);
  return hash.digest('hex');
}
