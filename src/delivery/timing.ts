/** The clock of a stream: the system's, or one that a test controls. */

export interface Timing {
  /** Epoch ms; never goes back. */
  nowMs(): number;
  /** Calls `call` once after a delay, unless the returned function is called before. */
  after(delayMs: number, call: () => void): () => void;
}

export const systemTiming: Timing = {
  // Not Date.now: setting the system's clock back must not lengthen a wait.
  nowMs: () => Math.round(performance.timeOrigin + performance.now()),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Resolves with the result of `work`, or with `late()` after `timeoutMs`. */
export async function within<Result>(
  timing: Timing,
  timeoutMs: number,
  work: Promise<Result>,
  late: () => Result,
): Promise<Result> {
  let cancel = () => {};
  const timeout = new Promise<Result>((resolve, reject) => {
    cancel = timing.after(timeoutMs, () => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    cancel();
  }
}
