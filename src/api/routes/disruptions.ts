/** Routes of live disruptions, which are journaled so that a replay has them, too. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  formatLiveId,
  LIVE_TYPES,
  type LiveTarget,
  type LiveTargetKind,
  type LiveType,
  parseLiveId,
  TARGET_KINDS,
} from '../../domain/live-disruption.ts';
import { MINUTE_MS, formatInstant } from '../../engine/time.ts';
import {
  cancelDisruption,
  clearDisruptions,
  createDisruption,
} from '../../run/disruptions/control.ts';
import { formatTarget, LINE } from '../../run/disruptions/request.ts';
import { UnknownTarget } from '../../run/disruptions/targets.ts';
import type { LiveStanding } from '../../run/disruptions/standing.ts';
import { isOpen } from '../disruptions.ts';
import { addEndpoint } from '../endpoint.ts';
import { Problem, problemOfField } from '../problem.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import { CREATED_DISRUPTION, type DISRUPTION, DISRUPTIONS } from '../shapes/disruption.ts';
import type { LiveState } from '../shapes/live.ts';
import { OPERATION } from '../shapes/operation.ts';

const TAG = 'disruptions';
const KINDS = ['dc', 'store', 'truck', 'supplier', 'product'] as const;
type Kind = (typeof KINDS)[number];
const FIELDS: Readonly<Record<Kind, LiveTargetKind>> = {
  dc: 'dcs',
  store: 'stores',
  truck: 'trucks',
  supplier: 'suppliers',
  product: 'products',
};
/** Maximum wait until a request is accepted; a stream needs a fraction of a second. */
const PATIENCE_MS = 2_000;
const YEAR_MINUTES = 366 * 24 * 60;
const ids = z.int().min(1).max(1_000_000);

const CREATE = z
  .strictObject({
    disruption_type: z.enum(LIVE_TYPES),
    target_id: ids.nullable().optional().openapi({ description: 'All targets if left out.' }),
    target_kind: z
      .enum(KINDS)
      .optional()
      .openapi({
        description:
          'The kind of target_id: by default truck for a truck_breakdown, supplier for a supplier_delay, dc for ' +
          'the others. All types accept dc; an inventory_shortage also product, a truck_breakdown truck, a ' +
          'weather_delay store, a supplier_delay supplier. Other kinds are refused.',
      }),
    severity: z.number().min(0.1).max(1).default(0.5),
    duration_minutes: z.int().min(1).max(YEAR_MINUTES),
    starts_in_minutes: z.int().min(0).max(YEAR_MINUTES).default(0),
    product_ids: z.array(ids).min(1).max(1000).nullable().optional().openapi({
      description:
        'Products of an inventory_shortage; other types do not concern products, and the answer says so.',
    }),
    description: z
      .string()
      .regex(LINE, 'expected a line of text of at most 200 characters')
      .optional()
      .openapi({ example: 'A flood in the yard: 🌊' }),
  })
  .openapi({
    example: { disruption_type: 'dc_outage', target_id: 1, severity: 1, duration_minutes: 240 },
  });

export function addDisruptionRoutes(app: OpenAPIHono, services: Services): void {
  const { settings, disruptions, live, nowMs } = services;
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/disruption/create',
      tag: TAG,
      summary: 'Starts a disruption at the present simulated time.',
      description:
        'It takes effect in a stream within a fraction of a second; otherwise when the world is continued.',
      body: CREATE,
      answer: CREATED_DISRUPTION,
    },
    async ({ body }) => {
      const { disruption_type: type, severity = 0.5, duration_minutes, description } = body;
      const made = await createDisruption(
        settings.paths,
        {
          type,
          target: targetOf(body),
          severity,
          durationMs: duration_minutes * MINUTE_MS,
          startsInMs: (body.starts_in_minutes ?? 0) * MINUTE_MS,
          ...(description !== undefined && { description }),
        },
        { patienceMs: PATIENCE_MS },
      ).catch((error: unknown) => {
        throw problemOfField(error, fieldOf(error, body));
      });
      live.changed();
      if (made === undefined) {
        const message =
          'It waits until the running task has ended, and then takes effect at its end.';
        return { success: true, disruption_id: null, message, active_until: null };
      }
      return {
        success: true,
        disruption_id: formatLiveId(made.number),
        message:
          `Created ${type} of ${formatTarget(made.target)}: ${made.description}.` +
          (body.product_ids == null || concernsProducts(type)
            ? ''
            : ' It does not concern products.'),
        active_until: formatInstant(made.endMs),
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/disruption/list',
      tag: TAG,
      summary: 'Disruptions that are planned or active; with all=true also those that are over.',
      description:
        'Disruptions by request, from a scenario or by chance. Of the last two kinds only active ones are included; ' +
        'the table supply_chain_disruption has all of them.',
      query: z.object({ all: z.enum(['true', 'false']).default('false') }),
      answer: DISRUPTIONS,
    },
    async ({ query }) => {
      const others = await disruptions.others();
      const { nowMs: simulatedMs, disruptions: known, waiting } = disruptions.now();
      const requested = query.all === 'true' ? known : known.filter(isOpen);
      const shown = [
        ...others.map((one) => viewOfOther(one, simulatedMs)),
        ...requested.map((one) => viewOf(one, simulatedMs)),
      ];
      return {
        disruptions: shown,
        count: shown.length,
        waiting,
        simulated_time: Number.isFinite(simulatedMs) ? formatInstant(simulatedMs) : null,
        timestamp: formatInstant(nowMs()),
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'delete',
      path: '/api/disruption/{disruption_id}',
      tag: TAG,
      summary: 'Cancels a disruption that is planned or active.',
      params: z.object({ disruption_id: text(40).openapi({ example: 'L1' }) }),
      answer: OPERATION,
    },
    async ({ params }) => {
      const number = parseLiveId(params.disruption_id);
      const meant = disruptions.now().disruptions.find((one) => one.number === number);
      if (meant === undefined) {
        const other = (await disruptions.others()).find((one) => one.id === params.disruption_id);
        if (other === undefined) throw new Problem(404, 'There is no disruption with this id.');
        throw new Problem(409, `The disruption ${other.id} was not requested: it ends by itself.`);
      }
      const id = formatLiveId(meant.number);
      if (!isOpen(meant)) throw new Problem(409, `The disruption ${id} is already ${meant.state}.`);
      await cancelDisruption(settings.paths, id, { patienceMs: PATIENCE_MS });
      live.changed();
      return resultOf(`Cancelled disruption ${id}.`, id);
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/disruption/clear-all',
      tag: TAG,
      summary: 'Cancels all disruptions that are planned or active.',
      answer: OPERATION,
    },
    async () => {
      const cleared = await clearDisruptions(settings.paths, { patienceMs: PATIENCE_MS });
      live.changed();
      return resultOf(
        cleared === undefined
          ? 'It waits until the running task has ended.'
          : `Cleared ${cleared.length} disruptions.`,
        null,
      );
    },
  );
}

