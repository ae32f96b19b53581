/** A wait that can be ended early. */
export interface Pause {
  readonly over: Promise<void>;
  end(): void;
}

/** Waits `ms`, or until `end` is called. */
export function pause(ms: number): Pause {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, end };
}
