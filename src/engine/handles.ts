/**
 * Small numbers that identify running actors and are reused once free. Each use of a handle is a new generation, so
 * a calendar entry for an actor that has ended never reaches the actor that uses the handle next.
 */

/** Number of different handles in a target, which limits the actors alive at the same time. */
const HANDLE_SPAN = 2 ** 21;

export interface HandlesState {
  generations: Int32Array;
  free: Int32Array;
}

export class Handles {
  private readonly generations: number[] = [0];
  private readonly free: number[] = [];

  get used(): number {
    return this.generations.length - 1 - this.free.length;
  }

  /** Returns the handle that was freed last, or a new one. */
  claim(): number {
    const reused = this.free.pop();
    if (reused !== undefined) return reused;
    const handle = this.generations.length;
    if (handle === HANDLE_SPAN) throw new RangeError(`Cannot run more than ${HANDLE_SPAN} actors`);
    this.generations.push(1);
    return handle;
  }

  release(handle: number): void {
    this.generations[handle] = (this.generations[handle] + 1) & 0x7fffffff;
    this.free.push(handle);
  }

  /** Returns the target of calendar entries for the current user of a handle. */
  targetOf(handle: number): number {
    return this.generations[handle] * HANDLE_SPAN + handle;
  }

  /** Returns the handle of a target, or 0 if its actor has ended. */
  handleOf(target: number): number {
    const generation = Math.floor(target / HANDLE_SPAN);
    const handle = target - generation * HANDLE_SPAN;
    return this.generations[handle] === generation ? handle : 0;
  }

  save(): HandlesState {
    return { generations: Int32Array.from(this.generations), free: Int32Array.from(this.free) };
  }

  static restore(state: HandlesState): Handles {
    const handles = new Handles();
    state.generations.forEach((generation, handle) => {
      handles.generations[handle] = generation;
    });
    for (const handle of state.free) handles.free.push(handle);
    return handles;
  }
}
