/** `sim status`: describes what is in a world's folder. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { shellWord } from '../domain/shell-word.ts';
import { hasDelta } from '../store/delta-tables.ts';
import { formatInstant } from '../engine/time.ts';
import { DEFAULT_FORMATS } from '../domain/formats.ts';
import { formatBytes } from '../domain/format.ts';
import { listDisruptions } from '../run/disruptions/control.ts';
import { askHolder, isAbandoned, lockOwner } from '../store/lock.ts';
import { type Manifest, readManifest } from '../store/manifest.ts';
import type { WorldPaths } from '../store/paths.ts';
import { worldIdOf } from '../store/world-id.ts';
import { worldContent } from '../store/world-files.ts';
import { type WorldFlags, withOut } from './arguments.ts';
import type { Context } from './context.ts';
import { disruptionLine, standingJson } from './disruption-text.ts';
import { pathsOf, readConfig } from './settings.ts';
import { shardsStatus, shardsText } from './shard-status.ts';
import { readStreamState } from '../stream/stream-state.ts';
import { streamStateText } from './stream-state.ts';
import { launcher } from './suggest.ts';

interface StatusFlags extends WorldFlags {
  readonly json?: boolean;
}

export function addStatus(root: Command, context: Context): void {
  withOut(root.command('status'))
    .option('--config <file>', 'config.json whose paths to use')
    .option('--json', 'as one JSON object on stdout')
    .addHelpText('after', '\nExample:\n  sim status --out w')
    .action((flags: StatusFlags) => status(flags, context));
}

async function status(flags: StatusFlags, { terminal }: Context): Promise<void> {
  const paths = pathsOf(flags, readConfig(flags));
  await askHolder(paths.lock);
  const manifest = readManifest(paths.manifest);
  const { own, foreign } = worldContent(paths);
  const owner = lockOwner(paths.lock);
  const unfinished = isAbandoned(paths.lock);
  const divided = shardsStatus(paths);
  const known = ['master', 'facts', 'closing', 'checkpoint', 'stream'] as const;
  const folders = [...known, ...(hasDelta(manifest ?? {}) ? (['delta'] as const) : [])].map(
    (name) => {
      const files = own.filter((file) => file.startsWith(paths[name] + path.sep));
      const bytes = files.reduce((sum, file) => sum + sizeOf(file), 0);
      return { name, files: files.length, bytes };
    },
  );
  if (flags.json) {
    const world = manifest && {
      worldId: worldIdOf(manifest),
      seed: manifest.seed,
      start: formatInstant(manifest.startMs),
      generatedTo: formatInstant(manifest.committedMs),
      scenarios: manifest.scenarios.map(({ name }) => name),
      worldVersion: manifest.worldVersion,
      compression: manifest.compress ?? 'none',
      formats: manifest.formats ?? DEFAULT_FORMATS,
    };
    const running = owner !== undefined;
    const { root } = paths;
    const stream = readStreamState(paths);
    const { disruptions } = listDisruptions(paths);
    const shards = divided?.shards ?? [];
    const found = {
      root,
      world: world ?? null,
      shards,
      running,
      unfinished,
      stream,
      disruptions: disruptions.map(standingJson),
      folders,
      foreign,
    };
    terminal.out(`${JSON.stringify(found)}\n`);
    return;
  }
  terminal.out(`Folder     ${paths.root}\n`);
  if (divided === undefined) terminal.out(worldText(manifest, paths));
  else {
    terminal.out(settingsText(divided.found[0].manifest));
    if (manifest !== undefined) terminal.out(historyText(manifest));
    terminal.out(shardsText(divided, paths));
  }
  for (const { name, files, bytes } of folders) {
    terminal.out(`${name.padEnd(11)}${files} files, ${formatBytes(bytes)}\n`);
  }
  terminal.out(streamStateText(paths));
  terminal.out(disruptionsText(paths));
  if (owner !== undefined) terminal.out(`Running    ${owner}\n`);
  if (unfinished)
    terminal.out('Unfinished the last run did not end; the next one cleans up first\n');
  if (foreign.length > 0) terminal.out(`Not ours   ${foreign.length} files, e.g. ${foreign[0]}\n`);
}

/** Requested disruptions that have not ended. */
function disruptionsText(paths: WorldPaths): string {
  const { disruptions, waiting } = listDisruptions(paths);
  const open = disruptions.filter(({ state }) => state === 'active' || state === 'planned');
  const lines = open.map((disruption) => `Disruption ${disruptionLine(disruption)}\n`);
  if (waiting.length > 0) lines.push(`Waiting disruption requests: ${waiting.length}\n`);
  return lines.join('');
}

function worldText(manifest: Manifest | undefined, { root }: WorldPaths): string {
  if (manifest === undefined) {
    return `World      none yet; begin with: ${launcher()} run --mode history --out ${shellWord(root)}\n`;
  }
  return settingsText(manifest) + historyText(manifest);
}

function settingsText(manifest: Manifest): string {
  const { seed, worldVersion, scenarios } = manifest;
  const names = scenarios.map(({ name }) => name).join(', ') || 'none';
  return (
    `World      ${worldIdOf(manifest)}\n` +
    `Settings   seed ${seed}, version ${worldVersion}, scenarios: ${names}\n`
  );
}

function historyText({ startMs, committedMs, compress, formats }: Manifest): string {
  const history =
    committedMs > startMs
      ? `${formatInstant(startMs)} to ${formatInstant(committedMs)}`
      : `none yet; the world opens ${formatInstant(startMs)}`;
  const stored = compress === undefined ? '' : `Compressed ${compress}, days that are over\n`;
  const written = formats === undefined ? '' : `Formats    ${formats.join(', ')}\n`;
  return `History    ${history}\n${written}${stored}`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
