/**
 * The shape of a world: tables with their columns, events with their payloads, what a region saves. Another shape is
 * another world, so it goes with a version of its own; to see it takes no run.
 */
import { CLOSING, DIMENSIONS } from '../../src/domain/dimensions.ts';
import { FACT_NAMES, FACTS } from '../../src/domain/facts.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { EVENT_TYPES } from '../../src/domain/event-rules.ts';
import { payloadColumns, payloadKey } from '../../src/envelopes/payload.ts';
import { tablesOf } from '../../src/envelopes/schemas.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { regionRun } from '../helpers/region-run.ts';
import { smallWorld } from '../world/fixtures.ts';

type Listed = Readonly<Record<string, readonly string[]>>;

export interface Shape {
  readonly tables: Listed;
  readonly events: Listed;
  /** Sections of a checkpoint, with the fields of those that are JSON. */
  readonly state: Listed;
}

export function shapeOfWorld(): Shape {
  const columns = (list: readonly { readonly name: string; readonly type: string }[]) =>
    list.map(({ name, type }) => `${name}: ${type}`);
  return {
    tables: Object.fromEntries([
      ...FACT_NAMES.map((table) => [table, columns(FACTS[table].columns)]),
      ...Object.entries(DIMENSIONS).map(([table, list]) => [table, columns(list)]),
      ...Object.entries(CLOSING).map(([table, list]) => [`closing/${table}`, columns(list)]),
    ]),
    events: Object.fromEntries(
      EVENT_TYPES.map((type) => [
        type,
        tablesOf(type).flatMap((table) =>
          payloadColumns(table).map(({ name }) => payloadKey(table, name)),
        ),
      ]),
    ),
    state: stateOfRegion(),
  };
}

function stateOfRegion(): Listed {
  const world = smallWorld();
  const { simulation } = regionRun(world);
  // In the middle of a busy day: shoppers, orders and trucks are under way.
  simulation.advance(world.startMs + 3.75 * DAY_MS);
  const fields = new Map<string, Set<string>>();
  for (const [section, value] of Object.entries(plainCopy(simulation.save()))) {
    // One for all stores.
    const name = section.replace(/\d+/, '<id>');
    const known = fields.get(name) ?? new Set();
    fields.set(name, known);
    if (ArrayBuffer.isView(value)) known.add(value.constructor.name);
    else if (!section.startsWith('executive')) fieldsOf(value, '', known);
  }
  return Object.fromEntries([...fields].map(([name, known]) => [name, [...known].sort()]));
}

/** Adds the paths of all fields of a JSON value. */
function fieldsOf(value: unknown, place: string, known: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) fieldsOf(item, `${place}[]`, known);
  } else if (typeof value === 'object' && value !== null) {
    for (const [field, inner] of Object.entries(value)) {
      // A table by number or text is one field.
      const name = /^\d+$/.test(field) ? '<id>' : field;
      fieldsOf(inner, place === '' ? name : `${place}.${name}`, known);
    }
  } else known.add(place);
}
