import type { ClientError } from './client-error.ts';

/** One open or opening socket. */
export interface Wire {
  /** `answered` gets the ack as the server sent it. */
  emit(command: string, payload: unknown, answered: (ack: unknown) => void): void;
  /** The handlers are not called any more. */
  close(): void;
}

export interface WireHandlers {
  opened(): void;
  /** Called once, also when it never opened. */
  closed(error: ClientError): void;
  event(name: string, payload: unknown): void;
}

export type OpenWire = (at: { url: string; token: string }, handlers: WireHandlers) => Wire;