/** Returns the target of a request. @throws Problem 400 for a kind that the type does not have */
function targetOf({
  disruption_type: type,
  target_id,
  target_kind,
  product_ids,
}: z.output<typeof CREATE>): LiveTarget {
  const fitting = TARGET_KINDS[type];
  const words = KINDS.filter((kind) => fitting.includes(FIELDS[kind]));
  const ownKind =
    type === 'truck_breakdown' ? 'truck' : type === 'supplier_delay' ? 'supplier' : 'dc';
  const kind = target_kind ?? ownKind;
  if (!words.includes(kind)) {
    throw new Problem(400, `The type ${type} has no target of the kind ${kind}.`, {
      errors: [{ field: 'target_kind', detail: `expected ${words.join(' or ')}` }],
    });
  }
  const products = product_ids == null || !concernsProducts(type) ? {} : { products: product_ids };
  return target_id == null ? products : { ...products, [FIELDS[kind]]: [target_id] };
}

/** Returns the field that names the unknown target. */
function fieldOf(error: unknown, { target_kind }: z.output<typeof CREATE>): string {
  const named = error instanceof UnknownTarget && error.kind === 'products';
  return named && target_kind !== 'product' ? 'product_ids' : 'target_id';
}

function concernsProducts(type: LiveType): boolean {
  return TARGET_KINDS[type].includes('products');
}

function viewOf(one: LiveStanding, nowMs: number): z.infer<typeof DISRUPTION> {
  const { number, type, target, severityPercent, description, state } = one;
  const [first] = Object.values(target).flat();
  const leftMs = state === 'active' || state === 'planned' ? Math.max(0, one.endMs - nowMs) : 0;
  return {
    disruption_id: formatLiveId(number),
    type,
    origin: 'request',
    target: formatTarget(target),
    target_id: first ?? null,
    severity: severityPercent / 100,
    description,
    created_at: formatInstant(one.createdMs),
    starts_at: formatInstant(one.startMs),
    active_until: formatInstant(one.endMs),
    cancelled_at: one.cancelledMs === null ? null : formatInstant(one.cancelledMs),
    time_remaining_minutes: Math.round(leftMs / MINUTE_MS),
    status: state,
  };
}

/** Returns the view of a disruption by chance or from a scenario. */
function viewOfOther(
  {
    id,
    type,
    target,
    origin,
    description,
    severity,
    startMs,
    endMs,
  }: LiveState['disruptions'][number],
  nowMs: number,
): z.infer<typeof DISRUPTION> {
  return {
    disruption_id: id,
    type: type as z.infer<typeof DISRUPTION>['type'],
    origin,
    target,
    target_id: Number(target.split(':')[1]),
    severity,
    description,
    created_at: formatInstant(startMs),
    starts_at: formatInstant(startMs),
    active_until: formatInstant(endMs),
    cancelled_at: null,
    time_remaining_minutes: Math.round(Math.max(0, endMs - nowMs) / MINUTE_MS),
    status: 'active',
  };
}

function resultOf(message: string, id: string | null): z.infer<typeof OPERATION> {
  return { success: true, message, operation_id: id, started_at: null };
}
