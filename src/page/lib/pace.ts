/** Work that is asked for more often than it is worth doing. */

export interface Pace {
  /** Does the work at once, or as soon as its time has come; once for all that ask until then. */
  ask(): void;
  /** Forgets who asked. */
  end(): void;
}

export function paced(work: () => void, everyMs: number): Pace {
  let doneMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = () => {
    timer = undefined;
    doneMs = performance.now();
    work();
  };
  return {
    ask() {
      if (timer !== undefined) return;
      const waitMs = doneMs + everyMs - performance.now();
      if (waitMs <= 0) go();
      else timer = setTimeout(go, waitMs);
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
