/**
 * A process that publishes, to be killed: `publish-process.ts <connection string> <journal> <regions>
 * <events per region>`. Says `open` on stdout when it begins, and its ledger when it is done.
 */
import { openJournal } from '../../src/delivery/journal-access.ts';
import { EventHubsSink } from '../../src/sinks/event-hubs/event-hubs.ts';
import { connectionTo, events, offerAll, quickPublisher } from './publishing.ts';

const [text, file, regions, perRegion] = process.argv.slice(2);
const sink = new EventHubsSink({ connection: connectionTo(text), sendTimeoutMs: 30_000 });
const partitions = await sink.open();
const memory = openJournal(file, { base: 'start', partitions });
const settings = { maxBatchEvents: 25, maxBufferEvents: 300 };
const publisher = quickPublisher({ sink, partitions, memory }, settings);
process.stdout.write('open\n');
await offerAll(publisher, events(Number(regions), Number(perRegion)));
await publisher.flush();
await publisher.close();
const { skipped } = publisher.status();
process.stdout.write(`${JSON.stringify({ ...publisher.ledger.total(), skipped })}\n`);
process.exit();
