/** What a verification tells: on its way, and at its end. */

/** How far a verification is. */
export interface VerifyProgress {
  /** Table that is loaded, summary that is made, or number of the check. */
  readonly step: string;
  /** Steps that are done. */
  readonly done: number;
  /** Steps that there are. */
  readonly total: number;
}

/** An invariant, and whether the files keep it. */
export interface CheckResult {
  /** Number of the invariant, such as `06a`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly statement: string;
  /**
   * Whether it holds. `nothing to check`: the world has nothing that it is about; `not checked`: files are missing or
   * unreadable, and what it would find follows from that.
   */
  readonly status: 'holds' | 'broken' | 'nothing to check' | 'not checked';
  /** Why there was nothing to check, or why it was not checked. */
  readonly reason?: string;
  /** Rows that break it; 0 if none does. */
  readonly violations: number;
  /** One of them. */
  readonly example?: Record<string, unknown>;
  /** Wall time. */
  readonly seconds: number;
}

/** What a verification found. */
export interface VerifyReport {
  /** Folder of the world. */
  readonly world: string;
  /** Opening instant, ISO 8601. */
  readonly from: string;
  /** End of the history, exclusive, ISO 8601. */
  readonly to: string;
  /** Rows of all fact tables. */
  readonly factRows: number;
  /** Every invariant, with its result; those of files first. */
  readonly checks: readonly CheckResult[];
  /** Checks that do not hold. */
  readonly broken: number;
  /** Wall time. */
  readonly seconds: number;
}
