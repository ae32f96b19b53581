/** Called before each step of a commit, with its name; tests look at the disk from here. */
export type StepHook = (step: string) => void;
