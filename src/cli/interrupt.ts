/** Ctrl-C: the first one ends the run at a consistent instant, the second at once. */

/** Exit code of an interrupted run, by the convention of shells. */
export const INTERRUPTED = 130;
/**
 * Launchers (npm, tsx) forward signals that the terminal has already sent to every process, so one
 * Ctrl-C may arrive several times.
 */
const SAME_PRESS_MS = 300;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface InterruptWatch {
  requested(): boolean;
  stop(): void;
}

/** Watches for interrupts until `stop` is called, or to the end if there was one. `onFirst` is called once. */
export function watchInterrupts(onFirst: () => void): InterruptWatch {
  let firstMs: number | undefined;
  const listener = () => {
    if (firstMs === undefined) {
      firstMs = performance.now();
      onFirst();
    } else if (performance.now() - firstMs > SAME_PRESS_MS) {
      process.exit(INTERRUPTED);
    }
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    requested: () => firstMs !== undefined,
    stop: () => {
      // The same Ctrl-C may still arrive from a launcher: it must not end the process before it has told its result.
      if (firstMs !== undefined) return;
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}

/** Resolves at the first interrupt, or settles like `other` if that comes first. */
export async function untilInterrupt(other?: Promise<void>): Promise<void> {
  let interrupted = () => {};
  const first = new Promise<void>((resolve) => {
    interrupted = resolve;
  });
  const watch = watchInterrupts(interrupted);
  // Waiting for a signal does not keep the process alive.
  const alive = setInterval(() => {}, 1 << 30);
  try {
    await (other === undefined ? first : Promise.race([first, other]));
  } finally {
    clearInterval(alive);
    watch.stop();
  }
}
