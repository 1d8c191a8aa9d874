/** What a handler answers: a value, or a refusal that is one too. */
import type { ApiError } from '@foyer/protocol';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export interface Reply<T> {
  readonly ok: true;
  readonly body: T;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Refusal {
  readonly ok: false;
  readonly status: ContentfulStatusCode;
  readonly error: ApiError['error'];
}

export function reply<T>(body: T, headers?: Readonly<Record<string, string>>): Reply<T> {
  return headers === undefined ? { ok: true, body } : { ok: true, body, headers };
}

export function refuse(
  status: ContentfulStatusCode,
  code: string,
  message: string,
  more: Pick<ApiError['error'], 'retryAfterMs' | 'fields'> = {},
): Refusal {
  return { ok: false, status, error: { code, message, ...more } };
}

export function refusalResponse({ status, error }: Refusal): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  if (error.retryAfterMs !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(error.retryAfterMs / 1000))));
  return new Response(JSON.stringify({ error } satisfies ApiError), { status, headers });
}

export const REFUSALS = {
  signedOut: refuse(401, 'signed_out', 'Sign in first.'),
  notAllowed: refuse(403, 'not_allowed', 'Your role may not do this.'),
  notInPlan: refuse(403, 'not_in_plan', 'The plan of this workspace does not include visitor tracking.'),
  crossSite: refuse(403, 'cross_site', 'This request comes from another site.'),
  notFound: refuse(404, 'not_found', 'There is nothing here by that name.'),
  noRoute: refuse(404, 'no_route', 'The API has no such route; /api/openapi.json lists them.'),
  tooBig: refuse(413, 'too_big', 'The body is larger than 64 kB.'),
  badJson: refuse(400, 'bad_json', 'The body is not JSON.'),
  socketOnly: refuse(426, 'socket_only', 'This address speaks WebSocket only.'),
  busy: refuse(429, 'busy', 'Too many are signing in right now. Try again in a second.', { retryAfterMs: 1_000 }),
  unavailable: refuse(503, 'unavailable', 'Foyer cannot reach its store. Nothing was changed; try again in a moment.', {
    retryAfterMs: 2_000,
  }),
  fault: refuse(500, 'fault', 'Something went wrong in Foyer. The log says what.'),
} as const;

/** 422 with what is wrong with which field. */
export function invalid(fields: Readonly<Record<string, string>>): Refusal {
  const said = Object.entries(fields).map(([field, problem]) => (field === '' ? problem : `${field}: ${problem}`));
  return refuse(422, 'invalid', said.join('; '), { fields: { ...fields } });
}
