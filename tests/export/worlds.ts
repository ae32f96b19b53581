/** A small world at two instants, the first within a day, for exports that go on. */
import { main } from '../../src/cli/main.ts';
import { generateHistory } from '../../src/run/generation.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';

const FROM_MS = Date.parse('2024-03-04');
const BEGUN_MS = FROM_MS + 1.4 * 86_400_000;
const GROWN_MS = FROM_MS + 2 * 86_400_000;

export function begunWorld(config: Readonly<Record<string, unknown>> = {}): Promise<SmallWorld> {
  return smallWorld(FROM_MS, BEGUN_MS, config);
}

/** Continues the history of a world. */
export function grow(world: SmallWorld, paths: WorldPaths): Promise<unknown> {
  return generate(world, { paths, window: { toMs: GROWN_MS } });
}

/** The same world as `begunWorld` makes, with days that are over compressed. */
export function compressedWorld(world: SmallWorld, root: string): Promise<unknown> {
  const window = { fromMs: FROM_MS, toMs: BEGUN_MS };
  return generate(world, { paths: worldPaths(root), window, compress: 'gzip' });
}

function generate(
  { settings }: SmallWorld,
  more: Pick<Parameters<typeof generateHistory>[0], 'paths' | 'window' | 'compress'>,
): Promise<unknown> {
  const makeWorld = simulatedWorld;
  return generateHistory({ settings, makeWorld, workers: 1, nowMs: () => GROWN_MS, ...more });
}

/** Runs `sim export` in this process. */
export async function exportWorld(...words: string[]) {
  const terminal = fakeTerminal();
  const code = await main(['export', ...words], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** The same with its result as JSON; it must succeed. */
export async function exported(
  ...words: string[]
): Promise<{ newRows: number; rows: Record<string, number> }> {
  const { code, stdout, stderr } = await exportWorld(...words, '--json');
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
