/** The commands of a world about live disruptions, by the instant from which they hold. */
import type { LiveCommand } from '../domain/live-disruption.ts';

const NOTHING: readonly LiveCommand[] = [];

/** Grows at its end while a world is streamed; regions look things up in it as they move. */
export class LiveBook {
  private readonly commands: LiveCommand[];

  /** @param commands in order of their instants */
  constructor(commands: readonly LiveCommand[] = []) {
    this.commands = [];
    for (const command of commands) this.add(command);
  }

  get all(): readonly LiveCommand[] {
    return this.commands;
  }

  add(command: LiveCommand): void {
    const last = this.commands.at(-1);
    if (last !== undefined && command.atMs < last.atMs) {
      throw new RangeError(
        `Cannot take a command for ${command.atMs} after one for ${last.atMs}: they come in order of time`,
      );
    }
    this.commands.push(command);
  }

  /** Commands that begin to hold in [fromMs, toMs), in order. */
  between(fromMs: number, toMs: number): readonly LiveCommand[] {
    const last = this.commands.at(-1);
    if (last === undefined || last.atMs < fromMs) return NOTHING;
    return this.commands.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  }
}
