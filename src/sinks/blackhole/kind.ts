/** The stream sink `blackhole`. */
import type { StreamSinkKind } from '../stream-sink-kind.ts';
import { blackholeSink } from './stream-blackhole.ts';

export const blackhole: StreamSinkKind = {
  name: 'blackhole',
  about: 'nowhere; they are generated and counted',
  target: () => ({ sink: blackholeSink(), about: 'blackhole', isOurs: true }),
};
