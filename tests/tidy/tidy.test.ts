import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const sources = ['src', 'actors'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
/** Layer of a file: `actors`, or the folder under src (`cli` for src/cli.ts). */
const layerOf = (file: string) =>
  file.startsWith('actors/') ? 'actors' : file.split('/')[1].replace(/\.ts$/, '');

/** What each layer may import, besides itself and packages. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  engine: [],
  domain: ['engine'],
  policy: ['domain', 'engine'],
  world: ['policy', 'domain', 'engine'],
  actors: ['domain', 'policy'],
  region: ['actors', 'world', 'policy', 'domain', 'engine'],
  tables: ['world', 'policy', 'domain', 'engine'],
  envelopes: ['tables', 'domain', 'engine'],
  sinks: ['envelopes', 'tables', 'domain', 'engine'],
  run: [
    'region',
    'hub',
    'sinks',
    'envelopes',
    'tables',
    'actors',
    'world',
    'policy',
    'domain',
    'engine',
  ],
  hub: ['domain', 'engine'],
  verify: ['tables', 'world', 'domain', 'engine'],
  control: [
    'run',
    'verify',
    'hub',
    'sinks',
    'envelopes',
    'tables',
    'region',
    'world',
    'policy',
    'domain',
    'engine',
  ],
  cli: [
    'control',
    'run',
    'verify',
    'hub',
    'sinks',
    'envelopes',
    'tables',
    'region',
    'world',
    'policy',
    'domain',
    'engine',
  ],
};
const SIMULATION = ['engine', 'domain', 'policy', 'world', 'actors', 'region'];

describe('the house', () => {
  it.each(sources)('%s imports only from layers below', (file) => {
    const layer = layerOf(file);
    const allowed = MAY_IMPORT[layer];
    expect(allowed, `${file} lies in a layer without a rule`).toBeDefined();
    const imports = [...read(file).matchAll(/from '(\.[^']+)'/g)].map(([, target]) =>
      path.posix.normalize(path.posix.join(path.posix.dirname(file), target)),
    );
    for (const target of imports) {
      const other = layerOf(target);
      if (other !== layer) expect(allowed, `${file} imports ${target}`).toContain(other);
    }
  });

  it.each(sources.filter((file) => file.startsWith('src/control/page/')))(
    '%s runs in a browser: it imports only from the page, and types of answers',
    (file) => {
      // Types leave nothing behind in what the browser gets.
      const code = read(file).replace(
        /^import type \{[^}]*\} from '(?:\.\.\/)+shapes\/[\w-]+\.ts';$/gm,
        '',
      );
      for (const [, target] of code.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
        const other = path.posix.join(path.posix.dirname(file), target);
        expect(other, `${file} imports ${target}`).toMatch(/^src\/control\/page\//);
      }
    },
  );

  it.each(sources.filter((file) => file.startsWith('src/control/shapes/')))(
    '%s is shared with the page: it needs nothing of a server',
    (file) => {
      for (const [, target] of read(file).matchAll(/from '([^']+)'/g)) {
        expect(target).toMatch(
          /^(@hono\/zod-openapi|\.\/[\w-]+\.ts|\.\.\/\.\.\/domain\/[\w-]+\.ts)$/,
        );
      }
    },
  );

  it.each(sources.filter((file) => SIMULATION.includes(layerOf(file))))(
    '%s knows no wall clock, global randomness, environment or console',
    (file) => {
      const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(code).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|performance\.now|process\.env|(?<!\.)\bset(Timeout|Interval)\([^:]*\);|console\./,
      );
    },
  );

  const rounded = ['src/world/distance.ts', 'src/world/suppliers.ts'];
  it.each(sources.filter((file) => SIMULATION.includes(layerOf(file)) && !rounded.includes(file)))(
    '%s uses no function of Math that differs between runtimes',
    (file) => {
      // src/engine/elementary.ts has exp and ln that give the same bits everywhere.
      const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(code).not.toMatch(
        /Math\.(a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|log2|pow|cbrt|hypot)\(/,
      );
    },
  );

  const pages = ['.', 'docs'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  );
  it.each(pages)('%s is free of conflict marks', (file) => {
    expect(read(file)).not.toMatch(/^(<{7} .*|={7}|>{7} .*)$/m);
  });

  it.each(sources)('%s holds one idea: at most 14 KB', (file) => {
    expect(Buffer.byteLength(read(file))).toBeLessThanOrEqual(14 * 1024);
  });
});
