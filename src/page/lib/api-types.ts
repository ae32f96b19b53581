/** Answers of the API, typed by the schemas with which the server checks them. */
import type { z } from 'zod';
import type { CLEAR_CHALLENGE } from '../../api/shapes/clear.ts';
import type { PREVIEW, TABLE_COUNTS, TABLE_LIST, TABLE_SUMMARY } from '../../api/shapes/data.ts';
import type { DEAD_LETTERS } from '../../api/shapes/dead-letter.ts';
import type { CREATED_DISRUPTION, DISRUPTIONS } from '../../api/shapes/disruption.ts';
import type {
  ACTIVE_TASKS,
  DEFAULT_RANGE,
  ESTIMATE,
  GENERATION_STATUS,
} from '../../api/shapes/generation.ts';
import type { STORE_DETAIL, TRUCK_DETAIL } from '../../api/shapes/live.ts';
import type { OPERATION } from '../../api/shapes/operation.ts';
import type { SCENARIOS } from '../../api/shapes/scenario.ts';
import type {
  CONNECTION_TEST,
  RECENT_EVENTS,
  STREAM_EVENT_TYPES,
  STREAM_HEALTH,
  STREAM_SETTINGS,
  STREAM_STATISTICS,
  STREAM_STATUS,
} from '../../api/shapes/stream.ts';
import type { TaskView } from '../../api/shapes/task.ts';

export type Task = TaskView;
export type ActiveTasks = z.infer<typeof ACTIVE_TASKS>;
export type Operation = z.infer<typeof OPERATION>;
export type WorldStatus = z.infer<typeof GENERATION_STATUS>;
export type DefaultRange = z.infer<typeof DEFAULT_RANGE>;
export type Estimate = z.infer<typeof ESTIMATE>;
export type TableCounts = z.infer<typeof TABLE_COUNTS>;
export type TableList = z.infer<typeof TABLE_LIST>;
export type TableSummary = z.infer<typeof TABLE_SUMMARY>;
export type TablePreview = z.infer<typeof PREVIEW>;
export type ScenarioList = z.infer<typeof SCENARIOS>;
export type StreamStatus = z.infer<typeof STREAM_STATUS>;
export type StreamStatistics = z.infer<typeof STREAM_STATISTICS>;
export type StreamHealth = z.infer<typeof STREAM_HEALTH>;
export type StreamSettings = z.infer<typeof STREAM_SETTINGS>;
export type EventTypes = z.infer<typeof STREAM_EVENT_TYPES>;
export type RecentEvents = z.infer<typeof RECENT_EVENTS>;
export type DeadLetterList = z.infer<typeof DEAD_LETTERS>;
export type DisruptionList = z.infer<typeof DISRUPTIONS>;
export type CreatedDisruption = z.infer<typeof CREATED_DISRUPTION>;
export type ConnectionTest = z.infer<typeof CONNECTION_TEST>;
export type ClearChallenge = z.infer<typeof CLEAR_CHALLENGE>;
export type StoreDetail = z.infer<typeof STORE_DETAIL>;
export type TruckDetail = z.infer<typeof TRUCK_DETAIL>;
