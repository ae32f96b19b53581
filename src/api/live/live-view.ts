/** The live view: created at most twice a second, and only while it has clients. */
import type { Settings } from '../settings.ts';
import type { Tasks } from '../tasks.ts';
import { Broadcast } from './broadcast.ts';
import { LiveHistory } from './history.ts';
import { NO_NETWORK, readNetwork } from './network.ts';
import type { RegionPicture, RunningState } from './region-picture.ts';
import type { LiveState, LiveStore, LiveTruck, Network } from '../shapes/live.ts';

/** The part of a state that comes from the stream's status. */
export type StreamView = Pick<LiveState, 'clock' | 'ledger' | 'breaker'> & {
  readonly eventsPerSecond: number;
};

export interface LiveViewOptions {
  readonly settings: Settings;
  readonly tasks: Tasks;
  readonly nowMs: () => number;
  /** Returns the known rows by table. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** Returns the end of the world's history or stream, epoch ms. */
  readonly reachedMs: () => number | null;
  /** Returns the regions of a world that no job runs; none while unknown. */
  readonly resting: () => readonly RegionPicture[];
  /** Returns the live disruptions that are planned or active. */
  readonly disruptions: () => LiveState['disruptions'];
  /** Returns the status of the running stream. */
  readonly stream: () => StreamView | undefined;
  /** Returns a description of another program that uses the world. */
  readonly otherProgram: () => string | undefined;
  /** Called when the first client connects and when the last one has disconnected. */
  readonly onWatched?: (watched: boolean) => void;
  readonly everyMs?: number;
}

const EVERY_MS = 500;
/** Time until the first view of a streamed world; until then its stores are unknown. */
const FIRST_LOOK_MS = 1500;
/** Time for which finished tasks are shown. */
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
  /** Begin of the present time with clients, epoch ms. */
  private watchedMs = 0;

  constructor(options: LiveViewOptions) {
    this.options = options;
    const { nowMs, onWatched } = options;
    this.broadcast = new Broadcast({
      // Above all numbers of an earlier server, which sent fewer than a thousand events a second.
      firstId: nowMs(),
      onWatched: (watched) => {
        this.tick(watched);
        // The states from before the last client left are outdated.
        if (!watched) this.take(undefined);
        onWatched?.(watched);
      },
    });
  }

  /** The last network that was read. */
  get currentNetwork(): Network {
    return this.network;
  }

  get currentRunning(): RunningState | undefined {
    return this.running;
  }

  /** Called when the world has changed: reads the network again. */
  worldChanged(): void {
    this.network = readNetwork(this.options.settings.paths);
    this.history.forget();
    if (this.broadcast.watchers > 0) this.broadcast.send('network', JSON.stringify(this.network));
    else this.broadcast.forget();
    this.changed();
  }

  /** Present stores; none while unknown. */
  get stores(): readonly LiveStore[] {
    return this.regions.flatMap(({ stores }) => stores);
  }

  /** Trucks that are not parked. */
  get trucks(): readonly LiveTruck[] {
    return this.regions.flatMap(({ trucks }) => trucks);
  }

  /** The regions: from the files of a world that no job runs, otherwise from the job. */
  private get regions(): readonly RegionPicture[] {
    if (this.running !== undefined) return this.running.regions;
    const makesHistory = this.options.tasks.running?.kind === 'historical';
    return makesHistory || this.options.stream() !== undefined ? [] : this.options.resting();
  }

  /** Called with the state of the running job; undefined when it has ended. */
  take(running: RunningState | undefined): void {
    this.running = running;
    if (running !== undefined) this.history.take(running, this.options.nowMs());
    this.changed();
  }

  /** Called when the view has changed. */
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

  /** Returns the first state of a client; none before the first view, so that stores don't disappear. */
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

  /** Returns the present state, without the counts. */
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
    // The stream reports its simulated time; during catch-up, its task does.
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
