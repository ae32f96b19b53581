/** A command that failed although its input was valid: its message is all that the user needs. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
