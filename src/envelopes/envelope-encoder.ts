/**
 * Encoders of envelopes, derived from the catalogue's columns and rules.
 *
 * Each table gets its own function, compiled from source text like the row encoders
 * (src/tables/encoder.ts). The text is made only of the catalogue, never of data.
 */
import type { EventRef } from '../domain/event-rule.ts';
import type { FactName } from '../domain/facts.ts';
import type { EventType } from '../domain/event-rules.ts';
import { SCHEMA_VERSION, SOURCE } from './envelope.ts';
import { EventCode } from './event-code.ts';
import type { EventSlab } from './event-slab.ts';
import { payloadColumns, payloadKey } from './payload.ts';
import { type AnyRecord, keyOf, ruleOf, sessionCases } from './read-rule.ts';

export interface EnvelopeEncoder {
  /** The event types of the table's facts. */
  readonly types: readonly EventType[];
  /** Returns the index of a fact's type in `types`. */
  readonly typeOf: (record: AnyRecord) => number;
  /**
   * Writes the envelope of a fact into a slab; returns its start.
   * @param ingestMs wall clock, epoch ms
   * @param type what `typeOf` returns for the record
   */
  readonly encode: (record: AnyRecord, slab: EventSlab, ingestMs: number, type: number) => number;
}

/** The beginning of every envelope; the event's id follows. */
export const OPENING = '{"event_id":"';
/** UTF-8 bytes of an escaped UTF-16 unit. */
const BYTES_PER_UNIT = 6;

const encoders = new Map<FactName, EnvelopeEncoder>();

/** The encoder of a table. All sinks share it, so that JavaScript engines optimise it once. */
export function envelopeEncoder(table: FactName): EnvelopeEncoder {
  let encoder = encoders.get(table);
  if (encoder === undefined) {
    encoder = compiled(table);
    encoders.set(table, encoder);
  }
  return encoder;
}

function compiled(table: FactName): EnvelopeEncoder {
  const rule = ruleOf(table);
  const types = rule.types.map(({ gives }) => gives as EventType);
  const code = new EventCode(table);
  const typeOf = rule.types.reduceRight(
    (rest, { when }, index) => `${code.test(when)} ? ${index} : ${rest}`,
    '0',
  );
  const reference = (ref: EventRef) => {
    code.put(ref.table);
    for (const term of ref.id) {
      code.put(':');
      code.term(term);
    }
  };
  const quoted = (write: () => void) => {
    code.put('"');
    write();
    code.put('"');
  };
  const orNull = () => code.put('null');

  code.put(OPENING);
  reference({ table, id: keyOf(table) });
  code.run('slab.idEnd = writer.length;');
  code.put('","event_type":"');
  code.putOneOf(types, 'type');
  code.put('","event_timestamp":"');
  code.run('writer.instant(record.eventMs);');
  code.put('","ingest_timestamp":"');
  code.run('writer.instant(ingestMs, slab.clock);');
  code.put(`","schema_version":"${SCHEMA_VERSION}","source":"${SOURCE}","trace_id":"`);
  code.term('TraceId');
  code.put('","correlation_id":');
  code.branch(rule.correlation, (term) => quoted(() => code.term(term)), orNull);
  code.put(',"session_id":');
  code.branch(sessionCases(table), (term) => quoted(() => code.term(term)), orNull);
  code.put(',"parent_event_id":');
  code.branch(
    rule.parents,
    (ref) => (ref === null ? orNull() : quoted(() => reference(ref))),
    orNull,
  );
  code.put(',"partition_key":"');
  code.run('slab.keyStart = writer.length;');
  code.branch(
    rule.partition,
    ({ entity, id }) => {
      code.put(`${entity}-`);
      code.term(id);
    },
    orNull,
  );
  code.run('slab.keyEnd = writer.length;');
  code.put('","payload":{');
  const kind = rule.payloadKind;
  if (kind !== undefined) code.put(`"${kind.key}":"${kind.value}",`);
  const columns = payloadColumns(table);
  for (const [index, column] of columns.entries()) {
    code.put(`${index === 0 ? '' : ','}"${payloadKey(table, column.name)}":`);
    code.json(column);
  }
  code.run('writer.choice(slab.ending, 0);');
  code.run('return start;');

  const texts = columns.filter(({ type }) => type === 'text');
  const units = texts.map(({ field }) => ` + ${BYTES_PER_UNIT} * record.${field}.length`).join('');
  // Room for two instants, the ending, and the bytes that a piece may write beyond its end.
  const source = `
    return {
      typeOf(record) { return ${typeOf}; },
      encode(record, slab, ingestMs, type) {
        const { writer } = slab;
        const start = slab.begin(${code.width + 64} + slab.endingWidth${units});
        ${code.statements.join('\n')}
      },
    };`;
  return { types, ...new Function('pieces', source)(code.pieces) };
}
