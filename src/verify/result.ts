/** What a verification tells: on its way, and at its end. */

export interface VerifyProgress {
  /** Table that is loaded, summary that is made, or number of the check. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface CheckResult {
  readonly id: string;
  readonly statement: string;
  /** Rows that break it; 0 if it holds. */
  readonly violations: number;
  /** One of them. */
  readonly example?: Record<string, unknown>;
  readonly seconds: number;
}

export interface VerifyReport {
  readonly world: string;
  /** Window of the run: from, inclusive, to, exclusive; ISO instants. */
  readonly from: string;
  readonly to: string;
  readonly factRows: number;
  readonly checks: readonly CheckResult[];
  /** Checks that do not hold. */
  readonly broken: number;
  readonly seconds: number;
}
