import type { ClientError } from './client-error.ts';

/** One open or opening socket. */
export interface Wire {
  /** `answered` gets the ack as the server sent it. */
  emit(command: string, payload: unknown, answered: (ack: unknown) => void): void;
  /** Nothing is told to the handlers any more. */
  close(): void;
}

export interface WireHandlers {
  opened(): void;
  /** Told once, also when it never opened. */
  closed(error: ClientError): void;
  event(name: string, payload: unknown): void;
}

export type OpenWire = (at: { url: string; token: string }, handlers: WireHandlers) => Wire;
