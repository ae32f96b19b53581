/** The sections of an encoded AMQP message, and where each begins. */
import { integerAt, MalformedMessage, skipValue, textAt } from './amqp-values.ts';

export const SECTION = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
  sequence: 0x76,
  value: 0x77,
  footer: 0x78,
} as const;

/** Descriptors may have the long form, though hardly any client uses it. */
const BY_NAME: Record<string, number | undefined> = {
  'amqp:header:list': SECTION.header,
  'amqp:delivery-annotations:map': SECTION.deliveryAnnotations,
  'amqp:message-annotations:map': SECTION.messageAnnotations,
  'amqp:properties:list': SECTION.properties,
  'amqp:application-properties:map': SECTION.applicationProperties,
  'amqp:data:binary': SECTION.data,
  'amqp:amqp-sequence:list': SECTION.sequence,
  'amqp:amqp-value:*': SECTION.value,
  'amqp:value:*': SECTION.value,
  'amqp:footer:map': SECTION.footer,
};

/** Iterates over the sections of one message. One reader serves many messages and allocates nothing. */
export class SectionReader {
  private bytes: Buffer = Buffer.alloc(0);
  private end = 0;
  /** Code of the section; 0 before the first and after the last one. */
  code = 0;
  /** Position of the section, including its descriptor. */
  start = 0;
  /** Position of its value. */
  value = 0;
  /** Position of the next section. */
  next = 0;

  /** Starts at the message in bytes[start, end). */
  open(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.end = end;
    this.code = 0;
    this.next = start;
  }

  /** Moves to the next section; returns false after the last. Throws MalformedMessage. */
  step(): boolean {
    const { bytes, end, next: start } = this;
    if (start === end) return false;
    const previous = this.code;
    if (start + 3 > end || bytes[start] !== 0) {
      throw new MalformedMessage('a section begins without a descriptor');
    }
    this.start = start;
    if (bytes[start + 1] === 0x53) {
      this.code = bytes[start + 2];
      this.value = start + 3;
    } else {
      this.value = skipValue(bytes, start + 1, end);
      const name = textAt(bytes, start + 1, end);
      const code = name === undefined ? integerAt(bytes, start + 1, end) : BY_NAME[name];
      this.code = code ?? 0;
    }
    if (this.code < SECTION.header || this.code > SECTION.footer) {
      throw new MalformedMessage(`0x${this.code.toString(16)} is not a message section`);
    }
    // Only the place of the annotations matters; clients place the footer differently.
    if (this.code <= SECTION.messageAnnotations && this.code <= previous) {
      throw new MalformedMessage('sections are out of order');
    }
    this.next = skipValue(bytes, this.value, end);
    return true;
  }
}
