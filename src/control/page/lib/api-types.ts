/** Answers of the API, as far as the page uses them; /openapi.json describes them wholly. */
import type { Ledger, Task } from './live-types.ts';

export interface WorldStatus {
  readonly has_historical_data: boolean;
  readonly has_masters: boolean;
  readonly historical_start_date: string | null;
  readonly last_generated_timestamp: string | null;
  readonly seed: number | null;
  readonly scenarios: readonly string[];
  readonly compression: string | null;
  readonly running: Task | null;
}

export interface TableCounts {
  readonly master_tables: Readonly<Record<string, number>>;
  readonly fact_tables: Readonly<Record<string, number>> | null;
  readonly counted_to: string | null;
}

export interface TableList {
  readonly tables: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
}

export interface TableSummary {
  readonly total_records: number | null;
  readonly column_details: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly about: string;
  }[];
  readonly days: readonly string[] | null;
}

export interface TablePreview {
  readonly columns: readonly string[];
  readonly row_count: number | null;
  readonly preview_rows: readonly Readonly<Record<string, unknown>>[];
  readonly date_partition: string | null;
}

export interface DefaultRange {
  readonly start_date: string;
  readonly end_date: string;
  readonly explanation: string;
  readonly is_continuation: boolean;
  readonly is_empty: boolean;
}

export interface Estimate {
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly free_bytes: number;
  readonly workers: number;
  readonly fits: boolean;
  readonly is_large: boolean;
  readonly text: string;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

export interface Operation {
  readonly success: boolean;
  readonly message: string;
  readonly operation_id: string | null;
}

export interface StreamStatus {
  readonly is_streaming: boolean;
  readonly status: 'stopped' | 'starting' | 'running' | 'paused' | 'stopping' | 'error';
  readonly uptime_seconds: number;
  readonly events_per_second: number;
  readonly target: string | null;
  readonly hub_port: number | null;
  readonly speed: number | 'max' | null;
  readonly lag_ms: number;
  readonly ledger: Ledger | null;
  readonly error_message: string | null;
}

export interface StreamStatistics {
  readonly total_streaming_time: number;
  readonly average_events_per_second: number;
  readonly circuit_breaker_trips: number;
  readonly connection_failures: number;
  readonly lag: {
    readonly p50_ms: number;
    readonly p99_ms: number;
    readonly most_ms: number;
    readonly events: number;
  };
  readonly buffered: number;
  readonly buffer_size: number;
  readonly last_batches: readonly number[];
  readonly ledger_by_type: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** An event as it is sent. */
export interface EventEnvelope {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_timestamp: string;
  readonly partition_key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface DisruptionList {
  /** Requests that wait until what runs has ended. */
  readonly waiting: number;
  readonly disruptions: readonly {
    readonly disruption_id: string;
    readonly type: string;
    readonly target: string;
    readonly severity: number;
    readonly starts_at: string;
    readonly active_until: string;
    readonly status: 'planned' | 'active' | 'over' | 'cancelled';
  }[];
}

export interface ConnectionTest {
  readonly success: boolean;
  readonly message: string;
  readonly response_time_ms: number | null;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What would go when a world is removed, and what has to be confirmed. */
export interface ClearChallenge {
  readonly challenge: string;
  readonly phrase: string;
  readonly files: number;
  readonly bytes: number;
  readonly kept: number;
}
