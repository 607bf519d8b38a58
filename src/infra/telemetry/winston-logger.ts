import winston from 'winston';
import type { Logger, LogLine } from '../../kernel/telemetry/logger.ts';
import { redacted } from '../../kernel/telemetry/redaction.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Lines of JSON on stderr, or coloured ones without their `event` for a person at a terminal; stdout stays for what a program prints. */
export function createLogger({ level, pretty }: { level: LogLevel; pretty: boolean }): Logger {
  const { combine, timestamp, json, printf, colorize } = winston.format;
  const readable = printf(({ timestamp: at, level: shown, message, event: _event, ...fields }) => {
    const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
    return `${String(at).slice(11, 23)} ${shown} ${String(message)}${rest}`;
  });
  const logger = winston.createLogger({
    level,
    format: pretty ? combine(timestamp(), colorize(), readable) : combine(timestamp(), json()),
    transports: [new winston.transports.Console({ stderrLevels: ['debug', 'info', 'warn', 'error'] })],
  });
  return wrapped(logger);
}

const wrapped = (logger: winston.Logger): Logger => {
  const write = (level: LogLevel) => (message: string, fields: LogLine) => {
    if (logger.isLevelEnabled(level)) logger.log(level, message, redacted(fields) as object);
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => wrapped(logger.child(redacted(fields) as object)),
  };
};
