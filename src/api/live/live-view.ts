/** What those who watch see: put together from what is known, at most twice a second, and only for them. */
import type { Settings } from '../settings.ts';
import type { Tasks } from '../tasks.ts';
import { Broadcast } from './broadcast.ts';
import { LiveHistory } from './history.ts';
import { NO_NETWORK, readNetwork } from './network.ts';
import type { RegionPicture, RunningState } from './region-picture.ts';
import type { LiveState, LiveStore, LiveTruck, Network } from '../shapes/live.ts';

/** What of a state is known of a stream without looking at the world. */
export type StreamView = Pick<LiveState, 'clock' | 'ledger' | 'breaker'> & {
  readonly eventsPerSecond: number;
};

export interface LiveViewOptions {
  readonly settings: Settings;
  readonly tasks: Tasks;
  readonly nowMs: () => number;
  /** Rows by table as they are known. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** Where the world goes on: the end of its history or its stream. */
  readonly reachedMs: () => number | null;
  /** What the regions look like where the world rests; none while that is not known. */
  readonly resting: () => readonly RegionPicture[];
  /** Disruptions from outside that are planned or active. */
  readonly disruptions: () => LiveState['disruptions'];
  /** The stream that runs. */
  readonly stream: () => StreamView | undefined;
  /** Who else is at work on the world, in words. */
  readonly otherProgram: () => string | undefined;
  /** Told when the first comes and when the last has gone. */
  readonly onWatched?: (watched: boolean) => void;
  readonly everyMs?: number;
}

const EVERY_MS = 500;
/** The first look at a world that is streamed comes about so soon; until then nothing is known of its stores. */
const FIRST_LOOK_MS = 1500;
/** Finished tasks are shown so long. */
const SHOWN_MS = 60_000;

export class LiveView {
  readonly broadcast: Broadcast;
  readonly history = new LiveHistory();
  private readonly options: LiveViewOptions;
  private running: RunningState | undefined;
  private network: Network = NO_NETWORK;
  private timer: NodeJS.Timeout | undefined;
  private isDirty = false;
  private lastCounts = '';
  /** Since when somebody watches without a break. */
  private watchedMs = 0;

  constructor(options: LiveViewOptions) {
    this.options = options;
    const { nowMs, onWatched } = options;
    this.broadcast = new Broadcast({
      // Above whatever an earlier server has sent: it sent fewer than a thousand a second.
      firstId: nowMs(),
      onWatched: (watched) => {
        this.tick(watched);
        // Where everything was when the last one left is no news.
        if (!watched) this.take(undefined);
        onWatched?.(watched);
      },
    });
  }

  /** The network as it was last read. */
  get currentNetwork(): Network {
    return this.network;
  }

  get currentRunning(): RunningState | undefined {
    return this.running;
  }

  /** Reads the network again: there is another world, or none. */
  worldChanged(): void {
    this.network = readNetwork(this.options.settings.paths);
    this.history.forget();
    if (this.broadcast.watchers > 0) this.broadcast.send('network', JSON.stringify(this.network));
    else this.broadcast.forget();
    this.changed();
  }

  /** Stores as they are now; none while nothing is known of them. */
  get stores(): readonly LiveStore[] {
    return this.regions.flatMap(({ stores }) => stores);
  }

  /** Trucks that are not parked. */
  get trucks(): readonly LiveTruck[] {
    return this.regions.flatMap(({ trucks }) => trucks);
  }

  /** Where the world rests its files tell; once it moves they are behind. */
  private get regions(): readonly RegionPicture[] {
    if (this.running !== undefined) return this.running.regions;
    const makesHistory = this.options.tasks.running?.kind === 'historical';
    return makesHistory || this.options.stream() !== undefined ? [] : this.options.resting();
  }

  /** Takes what the engine tells; undefined when nothing runs any more. */
  take(running: RunningState | undefined): void {
    this.running = running;
    if (running !== undefined) this.history.take(running, this.options.nowMs());
    this.changed();
  }

  /** Something that shows has changed. */
  changed(): void {
    this.isDirty = true;
  }

  watch(lastId: number | undefined): ReadableStream<Uint8Array> {
    if (this.broadcast.watchers === 0) this.watchedMs = this.options.nowMs();
    return this.broadcast.watch(lastId, () => [
      { event: 'network', data: JSON.stringify(this.network) },
      ...this.firstState(),
    ]);
  }

  /** None while the first look at the stores is on its way: they would seem to be gone. */
  private firstState(): { event: string; data: string }[] {
    if (this.isBlind) {
      this.lastCounts = '';
      this.isDirty = true;
      return [];
    }
    const whole = { ...this.state(), counts: this.options.counts() };
    return [{ event: 'state', data: JSON.stringify(whole) }];
  }

  private get isBlind(): boolean {
    if (this.running !== undefined || this.options.stream() === undefined) return false;
    return this.options.nowMs() - this.watchedMs < FIRST_LOOK_MS;
  }

  /** The state of this moment, without the counts. */
  state(): LiveState {
    const { tasks, nowMs } = this.options;
    const { regions } = this;
    const stream = this.options.stream();
    const now = nowMs();
    const shown = tasks.recent.filter(
      ({ finished_at }) => finished_at === null || now - Date.parse(finished_at) < SHOWN_MS,
    );
    const rowsPerSecond = tasks.running?.view.rows_per_second ?? 0;
    return {
      clock: stream?.clock ?? this.restingClock(now),
      stores: [...this.stores],
      dcs: regions.map(({ dc }) => dc),
      trucks: [...this.trucks],
      disruptions: [
        ...this.options.disruptions(),
        ...regions.flatMap(({ disruptions }) => disruptions),
      ],
      rates: { rowsPerSecond, eventsPerSecond: stream?.eventsPerSecond ?? 0 },
      ledger: stream?.ledger ?? null,
      breaker: stream?.breaker ?? null,
      tasks: shown,
      otherProgram: this.options.otherProgram() ?? null,
    };
  }

  close(): void {
    this.tick(false);
    this.broadcast.close();
  }

  private restingClock(wallMs: number): LiveState['clock'] {
    const task = this.options.tasks.running;
    const simulated = task?.view.simulated_time ?? null;
    // A stream tells its simulated time itself; while it only catches up, its task does.
    const generating =
      task?.kind === 'historical' || (task?.kind === 'streaming' && simulated !== null);
    return {
      simulatedMs:
        generating && simulated !== null ? Date.parse(simulated) : this.options.reachedMs(),
      wallMs,
      mode: generating ? 'history' : 'idle',
      speed: null,
      rate: null,
      paused: false,
      stopping: false,
      lagMs: 0,
    };
  }

  private tick(watched: boolean): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (!watched) return;
    this.timer = setInterval(() => this.tell(), this.options.everyMs ?? EVERY_MS);
    this.timer.unref();
  }

  private tell(): void {
    if (!this.isDirty || this.isBlind) return;
    this.isDirty = false;
    const counts = this.options.counts();
    const text = JSON.stringify(counts);
    const isNew = text !== this.lastCounts;
    this.lastCounts = text;
    this.broadcast.send(
      'state',
      JSON.stringify(isNew ? { ...this.state(), counts } : this.state()),
    );
  }
}
