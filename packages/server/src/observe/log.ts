import { maskAddress, replaceAddresses } from '@foyer/domain/privacy';
import { type Logger, pino, stdTimeFunctions } from 'pino';

/** Fields that never reach a log, wherever they stand. */
const SECRET = ['cookie', 'authorization', 'password', 'token', 'secret', 'resume', '*.cookie', '*.authorization', '*.password', '*.token', '*.secret', '*.resume'];

/**
 * The server's log: JSON lines on standard output.
 * Whatever is written, addresses in it are masked on the way out, in every spelling; so that no call site can forget it.
 */
export function createLog(options: { level: string; write?: (line: string) => void }): Logger {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  return pino({ level: options.level, base: null, timestamp: stdTimeFunctions.isoTime, redact: { paths: SECRET, censor: '…' } }, { write: (line: string) => write(replaceAddresses(line, (address) => maskAddress(address, 'default'))) });
}
