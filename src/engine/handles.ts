/**
 * Small numbers for live actors, used again once free. Each use of a handle is a new generation, so a
 * calendar entry for an actor that has ended is never mistaken for one for its successor.
 */

/** Handles a target can tell apart, and so the most actors alive at a time. */
const HANDLE_SPAN = 2 ** 21;

export interface HandlesState {
  generations: Int32Array;
  free: Int32Array;
}

export class Handles {
  private readonly generations: number[] = [0];
  private readonly free: number[] = [];

  get live(): number {
    return this.generations.length - 1 - this.free.length;
  }

  /** The handle that was freed last, or a new one. */
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

  /** The present user of a handle as target of calendar entries. */
  targetOf(handle: number): number {
    return this.generations[handle] * HANDLE_SPAN + handle;
  }

  /** The handle a target stands for, or 0 if its user has ended. */
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
