/** The commands of a world about live disruptions, by the instant at which they take effect. */
import type { LiveCommand } from '../domain/live-disruption.ts';

const NOTHING: readonly LiveCommand[] = [];

/** Commands are added at the end while a world is streamed; regions read them as simulated time advances. */
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
        `Cannot take a command for ${command.atMs} after one for ${last.atMs}: expected commands in order of time`,
      );
    }
    this.commands.push(command);
  }

  /** Returns the commands that take effect in [fromMs, toMs), in order. */
  between(fromMs: number, toMs: number): readonly LiveCommand[] {
    const last = this.commands.at(-1);
    if (last === undefined || last.atMs < fromMs) return NOTHING;
    return this.commands.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  }
}
