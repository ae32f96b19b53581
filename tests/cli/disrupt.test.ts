/** `sim disrupt`: a world in which much goes wrong is still consistent. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { worldPaths } from '../../src/store/paths.ts';
import { worldContent } from '../../src/store/world-files.ts';
import { digests } from '../run/digests.ts';
import { SCARCE } from '../entities/scarce-world.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { wordsOf } from './words.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-disrupt-'));
afterAll(() => rmSync(base, { recursive: true }));
const config = path.join(base, 'config.json');
const dir = path.join(base, 'world');

async function sim(line: string, root = dir) {
  const terminal = fakeTerminal();
  const code = await main([...wordsOf(line, base), '--out', root], terminal);
  return { code, out: terminal.stdout(), err: terminal.stderr() };
}

async function good(line: string, root = dir): Promise<string> {
  const { code, out, err } = await sim(line, root);
  expect(code, `${line}\n${out}${err}`).toBe(0);
  return out;
}

const RUN = `run --mode history --config ${config} --preset small`;

beforeAll(async () => {
  const volume = { ...SCARCE, total_customers: 1200, customers_per_day: 80 };
  writeFileSync(config, JSON.stringify({ volume }));
  await good(`${RUN} --from 2024-03-04 --days 2`);
});

describe('sim disrupt', () => {
  it('makes, lists, cancels and clears, at the instant where the world stands', async () => {
    expect(await good('disrupt list')).toBe('No disruptions were started in this world.\n');
    expect(await good('disrupt create --type dc_outage --target dc:1 --duration 30h')).toBe(
      'L1   active    dc_outage of dc:1, severity 1, 2024-03-06T00:00:00.000Z to 2024-03-07T06:00:00.000Z\n',
    );
    await good(
      'disrupt create --type inventory_shortage --target all --severity 0.5 --duration 2d',
    );
    await good('disrupt create --type truck_breakdown --target dc:2 --severity 0.6 --duration 1d');
    await good('disrupt create --type weather_delay --target store:2 --severity 0.7 --duration 3d');
    await good('disrupt create --type supplier_delay --target all --severity 0.9 --duration 2d');
    const planned = JSON.parse(
      await good(
        'disrupt create --type weather_delay --target all --duration 1d --starts-in 60h --json',
      ),
    );
    expect(planned).toMatchObject({
      id: 'L6',
      state: 'planned',
      severity: 1,
      created: '2024-03-06T00:00:00.000Z',
      start: '2024-03-08T12:00:00.000Z',
      cancelled: null,
    });
    expect(await good('disrupt cancel L3')).toMatch(/^L3 +cancelled truck_breakdown of dc:2/);
    await good('disrupt create --type truck_breakdown --target dc:2 --severity 0.6 --duration 1d');
    const listed = JSON.parse(await good('disrupt list --json'));
    expect(listed.disruptions.map(({ state }: { state: string }) => state)).toEqual([
      'active',
      'active',
      'cancelled',
      'active',
      'active',
      'planned',
      'active',
    ]);
    expect(listed).toMatchObject({ now: '2024-03-06T00:00:00.000Z', waiting: 0 });
    expect(await good('status')).toMatch(/^Disruption L7 +active +truck_breakdown of dc:2/m);
    expect(JSON.parse(await good('status --json')).disruptions).toEqual(listed.disruptions);
  });

  it.each([
    [
      'create --type dc_outage --target dc:9 --duration 1h',
      'there is no distribution center 9 in this world',
    ],
    ['create --type dc_outage --target dc:1 --duration 1h --severity 2', 'severity is 2: expected'],
    [
      'create --type dc_outage --target dc:1 --duration 1x',
      '--duration is "1x": expected a length',
    ],
    [
      'create --type weather_delay --target dc:1 --target store:2 --duration 1h',
      'store 2 belongs to distribution center 2',
    ],
    ['create --type dc_outage --duration 1h', "required option '--target <kind:n,n...>'"],
    ['cancel L3', 'it is already cancelled'],
    ['cancel L77', "expected one of this world's, L1, L2"],
    ['cancel storm', 'Cannot cancel the disruption "storm"'],
  ])('says what is wrong with %s', async (line, message) => {
    const { code, err } = await sim(`disrupt ${line}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('is given along to a history only', async () => {
    const { code, err } = await sim('run --mode realtime --disruptions journal.ndjson');
    expect(err).toContain('--disruptions is for --mode history');
    expect(code).toBe(2);
  });

  it('needs a world', async () => {
    const { code, err } = await sim('disrupt clear', path.join(base, 'nothing'));
    expect(err).toContain('the folder contains no world. Begin one with');
    expect(code).toBe(2);
  });
});

// A machine with much to do takes its time for the queries.
describe('a world in which much goes wrong', { timeout: 240_000 }, () => {
  it('is consistent all the same', async () => {
    await good(`${RUN} --days 2`);
    expect(await good('disrupt clear')).toBe('Cancelled L4, L6.\n');
    await good(`${RUN} --days 2`);
    const terminal = fakeTerminal();
    const code = await main(['verify', dir], terminal);
    expect(code, terminal.stdout()).toBe(0);
    expect(readManifest(worldPaths(dir).manifest)?.disruptions).toMatchObject({ commands: 9 });
  });

  it('comes about again from its journal, in shards as well', async () => {
    const again = path.join(base, 'again');
    const journal = worldPaths(dir).liveJournal;
    const run = `${RUN} --from 2024-03-04 --days 6 --disruptions ${journal}`;
    for (const shard of ['2/2', '1/2']) await good(`${run} --shard ${shard}`, again);
    const filesOf = (root: string) => digests(root).filter((line) => line !== 'live/inbox/ empty');
    expect(filesOf(again)).toEqual(filesOf(dir));
  });

  it('is not continued without its journal', async () => {
    const other = path.join(base, 'other');
    cpSync(dir, other, { recursive: true });
    rmSync(worldPaths(other).live, { recursive: true });
    const { code, err } = await sim(`${RUN} --days 1`, other);
    expect(err).toContain('it has had 9 commands about disruptions');
    expect(code).toBe(2);
    const late = await sim(`${RUN} --days 1 --disruptions ${worldPaths(dir).liveJournal}`, other);
    expect(late.err).toContain('was begun without them');
    cpSync(worldPaths(dir).live, worldPaths(other).live, { recursive: true });
    await good(`${RUN} --days 1`, other);
    expect(worldContent(worldPaths(other)).foreign).toEqual([]);
  });
});
