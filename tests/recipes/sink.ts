/** A sink: events as lines of JSON in gzip, a member for each batch. */
import type { Recipe } from './recipe.ts';

export const SINK: Recipe = {
  title: 'A sink',
  places: [
    {
      file: 'src/sinks/jsonl-gzip/jsonl-gzip.ts',
      edits: [
        {
          create: `/** Appends events to a file in gzip, a member for each batch; a batch counts when it is on disk. */
import fs from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { reasonOf } from '../../domain/errors.ts';
import { AppendFile } from '../../delivery/append-file.ts';
import { linesOf, MAX_LINES_BYTES } from '../../delivery/lines.ts';
import {
  countDelivered,
  DeliveryFailure,
  notOpen,
  type StreamSink,
} from '../../delivery/stream-sink.ts';
import type { OutgoingEvent } from '../../envelopes/outgoing-event.ts';

export const GZIP_FILE = 'events.jsonl.gz';
const MEMBER = Buffer.from([0x1f, 0x8b, 0x08]);

export function jsonlGzipSink(file: string): StreamSink {
  const delivered = { events: 0, bytes: 0 };
  let output: AppendFile | undefined;
  return {
    name: 'jsonl-gzip',
    maxBatchBytes: MAX_LINES_BYTES,
    delivered,
    async open() {
      output ??= new AppendFile(file, wholeMembersEnd(file));
      return 1;
    },
    partitionOf: () => 0,
    sizeOf: ({ body }: OutgoingEvent) => body.length + 1,
    async send(_partition, batch) {
      if (output === undefined) throw notOpen('jsonl-gzip');
      try {
        output.append(gzipSync(linesOf(batch)));
        await output.sync();
      } catch (error) {
        throw new DeliveryFailure('stopped', reasonOf(error));
      }
      countDelivered(delivered, batch);
    },
    async close() {
      const closing = output;
      output = undefined;
      await closing?.close();
    },
  };
}

/** Bytes up to the end of the last member that can be read: a crash may have cut the one behind it. */
function wholeMembersEnd(file: string): number {
  if (!fs.existsSync(file)) return 0;
  const bytes = fs.readFileSync(file);
  for (let end = bytes.length; end > 0; end = bytes.lastIndexOf(MEMBER, end - 1)) {
    try {
      gunzipSync(bytes.subarray(0, end));
      return end;
    } catch {
      // One member less.
    }
  }
  return 0;
}
`,
        },
      ],
      guard: { types: /jsonl-gzip\/kind\.ts.*'\.\/jsonl-gzip\.ts'/ },
    },
    {
      file: 'src/sinks/jsonl-gzip/kind.ts',
      edits: [
        {
          create: `/** The stream sink \`jsonl-gzip\`. */
import path from 'node:path';
import type { StreamSinkKind } from '../stream-sink-kind.ts';
import { GZIP_FILE, jsonlGzipSink } from './jsonl-gzip.ts';

export const jsonlGzip: StreamSinkKind = {
  name: 'jsonl-gzip',
  about: "into \`stream/events.jsonl.gz\` of the world's folder, lines in gzip",
  isOwnFile: ([name, ...more]) => name === GZIP_FILE && more.length === 0,
  target({ folder }) {
    const file = path.join(folder, GZIP_FILE);
    return { sink: jsonlGzipSink(file), about: \`"\${file}"\`, isOurs: true };
  },
};
`,
        },
      ],
      guard: { types: /registry\.ts.*'\.\/jsonl-gzip\/kind\.ts'/ },
    },
    {
      file: 'src/sinks/registry.ts',
      edits: [
        {
          before: "import { ndjson } from './ndjson/kind.ts';\n",
          insert: "import { jsonlGzip } from './jsonl-gzip/kind.ts';\n",
        },
        {
          replace: '[eventHubs, ndjson, stdout, blackhole]',
          by: '[eventHubs, ndjson, stdout, blackhole, jsonlGzip]',
        },
      ],
      guard: {
        test: 'tests/tidy/exports.test.ts',
        name: 'of src/sinks/jsonl-gzip/kind.ts are all imported',
        says: 'jsonlGzip',
      },
      isAlone: true,
    },
    {
      file: 'tests/sinks/contract/stream-sinks.test.ts',
      edits: [
        {
          before: "import { ndjsonSink } from '../../../src/sinks/ndjson/ndjson.ts';\n",
          insert: `import { gunzipSync } from 'node:zlib';
import { jsonlGzipSink } from '../../../src/sinks/jsonl-gzip/jsonl-gzip.ts';
`,
        },
        {
          before: '  async blackhole() {\n',
          insert: `  async 'jsonl-gzip'() {
    const file = path.join(temporaryFolder(), 'events.jsonl.gz');
    const next = () => jsonlGzipSink(file);
    const arrived = () => linesOf(gunzipSync(readFileSync(file)).toString());
    return { sink: next(), next, arrived, refusals: {} };
  },

`,
        },
      ],
      guard: {
        test: 'tests/sinks/contract/stream-sinks.test.ts',
        name: 'has a subject for every sink',
        says: 'jsonl-gzip',
      },
    },
    {
      file: 'docs/sinks.md',
      edits: [
        {
          before: '\n`--sink` chooses the sink of a stream',
          insert:
            "| `jsonl-gzip` | into `stream/events.jsonl.gz` of the world's folder, lines in gzip | yes | no |\n",
        },
      ],
      guard: {
        test: 'tests/docs/sinks.test.ts',
        name: 'lists the sinks, and what each can do',
        says: 'jsonl-gzip',
      },
    },
    {
      file: 'docs/streaming.md',
      edits: [
        {
          before: '\n[sinks.md](sinks.md) tells more',
          insert:
            "| `jsonl-gzip` | into `stream/events.jsonl.gz` of the world's folder, lines in gzip |\n",
        },
      ],
      guard: {
        test: 'tests/docs/sinks.test.ts',
        name: 'lists the choices of --sink',
        says: 'jsonl-gzip',
      },
    },
  ],
};
