/** A command that failed though its input was fine: its message is all that the user needs. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
