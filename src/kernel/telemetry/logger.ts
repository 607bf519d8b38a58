export type LogFields = Readonly<Record<string, unknown>>;
/** `event` names what happened by a stable key, `area.what_happened`: alerts and searches rely on it, the sentence beside it may change. */
export type LogLine = LogFields & { readonly event: string };

/** Structured lines. Fields named like secrets (password, token, secret, authorization, cookie) are struck out at any depth. */
export interface Logger {
  debug(message: string, fields: LogLine): void;
  info(message: string, fields: LogLine): void;
  warn(message: string, fields: LogLine): void;
  error(message: string, fields: LogLine): void;
  child(fields: LogFields): Logger;
}

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
