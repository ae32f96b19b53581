/** The stream sink `stdout`. */
import type { StreamSinkKind } from '../stream-sink-kind.ts';
import { stdoutSink } from './stdout.ts';

export const stdout: StreamSinkKind = {
  name: 'stdout',
  about: 'to stdout, one line each; messages go to stderr',
  needsTerminal: true,
  target: () => ({ sink: stdoutSink(), about: 'stdout', isOurs: true }),
};
