/** The text of server-sent events as events; comments are left out. */
import type { LiveEvent } from './event-stream.ts';

export class EventSourceParserStream extends TransformStream<Uint8Array, LiveEvent> {
  constructor() {
    const decoder = new TextDecoder();
    let text = '';
    super({
      transform(chunk, controller) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const fields = Object.fromEntries(
            block.split('\n').map((line) => {
              const at = line.indexOf(':');
              return [line.slice(0, at), line.slice(at + 1).trimStart()];
            }),
          );
          const { event, id, data } = fields;
          if (event !== undefined) controller.enqueue({ event, id, data });
        }
      },
    });
  }
}
