/** The stream sink `ndjson`. */
import path from 'node:path';
import type { StreamSinkKind } from '../stream-sink-kind.ts';
import { EVENTS_FILE, ndjsonSink } from './ndjson.ts';

export const ndjson: StreamSinkKind = {
  name: 'ndjson',
  about: "into `stream/events.ndjson` in the world's folder, one line each",
  isOwnFile: ([name, ...more]) => name === EVENTS_FILE && more.length === 0,
  target({ folder }) {
    const file = path.join(folder, EVENTS_FILE);
    return { sink: ndjsonSink(file), about: `"${file}"`, isOurs: true };
  },
};
