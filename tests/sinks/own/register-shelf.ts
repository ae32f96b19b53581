/** Registers the shelf, in each thread that imports this. */
import { registerSink } from '../../../src/sinks/registry.ts';
import { shelf } from './shelf.ts';

export const unregister = registerSink({ ...shelf, module: import.meta.url });
