/**
 * Shape and defaults of config.json. Keys are those of the original system, so that its files work
 * unchanged. The message of each rule says what is expected, as an end to "expected …".
 */
import { z } from 'zod';
import { areFormats, DEFAULT_FORMATS, FORMATS_EXPECTED } from '../domain/formats.ts';
import { filled, flag, real, section, whole } from '../domain/config-values.ts';
import { MARKETING } from './marketing-schema.ts';
import { EVENT_HUB, EVENT_HUBS_KEYS, EVENT_HUBS_SECRETS } from '../sinks/event-hubs/config.ts';

const trucks = whole(0, 100_000, ', or null to size the fleet automatically').nullable();
const followsDemand = (least: number, most: number) =>
  whole(least, most, ', or null to follow demand').nullable().default(null);
/** Accepted because the original system had it; it has no effect here. */
const unused = z.unknown().optional();

/** Whether a text is a day of the calendar, such as `2024-02-29`. */
function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

const day = 'a day as YYYY-MM-DD';

export const VOLUME = z.strictObject(
  {
    stores: whole(1, 9999).default(42),
    dcs: whole(1, 999).default(5),
    total_geographies: whole(1).default(100),
    total_customers: whole(1, 100_000_000).default(50_000),
    total_products: whole(1, 1_000_000).default(10_000),
    /** Visits per store and day, the mean over the network. */
    customers_per_day: whole(1, 1_000_000).default(2000),
    items_per_ticket_mean: real(1, 200).default(8.2),
    /** Total over the network. */
    online_orders_per_day: whole(0, 10_000_000).default(2500),
    /** Total over the network; null for marketing.impressions_per_customer_day. */
    marketing_impressions_per_day: whole(
      0,
      1_000_000_000,
      ', or null to follow the number of customers',
    )
      .nullable()
      .default(null),
    refrigerated_trucks: trucks.default(null),
    non_refrigerated_trucks: trucks.default(null),
    supplier_refrigerated_trucks: trucks.default(null),
    supplier_non_refrigerated_trucks: trucks.default(null),
    /** Units in a full truck. */
    truck_capacity: whole(100, 1_000_000).default(20_800),
    /** Ranges of the opening stock and of reorder points; null: they follow demand. */
    dc_initial_inventory_min: followsDemand(0, 10_000_000),
    dc_initial_inventory_max: followsDemand(1, 10_000_000),
    store_initial_inventory_min: followsDemand(0, 1_000_000),
    store_initial_inventory_max: followsDemand(1, 1_000_000),
    dc_reorder_point_min: followsDemand(0, 10_000_000),
    dc_reorder_point_max: followsDemand(1, 10_000_000),
    store_reorder_point_min: followsDemand(0, 1_000_000),
    store_reorder_point_max: followsDemand(1, 1_000_000),
    /** Days of demand that an order covers beyond the reorder point. */
    dc_cover_days: real(0.1, 365).default(14),
    store_cover_days: real(0.1, 90).default(3),
    truck_dc_assignment_rate: unused,
    trucks_per_dc: unused,
  },
  { error: section },
);

const REALTIME = z.strictObject(
  {
    /**
     * With `burst`: number of events per interval, held as a rate without a speed and as a cap with one; null for
     * neither.
     */
    emit_interval_ms: whole(1, 3_600_000, ', or null for no cap').nullable().default(null),
    burst: whole(1, 1_000_000, ', or null for no cap').nullable().default(null),
    ...EVENT_HUBS_KEYS,
    max_batch_size: whole(1, 1_000_000).default(256),
    batch_timeout_ms: whole(1, 3_600_000).default(100),
    /** Time limit of an attempt. */
    send_timeout_ms: whole(100, 600_000).default(10_000),
    /** Retries of a round. After a round comes a pause, which grows to the longest delay, and then the next round. */
    retry_attempts: whole(0, 1000).default(3),
    backoff_multiplier: real(1, 100).default(2),
    retry_delay_ms: whole(1, 600_000).default(100),
    retry_delay_max_ms: whole(1, 3_600_000).default(30_000),
    circuit_breaker_enabled: flag.default(true),
    circuit_breaker_failure_threshold: whole(1, 1_000_000).default(5),
    /** The longest time between two probes of a failing service, seconds. */
    circuit_breaker_recovery_timeout: whole(1, 86_400).default(60),
    /** Seconds between status lines of a stream where they are listed instead of redrawn. */
    monitoring_interval: whole(1, 86_400).default(30),
    /** The most events held at once, both waiting and in flight. */
    max_buffer_size: whole(1, 1_000_000_000).default(10_000),
    enable_dead_letter_queue: flag.default(true),
  },
  { error: section },
);

export const CONFIG = z.strictObject(
  {
    seed: whole(0).default(42),
    volume: VOLUME.prefault({}),
    marketing: MARKETING.prefault({}),
    realtime: REALTIME.prefault({}),
    paths: z
      .strictObject(
        {
          dictionaries: filled.nullable().default(null),
          master: filled.nullable().default(null),
          facts: filled.nullable().default(null),
        },
        { error: section },
      )
      .prefault({}),
    stream: z.strictObject({ hub: EVENT_HUB }, { error: section }).prefault({}),
    historical: z
      .strictObject(
        {
          start_date: z.string({ error: day }).refine(isDay, { error: day }).default('2024-01-01'),
        },
        { error: section },
      )
      .prefault({}),
    output: z
      .strictObject(
        {
          /** Formats of a new world's tables, separated by commas. */
          format: z
            .string({ error: FORMATS_EXPECTED })
            .refine(areFormats, { error: FORMATS_EXPECTED })
            .default(DEFAULT_FORMATS.join(',')),
        },
        { error: section },
      )
      .prefault({}),
    performance: z
      .strictObject(
        {
          max_workers: whole(1, 1024, ', or null').nullable().default(null),
          /** Megabytes that a run leaves free on the disk. */
          disk_reserve_mb: whole(0, 1_000_000_000).default(200),
          max_cpu_percent: unused,
          batch_hours: unused,
        },
        { error: section },
      )
      .prefault({}),
    /** Settings of sinks by their names, each as the sink declares them (src/sinks/settings.ts checks). */
    sinks: z
      .record(z.string(), z.record(z.string(), z.unknown(), { error: section }), { error: section })
      .optional(),
    storage: unused,
    marketing_cost: unused,
  },
  { error: section },
);

/** Settings of the original system that have no effect here. */
export const UNUSED_KEYS = [
  ['volume', 'truck_dc_assignment_rate'],
  ['volume', 'trucks_per_dc'],
  ['performance', 'max_cpu_percent'],
  ['performance', 'batch_hours'],
  ['storage'],
  ['marketing_cost'],
] as const;

/** Its value never appears in a message. */
export const SECRET_KEYS: ReadonlySet<string> = new Set([...EVENT_HUBS_SECRETS, 'account_key']);
