/** What is measured: the world, the stream, the server. */
import { Gauge, Registry } from 'prom-client';
import type { Services } from './services.ts';

const BREAKER_STATES = ['closed', 'halfOpen', 'open'] as const;
const LEDGER = [
  'generated',
  'sent',
  'acknowledged',
  'retried',
  'possiblyRepeated',
  'deadLettered',
  'inFlight',
] as const;

/** Every figure is read when it is asked for; nothing is counted in between. */
export class Metrics {
  private readonly services: Services;
  private readonly registry = new Registry();

  constructor(services: Services) {
    this.services = services;
    this.addWorld();
    this.addStream();
    this.addServer();
  }

  async text(): Promise<{ text: string; contentType: string }> {
    const { registry } = this;
    return { text: await registry.metrics(), contentType: registry.contentType };
  }

  private gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: (set: (value: number, labels?: Partial<Record<Label, string>>) => void) => void,
  ): void {
    new Gauge<Label>({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect() {
        this.reset();
        read((value, labels = {}) => {
          this.set(labels as Partial<Record<Label, string | number>>, value);
        });
      },
    });
  }

  private addWorld(): void {
    const { counts, tasks, engine } = this.services;
    this.gauge('sim_table_rows', 'Rows of a table, as committed.', ['table'], (set) => {
      for (const [table, rows] of Object.entries(counts.flat)) set(rows, { table });
    });
    this.gauge(
      'sim_simulated_time_seconds',
      'Simulated time that was reached, Unix time.',
      [],
      (set) => {
        const streamed = engine.streamStatus?.simulatedMs ?? 0;
        set(Math.max(streamed, counts.known.committedMs ?? 0) / 1000);
      },
    );
    this.gauge('sim_task_progress_ratio', 'How far the task under way is.', ['kind'], (set) => {
      const task = tasks.running;
      if (task !== undefined) set(task.view.progress, { kind: task.kind });
    });
    this.gauge(
      'sim_task_rows_per_second',
      'Rows that the task under way makes.',
      ['kind'],
      (set) => {
        const task = tasks.running;
        if (task !== undefined) set(task.view.rows_per_second ?? 0, { kind: task.kind });
      },
    );
  }

  private addStream(): void {
    const { engine, lastLedger } = this.services;
    const ledger = () => engine.streamStatus ?? lastLedger.figures;
    const running = () =>
      engine.taskOf('streaming') === undefined ? undefined : engine.streamStatus;
    this.gauge('sim_stream_running', '1 while something is streamed.', [], (set) =>
      set(engine.taskOf('streaming') === undefined ? 0 : 1),
    );
    this.gauge('sim_stream_events', 'The delivery ledger.', ['state'], (set) => {
      const total = ledger()?.total;
      for (const state of LEDGER) set(total?.[state] ?? 0, { state });
    });
    this.gauge('sim_stream_events_by_type', 'Events that were generated.', ['type'], (set) => {
      for (const [type, { generated }] of Object.entries(ledger()?.byType ?? {})) {
        set(generated, { type });
      }
    });
    this.gauge('sim_stream_events_per_second', 'Events acknowledged lately.', [], (set) =>
      set(running()?.eventsPerSecond ?? 0),
    );
    this.gauge(
      'sim_stream_lag_seconds',
      'How late events are acknowledged.',
      ['quantile'],
      (set) => {
        const lag = engine.streamStatus?.lag;
        set((lag?.p50Ms ?? 0) / 1000, { quantile: '0.5' });
        set((lag?.p99Ms ?? 0) / 1000, { quantile: '0.99' });
      },
    );
    this.gauge(
      'sim_stream_behind_seconds',
      'How far the stream is behind the clock; it grows while nothing can be delivered.',
      [],
      (set) => set((running()?.lagMs ?? 0) / 1000),
    );
    this.gauge(
      'sim_stream_breaker_state',
      '1 for the state of the circuit breaker.',
      ['state'],
      (set) => {
        const state = engine.streamStatus?.breaker;
        for (const one of BREAKER_STATES) set(one === state ? 1 : 0, { state: one });
      },
    );
    this.gauge('sim_stream_breaker_openings', 'How often the circuit breaker opened.', [], (set) =>
      set(engine.streamStatus?.breakerOpenings ?? 0),
    );
    this.gauge('sim_stream_failed_attempts', 'Attempts to send that failed.', [], (set) =>
      set(engine.streamStatus?.failures ?? 0),
    );
    this.gauge('sim_stream_batches', 'Batches acknowledged since the stream began.', [], (set) =>
      set(engine.streamStatus?.batchesSent ?? 0),
    );
    this.gauge('sim_stream_bytes', 'Bytes of those batches.', [], (set) =>
      set(engine.streamStatus?.bytesSent ?? 0),
    );
    this.gauge('sim_stream_last_batch_events', 'Events of the last batch.', [], (set) =>
      set(engine.streamStatus?.lastBatches.at(-1) ?? 0),
    );
    this.gauge('sim_stream_buffered_events', 'Events that are held.', [], (set) =>
      set(engine.streamStatus?.buffered ?? 0),
    );
  }

  private addServer(): void {
    const { live, nowMs, startedMs } = this.services;
    this.gauge('sim_resident_memory_bytes', 'Memory of the process, all threads.', [], (set) =>
      set(process.memoryUsage.rss()),
    );
    this.gauge('sim_uptime_seconds', 'Since the server began.', [], (set) =>
      set((nowMs() - startedMs) / 1000),
    );
    this.gauge('sim_live_clients', 'Who watches.', [], (set) => set(live.broadcast.watchers));
    this.gauge('sim_live_clients_dropped', 'Who was too slow and was dropped.', [], (set) =>
      set(live.broadcast.dropped),
    );
  }
}
