/** What the world looks like where it rests: looked at in a thread, once for each place where it comes to rest. */
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
  /** What the stores had sold when the last stream ended. */
  readonly tills: () => KeptTills | undefined;
  /** Told when there is something to see. */
  readonly onSeen: () => void;
}

/** What the thread is given. */
export interface RestData {
  readonly request: RestRequest;
  /** Modules of extensions. */
  readonly extensions: readonly string[];
}

interface Look {
  /** The commits that it is of. */
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

  /** What was seen last; none if the world has moved since, or nobody has looked. */
  get pictures(): readonly RegionPicture[] {
    return this.look?.place === this.place() ? this.look.seen : [];
  }

  /** Looks unless that was done; none where the world can't be taken up: whoever uses it is told why. */
  see(): Promise<readonly RegionPicture[]> {
    const place = this.place();
    if (this.look?.place !== place) {
      this.close();
      this.look = this.begin(place);
    }
    return this.look.pictures;
  }

  /** Ends a look that is under way: the world moves on, and wants the processor. */
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
      // A world that is damaged, or of other dictionaries: its users are told when they go on with it.
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
