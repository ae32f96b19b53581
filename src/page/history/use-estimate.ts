/** Estimates a range, shortly after the last change. */
import { useEffect, useState } from 'preact/hooks';
import type { Estimate } from '../lib/api-types.ts';
import { faultsOf, post } from '../lib/http.ts';

export interface EstimateAnswer {
  readonly data: Estimate | undefined;
  readonly error: string | undefined;
  /** Problems by field. */
  readonly faults: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 250;
const NONE: EstimateAnswer = { data: undefined, error: undefined, faults: {} };

/** Null requests nothing. */
export function useEstimate(request: Readonly<Record<string, unknown>> | null): EstimateAnswer {
  const [answer, setAnswer] = useState(NONE);
  const text = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    if (text === null) return;
    let left = false;
    const timer = setTimeout(async () => {
      try {
        const data = await post<Estimate>('/api/generate/estimate', JSON.parse(text));
        if (!left) setAnswer({ data, error: undefined, faults: {} });
      } catch (error) {
        if (!left) setAnswer(faultOf(error));
      }
    }, PATIENCE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [text]);
  return answer;
}

function faultOf(error: unknown): EstimateAnswer {
  return {
    data: undefined,
    error: error instanceof Error ? error.message : String(error),
    faults: faultsOf(error),
  };
}
