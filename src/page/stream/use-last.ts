/** The last known value stays readable while the server does not answer. */
import { useRef } from 'preact/hooks';

export function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}
