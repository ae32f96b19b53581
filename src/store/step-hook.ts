/** Called before each step of a commit, with its name; tests inspect the disk in it. */
export type StepHook = (step: string) => void;
