/** A hub in a process of its own that can be killed; prints what to connect with. */
import { DEFAULT_ENTITY, startHub } from '../../src/hub/hub.ts';
import { takeLock } from '../../src/store/lock.ts';

const hub = await startHub({ port: 0, data: { folder: process.argv[2], lock: takeLock } });
process.stdout.write(`${hub.connectionString(DEFAULT_ENTITY.name)}\n`);
