import { type DestinationStream, type Level, type Logger, pino, stdTimeFunctions } from 'pino';
import { scrub } from './scrub.ts';

export interface LogOptions {
  readonly level: Level | 'silent';
  /** Where lines go; standard output for want of another. */
  readonly destination?: DestinationStream;
}

/** One JSON object a line: `level`, `time` (ISO 8601, UTC), `msg`, and fields. Every line is scrubbed before it leaves the process. */
export function createLog({ level, destination }: LogOptions): Logger {
  const options = {
    level,
    // Neither host name nor pid: who runs several servers has a collector that knows, and a host name can name a person.
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: scrub },
  };
  return destination ? pino(options, destination) : pino(options);
}
