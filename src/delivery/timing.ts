/** The clock of a stream: real, or one that a test moves. */

export interface Timing {
  /** Epoch ms; never goes back. */
  nowMs(): number;
  /** Calls once after a delay, unless the returned function is called before. */
  after(delayMs: number, call: () => void): () => void;
}

export const systemTiming: Timing = {
  // Not Date.now: a clock that is set back must not stretch a wait.
  nowMs: () => Math.round(performance.timeOrigin + performance.now()),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What `work` comes to, or `late()` once `timeoutMs` have passed. */
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
