/** deploy/Dockerfile: linted, and followed stage by stage in folders: `npm run test:long`. */
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PYTHON } from '../clients/python.ts';
import { IS_LONG } from '../helpers/long.ts';
import { follow, type Image } from './dockerfile.ts';

const root = path.resolve(import.meta.dirname, '../..');
const file = path.join(root, 'deploy/Dockerfile');
/** Of the program with all that is optional; node:20-slim comes to it. */
const LAYERS_BYTES = 260_000_000;

it.runIf(PYTHON)('hadolint has nothing to say', () => {
  // It is installed beside that Python.
  const hadolint = path.join(path.dirname(PYTHON ?? ''), 'hadolint');
  expect(execFileSync(hadolint, [file], { encoding: 'utf8' })).toBe('');
});

describe.runIf(IS_LONG && process.platform !== 'win32')('the image', () => {
  let base: string;
  let image: Image;
  let app: string;

  beforeAll(() => {
    base = mkdtempSync(path.join(os.tmpdir(), 'image-'));
    // The user of the image may look into it.
    chmodSync(base, 0o755);
    const text = (name: string) => readFileSync(name, 'utf8');
    image = follow(text(file), text(`${file}.dockerignore`), root, base);
    app = path.join(image.root, image.workdir);
    // npm installs all packages twice.
  }, 900_000);
  afterAll(() => rmSync(base, { recursive: true }));

  /** Runs what a container would, as its user where this one may become another. */
  async function container(...args: string[]): Promise<string> {
    const [program, script] = image.entrypoint;
    expect(program).toBe('node');
    const [uid, gid] = image.user.split(':').map(Number);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [path.join(image.root, script), ...(args.length > 0 ? args : image.command)],
      {
        cwd: app,
        env: { PATH: process.env.PATH, ...image.environment },
        ...(process.getuid?.() === 0 && { uid, gid }),
      },
    );
    return stdout;
  }

  it('holds the package and what it needs, nothing of its making, and little', () => {
    expect([...image.stages.keys()]).toEqual(['build', 'dependencies', 'final']);
    expect(readdirSync(app).sort()).toEqual([
      'LICENSE',
      'THIRD_PARTY.md',
      'dictionaries',
      'dist',
      'node_modules',
      'package.json',
      'scenarios',
      'src',
    ]);
    expect(readdirSync(path.join(app, 'src'))).toEqual(['sim.mjs']);
    for (const name of ['typescript', 'esbuild', 'tsx', 'vitest', 'preact']) {
      expect(existsSync(path.join(app, 'node_modules', name)), name).toBe(false);
    }
    const files = readdirSync(path.join(app, 'dist'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.(map|ts)$/.test(name))).toEqual([]);
    expect(sizeOf(app)).toBeLessThan(LAYERS_BYTES);
  });

  it('runs as a user without rights: makes a world in a volume, and proves it', async () => {
    const [uid, gid] = image.user.split(':').map(Number);
    expect(uid).toBeGreaterThan(0);
    const volume = path.join(base, 'world');
    mkdirSync(volume);
    if (process.getuid?.() === 0) chownSync(volume, uid, gid);
    expect(await container()).toContain('Usage: sim');
    const w = path.join(volume, 'w');
    const window = ['--preset', 'small', '--from', '2024-01-01', '--days', '1'];
    await container('run', '--mode', 'history', '--out', w, ...window, '--compress', 'zstd');
    expect(await container('verify', w)).toMatch(/All \d+ checks hold/);
  });
});

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => lstatSync(path.join(entry.parentPath, entry.name)))
    .filter((entry) => entry.isFile())
    .reduce((sum, { size }) => sum + size, 0);
}
