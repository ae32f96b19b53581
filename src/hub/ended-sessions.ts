/**
 * Handles frames of ended sessions. Some clients, Microsoft's Python client among them, detach the links of a
 * session after they ended it; the library would close the connection for that.
 */
import type { ChannelFrame, Connection } from './amqp-library.ts';

const LATE = ['on_end', 'on_detach', 'on_flow', 'on_disposition', 'on_transfer'] as const;

/** Ignores late frames of ended sessions. */
export function ignoreEndedSessions(connection: Connection): void {
  const ended = new Set<number>();
  const { on_begin } = connection;
  connection.on_begin = (frame) => {
    ended.delete(frame.channel);
    on_begin.call(connection, frame);
  };
  for (const name of LATE) {
    const handle = connection[name];
    connection[name] = (frame: ChannelFrame) => {
      if (ended.has(frame.channel)) return;
      handle.call(connection, frame);
      if (name === 'on_end') ended.add(frame.channel);
    };
  }
}
