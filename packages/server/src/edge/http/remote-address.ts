import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The socket's own peer, before any proxy is asked; '' when the request did not come over a socket. */
export function remoteAddressOf(c: Context): string {
  const env: unknown = c.env;
  const overSocket = typeof env === 'object' && env !== null && ('incoming' in env || 'server' in env);
  return overSocket ? (getConnInfo(c).remote.address ?? '') : '';
}
