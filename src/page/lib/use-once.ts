/** One press, one request: another press in the meantime is ignored. */
import { useRef, useState } from 'preact/hooks';

/**
 * Returns whether the work is running, and the function that starts it. A button shows it with `aria-disabled`:
 * with
 * `disabled` it would lose the focus, and a keyboard user would lose their place.
 */
export function useOnce(): [busy: boolean, once: (work: () => Promise<unknown>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  // A second press may come before the state is rendered.
  const underWay = useRef(false);
  const once = async (work: () => Promise<unknown>) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    try {
      await work();
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return [busy, once];
}
