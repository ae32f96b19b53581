/** Repeats an action while a page is open and visible. */
import { useEffect } from 'preact/hooks';

/** Null does nothing. */
export function useEvery(everyMs: number | null, work: () => void): void {
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (!document.hidden) work();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, work]);
}
