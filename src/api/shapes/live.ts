/** The live view: the network once, then compact states of its moving parts. */
import { z } from '@hono/zod-openapi';
import { orNull } from './or-null.ts';
import { TASK } from './task.ts';

const place = {
  name: z.string(),
  city: z.string(),
  state: z.string(),
  lat: z.number(),
  lon: z.number(),
};

const NETWORK_STORE = z.object({
  id: z.int(),
  ...place,
  dcId: z.int(),
  format: z.string(),
  timeZone: z.string().openapi({ description: 'IANA name.', example: 'America/Chicago' }),
});

const NETWORK_TRUCK = z.object({
  id: z.int(),
  plate: z.string(),
  dcId: z
    .int()
    .nullable()
    .openapi({ description: 'Its distribution center; null for a truck of suppliers.' }),
  refrigerated: z.boolean(),
});

export const NETWORK = z
  .object({
    world: z
      .object({
        seed: z.int(),
        start: z.string(),
        stores: z.int(),
        dcs: z.int(),
        trucks: z.int(),
        customers: z.int(),
        products: z.int(),
        scenarios: z.array(z.string()),
      })
      .nullable()
      .openapi({ description: 'Null if there is no world.' }),
    dcs: z.array(z.object({ id: z.int(), ...place })),
    stores: z.array(NETWORK_STORE),
    trucks: z.array(NETWORK_TRUCK),
  })
  .openapi('Network');

const LIVE_STORE = z
  .tuple([z.int(), z.int(), z.int(), z.int(), z.int().nullable(), z.int().nullable()])
  .openapi({
    description:
      'id, occupancy, open 0|1, products out of stock, sales in cents and receipts since the local day of the ' +
      'store began; the last two are null while history is generated, and if they are not known for the ' +
      'whole day.',
  });

const DC = z.tuple([z.int(), z.int(), z.number(), z.int(), z.number()]).openapi({
  description:
    'id, units on hand, capacity in percent, waiting trucks, simulated ms. While history is generated, ' +
    'each center, with its stores and trucks, is at its own instant.',
});

const TRUCK_PLACES = ['dc', 'store', 'supplier'] as const;
export type TruckPlace = (typeof TRUCK_PLACES)[number];

const LIVE_TRUCK = z
  .tuple([
    z.int(),
    z.string(),
    z.number(),
    z.number(),
    z.enum(TRUCK_PLACES),
    z.int(),
    z.int(),
    z.number().nullable(),
    z.number().nullable(),
    z.int(),
    z.number().nullable(),
    z.enum(TRUCK_PLACES),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
  ])
  .openapi({
    description:
      'id, status, lat, lon, from kind, from id, to id, departed ms, arrives ms, units on board, ETA ms, ' +
      'to kind, from lat, from lon, to lat, to lon. Departed and arrives are null while the truck stands.',
  });

const CLOCK = z
  .object({
    simulatedMs: z.number().nullable(),
    wallMs: z.number(),
    mode: z.enum(['idle', 'history', 'realtime']),
    speed: z.union([z.number(), z.literal('max')]).nullable(),
    rate: z.number().nullable().openapi({
      description: 'Rate that controls the speed, events a second; null if there is none.',
    }),
    paused: z.boolean(),
    stopping: z.boolean().openapi({
      description: 'The stream delivers the generated events and generates no more.',
    }),
    lagMs: z.number(),
  })
  .openapi('Clock');

/** Cause of a disruption: a request from outside, a scenario, or chance. */
export const DISRUPTION_ORIGINS = ['request', 'scenario', 'natural'] as const;

export const LIVE_DISRUPTION = z.object({
  id: z.string(),
  type: z.string(),
  target: z.string(),
  origin: z.enum(DISRUPTION_ORIGINS),
  description: z.string(),
  severity: z.number(),
  startMs: z.number(),
  endMs: z.number(),
  status: z.string(),
});

export const LEDGER = z
  .object({
    generated: z.int(),
    acknowledged: z.int(),
    deadLettered: z.int(),
    inFlight: z.int(),
    retried: z.int(),
    possiblyRepeated: z.int(),
  })
  .openapi('Ledger');

export const BREAKER = z.enum(['closed', 'open', 'half-open']);

export const STATE = z
  .object({
    clock: CLOCK,
    stores: z.array(LIVE_STORE),
    dcs: z.array(DC),
    trucks: z.array(LIVE_TRUCK),
    disruptions: z.array(LIVE_DISRUPTION),
    rates: z.object({ rowsPerSecond: z.number(), eventsPerSecond: z.number() }),
    ledger: orNull(LEDGER),
    breaker: BREAKER.nullable(),
    tasks: z.array(TASK),
    otherProgram: z.string().nullable().openapi({
      description: 'Another program that is using this world; its stores are not shown.',
      example: 'process 4711',
    }),
    counts: z
      .record(z.string(), z.int())
      .optional()
      .openapi({ description: 'Rows by table; only if they have changed.' }),
  })
  .openapi('LiveState');

export type Network = z.infer<typeof NETWORK>;
export type LiveState = z.infer<typeof STATE>;
export type LiveStore = z.infer<typeof LIVE_STORE>;
export type LiveDc = z.infer<typeof DC>;
export type LiveTruck = z.infer<typeof LIVE_TRUCK>;

const STORE_SAMPLE = z.object({
  simulatedMs: z.number(),
  occupancy: z.int(),
  open: z.boolean(),
  stockouts: z.int(),
  salesCentsToday: z.int().nullable(),
  receiptsToday: z.int().nullable(),
  gap: z.boolean().openapi({
    description:
      'Whether samples between the previous one and this one are missing, because the live view had no clients.',
  }),
});
export type StoreSample = z.infer<typeof STORE_SAMPLE>;

const TRUCK_LEG = z.object({
  status: z.string(),
  from: z.string().openapi({ example: 'dc:1' }),
  to: z.string().openapi({ example: 'store:3' }),
  /** First and last instant of this state, simulated epoch ms. */
  sinceMs: z.number(),
  untilMs: z.number(),
  loadUnits: z.int(),
});
export type TruckLeg = z.infer<typeof TRUCK_LEG>;

export const STORE_DETAIL = z.object({
  store: NETWORK_STORE,
  now: orNull(LIVE_STORE),
  samples: z.array(STORE_SAMPLE),
});

export const TRUCK_DETAIL = z.object({
  truck: NETWORK_TRUCK,
  now: orNull(LIVE_TRUCK),
  legs: z.array(TRUCK_LEG),
});
