/** What a reader may rely on: the tables of a world and the events of its stream, in one form for all formats. */
import { type EventType, EVENT_TYPES } from '../domain/event-rules.ts';
import { type WorldTable, worldTables } from '../tables/world-tables.ts';
import { type ContractColumn, eventAbout, eventColumns } from './event-columns.ts';

/** One table, or one type of event as a table: the fields of its envelope, then those of its payload. */
export interface Contract extends Pick<WorldTable, 'name' | 'about' | 'files' | 'key'> {
  readonly kind: WorldTable['kind'] | 'event';
  readonly columns: readonly ContractColumn[];
}

/** Returns the contracts of all tables, masters first, and of all types of events. */
export function contracts(): readonly Contract[] {
  return [...worldTables(), ...EVENT_TYPES.map(eventContract)];
}

function eventContract(type: EventType): Contract {
  return {
    name: type,
    kind: 'event',
    about: eventAbout(type),
    files: 'the stream',
    key: ['world_id', 'event_id'],
    columns: eventColumns(type).map(({ column }) => column),
  };
}
