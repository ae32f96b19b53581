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
const layerOf = (file: string) => {
  if (file.startsWith('actors/')) return 'actors';
  // Settings of a sink: the config's schema is put together from them.
  if (/^src\/sinks\/[\w-]+\/config\.ts$/.test(file)) return 'sink-config';
  return file.split('/')[1].replace(/\.ts$/, '');
};

/** What each layer may import, besides itself and packages. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  engine: [],
  domain: ['engine'],
  policy: ['domain', 'engine'],
  actors: ['domain', 'policy'],
  'sink-config': ['domain'],
  world: ['sink-config', 'policy', 'domain', 'engine'],
  scenario: ['world', 'policy', 'domain', 'engine'],
  entities: ['actors', 'scenario', 'world', 'policy', 'domain', 'engine'],
  extension: ['entities', 'actors', 'scenario', 'world', 'policy', 'domain', 'engine'],
  tables: ['world', 'policy', 'domain', 'engine'],
  envelopes: ['tables', 'domain', 'engine'],
  contracts: ['envelopes', 'tables', 'domain', 'engine'],
  hub: ['domain', 'engine'],
  threads: ['domain'],
  delivery: ['envelopes', 'tables', 'domain', 'engine'],
  get sinks() {
    return ['delivery', 'threads', 'hub', 'world', 'sink-config', ...this.delivery];
  },
  get store() {
    return ['sinks', 'scenario', ...this.sinks];
  },
  get run() {
    return ['store', 'extension', 'entities', 'policy', ...this.store];
  },
  get stream() {
    return ['run', ...this.run];
  },
  verify: ['scenario', 'tables', 'world', 'policy', 'domain', 'engine'],
  query: ['verify', 'tables', 'domain'],
  get export() {
    return ['contracts', 'query', 'verify', 'store', ...this.store];
  },
  get mcp() {
    return ['library', 'query', 'contracts', ...this.library];
  },
  get report() {
    return ['verify', 'policy', ...this.verify];
  },
  get api() {
    return ['stream', 'verify', ...this.stream];
  },
  get library() {
    return ['stream', 'verify', 'report', ...this.stream];
  },
  get cli() {
    return ['api', 'library', 'contracts', 'query', 'export', 'report', 'mcp', ...this.api];
  },
  // Of the server only the types of its answers.
  page: ['api', 'domain'],
};
const SIMULATION = ['engine', 'domain', 'policy', 'world', 'scenario', 'actors', 'entities'];
/** What the page shares with the rest: it needs nothing of a server. */
const SHARED_WITH_PAGE = 'src/domain/format.ts';

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

  it.each(sources.filter((file) => file.startsWith('src/delivery/')))(
    '%s knows no broker: what differs between them is asked of the sink',
    (file) => {
      expect(read(file)).not.toMatch(/event.?hub|azure|amqp|kafka|servicebus|ndjson sink/i);
    },
  );

  it.each(sources.filter((file) => file.startsWith('src/stream/')))(
    '%s knows sinks by the registry alone',
    (file) => {
      for (const [, target] of read(file).matchAll(/from '\.\.\/sinks\/([^']+)'/g)) {
        expect(target).toMatch(/^[\w-]+\.ts$/);
      }
    },
  );

  it.each(sources.filter((file) => file.startsWith('src/page/')))(
    '%s runs in a browser: it imports only from the page, types of answers, and figures as people read them',
    (file) => {
      // Types leave nothing behind in what the browser gets.
      const code = read(file).replace(
        /^import type \{[^}]*\} from '(?:\.\.\/)+api\/shapes\/[\w-]+\.ts';$/gm,
        '',
      );
      for (const [, target] of code.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
        const other = path.posix.join(path.posix.dirname(file), target);
        if (other !== SHARED_WITH_PAGE)
          expect(other, `${file} imports ${target}`).toMatch(/^src\/page\//);
      }
    },
  );

  it.each(sources.filter((file) => file.startsWith('src/api/shapes/')))(
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
    '%s uses no wall clock, global randomness, environment or console',
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
