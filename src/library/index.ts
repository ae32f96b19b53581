/**
 * synthetic-retail as a library.
 *
 *   import { generate, simulate, verify } from 'synthetic-retail';
 *
 *   await generate({ preset: 'small', seed: 7 }, { out: 'w', from: '2024-01-01', days: 7 });
 *   for await (const { table, row } of simulate({ seed: 7 }, { from: '2024-01-01', days: 1 })) { … }
 *
 * The first argument describes the world, like config.json. Instants are ISO texts, dates or epoch ms.
 * Wrong arguments throw an `InputError` before anything is written.
 */
export { InputError, OutputError } from '../domain/errors.ts';
export { DIMENSIONS, type DimensionName } from '../domain/dimensions.ts';
export type { EventType } from '../domain/event-rules.ts';
export { FACT_NAMES, FACTS, type FactName } from '../domain/facts.ts';
export { registerExtension } from '../extension/load.ts';
export { RunFailure } from '../run/run-failure.ts';
export { clear, type Cleared } from './clear.ts';
export { type GenerateOptions, type Generated, generate, type Progress } from './generate.ts';
export type { Instant } from './instants.ts';
export { buildMasters, type Masters, type MastersOptions, writeMasters } from './masters.ts';
export type { FactRow, MasterRow, Value } from './rows.ts';
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
export type { StreamStatus } from '../stream/stream-status.ts';
export type { CheckResult, VerifyProgress, VerifyReport } from '../verify/result.ts';
