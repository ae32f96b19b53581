/** What a running world asks for from outside while it runs. */

/** Asked between steps, while all regions stand at one instant. */
export interface LiveCommands {
  /** Takes up what has come in: it takes effect at `simulatedMs`, before whatever else happens then. */
  take(simulatedMs: number): void;
  /** Told before regions move how far they may come: nothing may take effect before that any more. */
  reaching(endMs: number): void;
  /** Told when a checkpoint stands, and nothing behind it has been simulated. */
  settled(committedMs: number): void;
}
