/** The lists of sinks in docs/sinks.md and docs/streaming.md are those of the program. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DEFAULT_SINK, hasConnections, streamSinks } from '../../src/sinks/registry.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const guide = read('docs/sinks.md');

/** Rows of the table under a header. */
function rowsUnder(header: string, page = guide): string[] {
  const [, rest] = page.split(`${header}\n`);
  return /^\|[-|]+\|\n((?:\|.+\n?)+)/.exec(rest)![1].trimEnd().split('\n');
}

it('lists the sinks, and what each can do', () => {
  const yes = (holds: boolean) => (holds ? 'yes' : 'no');
  const rows = streamSinks().map((kind) => {
    const server = yes(kind.needsTerminal !== true);
    return `| \`${kind.name}\` | ${kind.about} | ${server} | ${yes(hasConnections(kind))} |`;
  });
  const header = '| sink | where the events go | server | connection test, dead letters again |';
  expect(rowsUnder(header)).toEqual(rows);
});

it('lists the choices of --sink', () => {
  const rows = streamSinks().map(({ name, about }) => {
    const isDefault = name === DEFAULT_SINK ? ' (default)' : '';
    return `| \`${name}\`${isDefault} | ${about} |`;
  });
  expect(rowsUnder('| `--sink` | where the events go |', read('docs/streaming.md'))).toEqual(rows);
});

it('describes every field of an entry, and every kind of failure', () => {
  const names = (header: string) =>
    rowsUnder(header).flatMap((row) =>
      [...row.split('|')[1].matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
  const entry = /export interface StreamSinkKind<[^{]+\{([\s\S]+?)\n\}/.exec(
    read('src/sinks/stream-sink-kind.ts'),
  )![1];
  const fields = [...entry.matchAll(/^ {2}(?:readonly )?(\w+)[?:(]/gm)].map(([, name]) => name);
  expect(fields.length).toBeGreaterThan(8);
  expect(names('| field | meaning |').sort()).toEqual(fields.sort());
  const kinds = /export type FailureKind = ([^;]+);/.exec(read('src/delivery/stream-sink.ts'))![1];
  expect(names('| failure | meaning | then the batch is |').sort()).toEqual(
    [...kinds.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort(),
  );
});
