import { Hono } from 'hono';
import type { HttpDeps } from './deps.ts';

/** Every HTTP route of a server, as one function of `Request`. */
export function createHttpApp(_deps: HttpDeps): Hono {
  return new Hono();
}
