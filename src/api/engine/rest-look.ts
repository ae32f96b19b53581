/** The live view of a world that no job runs: created in a thread, once for each commit. */
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { extensionModules } from '../../domain/extensions.ts';
import { threadModule } from '../../domain/own-files.ts';
import { streamPaths } from '../../store/paths.ts';
import type { RegionPicture } from '../live/region-picture.ts';
import type { Settings } from '../settings.ts';
import type { RestRequest } from './resting-world.ts';
import type { KeptTills } from './tills.ts';

export interface RestLookOptions {
  readonly settings: Settings;
  /** Returns the sales of the stores at the end of the last stream. */
  readonly tills: () => KeptTills | undefined;
  /** Called when a view is available. */
  readonly onSeen: () => void;
}

/** What the thread is given. */
export interface RestData {
  readonly request: RestRequest;
  /** Modules of extensions. */
  readonly extensions: readonly string[];
}

interface Look {
  /** Identifies the commits of the view. */
  readonly place: string;
  readonly thread: Worker;
  readonly pictures: Promise<readonly RegionPicture[]>;
  seen: readonly RegionPicture[];
  isOver: boolean;
}

export class RestLook {
  private readonly options: RestLookOptions;
  private look: Look | undefined;

  constructor(options: RestLookOptions) {
    this.options = options;
  }

  /** The regions of the last view; none if the world has changed since, or there is no view yet. */
  get pictures(): readonly RegionPicture[] {
    return this.look?.place === this.place() ? this.look.seen : [];
  }

  /** Returns the regions, creating the view if necessary; none if the world can't be opened, which jobs will report. */
  see(): Promise<readonly RegionPicture[]> {
    const place = this.place();
    if (this.look?.place !== place) {
      this.close();
      this.look = this.begin(place);
    }
    return this.look.pictures;
  }

  /** Ends the creation of a view, because a job starts and needs the processor. */
  giveWay(): void {
    if (this.look?.isOver === false) this.close();
  }

  close(): void {
    void this.look?.thread.terminate();
    this.look = undefined;
  }

  private begin(place: string): Look {
    const { settings, tills, onSeen } = this.options;
    const request: RestRequest = { settings: settings.data, tills: tills() };
    const workerData: RestData = { request, extensions: extensionModules() };
    const thread = new Worker(threadModule('api/engine/rest-thread'), { workerData });
    const pictures = new Promise<readonly RegionPicture[]>((resolve) => {
      thread.once('message', (found: readonly RegionPicture[]) => {
        look.seen = found;
        look.isOver = true;
        resolve(found);
        onSeen();
      });
      // The world is damaged or has other dictionaries: the next job reports it.
      thread.once('error', () => resolve([]));
      thread.once('exit', () => resolve([]));
    });
    const look: Look = { place, thread, pictures, seen: [], isOver: false };
    return look;
  }

  private place(): string {
    const { paths } = this.options.settings;
    return [paths.root, mark(paths.manifest), mark(streamPaths(paths).manifest)].join(' ');
  }
}

function mark(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '-' : `${stat.size}@${stat.mtimeMs}`;
}
