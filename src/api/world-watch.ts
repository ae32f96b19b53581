/** Detects changes of the world's files by any process, and other programs that use it; cleans up after a crash. */
import { statSync } from 'node:fs';
import { masterFile } from '../store/read-master.ts';
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
  /** Called when the files, or the program that uses them, have changed. */
  readonly onChange: () => void;
}

export class WorldWatch {
  private readonly timer: NodeJS.Timeout;
  private readonly parts: WatchParts;
  private files = '';
  private triedLock = '';
  private world = '';
  /** Description of another program that uses the world. */
  otherProgram: string | undefined;
  /** End of the world, epoch ms: of its history, or of its stream if that is later. */
  reachedMs: number | null = null;
  /** Begin and end of its history, epoch ms. */
  history: { readonly startMs: number; readonly committedMs: number } | undefined;

  constructor(parts: WatchParts) {
    this.parts = parts;
    this.look();
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Checks now. */
  look(): void {
    const { settings, counts, live } = this.parts;
    const { paths } = settings;
    this.lookForOthers();
    this.cleanUp();
    // All master tables, because some may be missing while they are being written.
    const masters = MASTER_TABLES.map((name) => mark(masterFile(paths.master, name)));
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
      // The files are being changed, or damaged, which the next use reports. The next check comes soon.
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

  /** Removes files that a killed run wrote after its last commit, so that they are not shown. */
  private cleanUp(): void {
    const { paths } = this.parts.settings;
    const lock = mark(paths.lock);
    if (lock === this.triedLock || !isAbandoned(paths.lock)) return;
    this.triedLock = lock;
    try {
      recoverCrashed(paths);
    } catch {
      // Another program did it, or the next run reports the error.
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
