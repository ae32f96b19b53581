/** Notices when the files of the world have changed, whoever changed them, and who is about to; cleans up after a crash. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { isAbandoned, lockOwner } from '../store/lock.ts';
import { readManifest } from '../store/manifest.ts';
import { recoverCrashed } from '../run/open-world.ts';
import { streamPaths } from '../store/paths.ts';
import { MASTER_TABLES } from './data/catalogue.ts';
import type { Counts } from './data/counts.ts';
import type { LiveView } from './live/live-view.ts';
import type { Settings } from './settings.ts';

const LOOK_EVERY_MS = 1000;

interface WatchParts {
  readonly settings: Settings;
  readonly counts: Counts;
  readonly live: LiveView;
  /** Told when the files have changed, and who is at work on them. */
  readonly onChange: () => void;
}

export class WorldWatch {
  private readonly timer: NodeJS.Timeout;
  private readonly parts: WatchParts;
  private files = '';
  private triedLock = '';
  private world = '';
  /** Another program that is at work on the world, in words. */
  otherProgram: string | undefined;
  /** Where the world goes on, epoch ms: the end of its history, or of its stream if that is further. */
  reachedMs: number | null = null;
  /** Where its history begins and ends, epoch ms. */
  history: { readonly startMs: number; readonly committedMs: number } | undefined;

  constructor(parts: WatchParts) {
    this.parts = parts;
    this.look();
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Looks at once. */
  look(): void {
    const { settings, counts, live } = this.parts;
    const { paths } = settings;
    this.lookForOthers();
    this.cleanUp();
    // Each of them: while masters are being written some are there and others are not.
    const masters = MASTER_TABLES.map((name) => mark(path.join(paths.master, `${name}.csv`)));
    const stream = streamPaths(paths).manifest;
    const files = [paths.root, mark(paths.manifest), mark(stream), ...masters].join(' ');
    if (files === this.files) return;
    try {
      const manifest = readManifest(paths.manifest);
      counts.refresh(paths);
      const ends = [manifest, readManifest(stream)].flatMap((one) => one?.committedMs ?? []);
      this.history = manifest;
      this.reachedMs = manifest === undefined ? null : Math.max(...ends);
      this.files = files;
      const { committedMs: _committed, regions: _regions, ...identity } = manifest ?? {};
      const world = JSON.stringify([paths.root, masters, identity]);
      if (world !== this.world) live.worldChanged();
      else live.changed();
      this.world = world;
      this.parts.onChange();
    } catch {
      // In the middle of a change, or damaged: whoever uses the world is told; the next look comes soon.
    }
  }

  private lookForOthers(): void {
    const { settings, live } = this.parts;
    const owner = lockOwner(settings.paths.lock);
    const other = owner === `process ${process.pid}` ? undefined : owner;
    if (other === this.otherProgram) return;
    this.otherProgram = other;
    live.changed();
    this.parts.onChange();
  }

  /** What a run that was killed has written since its last commit belongs to no world, and is not shown. */
  private cleanUp(): void {
    const { paths } = this.parts.settings;
    const lock = mark(paths.lock);
    if (lock === this.triedLock || !isAbandoned(paths.lock)) return;
    this.triedLock = lock;
    try {
      recoverCrashed(paths);
    } catch {
      // Another program was quicker, or the next run says what is wrong.
    }
  }

  close(): void {
    clearInterval(this.timer);
  }
}

function mark(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '-' : `${stat.size}@${stat.mtimeMs}`;
}
