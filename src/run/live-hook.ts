/** The interface through which a running world gets commands from outside. */

/** Called between steps, when all regions are at the same instant. */
export interface LiveCommands {
  /** Accepts waiting requests: they take effect at `simulatedMs`, before all other events of that instant. */
  take(simulatedMs: number): void;
  /** Called before regions are simulated, with their maximum instant: no later command may take effect before it. */
  reaching(endMs: number): void;
  /** Called when a checkpoint was taken and nothing after it has been simulated. */
  settled(committedMs: number): void;
}
