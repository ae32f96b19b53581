/** Limits work that is requested more often than it is worth doing. */

export interface Pace {
  /** Does the work at once, or as soon as the interval is over; once for all requests until then. */
  ask(): void;
  /** Cancels pending requests. */
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
