/**
 * synthetic-retail as a library.
 *
 * ```ts
 * import { generate, simulate, verify } from 'synthetic-retail';
 *
 * await generate({ preset: 'small', seed: 7 }, { out: 'w', from: '2024-01-01', days: 7 });
 * for await (const { table, row } of simulate({ seed: 7 }, { from: '2024-01-01', days: 1 })) { … }
 * ```
 *
 * The first argument describes the world, like config.json. Instants are ISO texts, dates or epoch ms.
 * Wrong arguments throw an `InputError` before anything is written.
 *
 * @module synthetic-retail
 */
export type { BreakerState } from '../delivery/breaker-gate.ts';
export type { Counter, LedgerRow } from '../delivery/ledger.ts';
export type { Column, ColumnType } from '../domain/columns.ts';
export { InputError, OutputError } from '../domain/errors.ts';
export { DIMENSIONS, type DimensionName } from '../domain/dimensions.ts';
export type { EventType } from '../domain/event-rules.ts';
export { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
export { registerExtension } from '../extension/load.ts';
export { RunFailure } from '../run/run-failure.ts';
export {
  checkScenario,
  type ScenarioCheck,
  type ScenarioCheckOptions,
  type SeedResult,
} from './check-scenario.ts';
export { clear, type Cleared } from './clear.ts';
export { type GenerateOptions, type Generated, generate, type Progress } from './generate.ts';
export type { Instant, WindowOptions } from './instants.ts';
export {
  buildMasters,
  type Masters,
  type MastersOptions,
  type WriteMastersOptions,
  writeMasters,
} from './masters.ts';
export type { FactRow, MasterRow, Nullable, Row, Value } from './rows.ts';
export { type AnyFact, type Fact, type SimulateOptions, simulate } from './simulate.ts';
export { readState, type StreamedState, type WorldState } from './state.ts';
export {
  type RunningStream,
  type StreamEnd,
  type StreamOptions,
  startStream,
} from './stream.ts';
export { verify, type VerifyOptions } from './verify.ts';
export type { WorldConfig } from './world-config.ts';
export type { PresetName } from '../world/presets.ts';
export type { LagFigures } from '../stream/lag-meter.ts';
export type { StreamState, StreamStatus } from '../stream/stream-status.ts';
export type { CheckResult, VerifyProgress, VerifyReport } from '../verify/result.ts';
export type { ExpectationResult } from '../verify/expectations.ts';
